import type { RequestView } from '../../domain/api/requests';
import { aMember, aRequest, memberIdOf, OWN_MEMBER } from '../testing/records';
import { byShelf, membersNeeded, slipContent } from './slip-content';

const lending = (fields: RequestView['fields'] = {}, changes: Partial<RequestView> = {}) =>
  aRequest({ side: 'lender', partner: { id: memberIdOf(10), name: '架空大図' }, ...changes, fields });

describe('slipContent', () => {
  it('takes addressee and sender from the request', () => {
    const fields = {
      borrowerAddress: '〒000-0002 架空市 1 架空大学図書館',
      lenderAddress: '〒000-0003 見本市 2 見本大学図書館',
    };
    const lender = slipContent(lending(fields), { own: OWN_MEMBER, partner: aMember() });
    expect([lender.addressee.name, lender.sender.name]).toEqual(['架空大学図書館', '見本大学図書館']);
    const borrower = slipContent(aRequest({ kind: 'loan', fields }));
    expect([borrower.addressee.name, borrower.sender.name]).toEqual(['見本大学図書館', '架空大学図書館']);
  });

  it('takes them from the member directory where the request has none, else leaves a gap under the name', () => {
    const found = slipContent(lending(), { own: OWN_MEMBER, partner: aMember({ zip: '0000009', address: '架空市' }) });
    expect([found.addressee.zip, found.addressee.street, found.sender.name]).toEqual([
      '000-0009',
      '架空市',
      '自館 相互利用係',
    ]);
    const { addressee } = slipContent(lending({ borrowerAddress: ' ' }));
    expect(addressee).toEqual({ zip: '', street: '', name: '架空大図' });
  });

  it('finds the shelf at the entry of the lender that is asked now, also behind a window', () => {
    const lenders = [
      { memberId: memberIdOf(2), callNumber: 'A' },
      { memberId: memberIdOf(3), acceptingMemberId: memberIdOf(1), location: '書庫', callNumber: 'B' },
    ];
    expect(slipContent(lending({ lenders, lenderId: memberIdOf(1) })).shelf.callNumber).toBe('B');
    expect(slipContent(lending({ lenders, lenderId: memberIdOf(2) })).shelf.callNumber).toBe('A');
    expect(slipContent(lending({ lenders })).shelf).toEqual({});
  });

  it('shows the last word of the borrower only', () => {
    const history = [
      { command: 'ORDER', memberId: memberIdOf(10), comment: 'カラーで' },
      { command: 'ANSWER', memberId: memberIdOf(10), comment: '' },
      { command: 'RECEIVE', memberId: memberIdOf(1), comment: '受け付けました' },
    ];
    expect(slipContent(lending({ borrowerId: memberIdOf(10) }, { history })).remark).toBe('カラーで');
    expect(slipContent(lending()).remark).toBe('');
  });

  it('knows of the offset service only where both are known', () => {
    const [yes, no] = [aMember({ offset: true }), aMember({ offset: false })];
    const offset = (own?: typeof yes, partner?: typeof yes) => slipContent(lending(), { own, partner }).isOffset;
    expect([offset(yes, yes), offset(yes, no), offset(yes), offset()]).toEqual([true, false, undefined, undefined]);
  });
});

describe('membersNeeded', () => {
  it('asks for nobody without need', () => {
    expect(membersNeeded('pull', lending())).toEqual({ own: false, partner: false });
    expect(membersNeeded('shipping', lending({ borrowerAddress: 'x', lenderAddress: 'x' }))).toEqual({
      own: true,
      partner: true,
    });
    expect(membersNeeded('label', lending({ borrowerAddress: 'x' }))).toEqual({ own: true, partner: false });
    expect(membersNeeded('return', aRequest({ fields: { borrowerAddress: 'x' } }))).toEqual({
      own: false,
      partner: true,
    });
  });
});

describe('byShelf', () => {
  it('is the way through the stacks', () => {
    const at = (location: string, callNumber: string) =>
      slipContent(lending({ lenderId: memberIdOf(1), lenders: [{ memberId: memberIdOf(1), location, callNumber }] }));
    const sorted = [at('', ''), at('書庫B', '1'), at('書庫A', '410/10'), at('書庫A', '410/9')].sort(byShelf);
    expect(sorted.map(({ shelf }) => `${shelf.location ?? ''} ${shelf.callNumber ?? ''}`)).toEqual([
      '書庫A 410/9',
      '書庫A 410/10',
      '書庫B 1',
      ' ',
    ]);
  });
});
