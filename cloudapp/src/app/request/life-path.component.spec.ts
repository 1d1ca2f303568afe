import { TestBed } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import type { RequestView } from '../../domain/api/requests';
import { Dom } from '../testing/dom';
import { aRequest, memberIdOf } from '../testing/records';
import { LifePathComponent } from './life-path.component';

describe('LifePathComponent', () => {
  function show(changes: Partial<RequestView>): Dom {
    TestBed.configureTestingModule({ providers: [provideTranslateService()] });
    const fixture = TestBed.createComponent(LifePathComponent);
    fixture.componentRef.setInput('request', aRequest(changes));
    return new Dom(fixture);
  }

  it('is a list of the states passed, the present one and those to come, each said in words', () => {
    const dom = show({
      state: 'PROCESSING',
      fields: { borrowerId: memberIdOf(1), lenderId: memberIdOf(10) },
      history: [
        { command: 'ORDER', memberId: memberIdOf(1) },
        { command: 'RECEIVE', memberId: memberIdOf(10) },
      ],
    });
    expect(dom.texts('ol > li')).toEqual([
      'state.UNPROCESSEDrequest.path.passed',
      'state.PROCESSINGrequest.path.now',
      'state.SHIPPEDrequest.path.to-come',
      'state.ARRIVEDrequest.path.to-come',
      'state.CONFIRMEDrequest.path.to-come',
    ]);
    expect(dom.texts('[aria-current=step]')).toEqual(['state.PROCESSINGrequest.path.now']);
    expect(dom.one('ol').getAttribute('aria-label')).toBe('request.path.label');
  });

  it('is not drawn for a state that nobody knows', () => {
    expect(show({ state: null, externalStatus: '外部依頼中' }).all('ol')).toEqual([]);
  });
});
