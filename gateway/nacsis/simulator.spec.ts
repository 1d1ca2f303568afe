import type { CatpRecord } from '#catp/types';
import { addDays, today } from '#domain/ill/dates';
import { KINDS, SIDES, type Kind, type Side } from '#domain/ill/kinds';
import { editableValues, type MemberValues } from '#domain/ill/own-record';
import { SimulatorProcess } from '../../test/support/simulator-process';
import { CatpNacsis } from './catp-nacsis';
import type { NacsisAccount } from './port';
import { NACSIS_DEFAULTS } from './settings';

type SeenRecord = CatpRecord & { readonly ID: string };

/** Runs against the real simulator, so that an error cannot be the same on both sides. */
describe('CatpNacsis and the NACSIS-ILL simulator', () => {
  let simulator: SimulatorProcess;
  let nacsis: CatpNacsis;
  let account: NacsisAccount;

  beforeAll(async () => {
    simulator = await SimulatorProcess.nacsis();
    const [first] = await simulator.read<NacsisAccount[]>('accounts');
    account = first!;
    nacsis = new CatpNacsis({ ...NACSIS_DEFAULTS, url: `${simulator.url}/catp` });
  }, 60_000);
  afterAll(async () => {
    await nacsis.close();
    await simulator.stop();
  });

  const seen = (side: Side) => simulator.read<SeenRecord[]>(`records?member=${account.memberId}&side=${side}`);
  const kindOf = ({ SRVCE }: CatpRecord): Kind => (SRVCE === 'L' ? 'loan' : 'copy');

  for (const side of SIDES) {
    it(`read every request of the ${side}, of both kinds, whether its kind is known or not`, async () => {
      const records = await seen(side);
      expect(new Set(records.map(kindOf)).size).toBe(KINDS.length);
      for (const record of records) {
        const kind = kindOf(record);
        for (const known of [[], [kind]]) {
          const request = await nacsis.readRequest(account, side, record.ID, ...known);
          expect([request?.id, request?.kind, request?.externalStatus]).toEqual([
            record.ID,
            kind,
            record['STAT'] as string,
          ]);
        }
      }
    });
  }

  it('read each file whole, by day and by state', async () => {
    for (const side of SIDES)
      for (const kind of KINDS) {
        const records = (await seen(side)).filter((record) => kindOf(record) === kind);
        const read = async (wanted: { readonly since?: string; readonly status?: string }) => {
          const ids: string[] = [];
          await nacsis.readFile(account, { side, kind, ...wanted }, ({ requests, unreadable }) => {
            expect(unreadable).toEqual([]);
            ids.push(...requests.map(({ id }) => id));
            return Promise.resolve();
          });
          return ids.sort();
        };
        const idsOf = (some: readonly SeenRecord[]) => some.map(({ ID }) => ID).sort();
        expect(await read({})).toEqual(idsOf(records));
        const since = addDays(today(), -2);
        const changed = records.filter(({ RNWDT }) => (RNWDT as string) >= since);
        expect(await read({ since })).toEqual(idsOf(changed));
        expect(await read({ since: '20000101' })).toEqual(idsOf(records));
        const counts = await nacsis.countsByStatus(account, kind, side);
        expect(counts.size).toBeGreaterThan(3);
        for (const [status, count] of counts) {
          const ids = await read({ status });
          expect([status, ids]).toEqual([status, idsOf(records.filter(({ STAT }) => STAT === status))]);
          expect(ids.length).toBe(count);
        }
      }
  });

  it('know no request that there is not', async () => {
    expect(await nacsis.readRequest(account, 'borrower', 'LA9999999999')).toBeUndefined();
  });

  it('find the requests of a record', async () => {
    const records = await seen('borrower');
    const bibIdOf = ({ BIBG }: CatpRecord) => (BIBG as readonly { readonly BIBID?: string }[] | undefined)?.[0]?.BIBID;
    const bibId = records.map(bibIdOf).find((id) => id !== undefined)!;
    for (const kind of KINDS) {
      const wanted = records.filter((record) => bibIdOf(record) === bibId && kindOf(record) === kind);
      const { requests, isComplete } = await nacsis.requestsOfRecord(account, kind, bibId);
      expect(requests.map(({ id }) => id).sort()).toEqual(wanted.map(({ ID }) => ID).sort());
      expect(isComplete).toBeTrue();
    }
  });

  it('find nothing in a reference file for what stands in the union file only, and no error', async () => {
    const query = { library: 'RES_SHARE', form: 'book', title: 'a' } as const;
    const { items } = await nacsis.searchCatalog(account, { ...query, file: 'JPMARC' });
    expect(items.every(({ file }) => file === 'JPMARC')).toBeTrue();
  });

  it('change the own member record, keep it, and refuse what the library may not change', async () => {
    const read = async () =>
      (await nacsis.members(account, [account.memberId], { fresh: true })).get(account.memberId)!;
    const update = (changes: MemberValues) => nacsis.updateMember(account, changes, Date.now() + 10_000);
    const before = await read();
    const changes = {
      service: 'N',
      policies: ['複写料金: 1枚40円', '土日休館'],
      illStaff: '担当 B',
      email: '',
    } as const;
    const { email: _, ...others } = { ...before, ...changes };
    expect([await update(changes), await read()]).toEqual([others, others]);
    expect((await update({ policies: [] })).policies).toEqual([]);
    for (const wrong of [{ service: 'C' }, { copyService: 'C', copyVia: '' }, { loanVia: 'FA090017' }] as const)
      await expectAsync(update(wrong)).toBeRejectedWith(jasmine.objectContaining({ code: 'nacsis-rejected' }));
    expect((await read()).copyService).toBe(before.copyService);
    await update(editableValues(before));
    expect(await read()).toEqual(before);
  });
});
