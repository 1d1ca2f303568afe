import type { Transaction } from 'kysely';
import type { Writer } from '#domain/api/profile';
import { GatewayError } from '../gateway-error';
import { ProfilesStore } from '../profiles/profiles-store';
import type { Schema } from '../store/schema';
import { useSpecImports, type SpecImports } from '../testing/spec-imports';
import { specStores } from '../testing/spec-stores';
import type { ImportService } from './import-service';
import { wholeOutcome } from './run-sync';
import type { Postponed } from '../alma-sync/item';

const REST = { outcome: 'updated', changes: [{ what: 'cost', to: '870' }] } as const;
const MAX_ATTEMPTS = 6;
/** Longer than a step of a run. */
const LONG_MS = 60_000;

for (const { name, open } of specStores()) {
  describe(`a request that is not settled at once, on ${name}`, () => {
    let spec: SpecImports;
    let imports: ImportService;
    useSpecImports(open, (started) => ({ spec, imports } = started));

    const ran = async () => {
      const { runId } = await imports.start(spec.institution, { trigger: 'staff', startedBy: 'manager001' });
      await spec.work(imports);
      return imports.report('A', runId);
    };
    const failuresOf = async () => (await ran()).failures.map(({ id, failure }) => [id, failure?.code]);
    const claim = (id: string) => {
      const claimed = { claimed_at: spec.now(), claimed_for: 'U-001', unknown: false, kept: '[]' };
      return spec.db
        .insertInto('alma_records')
        .values({ institution: 'A', side: 'borrower', id, ...claimed })
        .execute();
    };
    const timeOver = (more: Pick<Postponed, 'isFurther'> = {}): Postponed => {
      // A run that does not end fails its spec instead of hanging it.
      if (spec.synced.length > 100) throw new Error('so many steps');
      spec.pass(LONG_MS);
      return { notBefore: spec.now(), reason: 'time-over', ...more };
    };
    const choose = async (writer: Writer) => {
      const profiles = new ProfilesStore(spec.db, 'A');
      const { version, integration } = await profiles.read(spec.library);
      await profiles.put(spec.library, { version, integration: { ...integration, writer }, by: 'm', at: spec.now() });
    };
    beforeEach(() => spec.db.deleteFrom('profiles').execute());
    const overtaken = () => {
      const save = () => Promise.reject(new GatewayError('already-linked', { detail: 'it is linked to LA9' }));
      return Promise.resolve({ outcome: 'updated', changes: [], save } as const);
    };

    it('is brought by the writer that staff choose meanwhile, from the next request on', async () => {
      for (const id of ['LA1', 'LA2', 'LA3']) spec.put(id);
      let seen: Writer | undefined;
      spec.sync = async (row, { integration, writerNow }) => {
        if (spec.synced.length === 1) {
          await choose('iso18626');
          seen = await writerNow();
        }
        if (integration.writer === 'rest') return { notBefore: spec.now(), reason: 'other-writer' };
        return spec.done(row);
      };
      const { totals } = await ran();
      expect(spec.contexts.map(({ integration }) => integration.writer)).toEqual(['rest', 'iso18626']);
      expect([totals.created, totals.failed, seen]).toEqual([3, 0, 'iso18626']);
    });

    it('is due again once another writer is chosen than the one to which it was left', async () => {
      spec.put('LA1');
      spec.sync = (row, { integration: { writer } }) => {
        const { save, ...done } = spec.done(row);
        const left = async (db: Transaction<Schema>) => {
          await save?.(db);
          await db
            .updateTable('alma_records')
            .set({ left_to: writer === 'rest' ? null : writer })
            .execute();
        };
        return Promise.resolve({ ...done, save: left });
      };
      for (const writer of ['iso18626', 'iso18626', 'rest', 'rest', 'alma-nacsis'] as const) {
        await choose(writer);
        await ran();
      }
      expect(spec.contexts.map(({ integration }) => integration.writer)).toEqual(['iso18626', 'rest']);
    });

    it('is done to the end in another step, and reported as one', async () => {
      spec.put('LA1');
      spec.sync = (row) => {
        if (spec.synced.length > 1) return Promise.resolve({ ...spec.done(row), ...REST });
        spec.pass(LONG_MS);
        return Promise.resolve({ ...spec.done(row), isCut: true });
      };
      const { runId } = await ran();
      const { items } = await imports.requests('A', runId, {});
      expect(spec.synced).toEqual(['LA1', 'LA1']);
      expect(items.map(({ outcome, changes }) => [outcome, changes])).toEqual([
        ['created', [{ what: 'created' }, ...REST.changes]],
      ]);
    });

    it('fails alone where Alma fails at it each time, and the others go on', async () => {
      for (const id of ['LA1', 'LA2', 'LA3']) spec.put(id);
      spec.sync = (row) => Promise.resolve(row.id === 'LA1' ? spec.unreached('alma-unavailable') : spec.done(row));
      const { totals, state, failures } = await ran();
      expect([state, totals.created]).toEqual(['completed', 2]);
      expect(failures.map(({ id, failure }) => [id, failure?.code])).toEqual([['LA1', 'alma-unavailable']]);
    });

    it('is unknown where a create was sent and what became of it never shows', async () => {
      spec.put('LA1');
      spec.sync = async ({ id }) => {
        if (spec.synced.length === 1) await claim(id);
        return { notBefore: new Date(spec.now().getTime() + 30_000), reason: 'claimed' };
      };
      expect(await failuresOf()).toEqual([['LA1', 'outcome-unknown']]);
      expect(spec.synced.length).toBe(MAX_ATTEMPTS);
    });

    it('is unknown also where Alma could not be asked any more after a create was sent', async () => {
      for (const id of ['LA1', 'LA2']) spec.put(id);
      await claim('LA1');
      spec.sync = () => Promise.resolve(spec.unreached('alma-unavailable'));
      expect(await failuresOf()).toEqual([
        ['LA1', 'outcome-unknown'],
        ['LA2', 'alma-unavailable'],
      ]);
    });

    it('is synced where another request was linked to the same one of Alma meanwhile', async () => {
      spec.put('LA1');
      spec.sync = (row) => (spec.synced.length > 1 ? Promise.resolve(spec.done(row)) : overtaken());
      const { state, totals } = await ran();
      expect([spec.synced.length, state, totals.created]).toEqual([2, 'completed', 1]);
    });

    it('fails for the link where another request is linked to the same one of Alma each time', async () => {
      spec.put('LA1');
      await claim('LA1');
      spec.sync = overtaken;
      const { failures } = await ran();
      expect(failures.map(({ failure }) => failure)).toEqual([
        { code: 'already-linked', detail: 'it is linked to LA9' },
      ]);
      expect(spec.synced.length).toBe(MAX_ATTEMPTS);
    });

    it('is not nearer to failing when the time of a step was over before its turn could end', async () => {
      for (const id of ['LA1', 'LA2', 'LA3']) spec.put(id);
      let left = MAX_ATTEMPTS;
      spec.sync = (row) => {
        if (row.id !== 'LA3') return Promise.resolve(spec.done(row));
        if (spec.synced.length === 3) return Promise.resolve(timeOver());
        left -= 1;
        return Promise.resolve(left > 0 ? spec.unreached('alma-unavailable') : spec.done(row));
      };
      const { totals } = await ran();
      expect([totals.created, totals.failed]).toEqual([3, 0]);
      expect(spec.synced.length).toBe(3 + MAX_ATTEMPTS);
    });

    it('may take any number of steps as long as each of them comes further', async () => {
      spec.put('LA1');
      const steps = 3 * MAX_ATTEMPTS;
      spec.sync = (row) => Promise.resolve(spec.synced.length < steps ? timeOver({ isFurther: true }) : spec.done(row));
      expect((await ran()).totals.created).toBe(1);
      expect(spec.synced.length).toBe(steps);
    });

    it('fails where whole steps came no further, so that the run ends and the others have their turn', async () => {
      for (const id of ['LA1', 'LA2', 'LA3']) spec.put(id);
      spec.sync = (row) => Promise.resolve(row.id === 'LA3' ? spec.done(row) : timeOver());
      const { state, totals, failures } = await ran();
      expect([state, totals.created]).toEqual(['completed', 1]);
      expect(failures.map(({ id, failure }) => [id, failure?.code])).toEqual([
        ['LA1', 'alma-unavailable'],
        ['LA2', 'alma-unavailable'],
      ]);
      expect(spec.synced.length).toBe(2 * MAX_ATTEMPTS + 1);
    });
  });
}

describe('what is reported of a request after several attempts', () => {
  const MADE = { what: 'created', to: '35' } as const;
  const LINKED = { what: 'linked', to: '35' } as const;
  const COST = { what: 'cost', to: '870' } as const;
  const REFUSED = { outcome: 'failed', changes: [], failure: { code: 'alma-refused' } } as const;

  it('is what the only attempt says', () => {
    for (const only of [
      REFUSED,
      { outcome: 'unchanged', changes: [] },
      { outcome: 'updated', changes: [COST] },
    ] as const)
      expect(wholeOutcome([], only)).toEqual(only);
  });

  it('has what all of them did', () => {
    const last = { outcome: 'updated', changes: [COST] } as const;
    expect(wholeOutcome([MADE], last)).toEqual({ outcome: 'created', changes: [MADE, COST] });
    expect(wholeOutcome([LINKED], last)).toEqual({ outcome: 'updated', changes: [LINKED, COST] });
  });

  it('stays made where the rest finds nothing to do, or fails', () => {
    expect(wholeOutcome([MADE], { outcome: 'unchanged', changes: [] })).toEqual({
      outcome: 'created',
      changes: [MADE],
    });
    expect(wholeOutcome([MADE], REFUSED)).toEqual({ outcome: 'created', changes: [MADE] });
    expect(wholeOutcome([LINKED], REFUSED)).toEqual({ outcome: 'updated', changes: [LINKED] });
  });
});
