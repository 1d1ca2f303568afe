import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { provideTranslateService } from '@ngx-translate/core';
import { of, Subject } from 'rxjs';
import type { Integration, Profile } from '../../domain/api/profile';
import { DEFAULT_INTEGRATION } from '../../domain/imports/integration';
import { AppError } from '../core/app-error';
import { SessionService } from '../core/session.service';
import { GatewayClient } from '../core/gateway.client';
import { HostService } from '../core/host.service';
import { ImportClient } from '../imports/import.client';
import { Dom } from '../testing/dom';
import { FakeSession } from '../testing/fake-session';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { FakeHost } from '../testing/fake-host';
import { fakeImports } from '../testing/fake-imports';
import { leave } from '../testing/leave';
import { aProfile, BRANCH, LIBRARY, memberIdOf } from '../testing/records';
import { IntegrationPage } from './integration.page';

const INTEGRATION: Integration = {
  writer: 'rest',
  partner: { code: 'NACSIS', perMember: false },
  requester: { patronIdField: 'borrowerLocalData', patronIdPrefix: 'ID:', collectivePatron: 'ILL' },
  pickupLibrary: 'MAIN',
  schedule: { every: 'day', at: '06:00', timeZone: 'Asia/Tokyo' },
};
const STORED = aProfile([], { version: 4, integration: INTEGRATION, nextRunAt: '2026-11-23T21:00:00.000Z' });

describe('IntegrationPage', () => {
  let gateway: FakeGateway;
  let host: FakeHost;
  let session: FakeSession;
  let imports: ReturnType<typeof fakeImports>;
  let fixture: ComponentFixture<IntegrationPage>;
  let dom: Dom;

  beforeEach(() => {
    gateway = fakeGateway();
    gateway.profile.and.returnValue(of(STORED));
    host = new FakeHost();
    host.read.and.callFake((path) =>
      of(
        path.startsWith('/partners/')
          ? { partner_details: { name: 'NACSIS-ILL', status: 'ACTIVE' } }
          : { primary_id: 'ILL' },
      ),
    );
    session = new FakeSession();
    imports = fakeImports();
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideTranslateService(),
        { provide: GatewayClient, useValue: gateway },
        { provide: HostService, useValue: host },
        { provide: SessionService, useValue: session },
        { provide: ImportClient, useValue: imports },
      ],
    });
  });

  function open(isManager = true): void {
    if (isManager) session.manager();
    fixture = TestBed.createComponent(IntegrationPage);
    dom = new Dom(fixture);
  }
  const saveButton = () => dom.one('[data-testid=integration-save]') as HTMLButtonElement;
  const save = () => {
    saveButton().click();
    dom.settle();
  };
  const sent = () => gateway.putProfile.calls.mostRecent().args;
  /** Types and leaves the field. */
  const typeWhole = (label: string, value: string) => {
    dom.fill(label, value);
    dom.labelled(label).dispatchEvent(new Event('change'));
    dom.settle();
  };
  const checks = () => dom.texts('[data-testid=alma-check]');

  it('shows what is stored, the libraries with their member ids, and where secrets are entered', () => {
    open();
    expect([dom.field('#partner-code').value, dom.labelled('integration.requester.collective').value]).toEqual([
      'NACSIS',
      'ILL',
    ]);
    expect([dom.labelled('integration.schedule.at').value, dom.labelled('integration.requester.prefix').value]).toEqual(
      ['06:00', 'ID:'],
    );
    expect(dom.texts('[data-testid=library] > *')).toEqual([LIBRARY.name, LIBRARY.code, LIBRARY.memberId]);
    expect(dom.text).toContain('integration.libraries.secrets');
    expect([dom.texts('[data-testid=next-run]'), saveButton().disabled]).toEqual([['integration.schedule.next'], true]);
  });

  it('is to be read only for who is no manager', () => {
    open(false);
    expect([
      dom.text.includes('integration.form.managersOnly'),
      (dom.one('form fieldset') as HTMLFieldSetElement).disabled,
      dom.all('[data-testid=integration-save], [data-testid=dry-run]').length,
    ]).toEqual([true, true, 0]);
  });

  it('saves the whole on the version that was read, and goes on from what was saved', () => {
    const saved = { ...INTEGRATION, schedule: { ...INTEGRATION.schedule, every: 'hours', hours: 6 } } as const;
    gateway.putProfile.and.returnValue(of({ ...STORED, version: 5, integration: saved }));
    open();
    dom.choose('[data-testid=frequency]', 'hours');
    dom.fill('integration.schedule.hours', '6');
    expect(dom.texts('[data-testid=next-run]')).toEqual(['integration.schedule.nextAfterSaving']);
    save();
    expect(gateway.putProfile.calls.allArgs()).toEqual([[LIBRARY.code, { version: 4, integration: saved }]]);
    expect([dom.text.includes('config.saved'), dom.texts('[data-testid=next-run]')]).toEqual([
      true,
      ['integration.schedule.next'],
    ]);
    dom.fill('integration.requester.pickup', '');
    expect(dom.text).not.toContain('config.saved');
    save();
    expect([sent()[1].version, sent()[1].integration?.pickupLibrary]).toEqual([5, undefined]);
  });

  describe('asks who writes to Alma', () => {
    const ways = () => dom.all('input[name=writer]') as HTMLInputElement[];
    const choose = (way: string) => {
      const radio = ways().find(({ value }) => value === way);
      radio?.click();
      dom.settle();
    };
    const parts = () => dom.all('app-partner-part, app-requester-part, app-dry-run, app-status-map').length;
    /** Answers the open question. */
    const say = (words: string) => {
      dom.click(words);
      dom.one('dialog[aria-labelledby]:not([open])');
      dom.all('dialog').at(-1)?.dispatchEvent(new Event('close'));
      dom.settle();
    };

    it('explains each way, and shows only what belongs to the chosen one', () => {
      open();
      expect(ways().map(({ value, checked }) => [value, checked])).toEqual([
        ['rest', true],
        ['iso18626', false],
        ['alma-nacsis', false],
      ]);
      for (const way of ['rest', 'iso18626', 'alma-nacsis'])
        expect(dom.text).toContain(`integration.writer.text.${way}`);
      expect([parts(), dom.all('[data-testid=writer-options], [data-testid=writer-setup]').length]).toEqual([4, 0]);
      choose('alma-nacsis');
      expect([parts(), dom.all('[data-testid=writer-options]').length]).toEqual([0, 0]);
      expect(dom.text).toContain('integration.writer.setupText.alma-nacsis');
      choose('iso18626');
      expect(dom.all('[data-testid=writer-options] input').length).toBe(2);
      expect(dom.one('[data-testid=writer-setup] a').getAttribute('href')).toBe('/help?topic=almaScreens');
      expect([dom.all('app-schedule-part').length, dom.text.includes('integration.schedule.onlyReads')]).toEqual([
        1,
        true,
      ]);
    });

    it('asks once before it saves another way, and names the consequence', () => {
      gateway.putProfile.and.returnValue(failing('gateway-unreachable'));
      open();
      choose('iso18626');
      dom.check('integration.writer.option.orderAtOnce', true);
      save();
      expect(dom.one('dialog[open]').textContent).toContain('integration.change.iso18626');
      expect(gateway.putProfile).not.toHaveBeenCalled();
      say('integration.change.stay');
      expect(gateway.putProfile).not.toHaveBeenCalled();
      save();
      say('integration.change.go');
      expect(sent()[1].integration).toEqual({
        ...INTEGRATION,
        writer: 'iso18626',
        bridge: { orderAtOnce: true, sendPatronName: false },
      });
      save();
      expect([dom.all('dialog[open]').length, gateway.putProfile.calls.count()]).toEqual([0, 2]);
    });

    it('asks nothing when the way stays', () => {
      open();
      choose('iso18626');
      choose('rest');
      dom.fill('integration.requester.pickup', 'MED');
      save();
      expect([dom.all('dialog[open]').length, gateway.putProfile.calls.count()]).toEqual([0, 1]);
    });

    it("shows the gateway's objection at the way that it does not know", () => {
      const fieldErrors = [{ field: 'integration.writer', code: 'required' }] as const;
      gateway.putProfile.and.returnValue(failing('invalid-fields', { fieldErrors }));
      open();
      choose('iso18626');
      save();
      say('integration.change.go');
      const [, refused] = ways();
      expect([refused?.getAttribute('aria-invalid'), dom.one('#writer-fault').textContent]).toEqual([
        'true',
        'fieldError.required',
      ]);
      expect(refused?.getAttribute('aria-describedby')).toContain('writer-fault');
      choose('alma-nacsis');
      expect(
        ways()
          .filter((way) => way.hasAttribute('aria-invalid'))
          .map(({ value }) => value),
      ).toEqual(['iso18626']);
    });
  });

  it('can be taken back', () => {
    open();
    dom.fill('integration.requester.pickup', 'MED');
    dom.click('integration.discard');
    expect([dom.labelled('integration.requester.pickup').value, saveButton().disabled]).toEqual(['MAIN', true]);
  });

  it('sends nothing that is wrong, and says what it is', () => {
    open();
    dom.fill('integration.schedule.timeZone', 'Asia/Tokio');
    dom.fill('integration.requester.prefix', 'ID 1');
    dom.type('#partner-code', '');
    expect([
      dom.text.includes('integration.schedule.badTimeZone'),
      dom.text.includes('integration.requester.prefixBlank'),
      dom.text.includes('fieldError.required'),
      saveButton().disabled,
    ]).toEqual([true, true, true, true]);
    dom.one('form').dispatchEvent(new Event('submit', { cancelable: true }));
    expect(gateway.putProfile).not.toHaveBeenCalled();
  });

  it('warns when there is nobody to make requests for', () => {
    open();
    expect(dom.all('[data-testid=no-requester]').length).toBe(0);
    dom.fill('integration.requester.field', '');
    dom.fill('integration.requester.collective', ' ');
    expect(dom.all('[data-testid=no-requester]').length).toBe(1);
  });

  it('keeps what was typed where others have changed it, saves on no other version, and reads again on request', () => {
    gateway.putProfile.and.returnValue(failing('stale-version'));
    open();
    dom.fill('integration.requester.pickup', 'MED');
    save();
    save();
    expect(gateway.putProfile.calls.allArgs().map(([, { version }]) => version)).toEqual([4, 4]);
    expect([dom.text.includes('error.stale-version.title'), gateway.profile.calls.count()]).toEqual([true, 1]);
    const theirs = { ...INTEGRATION, pickupLibrary: 'THEIRS' };
    gateway.profile.and.returnValue(of({ ...STORED, version: 9, integration: theirs }));
    dom.click('integration.form.reload');
    expect([dom.labelled('integration.requester.pickup').value, dom.text.includes('error.')]).toEqual([
      'THEIRS',
      false,
    ]);
  });

  it('saves once, however often it is asked', () => {
    gateway.putProfile.and.returnValue(new Subject<Profile>());
    open();
    dom.fill('integration.requester.pickup', 'MED');
    save();
    dom.one('form').dispatchEvent(new Event('submit', { cancelable: true }));
    expect(gateway.putProfile.calls.count()).toBe(1);
  });

  it('says why it could not be read, and tries again; the same before it is known who works here', () => {
    gateway.profile.and.returnValue(failing('gateway-unreachable'));
    open();
    expect([dom.text.includes('error.gateway-unreachable'), dom.all('form').length]).toEqual([true, 0]);
    gateway.profile.and.returnValue(of(STORED));
    dom.click('action.again');
    expect(dom.all('form').length).toBe(1);
    session.session.set({ state: 'failed', error: new AppError('forbidden') });
    dom.settle();
    expect(dom.text).toContain('error.forbidden');
    dom.click('action.again');
    expect(session.reload).toHaveBeenCalledTimes(1);
  });

  it('is of the library that is worked for, and lets no other be chosen over what is typed', () => {
    session.libraries.set([LIBRARY, BRANCH]);
    open();
    expect(dom.all('app-library-choice select').length).toBe(1);
    dom.fill('integration.requester.pickup', 'MED');
    expect([dom.all('app-library-choice').length, dom.text.includes('integration.libraries.saveFirst')]).toEqual([
      0,
      true,
    ]);
    gateway.profile.and.returnValue(of(aProfile([], { library: BRANCH.code, integration: DEFAULT_INTEGRATION })));
    session.worksFor(BRANCH);
    dom.settle();
    expect([gateway.profile.calls.mostRecent().args, dom.labelled('integration.requester.pickup').value]).toEqual([
      [BRANCH.code],
      '',
    ]);
  });

  describe('looks into Alma', () => {
    it('for the stored partner and patron, and for others once they are typed to their end', () => {
      open();
      expect(checks()).toEqual(['✓ integration.check.partner.active', '✓ integration.check.patron.there']);
      host.read.calls.reset();
      host.read.and.callFake(() => failing('host-refused', { alma: { code: '402118' } }));
      dom.type('#partner-code', 'NAC');
      expect([host.read.calls.count(), checks()[0]]).toEqual([0, '']);
      typeWhole('integration.partner.code', 'NACX');
      expect([host.read.calls.allArgs(), checks()[0]]).toEqual([
        [['/partners/NACX']],
        '⚠ integration.check.partner.missing',
      ]);
      dom.click('integration.check.again');
      expect(host.read.calls.count()).toBe(2);
    });

    it('and says in its own words when Alma does not answer', () => {
      host.read.and.callFake(() => failing('host-timeout'));
      open();
      expect(dom.text).toContain('error.host-timeout');
      host.read.and.callFake(() => of({ partner_details: { status: 'INACTIVE', name: 'N' } }));
      dom.click('action.again');
      expect(checks()[0]).toBe('⚠ integration.check.partner.inactive');
    });

    it('for one member by its FA number where each is a partner, without saving it', () => {
      open();
      dom.all('input[name=per-member]')[1]?.dispatchEvent(new Event('change'));
      dom.settle();
      typeWhole('integration.partner.tryMember', 'FA12');
      expect([dom.text.includes('integration.partner.noMember'), checks()[0]]).toEqual([true, '']);
      typeWhole('integration.partner.tryMember', memberIdOf(10));
      expect(host.read.calls.mostRecent().args).toEqual([`/partners/${memberIdOf(10)}`]);
      save();
      expect(sent()[1].integration?.partner).toEqual({ code: 'NACSIS', perMember: true });
    });
  });

  describe('the dry run', () => {
    it('starts once, with what is stored, and goes to its report', () => {
      const navigate = spyOn(TestBed.inject(Router), 'navigate').and.resolveTo(true);
      open();
      dom.fill('integration.requester.pickup', 'MED');
      expect((dom.one('[data-testid=dry-run]') as HTMLButtonElement).disabled).toBeTrue();
      dom.click('integration.discard');
      dom.click('integration.dryRun.start');
      expect(imports.start.calls.allArgs().map(([body]) => body)).toEqual([{ library: LIBRARY.code, dryRun: true }]);
      expect(navigate.calls.allArgs()).toEqual([[['/imports', 'run-1']]]);
    });

    it('is the same run when it is tried again after its answer was lost', () => {
      spyOn(TestBed.inject(Router), 'navigate').and.resolveTo(true);
      imports.start.and.returnValue(failing('outcome-unknown'));
      open();
      dom.click('integration.dryRun.start');
      expect(dom.text).toContain('error.outcome-unknown');
      imports.start.and.returnValue(of({ runId: 'run-7' }));
      dom.click('action.again');
      dom.click('integration.dryRun.start');
      const keys = imports.start.calls.allArgs().map(([, key]) => key);
      expect([keys[0] === keys[1], keys[1] === keys[2]]).toEqual([true, false]);
    });
  });

  describe('being left', () => {
    /**
     * True when the page prevents leaving. Disables the spec runner's handler, which would treat the event as a reload.
     */
    function isHeld(): boolean {
      const { onbeforeunload } = window;
      window.onbeforeunload = null;
      const mayGo = window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
      window.onbeforeunload = onbeforeunload;
      return !mayGo;
    }

    it('asks nothing while nothing is typed', () => {
      open();
      expect([fixture.componentInstance.mayLeave(), isHeld()]).toEqual([true, false]);
    });

    it('asks while something is not saved, and stays or goes as it is told', async () => {
      open();
      dom.fill('integration.requester.pickup', 'MED');
      expect(isHeld()).toBeTrue();
      for (const [words, may] of [
        ['integration.leave.stay', false],
        ['integration.leave.go', true],
      ] as const) {
        const left = leave(fixture.componentInstance);
        dom.click(words);
        expect(await left).toBe(may);
      }
    });
  });
});
