import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CatpClient, WireRecord } from '../../test/catp-client/catp-client';
import { idOf, orderBody, startSpecServer, type SpecServer } from './testing/spec-server';

type FileMember = Readonly<Record<string, string | readonly string[]>> & { readonly FANO: string };

const MADE_UP = join(import.meta.dirname, 'testing', 'members.json');
/** NII's member data of September 2020, not part of this repository. */
const REAL = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'members-2020-09.json');
const FILES: readonly (readonly [name: string, path: string])[] = [
  ['made-up members in its shape', MADE_UP],
  existsSync(REAL) ? ['that of 2020-09', REAL] : ['that of 2020-09 is not here; made-up members again', MADE_UP],
];
const SERVICES = [
  { kind: 'copy', flag: 'COPYS', asBorrower: 'COPYO', asLender: 'COPYS', more: { TYPE: '電子複写' } },
  { kind: 'loan', flag: 'LOANS', asBorrower: 'LOANO', asLender: 'LOANS', more: {} },
] as const;

for (const [name, path] of FILES) {
  describe(`the member file: ${name}`, () => {
    const members = JSON.parse(readFileSync(path, 'utf8')) as readonly FileMember[];
    let server: SpecServer;
    let client: CatpClient;
    beforeAll(async () => {
      server = await startSpecServer({ members });
      client = await server.client(server.ids[0] ?? '');
    });
    afterAll(async () => server.close());

    const search = async (query: string): ReturnType<CatpClient['call']> =>
      client.call('SEARCH', { 'Database-names': 'MEMBER', 'Small-set-upper-bound': '1' }, query);
    const having = (list: readonly object[], flags: Readonly<Record<string, string>>): readonly object[] =>
      list.filter((member) => Object.entries(flags).every(([flag, value]) => member[flag as never] === value));
    const inFile = (flags: Readonly<Record<string, string>>): readonly string[] =>
      (having(members, flags) as readonly FileMember[]).map(({ FANO }) => FANO);

    it('is loaded whole, behind the seeded members, each with an account', async () => {
      expect(server.ids.slice(-members.length)).toEqual(inFile({}));
      expect(server.ids[0]).toMatch(/^FA09000/);
      for (const id of [inFile({})[0] ?? '', server.ids.at(-1) ?? '']) {
        const library = await server.client(id);
        expect((await library.call('INDEXLIST', { 'Database-names': 'COPYO' })).status).toBe('200');
      }
    });

    it('comes out as it went in, the id under its name in MEMBER', async () => {
      const [{ FANO, ...fields } = { FANO: '' }] = members;
      // On the wire a list with one item equals a single text
      const lines = Object.entries(fields).map(([field, value]) => [field, value.length === 1 ? value[0] : value]);
      const expected = { ID: FANO, ...Object.fromEntries(lines) } as WireRecord;
      expect((await search(`ID="${FANO}"`)).records).toEqual([{ _DBNAME_: 'MEMBER', ...expected }]);
    });

    it('is found by its flags', async () => {
      const searches: readonly Readonly<Record<string, string>>[] = [
        { ILLFLG: 'A', STAT: 'A', COPYS: 'C' },
        { ILLFLG: 'A', STAT: 'N' },
        { LOANS: 'N' },
      ];
      for (const flags of searches) {
        const query = Object.entries(flags).map(([flag, value]) => `${flag}="${value}"`);
        const all = having(server.world.members.records(), flags).length;
        expect(all).toBeGreaterThanOrEqual(inFile(flags).length);
        expect(
          (await search(query.map((term, at) => (at === 0 ? term : `${term} AND`)).join(' '))).headers['result-count'],
        ).toBe(String(all));
      }
    });

    for (const { kind, flag, asBorrower, asLender, more } of SERVICES) {
      const order = async (id: string): ReturnType<CatpClient['call']> =>
        client.command(asBorrower, 'ORDER', orderBody([id], more));

      it(`cannot be asked for a ${kind} where the flag is C and no window is named, and says so`, async () => {
        const withoutWindow = inFile({ ILLFLG: 'A', STAT: 'A', [flag]: 'C' });
        expect(withoutWindow.length).toBeGreaterThan(0);
        const before = server.world.requests.all().length;
        for (const id of withoutWindow) {
          const { status, reason } = await order(id);
          expect(`${status} ${reason}`).toBe(`422 INVALID FIELDS: HMLG[0].HMLID lender-cannot-serve ${id} no-window`);
        }
        expect(server.world.requests.all().length).toBe(before);
      });

      it(`cannot be asked for a ${kind} for other reasons either`, async () => {
        const [stopped = ''] = inFile({ ILLFLG: 'A', STAT: 'N' });
        const [outside = ''] = inFile({ ILLFLG: 'N' });
        expect((await order(stopped)).reason).toContain(`${stopped} service-stopped`);
        expect((await order(outside)).reason).toContain(`${outside} not-participating`);
      });

      it(`takes a ${kind} where the flags say so, and works on it as a lender`, async () => {
        const [id = ''] = inFile({ ILLFLG: 'A', STAT: 'A', [flag]: 'A' });
        const lender = await server.client(id);
        const received = await lender.command(asLender, 'RECEIVE', { ID: idOf(await order(id)), ADATE: '20260402' });
        expect([received.status, received.records[0]?.['STAT']]).toEqual(['200', '処理中']);
      });
    }
  });
}
