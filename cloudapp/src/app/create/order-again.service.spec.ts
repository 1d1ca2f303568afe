import { bibNoteOf, standardNumberOf } from '../../domain/alma/citation';
import type { RequestView } from '../../domain/api/requests';
import { aRecord, aRequest, memberIdOf } from '../testing/records';
import { draftAgain } from './order-again.service';
import { contentOf, draftFrom } from './form/order-draft';

const LENDERS = [{ memberId: memberIdOf(10), memberName: '館10', callNumber: '410' }, { memberId: memberIdOf(11) }];
const FIELDS: RequestView['fields'] = {
  id: 'LA0012345671',
  state: '確認',
  orderDate: '20261101',
  shipDate: '20261103',
  borrowerStaff: '担当 A',
  borrowerAddress: '〒000-0001',
  borrowerNumber: '77',
  borrowerLocalData: '棚 3 [NI:AAAAAAAAAAAAA]',
  borrowerAccountData: '図書費',
  lenderNumber: '5',
  total: '450',
  charges: [{ item: 'A4', quantity: '10', unitPrice: '35', amount: '350' }],
  payment: 'pb',
  copyType: '電子複写',
  sendingMethod: '普通',
  volume: '12(3)',
  pages: '45-50',
  article: '論文 A',
  bibNote: '図書館情報学入門. -- 出版社 A, 2019',
  applicant: '利用者 001',
  applicantAffiliation: '所属 A',
  lenders: LENDERS,
};

function again(fields: RequestView['fields'] = FIELDS, changes: Partial<Parameters<typeof draftAgain>[0]> = {}) {
  const request = aRequest({ fields });
  return draftAgain({ request, withLenders: false, draftId: 'draft-0009', key: 'key-9', ...changes });
}

describe('draftAgain', () => {
  it('takes over work, part, terms and applicant, and nothing of what became of it', () => {
    expect(again()).toEqual({
      draftId: 'draft-0009',
      key: 'key-9',
      kind: 'copy',
      source: 'new',
      comment: '',
      lenders: [],
      typed: {
        volume: '12(3)',
        pages: '45-50',
        article: '論文 A',
        payment: 'pb',
        copyType: '電子複写',
        sendingMethod: '普通',
        bibNote: '図書館情報学入門. -- 出版社 A, 2019',
        applicant: '利用者 001',
        applicantAffiliation: '所属 A',
        borrowerAccountData: '図書費',
      },
    });
  });

  it('asks the same lenders only where it is wanted', () => {
    expect(again(FIELDS, { withLenders: true }).lenders).toEqual(LENDERS);
    expect(again({}, { withLenders: true }).lenders).toEqual([]);
  });

  it('leaves to the record what the record says, and keeps what was written otherwise', () => {
    const record = aRecord();
    const fields = {
      bibId: record.ncid,
      bibNote: bibNoteOf(record),
      standardNumber: standardNumberOf(record),
      year: '2019',
    };
    const { typed, catalogRecord } = again(fields, { catalogRecord: record });
    expect([typed, catalogRecord]).toEqual([{}, record]);
    expect(again({ ...fields, bibNote: '別の書き方', year: '2020' }, { catalogRecord: record }).typed).toEqual({
      bibNote: '別の書き方',
      year: '2020',
    });
  });

  it('takes no field of the other kind, and no 不明', () => {
    const request = aRequest({ kind: 'loan', fields: { copyType: '電子複写', volume: '不明', payment: 'pb' } });
    expect(again({}, { request }).typed).toEqual({ payment: 'pb' });
  });

  it('is a draft that the form can resume', () => {
    const draft = again(FIELDS, { withLenders: true, catalogRecord: aRecord() });
    const stored = {
      draftId: draft.draftId,
      library: 'MAIN',
      kind: draft.kind,
      content: contentOf(draft),
      updatedAt: 'now',
    };
    expect(draftFrom(stored)).toEqual({ ...draft, updatedAt: 'now' });
  });
});
