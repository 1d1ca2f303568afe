import { fakeAsync, TestBed, tick } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideTranslateService } from '@ngx-translate/core';
import type { RequestView } from '../../../domain/api/requests';
import { Dom } from '../../testing/dom';
import { aRequest } from '../../testing/records';
import { OrderDoneComponent } from './order-done.component';

describe('OrderDoneComponent', () => {
  beforeEach(() => {
    TestBed.configureTestingModule({ providers: [provideRouter([]), provideTranslateService()] });
  });

  function show(changes: Partial<RequestView> = {}): Dom {
    const fixture = TestBed.createComponent(OrderDoneComponent);
    fixture.componentRef.setInput('request', aRequest(changes));
    return new Dom(fixture);
  }

  it('shows id and state of the request, and who is asked first', () => {
    const { text } = show();
    for (const words of ['LA0012345671', 'create.ordered', 'state.UNPROCESSED', 'create.askedFirst'])
      expect(text).toContain(words);
  });

  it('says that it is only kept while it is 準備中', () => {
    const { text } = show({ state: 'PREPARING', partner: {} });
    expect([
      text.includes('create.saved'),
      text.includes('create.ordered'),
      text.includes('create.askedFirst'),
    ]).toEqual([true, false, false]);
  });

  it("shows a state that the app does not know in NACSIS' words", () => {
    expect(show({ state: null, externalStatus: '外部依頼中' }).text).toContain('外部依頼中');
  });

  it('leads to the request as NACSIS-ILL has it', () => {
    expect(show().controls('create.showRequest')[0]?.getAttribute('href')).toBe('/requests/LA0012345671');
  });

  it('is where the keyboard goes on', () => {
    const dom = show();
    expect(document.activeElement).toBe(dom.one('h2'));
  });

  describe('copying the id', () => {
    it('is confirmed once it has happened', fakeAsync(() => {
      const write = spyOn(navigator.clipboard, 'writeText').and.resolveTo();
      const dom = show();
      dom.click('create.copyId');
      tick();
      dom.settle();
      expect(write).toHaveBeenCalledOnceWith('LA0012345671');
      expect(dom.text).toContain('create.copied');
    }));

    it('is not confirmed where Alma does not let the frame do it', fakeAsync(() => {
      spyOn(navigator.clipboard, 'writeText').and.rejectWith(new Error('NotAllowedError'));
      const dom = show();
      dom.click('create.copyId');
      tick();
      dom.settle();
      expect(dom.text).not.toContain('create.copied');
    }));

    it('does no harm where there is no clipboard', () => {
      spyOnProperty(navigator, 'clipboard').and.returnValue(undefined as unknown as Clipboard);
      const dom = show();
      expect(() => dom.click('create.copyId')).not.toThrow();
      expect(dom.text).not.toContain('create.copied');
    });
  });
});
