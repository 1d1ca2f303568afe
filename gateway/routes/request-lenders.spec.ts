import { COPY_FIELDS, LENDER, orderBody, ordered, OTHER_LENDER } from '../testing/order-body';
import { OWN_ID, type Reply, type SpecApp } from '../testing/spec-app';
import { openMember } from '../testing/spec-nacsis';
import { useSpecApp } from '../testing/use-spec-app';

describe('the lenders of an order', () => {
  let spec: SpecApp;
  useSpecApp(['requests', 'journal'], (started) => ({ spec } = started));

  const order = (fields: Readonly<Record<string, unknown>> = {}, key = spec.newKey()) =>
    spec.call('POST', '/api/v1/requests', { key, body: orderBody(fields) });
  const refusal = ({ status, problem }: Reply): readonly unknown[] => [status, problem.code, problem.errors];
  const cannotServe = (at: number, memberId: string, reason: string) => ({
    field: `lenders[${String(at)}].memberId`,
    code: 'lender-cannot-serve' as const,
    params: { memberId, reason },
  });
  const ofCommands = () => spec.nacsis.calls.map(({ command }) => command);

  it('are looked up in one search, together with the own library', async () => {
    expect((await order()).status).toBe(201);
    expect(spec.nacsis.memberReads).toEqual([{ ids: [OWN_ID, LENDER, OTHER_LENDER], fresh: false }]);
  });

  it('that have stopped are named, and nothing is ordered', async () => {
    spec.nacsis.changedMembers.set(OTHER_LENDER, { service: 'N' });
    const expected = [422, 'invalid-fields', [cannotServe(1, OTHER_LENDER, 'service-stopped')]];
    expect(refusal(await order())).toEqual(expected);
    expect(ofCommands()).toEqual([]);
  });

  it('are not refused on the word of the cache', async () => {
    spec.nacsis.remembered.set(LENDER, openMember(LENDER, { service: 'N' }));
    expect((await order()).status).toBe(201);
    expect(spec.nacsis.memberReads.at(-1)).toEqual({ ids: [LENDER, OTHER_LENDER], fresh: true });
  });

  it('that stopped after the cache was filled are named when NACSIS-ILL refuses', async () => {
    for (const id of [LENDER, OTHER_LENDER]) spec.nacsis.remembered.set(id, openMember(id));
    spec.nacsis.changedMembers.set(LENDER, { service: 'N' });
    spec.nacsis.fates = ['refused'];
    const reply = await order();
    expect(refusal(reply)).toEqual([422, 'invalid-fields', [cannotServe(0, LENDER, 'service-stopped')]]);
    expect(reply.problem.nacsis).toEqual({ status: '422', message: 'FA090018 does not serve' });
  });

  it('are not blamed for a refusal with another cause', async () => {
    spec.nacsis.fates = ['refused'];
    expect(refusal(await order())).toEqual([502, 'nacsis-rejected', undefined]);
  });

  it('are not the own library', async () => {
    const expected = [422, 'invalid-fields', [cannotServe(0, OWN_ID, 'own-library')]];
    expect(refusal(await order({ lenders: [{ memberId: OWN_ID }] }))).toEqual(expected);
    expect(ofCommands()).toEqual([]);
  });

  it('are members of NACSIS-CAT', async () => {
    spec.nacsis.changedMembers.set(LENDER, undefined);
    const fault = { field: 'lenders[0].memberId', code: 'unknown-member', params: { memberId: LENDER } };
    expect(refusal(await order())).toEqual([422, 'invalid-fields', [fault]]);
  });

  it('that cannot be looked up leave the order undone', async () => {
    spec.nacsis.readable = false;
    expect(refusal(await order())).toEqual([503, 'nacsis-unavailable', undefined]);
    expect(ofCommands()).toEqual([]);
  });

  it('may be chosen anew under the same key', async () => {
    const key = spec.newKey();
    spec.nacsis.changedMembers.set(LENDER, { service: 'N' });
    expect((await order({}, key)).status).toBe(422);
    expect((await order({ lenders: [{ memberId: OTHER_LENDER }] }, key)).status).toBe(201);
    expect(ofCommands()).toEqual(['ORDER']);
  });

  describe('of a request in 準備中', () => {
    const act = (id: string, version: number) =>
      spec.call('POST', `/api/v1/requests/${id}/actions`, {
        key: spec.newKey(),
        body: { side: 'borrower', action: 'order', version },
      });

    it('are checked when it is ordered, and staff and address filled in', async () => {
      const { id, version } = await ordered(spec, { mode: 'save', fields: COPY_FIELDS });
      spec.nacsis.changedMembers.set(LENDER, { copyService: 'N' });
      expect(refusal(await act(id, version))).toEqual([
        422,
        'invalid-fields',
        [cannotServe(0, LENDER, 'copy-not-served')],
      ]);
      spec.nacsis.changedMembers.clear();
      expect((await act(id, version)).status).toBe(200);
      expect(spec.nacsis.calls.at(-1)?.fields).toEqual(
        jasmine.objectContaining({ borrowerAddress: '〒100-0000 東京都 見本大学図書館 相互利用係' }),
      );
    });
  });
});
