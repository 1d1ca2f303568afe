import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideTranslateService } from '@ngx-translate/core';
import { of, Subject } from 'rxjs';
import type { Profile } from '../../domain/api/profile';
import { SessionService } from '../core/session.service';
import { GatewayClient } from '../core/gateway.client';
import { Dom } from '../testing/dom';
import { FakeSession } from '../testing/fake-session';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { aProfile, BRANCH, LIBRARY } from '../testing/records';
import { TariffsPage } from './tariffs.page';

const STORED = aProfile([], {
  version: 4,
  loanDays: 21,
  tariffs: [{ name: '学外', kind: 'copy', lines: [{ item: 'A4', unitPrice: 35 }], postage: 140 }],
});

describe('TariffsPage', () => {
  let gateway: FakeGateway;
  let session: FakeSession;
  let dom: Dom;

  beforeEach(() => {
    gateway = fakeGateway();
    gateway.profile.and.returnValue(of(STORED));
    session = new FakeSession();
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideTranslateService(),
        { provide: GatewayClient, useValue: gateway },
        { provide: SessionService, useValue: session },
      ],
    });
  });

  function open(isManager = true): void {
    if (isManager) session.manager();
    dom = new Dom(TestBed.createComponent(TariffsPage));
  }
  const inputs = () => dom.all('[data-testid=tariff-edit] input').map((input) => (input as HTMLInputElement).value);
  const save = () => {
    dom.one('[data-testid=tariffs-save]').click();
    dom.settle();
  };

  it('shows what is stored', () => {
    open();
    expect([inputs(), dom.field('#loan-days').value, dom.field('select').value]).toEqual([
      ['学外', 'A4', '35', '', '140'],
      '21',
      'copy',
    ]);
    expect((dom.one('[data-testid=tariffs-save]') as HTMLButtonElement).disabled).toBeTrue();
  });

  it('is to be read only for who is no manager', () => {
    open(false);
    expect([
      dom.text.includes('tariffs.form.managersOnly'),
      (dom.one('fieldset') as HTMLFieldSetElement).disabled,
    ]).toEqual([true, true]);
    expect(dom.all('[data-testid=tariffs-save]')).toEqual([]);
  });

  it('saves the whole on the version that was read, and goes on from what was saved', () => {
    gateway.putProfile.and.returnValue(of({ ...STORED, version: 5, loanDays: undefined } as Profile));
    open();
    dom.type('#loan-days', '');
    dom.click('tariffs.add');
    dom.type('[data-testid=tariff-edit]:last-of-type .name input', '無料');
    save();
    expect(gateway.putProfile.calls.allArgs()).toEqual([
      [LIBRARY.code, { version: 4, loanDays: null, tariffs: [STORED.tariffs[0]!, { name: '無料', lines: [] }] }],
    ]);
    expect([dom.text.includes('config.saved'), inputs()[0]]).toEqual([true, '学外']);
    dom.type('#loan-days', '14');
    expect(dom.text).not.toContain('config.saved');
    save();
    expect(gateway.putProfile.calls.mostRecent().args[1].version).toBe(5);
  });

  it('changes, adds and removes lines and tariffs', () => {
    gateway.putProfile.and.returnValue(of(STORED));
    open();
    dom.choose('select', 'loan');
    dom.click('actions.charges.add');
    dom.type('.line:nth-of-type(3) label:nth-child(1) input', 'A3');
    dom.type('.line:nth-of-type(3) label:nth-child(2) input', '50');
    dom.all('.line .link')[0]?.click();
    dom.settle();
    save();
    expect(gateway.putProfile.calls.mostRecent().args[1].tariffs).toEqual([
      { name: '学外', kind: 'loan', lines: [{ item: 'A3', unitPrice: 50 }], postage: 140 },
    ]);
    dom.click('tariffs.remove');
    expect(dom.text).toContain('tariffs.none');
  });

  it('sends nothing that is wrong, and says what it is', () => {
    open();
    dom.type('.name input', '');
    dom.type('#loan-days', '2週間');
    save();
    expect([dom.text.includes('tariffs.fault.name-missing'), dom.text.includes('tariffs.fault.days')]).toEqual([
      true,
      true,
    ]);
    expect(gateway.putProfile).not.toHaveBeenCalled();
  });

  it('saves once, however often it is asked', () => {
    const later = new Subject<Profile>();
    gateway.putProfile.and.returnValue(later);
    open();
    dom.type('#loan-days', '14');
    save();
    dom.one('form').dispatchEvent(new Event('submit', { cancelable: true }));
    expect(gateway.putProfile.calls.count()).toBe(1);
  });

  it('keeps what was typed where it could not be saved, and reads again where others have changed it', () => {
    gateway.putProfile.and.returnValue(failing('stale-version'));
    open();
    dom.type('#loan-days', '14');
    save();
    expect([dom.text.includes('error.stale-version.title'), dom.field('#loan-days').value]).toEqual([true, '14']);
    gateway.profile.and.returnValue(of({ ...STORED, version: 9, loanDays: 30 }));
    dom.click('tariffs.form.reload');
    expect([dom.field('#loan-days').value, dom.text.includes('error.')]).toEqual(['30', false]);
  });

  it('says why it could not be read, and tries again', () => {
    gateway.profile.and.returnValue(failing('gateway-unreachable'));
    open();
    expect([dom.text.includes('error.gateway-unreachable'), dom.all('form').length]).toEqual([true, 0]);
    gateway.profile.and.returnValue(of(STORED));
    dom.click('action.again');
    expect(inputs()[0]).toBe('学外');
  });

  it('is of the library that is worked for', () => {
    open();
    gateway.profile.and.returnValue(of(aProfile([], { library: BRANCH.code })));
    dom.type('#loan-days', '14');
    session.worksFor(BRANCH);
    dom.settle();
    expect([gateway.profile.calls.mostRecent().args, dom.field('#loan-days').value]).toEqual([[BRANCH.code], '']);
  });
});
