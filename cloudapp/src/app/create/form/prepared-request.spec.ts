import { aRecord, anOrder, aRequest, memberIdOf } from '../../testing/records';
import { contentOf, draftFrom } from './order-draft';
import { draftOfPrepared, fieldsToStore } from './prepared-request';

const LENDERS = [{ memberId: memberIdOf(10) }, { memberId: memberIdOf(11) }];

describe('a request in 準備中 on the form', () => {
  const request = aRequest({
    state: 'PREPARING',
    version: 4,
    fields: { payment: 'pr', pages: '45-50', applicant: '利用者 001', borrowerNumber: '77', lenders: LENDERS },
  });
  const draft = draftOfPrepared({ request, draftId: 'draft-0001', key: 'key-1', catalogRecord: aRecord() });

  it('holds what it has, the empty fields as empty, and its rota', () => {
    expect(draft.typed).toEqual(
      jasmine.objectContaining({
        payment: 'pr',
        pages: '45-50',
        applicant: '利用者 001',
        borrowerNumber: '77',
        volume: '',
      }),
    );
    expect([draft.lenders, draft.prepared]).toEqual([LENDERS, { id: request.id, version: 4 }]);
  });

  it('leaves to the presets what an order requires and the request lacks', () => {
    const isHeld = ['payment', 'orderDate', 'copyType', 'borrowerStaff'].map((name) => name in draft.typed);
    expect(isHeld).toEqual([true, false, false, false]);
  });

  it('holds no field of the other kind', () => {
    const loan = draftOfPrepared({ request: { ...request, kind: 'loan' }, draftId: 'draft-0001', key: 'key-1' });
    expect(['copyType' in loan.typed, loan.catalogRecord]).toEqual([false, undefined]);
  });

  it('is the same when the gateway gives it back', () => {
    const stored = {
      draftId: 'draft-0001',
      library: 'MAIN',
      kind: draft.kind,
      content: contentOf(draft),
      updatedAt: 'then',
    };
    expect(draftFrom(stored)).toEqual({ ...draft, updatedAt: 'then' });
  });

  it('is no edited request where what was kept cannot be one', () => {
    const content = { ...contentOf(draft), prepared: { id: 5 } };
    expect(
      draftFrom({ draftId: 'd', library: 'MAIN', kind: 'copy', content, updatedAt: '' })?.prepared,
    ).toBeUndefined();
  });

  it('takes away what was emptied, the rota as well', () => {
    const fields = fieldsToStore(anOrder({ kind: 'loan', fields: { payment: 'pb' } }));
    expect([fields.payment, fields.pages, fields.lenders, 'copyType' in fields]).toEqual(['pb', '', [], false]);
  });
});
