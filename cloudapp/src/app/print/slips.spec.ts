import { type Type } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { RequestView } from '../../domain/api/requests';
import { Dom } from '../testing/dom';
import { aMember, aRequest, memberIdOf } from '../testing/records';
import { AddressLabelComponent } from './address-label.component';
import { PickupSlipComponent } from './pickup-slip.component';
import { PullSlipComponent } from './pull-slip.component';
import { ReturnSlipComponent } from './return-slip.component';
import { ShippingSlipComponent } from './shipping-slip.component';
import { slipContent, type KnownMembers } from './slip-content';

const FIELDS: RequestView['fields'] = {
  borrowerId: memberIdOf(10),
  lenderId: memberIdOf(1),
  lenderName: '見本大図',
  borrowerName: '架空大図',
  bibNote: '新潟の地誌 / 著者 A. -- 新潟 : 出版社 A, 2019',
  volume: '12(3)',
  year: '2019',
  pages: '45-50',
  article: '論文 A',
  payment: 'pb',
  sendingMethod: '普通',
  applicant: '利用者 001',
  applicantAffiliation: '所属 A',
  borrowerAddress: '〒000-0002 架空市 1 架空大学附属図書館 相互利用係',
  lenderAddress: '〒000-0003 見本市 2 見本大学図書館',
  borrowerNumber: '77',
  lenderNumber: '5',
  lenders: [
    {
      memberId: memberIdOf(1),
      location: '書庫2層',
      callNumber: '291.41/N',
      registrationNumber: '0012',
      volume: '1-12',
    },
    { memberId: memberIdOf(2), location: '他館の棚' },
  ],
};

describe('slips', () => {
  function show(
    component: Type<unknown>,
    changes: Partial<RequestView> = {},
    fields: RequestView['fields'] = {},
    known: KnownMembers = {},
  ): Dom {
    const request = aRequest({
      side: 'lender',
      partner: { id: memberIdOf(10), name: '架空大図' },
      ...changes,
      fields: { ...FIELDS, ...fields },
    });
    const fixture = TestBed.createComponent(component);
    fixture.componentRef.setInput('content', slipContent(request, known));
    if (component === AddressLabelComponent)
      fixture.componentRef.setInput('place', { left: 0, top: 0, width: 86.4, height: 42.3 });
    return new Dom(fixture);
  }
  const has = (dom: Dom, ...texts: readonly string[]) => texts.map((text) => dom.text.includes(text));
  const gaps = (dom: Dom) => dom.all('[role=img][aria-label=記入欄]').length;
  const row = (dom: Dom, label: string) => {
    const head = dom.all('th').find(({ textContent }) => textContent === label);
    return (head?.nextElementSibling?.textContent ?? '').replace(/\s+/g, ' ').trim();
  };

  it('never name the applicant', () => {
    for (const component of [PullSlipComponent, ShippingSlipComponent, ReturnSlipComponent, AddressLabelComponent])
      for (const kind of ['copy', 'loan'] as const)
        expect(has(show(component, { kind }), '利用者', '所属')).toEqual([false, false]);
  });

  it('of the desk: whose it is, what it costs and when it is due, in both languages', () => {
    const changes = { side: 'borrower', kind: 'loan', partner: { id: memberIdOf(1), name: '見本大図' } } as const;
    const dom = show(PickupSlipComponent, changes, { total: '1200', dueDate: '20261215' });
    const labels = ['お名前 Name', '所属 Affiliation', '提供館 From', '料金 Charge', '返却期限 Due date'];
    expect(labels.map((each) => row(dom, each))).toEqual([
      '利用者 001 様',
      '所属 A',
      '見本大図',
      '1,200円',
      '2026年12月15日',
    ]);
    expect(has(show(PickupSlipComponent, { side: 'borrower' }), 'Due date', '論文 A')).toEqual([false, true]);
  });

  it('of the stacks: what to fetch, where, and for whom', () => {
    const dom = show(PullSlipComponent);
    expect(
      ['配架場所', '請求記号', '所蔵巻次', '登録番号', '巻号', 'ページ', '論文', '依頼館'].map((each) =>
        row(dom, each),
      ),
    ).toEqual(['書庫2層', '291.41/N', '1-12', '0012', '12(3)', '45-50', '論文 A', `架空大図 ${memberIdOf(10)}`]);
    expect(has(dom, '資料出納票', '複写', '新潟の地誌', '他館の棚', 'LA0012345671')).toEqual([
      true,
      true,
      true,
      false,
      true,
    ]);
    expect(dom.one('svg').getAttribute('aria-label')).toBe('LA0012345671');
  });

  it('of the stacks: a loan has neither pages nor article', () => {
    expect(has(show(PullSlipComponent, { kind: 'loan' }), 'ページ', '論文', '貸借')).toEqual([false, false, true]);
  });

  it('leave a line where something is not known', () => {
    const [known, unknown] = [show(PullSlipComponent), show(PullSlipComponent, {}, { lenders: [], volume: '' })];
    expect(gaps(unknown) - gaps(known)).toBe(5);
    expect(['配架場所', '請求記号', '巻号'].map((each) => row(unknown, each))).toEqual(['', '', '']);
  });

  it('of the post: to whom, from whom, what and what it costs', () => {
    const charges = [{ item: 'A4 白黒', quantity: '10', unitPrice: '35', amount: '350' }];
    const dom = show(
      ShippingSlipComponent,
      {},
      { charges, postage: '100', fee: '', total: '450', shipDate: '20261124' },
    );
    expect(dom.texts('.to')).toEqual(['〒 000-0002 架空市 1 架空大学附属図書館 相互利用係 御中']);
    expect(has(dom, '見本大学図書館', '2026年11月24日', '公費・校費', '返却期限')).toEqual([true, true, true, false]);
    expect(dom.texts('.charges td')).toEqual(['A4 白黒', '10', '35円', '350円', '', '100円', '450円']);
  });

  it('of the post: what is not charged yet is filled in by hand', () => {
    const dom = show(ShippingSlipComponent, { kind: 'loan' }, { dueDate: '20261215' });
    expect(dom.all('.charges tbody tr').length).toBe(6);
    expect(has(dom, '現物貸借', '返却期限', '2026年12月15日', '291.41/N')).toEqual([true, true, true, true]);
    expect(gaps(show(ShippingSlipComponent, { kind: 'loan' }, { dueDate: '' })) - gaps(dom)).toBe(1);
  });

  it('of the post: the box of the offset service is ticked only where both take part', () => {
    const [yes, no] = [aMember({ offset: true }), aMember()];
    const box = (known: KnownMembers) => show(ShippingSlipComponent, {}, {}, known).texts('.boxes span')[0];
    expect([box({ own: yes, partner: yes }), box({ own: yes, partner: no }), box({})]).toEqual([
      '☑ 料金相殺',
      '□ 料金相殺',
      '□ 料金相殺',
    ]);
  });

  it('of the way back: to the lender, with the day that it was due', () => {
    const dom = show(
      ReturnSlipComponent,
      { side: 'borrower', kind: 'loan', partner: { id: memberIdOf(1), name: '見本大図' } },
      { dueDate: '20261215' },
    );
    expect(dom.texts('.to')).toEqual(['〒 000-0003 見本市 2 見本大学図書館 御中']);
    expect([row(dom, '返却期限'), row(dom, '返送日'), row(dom, '登録番号'), row(dom, '受付番号')]).toEqual([
      '2026年12月15日',
      '',
      '0012',
      '5',
    ]);
  });

  it('of the envelope: a long address is written smaller, and all of it', () => {
    const letters = (length: number) =>
      Number(
        show(
          AddressLabelComponent,
          {},
          { borrowerAddress: `〒000-0002 ${'架'.repeat(length)}` },
        ).root.style.getPropertyValue('--letters'),
      );
    expect(letters(40)).toBe(1);
    expect([letters(160) < 0.8, letters(160) >= 0.6, letters(900)]).toEqual([true, true, 0.6]);
  });

  it('of the envelope: 御中, the sender and the id', () => {
    const dom = show(AddressLabelComponent);
    expect(has(dom, '架空大学附属図書館 相互利用係 御中', '見本大学図書館', 'LA0012345671')).toEqual([
      true,
      true,
      true,
    ]);
    expect(show(AddressLabelComponent, {}, { borrowerAddress: '' }).texts('.to')).toEqual(['〒 架空大図 御中']);
  });
});
