import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideTranslateService } from '@ngx-translate/core';
import { of, Subject } from 'rxjs';
import type { Member } from '../../domain/catalog/catalog';
import { GatewayClient } from '../core/gateway.client';
import { SessionService } from '../core/session.service';
import { Dom } from '../testing/dom';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { FakeSession } from '../testing/fake-session';
import { aMember, BRANCH, LIBRARY } from '../testing/records';
import { MembersClient } from './members.client';
import { OwnRecordPage } from './own-record.page';

const OWN = aMember({
  ...{ memberId: LIBRARY.memberId, copyService: 'A', loanService: 'C', loanVia: 'FA090018', illStaff: '担当 A' },
  policies: ['土日休館'],
});

describe('OwnRecordPage', () => {
  let gateway: FakeGateway;
  let client: jasmine.SpyObj<MembersClient>;
  let session: FakeSession;
  let dom: Dom;
  let page: OwnRecordPage;

  beforeEach(() => {
    gateway = fakeGateway();
    gateway.member.and.returnValue(of(OWN));
    client = jasmine.createSpyObj<MembersClient>('MembersClient', ['change']);
    session = new FakeSession();
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideTranslateService(),
        { provide: GatewayClient, useValue: gateway },
        { provide: MembersClient, useValue: client },
        { provide: SessionService, useValue: session },
      ],
    });
  });

  function open(isManager = true): void {
    if (isManager) session.manager();
    const fixture = TestBed.createComponent(OwnRecordPage);
    page = fixture.componentInstance;
    dom = new Dom(fixture);
  }
  const saveButton = () => dom.one('[data-testid=own-save]') as HTMLButtonElement;
  const save = () => {
    saveButton().click();
    dom.settle();
  };
  const choose = (field: string, value: string) => {
    const select = dom.one(`#own-${field}`) as HTMLSelectElement;
    select.value = value;
    select.dispatchEvent(new Event('change'));
    dom.settle();
  };
  const sent = () => client.change.calls.allArgs().map(([, body]) => body);
  const keys = () => new Set(client.change.calls.allArgs().map(([, , key]) => key)).size;

  it('shows the record as it is, and another library only where the flag says so', () => {
    open();
    expect(gateway.member.calls.allArgs()).toEqual([[LIBRARY.code, LIBRARY.memberId]]);
    expect([
      dom.field('#own-illStaff').value,
      dom.field('#own-loanVia').value,
      dom.field('#own-policies').value,
    ]).toEqual(['担当 A', 'FA090018', '土日休館']);
    expect([dom.all('#own-copyVia').length, saveButton().disabled, dom.all('[aria-invalid=true]').length]).toEqual([
      0,
      true,
      0,
    ]);
  });

  it('is to be read only for who is no manager', () => {
    open(false);
    expect([dom.text.includes('members.own.form.managersOnly'), dom.all('[data-testid=own-save]').length]).toEqual([
      true,
      0,
    ]);
    expect((dom.one('form fieldset') as HTMLFieldSetElement).disabled).toBeTrue();
  });

  it('sends the changed fields with what was shown, and goes on from the answer', () => {
    const after: Member = {
      ...OWN,
      illStaff: '担当 B',
      loanService: 'N',
      loanVia: '',
      policies: ['土日休館', '夏季休館'],
    };
    client.change.and.returnValue(of(after));
    open();
    dom.type('#own-illStaff', '担当 B');
    choose('loanService', 'N');
    dom.type('#own-policies', '土日休館\n\n夏季休館\n');
    expect(dom.field('#own-policies').value).withContext('what is typed stays').toBe('土日休館\n\n夏季休館\n');
    save();
    expect(sent()).toEqual([
      {
        before: { illStaff: '担当 A', loanService: 'C', loanVia: 'FA090018', policies: ['土日休館'] },
        changes: { illStaff: '担当 B', loanService: 'N', loanVia: '', policies: ['土日休館', '夏季休館'] },
      },
    ]);
    expect([dom.text.includes('config.saved'), saveButton().disabled, dom.field('#own-policies').value]).toEqual([
      true,
      true,
      '土日休館\n夏季休館',
    ]);
  });

  it('says what is wrong with a field once it is changed, and sends nothing', () => {
    open();
    choose('copyService', 'C');
    dom.type('#own-email', 'x');
    expect(dom.texts('app-field-error')).toEqual(['fieldError.required', 'fieldError.bad-format']);
    expect([saveButton().disabled, dom.all('[aria-invalid=true]').map(({ id }) => id)]).toEqual([
      true,
      ['own-copyVia', 'own-email'],
    ]);
    dom.type('#own-copyVia', 'FA090017');
    expect(dom.texts('app-field-error')[0]).toBe('fieldError.bad-check-character');
    dom.type('#own-copyVia', 'FA090018');
    dom.type('#own-email', '');
    expect(saveButton().disabled).toBeFalse();
  });

  it('shows the present values when the record has changed, keeps the input, and sends it only on demand', () => {
    const present: Member = { ...OWN, illStaff: '担当 C', tel: '03-1111-1111' };
    client.change.and.returnValue(failing('stale-version', { member: present }));
    open();
    dom.type('#own-illStaff', '担当 B');
    save();
    expect([dom.all('[data-testid=conflict]').length, dom.texts('.warn-text').length]).toEqual([1, 1]);
    expect([dom.field('#own-illStaff').value, dom.field('#own-tel').value]).toEqual(['担当 B', '03-1111-1111']);
    client.change.and.returnValue(of({ ...present, illStaff: '担当 B' }));
    save();
    expect(sent()[1]).toEqual({ before: { illStaff: '担当 C' }, changes: { illStaff: '担当 B' } });
    expect([keys(), dom.all('[data-testid=conflict]').length]).toEqual([2, 0]);
  });

  it('takes the present record on demand', () => {
    client.change.and.returnValue(failing('stale-version', { member: { ...OWN, illStaff: '担当 C' } }));
    open();
    dom.type('#own-illStaff', '担当 B');
    save();
    gateway.member.and.returnValue(of({ ...OWN, illStaff: '担当 C' }));
    dom.click('members.own.form.reload');
    expect([dom.field('#own-illStaff').value, saveButton().disabled]).toEqual(['担当 C', true]);
  });

  it('asks under the same key while the outcome is unknown', () => {
    client.change.and.returnValue(failing('outcome-unknown'));
    open();
    dom.type('#own-illStaff', '担当 B');
    save();
    expect(dom.all('[data-testid=asking]').length).toBe(1);
    client.change.and.returnValue(of({ ...OWN, illStaff: '担当 B' }));
    dom.one('[data-testid=ask-now]').click();
    dom.settle();
    expect([client.change.calls.count() > 0, keys(), dom.text.includes('config.saved')]).toEqual([true, 1, true]);
  });

  it('shows other failures with the input, and reads nothing wrong into one of NACSIS-ILL', () => {
    client.change.and.returnValue(failing('nacsis-unavailable'));
    open();
    dom.type('#own-illStaff', '担当 B');
    save();
    expect([dom.text.includes('error.nacsis-unavailable.title'), dom.field('#own-illStaff').value]).toEqual([
      true,
      '担当 B',
    ]);
  });

  it('says that the record could not be read', () => {
    gateway.member.and.returnValue(failing('nacsis-unavailable'));
    open();
    expect([dom.text.includes('error.nacsis-unavailable.title'), dom.all('form').length]).toEqual([true, 0]);
  });

  it('forgets unsaved input of another library, and asks before it is left', () => {
    client.change.and.returnValue(new Subject());
    open();
    expect(page.mayLeave()).toBeTrue();
    dom.type('#own-illStaff', '担当 B');
    expect(page.mayLeave()).not.toBeTrue();
    session.worksFor(BRANCH);
    dom.settle();
    expect([gateway.member.calls.mostRecent().args[1], dom.field('#own-illStaff').value]).toEqual([
      BRANCH.memberId,
      '担当 A',
    ]);
  });
});
