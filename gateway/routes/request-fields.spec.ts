import type { RequestView } from '#domain/api/requests';
import type { FieldError } from '#domain/errors';
import { byteLength } from '#domain/ill/fields';
import { LENDER, orderBody } from '../testing/order-body';
import { LENDER_IDS, type SpecApp } from '../testing/spec-app';
import { useOneSpecApp } from '../testing/use-spec-app';

/**
 * Fields that a borrower may write into a new copy request, with their maximum bytes, typed by hand. The order's mark
 * takes 19 bytes of the local data.
 */
const LIMITS: Readonly<Record<string, number>> = {
  payment: 2,
  copyType: 64,
  sendingMethod: 64,
  borrowerNumber: 10,
  permitNumber: 64,
  bibId: 10,
  bibNote: 1024,
  standardNumber: 254,
  volume: 254,
  pages: 254,
  year: 254,
  article: 1024,
  bibSource: 254,
  holdingSource: 254,
  applicant: 254,
  applicantAffiliation: 254,
  electronicAddress: 254,
  orderDate: 8,
  borrowerStaff: 254,
  borrowerAddress: 1024,
  borrowerLocalData: 1005,
  borrowerAccountData: 1024,
  arrivalDate: 8,
};
const LENDER_LIMITS: Readonly<Record<string, number>> = {
  memberName: 254,
  location: 20,
  volume: 254,
  callNumber: 254,
  registrationNumber: 254,
};
/** Fields whose text must have a certain format or be on a list. */
const FIXED: Readonly<Record<string, string>> = {
  payment: 'pb',
  copyType: '電子複写',
  sendingMethod: '普通',
  orderDate: '20261124',
  arrivalDate: '20261124',
};

/** A text of this many bytes, mostly of three-byte characters. */
const textOf = (bytes: number) => '書'.repeat(Math.floor(bytes / 3)) + 'a'.repeat(bytes % 3);
const texts = (limits: Readonly<Record<string, number>>, more: number) =>
  Object.fromEntries(Object.entries(limits).map(([name, bytes]) => [name, textOf(bytes + more)]));

describe('the fields of an order', () => {
  let spec: SpecApp;
  useOneSpecApp((started) => ({ spec } = started));
  beforeEach(() => {
    spec.nacsis.calls.length = 0;
  });

  const order = (fields: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}) =>
    spec.call('POST', '/api/v1/requests', { key: spec.newKey(), body: orderBody(fields, more) });
  /** The faults in the refusal of the order; nothing may have reached NACSIS-ILL. */
  const faultsOf = async (
    fields: Readonly<Record<string, unknown>>,
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<readonly FieldError[]> => {
    const { status, problem } = await order(fields, more);
    expect([status, problem.code]).toEqual([422, 'invalid-fields']);
    expect(spec.nacsis.calls).toEqual([]);
    return problem.errors ?? [];
  };
  const shown = async (...args: Parameters<typeof faultsOf>) =>
    (await faultsOf(...args)).map(({ field, code }) => `${field} ${code}`).sort();

  it('are taken up to the last byte of each', async () => {
    const fields = { ...texts(LIMITS, 0), ...FIXED, bibId: 'BA90000012' };
    const lender = { memberId: LENDER, ...texts(LENDER_LIMITS, 0) };
    const { status, json } = await order({ ...fields, lenders: [lender] }, { comment: textOf(1024) });
    expect(status).toBe(201);
    const sent = spec.nacsis.calls[0]?.fields ?? {};
    expect(byteLength(sent.borrowerLocalData ?? '')).toBe(1024);
    expect((json as { request: RequestView }).request.fields).toEqual(jasmine.objectContaining(fields));
  });

  it('are refused from the first byte too many, one entry for each, with both numbers', async () => {
    const lender = { memberId: LENDER, ...texts(LENDER_LIMITS, 1) };
    const faults = await faultsOf({ ...texts(LIMITS, 1), lenders: [lender] }, { comment: textOf(1025) });
    const expected = [
      ...Object.entries(LIMITS),
      ...Object.entries(LENDER_LIMITS).map(([name, bytes]) => [`lenders[0].${name}`, bytes] as const),
      ['comment', 1024] as const,
    ].map(([field, maxBytes]) => ({ field, code: 'too-long' as const, params: { bytes: maxBytes + 1, maxBytes } }));
    const byField = (left: FieldError, right: FieldError) => (left.field < right.field ? -1 : 1);
    expect([...faults].sort(byField)).toEqual([...expected].sort(byField));
  });

  it('are all named at once, those that are missing, too', async () => {
    const { status, problem } = await spec.call('POST', '/api/v1/requests', {
      key: spec.newKey(),
      body: { library: 'RES_SHARE', kind: 'copy', mode: 'order', fields: { orderDate: '20260231', colour: 'blue' } },
    });
    expect([status, problem.code]).toEqual([422, 'invalid-fields']);
    expect(problem.errors?.map(({ field, code }) => `${field} ${code}`)).toEqual([
      'orderDate bad-date',
      'colour unknown-field',
      'payment required',
      'bibId required-one-of',
      'lenders required',
      'copyType required',
    ]);
  });

  it('have codes of the lists, and check characters', async () => {
    expect(
      await shown({
        payment: 'xx',
        copyType: 'マイクロフィッシュ',
        sendingMethod: '鳩',
        standardNumber: 'ISSN=0378-5950',
        lenders: [
          { memberId: 'FA090019' },
          { memberId: 'fa090018' },
          { memberId: LENDER, acceptingMemberId: 'FA0900' },
        ],
      }),
    ).toEqual([
      'copyType unknown-code',
      'lenders[0].memberId bad-check-character',
      'lenders[1].memberId bad-format',
      'lenders[2].acceptingMemberId bad-format',
      'payment unknown-code',
      'sendingMethod unknown-code',
      'standardNumber bad-check-character',
    ]);
  });

  it('name five lenders at most, none twice', async () => {
    const lenders = LENDER_IDS.map((memberId) => ({ memberId }));
    expect(lenders.length).toBe(6);
    expect(await faultsOf({ lenders })).toEqual([{ field: 'lenders', code: 'too-many', params: { max: 5 } }]);
    expect(await faultsOf({ lenders: [{ memberId: LENDER }, { memberId: LENDER }] })).toEqual([
      { field: 'lenders[1].memberId', code: 'duplicate', params: { memberId: LENDER } },
    ]);
    expect(await shown({ lenders: [] })).toEqual(['lenders required']);
  });

  it('are judged one by one where a value is not even a text', async () => {
    expect(
      await shown({ volume: 12, applicant: null, pages: ['1'], lenders: [null, {}, { memberId: LENDER, shelf: 'A' }] }),
    ).toEqual([
      'applicant bad-format',
      'lenders[0] bad-format',
      'lenders[1].memberId required',
      'lenders[2].shelf unknown-field',
      'pages bad-format',
      'volume bad-format',
    ]);
    expect(await shown({ lenders: { memberId: LENDER } })).toEqual(['lenders bad-format']);
    expect(await shown({ orderDate: 20261124, borrowerStaff: 5, toString: 'x' })).toEqual([
      'borrowerStaff bad-format',
      'orderDate bad-format',
      'toString unknown-field',
    ]);
  });

  it('are those of the borrower and of the kind', async () => {
    expect(await shown({ id: 'LA0000000001', total: '100', charges: [{ item: 'A4' }] })).toEqual([
      'charges not-editable-now',
      'id not-editable-now',
      'total not-editable-now',
    ]);
    expect(await shown({}, { kind: 'loan' })).toEqual(['copyType not-for-this-kind']);
  });

  it('hold no line end and no half character', async () => {
    expect(await shown({ article: 'one\ntwo', pages: 'x\ud842' })).toEqual(['article line-break', 'pages bad-format']);
    expect(await shown({}, { comment: 'one\r\ntwo' })).toEqual(['comment line-break']);
  });

  it('cost no round trip when they are wrong', async () => {
    const before = spec.nacsis.memberReads.length;
    await faultsOf({ payment: '' });
    expect(spec.nacsis.memberReads.length).toBe(before);
  });

  it('must be there as an object', async () => {
    for (const fields of [undefined, null, 'payment=pb', 5]) {
      const body = { library: 'RES_SHARE', kind: 'copy', mode: 'order', fields };
      const { status, problem } = await spec.call('POST', '/api/v1/requests', { key: spec.newKey(), body });
      expect([status, problem.code]).toEqual([400, 'invalid-request']);
    }
  });
});
