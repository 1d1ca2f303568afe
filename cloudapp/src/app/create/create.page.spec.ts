import { Component, forwardRef, input, output } from '@angular/core';
import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { provideTranslateService } from '@ngx-translate/core';
import type { Source } from '../alma/source';
import { AppError, HostError } from '../core/app-error';
import { SessionService } from '../core/session.service';
import { HostService } from '../core/host.service';
import { Dom } from '../testing/dom';
import { FakeSession } from '../testing/fake-session';
import { aBib, FakeHost } from '../testing/fake-host';
import { BRANCH, LIBRARY } from '../testing/records';
import { CreatePage } from './create.page';
import { OrderFlowComponent } from './order-flow.component';

/** All created flows, oldest first. */
let flows: FakeFlow[];

// eslint-disable-next-line @angular-eslint/prefer-on-push-component-change-detection -- it shows nothing
@Component({
  selector: 'app-order-flow',
  standalone: true,
  template: '',
  providers: [{ provide: OrderFlowComponent, useExisting: forwardRef(() => FakeFlow) }],
})
class FakeFlow {
  readonly source = input.required<Source>();
  readonly draftId = input<string>();
  readonly another = output();
  isTyped = false;

  constructor() {
    flows.push(this);
  }

  isDirty(): boolean {
    return this.isTyped;
  }
}

describe('CreatePage', () => {
  let host: FakeHost;
  let session: FakeSession;
  let navigate: jasmine.Spy;
  let fixture: ComponentFixture<CreatePage>;
  let dom: Dom;

  beforeEach(() => {
    flows = [];
    host = new FakeHost();
    session = new FakeSession();
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideTranslateService(),
        { provide: HostService, useValue: host },
        { provide: SessionService, useValue: session },
      ],
    });
    TestBed.overrideComponent(CreatePage, { remove: { imports: [OrderFlowComponent] }, add: { imports: [FakeFlow] } });
    navigate = spyOn(TestBed.inject(Router), 'navigate').and.resolveTo(true);
  });

  function open(inputs: Readonly<Record<string, string>> = { mmsId: '1' }): void {
    fixture = TestBed.createComponent(CreatePage);
    for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
    dom = new Dom(fixture);
  }
  const went = () => navigate.calls.allArgs().map(([commands]) => commands as unknown);
  const flow = () => flows.at(-1)!;
  function almaShows(...ids: readonly string[]): void {
    host.shows(...ids.map((id) => aBib(id)));
    dom.settle();
  }

  describe('the order', () => {
    it('starts from what the address names', () => {
      open({ mmsId: '1' });
      open({ userId: 'u1', requestId: '77' });
      open({});
      expect(flows.map(({ source }) => source())).toEqual([
        { type: 'bib', mmsId: '1' },
        { type: 'request', userId: 'u1', requestId: '77' },
        { type: 'new' },
      ]);
    });

    it('goes on with the draft that the address names', () => {
      open({ mmsId: '1', draft: 'draft-0001' });
      open({ mmsId: '1' });
      expect(flows.map(({ draftId }) => draftId())).toEqual(['draft-0001', undefined]);
    });

    it('is another one, with nothing of the last, for another record', () => {
      open({ mmsId: '1' });
      fixture.componentRef.setInput('mmsId', '2');
      dom.settle();
      expect(flows.map(({ source }) => source())).toEqual([
        { type: 'bib', mmsId: '1' },
        { type: 'bib', mmsId: '2' },
      ]);
    });

    it('is another one for the same record when the user wants one more', () => {
      open({ mmsId: '1' });
      flow().another.emit();
      dom.settle();
      expect(flows.length).toBe(2);
    });
  });

  describe('when Alma shows another record', () => {
    beforeEach(() => {
      host.shows(aBib('1'));
      open({ mmsId: '1' });
    });

    it('goes there at once when nothing was typed', () => {
      almaShows('2');
      expect(went()).toEqual([['/create', 'bib', '2']]);
    });

    it('goes to the start when there are several', () => {
      almaShows('2', '3');
      expect(went()).toEqual([['/']]);
    });

    it('stays when the page has no record to order from, or still has this one', () => {
      almaShows();
      almaShows('3', '1');
      expect([went(), dom.text.includes('create.pageChanged')]).toEqual([[], false]);
    });

    describe('after something was typed', () => {
      beforeEach(() => {
        flow().isTyped = true;
        almaShows('2');
      });

      it('asks first', () => {
        expect([went(), dom.one('[role=alert]').textContent?.includes('create.pageChanged')]).toEqual([[], true]);
      });

      it('goes when the user says so', () => {
        dom.click('create.goThere');
        expect(went()).toEqual([['/create', 'bib', '2']]);
      });

      it('stays when the user says so, with the same flow, and asks about the next record again', () => {
        dom.click('create.stay');
        expect([dom.text.includes('create.pageChanged'), went(), flows.length]).toEqual([false, [], 1]);
        almaShows('3');
        dom.click('create.goThere');
        expect(went()).toEqual([['/create', 'bib', '3']]);
      });

      it('asks no more once Alma is back at this record', () => {
        almaShows('1');
        expect(dom.text).not.toContain('create.pageChanged');
      });

      it('asks about the record that is shown last', () => {
        almaShows('4');
        dom.click('create.goThere');
        expect(went()).toEqual([['/create', 'bib', '4']]);
      });
    });
  });

  it('does not take the first thing that Alma says about its page for a change', () => {
    open({ mmsId: '1' });
    almaShows('2');
    expect(went()).toEqual([]);
    almaShows('3');
    expect(went()).toEqual([['/create', 'bib', '3']]);
  });

  it('goes on when Alma does not tell its records', () => {
    host.shows(aBib('1'));
    open({ mmsId: '1' });
    host.pageRecords$.next({ state: 'failed', error: new HostError('host-timeout') });
    dom.settle();
    expect([went(), flows.length]).toEqual([[], 1]);
  });

  it('says what is wrong when it is not known who works here, and tries again', () => {
    session.session.set({ state: 'failed', error: new AppError('forbidden') });
    open();
    expect(dom.text).toContain('error.forbidden.title');
    dom.click('action.again');
    expect(session.reload).toHaveBeenCalledTimes(1);
  });

  it('lets the user choose the library where there are several', () => {
    open();
    expect(dom.all('select').length).toBe(0);
    session.libraries.set([LIBRARY, BRANCH]);
    dom.settle();
    dom.choose('select', BRANCH.code);
    expect(session.chooseLibrary).toHaveBeenCalledOnceWith(BRANCH.code);
  });
});
