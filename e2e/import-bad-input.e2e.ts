import { dayFromNow } from '../test/support/wire-request';
import { ImportStack, madeTwice } from './support/import-stack';

const LIMIT = 240_000;
/** Fields that NACSIS-ILL delivers, by the reason for which the request is not created in Alma. */
const BAD = {
  'no-bibliographic-data': { BIBG: '', BIBID: '', BIBNT: '', STDNO: '', ARTCL: '' },
  'status-unknown': { STAT: '保留中' },
  'field-too-long': { ARTCL: '論'.repeat(400) },
} as const;
const SIDES = ['borrower', 'lender'] as const;
/** Alma's paths for creating requests of each side. */
const CREATES = ['/almaws/v1/users', '/almaws/v1/partners'] as const;
const OF_EACH_SIDE = 3;

describe('an import that meets bad input', () => {
  let stack: ImportStack;

  beforeAll(async () => {
    stack = await ImportStack.start();
  }, LIMIT);
  afterAll(async () => {
    await stack.stop();
  }, LIMIT);

  it(
    'brings the others where NACSIS-ILL delivers what cannot be brought, names each of these with its reason, and brings it once it is right',
    async () => {
      const bad = new Map<string, string>();
      for (const side of SIDES)
        for (const [reason, fields] of Object.entries(BAD)) {
          const [id = ''] = await stack.nacsis.seedIn({ side, kind: 'copy', state: '未処理' });
          await stack.nacsis.deliver(id, fields);
          bad.set(id, reason);
        }
      const before = await stack.almaIds();
      const run = await stack.api.runThrough();
      expect([run.state, run.totals.failed]).toEqual(['completed', bad.size]);
      expect(new Map(run.failures.map(({ id, failure }) => [id, failure?.code ?? '']))).toEqual(bad);
      const count = await stack.count(before);
      expect(SIDES.flatMap((side) => count[side].missing).sort()).toEqual([...bad.keys()].sort());
      expect(run.totals.processed).toBe(count.borrower.requests + count.lender.requests);

      for (const id of bad.keys())
        await stack.nacsis.deliver(id, {
          STAT: '処理中',
          ARTCL: '髙山の民家',
          STDNO: 'ISSN=1341-7959',
          RNWDT: dayFromNow(0),
        });
      const again = await stack.api.runThrough();
      expect([again.state, again.totals.created, again.totals.failed]).toEqual(['completed', bad.size, 0]);
      const last = await stack.count(before);
      for (const side of SIDES)
        expect([last[side].missing, madeTwice(last[side])])
          .withContext(side)
          .toEqual([[], []]);
    },
    LIMIT,
  );

  it(
    'finds what Alma saved although its answer to the create has no id, links it, and makes no double; the others go on',
    async () => {
      await stack.api.runThrough();
      const before = await stack.almaIds();
      for (const side of SIDES)
        await stack.nacsis.seedIn(
          ...Array.from({ length: OF_EACH_SIDE }, () => ({ side, kind: 'copy', state: '未処理' }) as const),
        );
      for (const path of CREATES) {
        const match = { method: 'POST', path };
        await stack.alma('POST', 'faults', { match, do: 'omit-key', key: 'request_id', times: 1 });
      }
      const run = await stack.api.runThrough();
      expect(await stack.alma('GET', 'faults'))
        .withContext('faults that met no call')
        .toEqual([]);
      expect([run.state, run.totals.created, run.totals.failed]).toEqual(['completed', 2 * OF_EACH_SIDE, 0]);
      const count = await stack.count(before);
      for (const side of SIDES)
        expect([count[side].missing, count[side].created.length, madeTwice(count[side])])
          .withContext(side)
          .toEqual([[], OF_EACH_SIDE, []]);
      const made = (await stack.api.requests(run.runId, 'created')).flatMap(({ changes }) => changes);
      const linked = made.filter(({ what }) => what === 'created').map(({ to }) => to);
      expect(linked.sort()).toEqual(SIDES.flatMap((side) => count[side].created).sort());

      const again = await stack.api.runThrough({ full: true });
      expect([again.totals.created, again.totals.failed]).toEqual([0, 0]);
      const last = await stack.count(before);
      for (const side of SIDES) expect(last[side].created).withContext(side).toEqual(count[side].created);
    },
    LIMIT,
  );
});
