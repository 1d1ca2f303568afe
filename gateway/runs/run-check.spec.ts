import type { ImportReport } from '#domain/api/imports';
import { summaryInWords } from '../reports/report-text';
import { type SpecImports, useSpecImports } from '../testing/spec-imports';
import { specStores } from '../testing/spec-stores';
import type { ImportService } from './import-service';
import { StockStore } from '../alma-sync/stock-store';

const [ID, OTHER, THIRD] = ['LA0000000011', 'LA0000000022', 'LA0000000033'];
const BY = { trigger: 'staff', startedBy: 'manager001' } as const;

for (const { name, open } of specStores()) {
  describe(`the check at the end of a run, on ${name}`, () => {
    let spec: SpecImports;
    let imports: ImportService;
    useSpecImports(open, (started) => ({ spec, imports } = started));

    const ranOnce = async (): Promise<ImportReport> => {
      const { runId } = await imports.start(spec.institution, BY);
      await spec.work(imports);
      return imports.report('A', runId);
    };
    const said = (run: ImportReport) => summaryInWords(run, { lang: 'en', libraries: [], now: spec.now() });
    const row = (almaId: string, ids: object = {}) => ({ almaId, mentions: [], title: '', hasEnded: false, ...ids });

    it('says that no NACSIS id stands in two requests of Alma, and whether Alma showed all', async () => {
      const run = await ranOnce();
      expect([run.state, run.check]).toEqual(['completed', { doubled: [], isComplete: true }]);
      expect(said(run)).toContain('Ids in several requests of Alma: None\n');
      spec.lookAround = () => Promise.resolve(false);
      const partly = await ranOnce();
      expect(partly.check).toEqual({ doubled: [], isComplete: false });
      expect(said(partly)).toContain('None, as far as');
    });

    it('names those that do, by external id, mark or link, but not by a mention, nor of two libraries', async () => {
      spec.put(ID);
      spec.put(THIRD);
      spec.sync = async (each) => {
        const link = { alma_request_id: each.id === ID ? '1' : '9', alma_user_id: 'U1' };
        await spec.db.updateTable('requests').set(link).where('id', '=', each.id).execute();
        return spec.done(each);
      };
      spec.lookAround = async ({ runId }) => {
        const store = new StockStore(spec.db, { institution: 'A', runId });
        await store.add('borrowing x', [row('1', { mark: ID }), row('2', { mark: ID }), row('3', { mentions: [ID] })]);
        await store.add('borrowing y', [row('9', { externalId: THIRD })]);
        await store.add('lending RES_SHARE', [row('4', { externalId: OTHER }), row('5', { mark: OTHER })]);
        await store.add('lending BRANCH', [row('6', { externalId: OTHER, mark: THIRD })]);
        return true;
      };
      const run = await ranOnce();
      expect(run.check?.doubled).toEqual([
        { library: 'RES_SHARE', side: 'borrower', id: ID, almaRequestIds: ['1', '2'] },
        { library: 'RES_SHARE', side: 'lender', id: OTHER, almaRequestIds: ['4', '5'] },
      ]);
      expect(said(run)).toContain(`Ids in several requests of Alma: RES_SHARE Borrowing ${ID}: 1, 2\n`);
      const left = await spec.db.selectFrom('alma_stock').selectAll().execute();
      expect(left).toEqual([]);
    });

    it('goes on in another step where the time is over', async () => {
      const answers = [undefined, undefined, true];
      spec.lookAround = () => Promise.resolve(answers.shift());
      expect((await ranOnce()).check?.isComplete).toBeTrue();
      expect(answers).toEqual([]);
    });

    it('does not wait for a library that has left the configuration since, and says that not all was shown', async () => {
      spec.lookAround = () => Promise.resolve(undefined);
      const { runId } = await imports.start(spec.institution, BY);
      const { signal } = new AbortController();
      await imports.step(spec.institution, signal);
      await imports.step(spec.institution, signal);
      expect((await imports.report('A', runId)).state).toBe('running');
      await imports.step({ ...spec.institution, libraries: [] }, signal);
      const { state, check } = await imports.report('A', runId);
      expect([state, check?.isComplete]).toEqual(['completed', false]);
    });

    it('comes after a request was left to the other library that it went on to since it was read', async () => {
      for (const id of [ID, OTHER, THIRD]) spec.put(id);
      spec.sync = async (each) => {
        await spec.db.updateTable('requests').set({ library: 'BRANCH' }).where('id', '=', THIRD).execute();
        return spec.done(each);
      };
      const run = await ranOnce();
      expect(new Set(spec.synced)).toEqual(new Set([ID, OTHER]));
      expect([run.totals.created, run.totals.unchanged]).toEqual([2, 1]);
    });
  });
}
