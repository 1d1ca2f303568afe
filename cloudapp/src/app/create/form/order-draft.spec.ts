import type { Draft } from '../../../domain/api/requests';
import { anOrder, aRecord, aStoredDraft, memberIdOf } from '../../testing/records';
import { contentOf, draftFrom, type OrderDraft } from './order-draft';

const DRAFT: OrderDraft = {
  draftId: 'draft-0001',
  kind: 'loan',
  source: 'bib:990001',
  typed: { volume: '12', applicant: '', borrowerStaff: '担当 A' },
  comment: 'お願いします',
  lenders: [{ memberId: memberIdOf(10), memberName: '館10', acceptingMemberId: memberIdOf(11) }],
  catalogRecord: aRecord(),
  key: 'key-1',
  pending: anOrder(),
  updatedAt: '2026-11-24T01:42:00.000Z',
};
/** A draft after a round trip through JSON. */
function stored(draft: OrderDraft, changes: Record<string, unknown> = {}): Draft {
  const content = JSON.parse(JSON.stringify({ ...contentOf(draft), ...changes })) as Record<string, unknown>;
  return aStoredDraft({ draftId: draft.draftId, kind: draft.kind, content, updatedAt: draft.updatedAt ?? '' });
}

describe('an order draft', () => {
  it('comes back as it was kept', () => {
    expect(draftFrom(stored(DRAFT))).toEqual(DRAFT);
  });

  it('comes back without a record and a pending order when it had none', () => {
    const { catalogRecord: _, pending: __, ...bare } = DRAFT;
    expect(draftFrom(stored(bare))).toEqual(bare);
  });

  it('keeps an emptied field as emptied', () => {
    expect(draftFrom(stored(DRAFT))?.typed.applicant).toBe('');
  });

  it('is none when it was kept by another version of the app', () => {
    for (const version of [undefined, 0, 2, '1']) expect(draftFrom(stored(DRAFT, { version }))).toBeUndefined();
  });

  it('is none without its source, its key or its kind', () => {
    for (const damage of [{ source: undefined }, { source: 7 }, { key: undefined }, { key: '' }, { key: null }]) {
      expect(draftFrom(stored(DRAFT, damage)))
        .withContext(JSON.stringify(damage))
        .toBeUndefined();
    }
    expect(draftFrom({ ...stored(DRAFT), kind: undefined })).toBeUndefined();
    expect(draftFrom({ ...stored(DRAFT), kind: 'other' as never })).toBeUndefined();
  });

  it('is none when its content is no object', () => {
    for (const content of [null, undefined, 'x', 7, []]) {
      expect(draftFrom({ ...stored(DRAFT), content: content as never }))
        .withContext(JSON.stringify(content))
        .toBeUndefined();
    }
  });

  it('loses only what is damaged', () => {
    const damaged = draftFrom(
      stored(DRAFT, {
        typed: { volume: 12, pages: '1-2', unknownField: 'x' },
        comment: 5,
        lenders: [
          null,
          'x',
          { memberName: 'no id' },
          { memberId: memberIdOf(10), location: 7, invented: 'x', volume: '上' },
        ],
        catalogRecord: { ncid: 'BA1', title: 'x' },
        pending: { library: 'MAIN', fields: null, mode: 'order' },
      }),
    );
    const { draftId, kind, source, key, updatedAt } = DRAFT;
    expect(damaged).toEqual({
      draftId,
      kind,
      source,
      key,
      updatedAt,
      typed: { pages: '1-2' },
      comment: '',
      lenders: [{ memberId: memberIdOf(10), volume: '上' }],
    } as OrderDraft);
  });

  it('has nothing typed and no lenders where these are no lists of them', () => {
    const { typed, lenders } = draftFrom(stored(DRAFT, { typed: [1], lenders: { 0: {} } })) ?? {};
    expect([typed, lenders]).toEqual([{}, []]);
  });

  it('with an order of unknown outcome has the lenders that it was sent to, also when these were only proposed', () => {
    const sent = [{ memberId: memberIdOf(20), memberName: '館20' }];
    const pending = anOrder({ fields: { payment: 'pb', lenders: sent } });
    const { lenders, pending: kept } = draftFrom(stored({ ...DRAFT, lenders: [], pending })) ?? {};
    expect([lenders, kept]).toEqual([sent, pending]);
  });

  it('has no lenders where those of its order are no list', () => {
    const pending = { ...anOrder(), fields: { lenders: 'x' } };
    expect(draftFrom(stored(DRAFT, { pending }))?.lenders).toEqual([]);
  });

  it('never has more than five lenders', () => {
    const lenders = Array.from({ length: 8 }, (_, at) => ({ memberId: memberIdOf(at + 10) }));
    expect(draftFrom(stored(DRAFT, { lenders }))?.lenders.length).toBe(5);
  });

  it('does not repeat an order whose way of sending is not known', () => {
    for (const pending of [{ ...anOrder(), mode: 'cancel' }, { ...anOrder(), library: undefined }, 'x', [anOrder()]]) {
      expect(draftFrom(stored(DRAFT, { pending }))?.pending)
        .withContext(JSON.stringify(pending))
        .toBeUndefined();
    }
  });
});
