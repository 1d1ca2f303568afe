import type { RequestList } from '#domain/api/work-list';
import type { Kind } from '#domain/ill/kinds';
import type { IllRequest } from '#domain/ill/request';
import { NacsisError } from '../nacsis/port';
import { COPY_FIELDS, LENDER, ordered } from '../testing/order-body';
import { OWN_ID, STRANGER, type CallOptions, type SpecApp } from '../testing/spec-app';
import { useSpecApp } from '../testing/use-spec-app';

const { bibId: BIB_ID } = COPY_FIELDS;
const OTHER_BIB_ID = 'BA90000023';
const BRANCH_ID = 'FA090062';

describe('the requests of a record', () => {
  let spec: SpecApp;
  useSpecApp(['requests', 'journal'], (started) => ({ spec } = started));

  const call = (query: string, options: CallOptions = {}) => spec.call('GET', `/api/v1/requests?${query}`, options);
  const list = async (query: string) => {
    const { status, json } = await call(query);
    expect(status).toBe(200);
    return json as RequestList;
  };
  const idsOf = ({ items }: RequestList) => items.map(({ id }) => id).sort();
  const OPEN = `library=RES_SHARE&side=borrower&bibId=${BIB_ID}&open=true`;
  /** A request that was created elsewhere. */
  const elsewhere = (id: string, more: Partial<IllRequest> = {}, fields: IllRequest['fields'] = {}) => {
    const state = { state: 'UNPROCESSED', externalStatus: '未処理' } as const;
    const own = { ...COPY_FIELDS, id, borrowerId: OWN_ID, ...fields };
    spec.nacsis.stored.set(id, { id, kind: 'copy', ...state, fields: own, history: [], ...more });
  };

  it('are asked of NACSIS-ILL in the files of both kinds, and kept', async () => {
    elsewhere('LA0000000041');
    elsewhere('LA0000000042', { kind: 'loan', state: 'ON_LOAN', externalStatus: '借用中' });
    const found = await list(OPEN);
    expect(idsOf(found)).toEqual(['LA0000000041', 'LA0000000042']);
    expect(found.isPartial).toBeUndefined();
    const search = (kind: Kind) => ({ memberId: OWN_ID, kind, bibId: BIB_ID });
    expect(spec.nacsis.recordSearches).toEqual([search('copy'), search('loan')]);
    spec.nacsis.readable = false;
    expect((await spec.call('GET', '/api/v1/requests/LA0000000042')).status).toBe(200);
  });

  it('are those that are open and of this record only', async () => {
    elsewhere('LA0000000041');
    elsewhere('LA0000000042', { state: 'CONFIRMED', externalStatus: '確認' });
    elsewhere('LA0000000043', { state: 'CANCELLED', externalStatus: 'CANCEL' });
    elsewhere('LA0000000044', { state: null, externalStatus: '外部依頼中' });
    elsewhere('LA0000000045', {}, { bibId: OTHER_BIB_ID });
    await call(`bibId=${OTHER_BIB_ID}`);
    const found = await list(OPEN);
    expect([found.total, idsOf(found)]).toEqual([2, ['LA0000000041', 'LA0000000044']]);
    // The numbers beside the states are those without `open`.
    expect(found.facets.externalStatus.map(({ value }) => value)).toEqual(['未処理', '確認', 'CANCEL', '外部依頼中']);
    expect((await list(OPEN.replace('&open=true', ''))).total).toBe(4);
    expect((await list('open=true')).total).toBe(3);
  });

  it('are as NACSIS-ILL has them now, not as they were', async () => {
    const { id } = await ordered(spec);
    spec.nacsis.actElsewhere(id, 'OK', 'CONFIRMED', '確認', LENDER);
    expect((await list(OPEN)).total).toBe(0);
  });

  it('are asked for by the identifier in its standard form', async () => {
    elsewhere('LA0000000041');
    const wide = encodeURIComponent('ｂａ90000012');
    expect((await list(OPEN.replace(BIB_ID, wide))).total).toBe(1);
    for (const [given, code] of [
      ['BA90000018', 'bad-check-character'],
      ['none', 'bad-format'],
      ['', 'bad-format'],
    ] as const) {
      const { status, problem } = await call(`bibId=${given}`);
      expect([status, problem.code, problem.errors]).toEqual([422, 'invalid-fields', [{ field: 'bibId', code }]]);
    }
  });

  for (const code of ['nacsis-unavailable', 'nacsis-rejected', 'nacsis-malformed', 'nacsis-login-refused'] as const) {
    it(`are those that the gateway knows when NACSIS-ILL answers ${code}, and it says so`, async () => {
      const { id } = await ordered(spec);
      spec.nacsis.requestsOfRecord = () => Promise.reject(new NacsisError(code, 'nothing', 'of NACSIS'));
      const found = await list(OPEN);
      expect([idsOf(found), found.isPartial]).toEqual([[id], true]);
      expect(spec.log.some((line) => line.includes('"the list is partial"') && line.includes(code))).toBeTrue();
    });
  }

  it('are those of one file when the other does not answer, and it says so', async () => {
    elsewhere('LA0000000041', { kind: 'loan' });
    const answer = spec.nacsis.requestsOfRecord;
    spec.nacsis.requestsOfRecord = (account, kind, bibId) =>
      kind === 'loan'
        ? answer(account, kind, bibId)
        : Promise.reject(new NacsisError('nacsis-unavailable', 'nothing', 'not reached'));
    const found = await list(OPEN);
    expect([found.total, found.isPartial]).toEqual([1, true]);
  });

  it('say so when there are more than were read', async () => {
    spec.nacsis.requestsOfRecord = () => Promise.resolve({ requests: [], isComplete: false });
    expect((await list(OPEN)).isPartial).toBeTrue();
  });

  it('do not hide a fault of the gateway itself', async () => {
    spec.nacsis.requestsOfRecord = () => Promise.reject(new Error('the secret inside'));
    const { status, problem } = await call(OPEN);
    expect([status, problem.code]).toEqual([500, 'internal']);
  });

  it('are asked of NACSIS-ILL for the library, kind and side that are wanted', async () => {
    await call(`bibId=${BIB_ID}&kind=loan`);
    expect(spec.nacsis.recordSearches.map(({ memberId, kind }) => [memberId, kind])).toEqual([
      [OWN_ID, 'loan'],
      [BRANCH_ID, 'loan'],
    ]);
    await call(`bibId=${BIB_ID}&side=lender`);
    await call('open=true');
    expect(spec.nacsis.recordSearches.length).toBe(2);
  });

  it('are neither asked for nor shown to another institution', async () => {
    await ordered(spec);
    const foreign = await call(OPEN.replace('RES_SHARE', 'BRANCH'), { as: STRANGER });
    expect(foreign.problem.code).toBe('forbidden');
    expect(((await call(OPEN, { as: STRANGER })).json as RequestList).total).toBe(0);
    expect(spec.nacsis.recordSearches.map(({ memberId }) => memberId)).toEqual(['FA090051', 'FA090051']);
  });
});
