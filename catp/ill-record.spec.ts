import fc from 'fast-check';
import { CHARGE_PARTS, fieldSpec, HISTORY_PARTS, LENDER_PARTS, SCALAR_NAMES } from '#domain/ill/fields';
import type { IllRequest, RequestFields } from '#domain/ill/request';
import { stateByWire, STATE_IDS, STATES } from '#domain/ill/states';
import { ORDERED } from './testing/golden-messages';
import { commentIn, illRequestFrom, recordOf, recordOfRequest, requestFieldsFrom } from './ill-record';
import { decodeRecord, encodeRecord } from './record';
import type { CatpRecord } from './types';

/** A fixed seed, so that every run has the same inputs. */
const RUNS = { seed: 20251124, numRuns: 200 };

describe('illRequestFrom', () => {
  it('reads the record of an order', () => {
    expect(illRequestFrom(ORDERED, 'loan')).toEqual({
      id: 'LA9000000001',
      kind: 'loan',
      state: 'UNPROCESSED',
      externalStatus: '未処理',
      fields: {
        id: 'LA9000000001',
        state: '未処理',
        borrowerId: 'FA090007',
        lenderId: 'FA090018',
        payment: 'pb',
        applicant: '利用者 001 髙𠮷',
        bibId: 'BA90000017',
        bibNote: '𠮷野の桜 / 髙橋著. -- 2019.4',
        lenders: [{ memberId: 'FA090018', location: '本館' }, { memberId: 'FA090029' }],
      },
      history: [{ command: 'ORDER', memberId: 'FA090007', comment: 'よろしくお願いします。' }],
    });
  });

  it('knows every state by its text, and keeps a text that it does not know', () => {
    for (const id of STATE_IDS) expect(illRequestFrom({ ID: 'LA1', STAT: STATES[id].wire }, 'copy').state).toBe(id);
    const unknown = illRequestFrom({ ID: 'LA1', STAT: '外部依頼中' }, 'copy');
    expect([unknown.state, unknown.externalStatus]).toEqual([null, '外部依頼中']);
    expect(illRequestFrom({ ID: 'LA1' }, 'copy').externalStatus).toBe('');
  });

  it('never throws over fields that are unknown, missing, empty or of another shape', () => {
    const record: CatpRecord = {
      ID: 'LA1',
      NEW: 'x',
      CLNT: ['a', 'b'],
      ODATE: [{ X: '1' }],
      HMLG: 'x',
      CHG: [{}],
      SENDG: ['x'],
      BIBID: 'BA1',
      ARTCL: '',
    };
    expect(illRequestFrom(record, 'copy')).toEqual({
      id: 'LA1',
      kind: 'copy',
      state: null,
      externalStatus: '',
      fields: { id: 'LA1', applicant: 'a', bibId: 'BA1' },
      history: [],
    });
  });

  it('leaves out a candidate without a library', () => {
    expect(requestFieldsFrom({ HMLG: [{ LOC: '本館' }, { HMLID: 'FA090018' }] }).lenders).toEqual([
      { memberId: 'FA090018' },
    ]);
  });

  it('refuses a record without its id', () => {
    const withoutId: readonly CatpRecord[] = [{}, { ID: '' }, { STAT: '未処理' }];
    for (const record of withoutId) {
      expect(() => illRequestFrom(record, 'copy')).toThrow(
        jasmine.objectContaining({ name: 'CatpError', code: 'bad-record' }),
      );
    }
  });
});

describe('recordOf', () => {
  it('writes only what is given', () => {
    expect(recordOf({ id: 'LA1', acceptDate: '20250401' })).toEqual({ ID: 'LA1', ADATE: '20250401' });
    expect(recordOf({})).toEqual({});
  });

  it('writes a comment as the pseudo field', () => {
    const record = recordOf({ id: 'LA1' }, '欠号のため');
    expect(record).toEqual({ ID: 'LA1', _COMMENT_: '欠号のため' });
    expect(commentIn(record)).toBe('欠号のため');
    expect(commentIn({})).toBeUndefined();
  });

  it('deletes by an empty text, and a group by an empty list or empty parts', () => {
    expect(recordOf({ borrowerNumber: '', lenders: [], charges: [], bibId: '' })).toEqual({
      ONO: '',
      BIBG: [],
      HMLG: [],
      CHG: [],
    });
  });

  it('writes groups whole, without empty parts', () => {
    expect(
      recordOf({ bibId: '', bibNote: '書誌', charges: [{ item: 'A4', quantity: '3', unitPrice: '', amount: '105' }] }),
    ).toEqual({
      BIBG: [{ BIBNT: '書誌' }],
      CHG: [{ ITEM: 'A4', QNT: '3', CHRGE: '105' }],
    });
  });
});

describe('ILL records, for any content', () => {
  const value = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }).map((raw) => raw.replace(/\p{Cc}/gu, '・'));
  const parts = (names: object) =>
    fc.record(Object.fromEntries(Object.keys(names).map((name) => [name, value])), { requiredKeys: [] });
  const scalars = fc.record(
    Object.fromEntries(SCALAR_NAMES.filter((name) => name !== 'id' && name !== 'state').map((name) => [name, value])),
    { requiredKeys: [] },
  );
  const lenders = fc.array(
    fc.tuple(value, parts(LENDER_PARTS)).map(([memberId, rest]) => ({ ...rest, memberId })),
    { minLength: 1, maxLength: 5 },
  );
  const charges = fc.array(
    parts(CHARGE_PARTS).filter((charge) => Object.keys(charge).length > 0),
    { minLength: 1, maxLength: 10 },
  );
  const fields = fc
    .tuple(scalars, fc.record({ lenders, charges }, { requiredKeys: [] }))
    .map(([one, many]): RequestFields => ({ ...one, ...many }));

  it('fields survive the wire', () => {
    fc.assert(
      fc.property(fields, (original) => {
        expect(requestFieldsFrom(decodeRecord(encodeRecord(recordOf(original))))).toEqual(original);
      }),
      RUNS,
    );
  });

  it('a whole request survives the wire, history oldest first', () => {
    const history = fc.array(
      parts(HISTORY_PARTS).filter((entry) => Object.keys(entry).length > 0),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(fields, value, value, history, (content, id, status, entries) => {
        const request: IllRequest = {
          id,
          kind: 'copy',
          state: stateByWire(status) ?? null,
          externalStatus: status,
          fields: { ...content, id, state: status },
          history: entries,
        };
        expect(illRequestFrom(decodeRecord(encodeRecord(recordOfRequest(request))), 'copy')).toEqual(request);
      }),
      RUNS,
    );
  });

  it('every scalar has its own place on the wire', () => {
    for (const name of SCALAR_NAMES) {
      expect(requestFieldsFrom(recordOf({ [name]: 'x' })))
        .withContext(`${name} (${fieldSpec(name).wire})`)
        .toEqual({ [name]: 'x' });
    }
  });
});
