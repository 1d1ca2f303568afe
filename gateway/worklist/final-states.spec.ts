import type { IllRequest } from '#domain/ill/request';
import { STATES, type StateId } from '#domain/ill/states';
import type { InstitutionConfig, LibraryConfig } from '../config';
import type { Store } from '../store/open-store';
import { specStore } from '../testing/spec-stores';
import { SpecNacsis } from '../testing/spec-nacsis';
import { RequestReading } from './request-reading';

const OWN_ID = 'FA090007';
const OTHER_ID = 'FA090018';
const LIBRARY: LibraryConfig = {
  code: 'RES_SHARE',
  name: '相互利用係',
  memberId: OWN_ID,
  account: { memberId: OWN_ID, user: 'spec', password: 'spec-password' },
};
const INSTITUTION: InstitutionConfig = { code: 'A', almaApiKey: 'spec-api-key', libraries: [LIBRARY] };
const START = Date.parse('2026-11-24T01:00:00Z');
const DAY_MS = 86_400_000;
/** Maximum number of searches for missing requests in one reading. */
const LIMIT = 200;

describe('what has ended and is not delivered any more', () => {
  let store: Store;
  let nacsis: SpecNacsis;
  let reading: RequestReading;
  let time: number;

  beforeAll(async () => {
    store = await specStore();
  });
  afterAll(async () => {
    await store.close();
  });
  beforeEach(async () => {
    for (const table of ['requests', 'readings', 'unreadable_records'] as const)
      await store.db.deleteFrom(table).execute();
    nacsis = new SpecNacsis();
    time = START;
    reading = new RequestReading(store.db, nacsis, () => new Date((time += 1)));
  });

  const lending = (id: string, state: StateId, updatedOn = '20261101', kind: IllRequest['kind'] = 'copy') => {
    const fields = { id, borrowerId: OTHER_ID, lenderId: OWN_ID, updatedOn };
    const history = [{ command: 'ORDER', memberId: OTHER_ID }];
    nacsis.stored.set(id, { id, kind, state, externalStatus: STATES[state].wire, fields, history });
  };
  const lendMany = (prefix: string, count: number, state: StateId, updatedOn: string) => {
    for (let at = 0; at < count; at += 1) lending(prefix + String(at).padStart(4, '0'), state, updatedOn);
  };
  const takeAway = (prefix: string) => {
    for (const id of [...nacsis.stored.keys()].filter((each) => each.startsWith(prefix))) nacsis.stored.delete(id);
  };
  const refresh = async (full = false) => {
    nacsis.fileReadings.length = 0;
    nacsis.fileCounts.length = 0;
    nacsis.requestReads.length = 0;
    return reading.refresh(INSTITUTION, LIBRARY, full);
  };
  const gone = async () => {
    const rows = await store.db
      .selectFrom('requests')
      .select('id')
      .where('delivered', '=', false)
      .orderBy('id')
      .execute();
    return rows.map(({ id }) => id);
  };
  const held = async (status: string) => {
    const rows = await store.db
      .selectFrom('requests')
      .select('id')
      .where('external_status', '=', status)
      .where('delivered', '=', true)
      .execute();
    return rows.length;
  };
  /** Searches of a reading beyond the four for changes. */
  const searches = () => nacsis.fileReadings.length - 4 + nacsis.fileCounts.length + nacsis.requestReads.length;

  for (const isFull of [false, true])
    it(`is found by ${isFull ? 'a full reading' : 'a reading of the changes, which counts the years and months and reads one'}`, async () => {
      lendMany('LA1', 30, 'CANCELLED', '20250310');
      lendMany('LA2', 30, 'CONFIRMED', '20261105');
      lending('LB1', 'CANCELLED', '20261003');
      lending('LB2', 'CANCELLED', '20261004');
      lending('LB3', 'CANCELLED', '20250304');
      await refresh();
      takeAway('LB1');
      const answer = await refresh(isFull);
      expect([answer.isFull, answer.gone, await gone()]).toEqual([isFull, 1, ['LB1']]);
      expect(nacsis.requestReads.map(({ id }) => id)).toEqual(['LB1']);
      if (!isFull) {
        // Counts the year, then its months, newest first.
        expect(nacsis.fileCounts.map(({ updatedIn }) => updatedIn)).toEqual(['2026', '202612', '202611', '202610']);
        expect(nacsis.fileReadings.flatMap(({ updatedIn }) => updatedIn ?? [])).toEqual(['202610']);
      }
      await refresh();
      expect(searches()).toBe(0);
    });

  for (const state of ['CONFIRMED', 'RETURN_CONFIRMED', 'CANCELLED'] as const)
    it(`is found in ${STATES[state].wire}, and comes back when it is delivered again, however old it is`, async () => {
      const kind = state === 'RETURN_CONFIRMED' ? 'loan' : 'copy';
      lending('LB1', state, '20240501', kind);
      lending('LB2', state, '20240601', kind);
      const record = nacsis.stored.get('LB1')!;
      await refresh();
      takeAway('LB1');
      expect([(await refresh()).gone, await gone()]).toEqual([1, ['LB1']]);
      nacsis.stored.set('LB1', record);
      expect([(await refresh()).isFull, await gone(), await held(STATES[state].wire)]).toEqual([false, [], 2]);
    });

  it('is found where the day of its last command is none', async () => {
    lending('LB1', 'CANCELLED', '');
    lending('LB2', 'CANCELLED', '2026');
    lending('LB3', 'CANCELLED', '20261101');
    await refresh();
    takeAway('LB1');
    takeAway('LB2');
    await refresh();
    expect(await gone()).toEqual(['LB1', 'LB2']);
  });

  it('is told apart from what went on: that is delivered as it is now', async () => {
    lending('LB1', 'CONFIRMED', '20261001');
    await refresh();
    // Without a new RNWDT, so that a search for changes does not find it.
    lending('LB1', 'ARRIVED', '20261001');
    expect([(await refresh()).gone, await held('到着処理中'), await held('確認')]).toEqual([0, 1, 0]);
  });

  it('costs so many searches in a reading at most where thousands went into the back file, and the rest is done in the next', async () => {
    lendMany('LA1', 450, 'CONFIRMED', '20240310');
    lendMany('LA2', 60, 'CONFIRMED', '20240410');
    lending('LC1', 'CANCELLED', '20240310');
    lending('LC2', 'CANCELLED', '20240310');
    await refresh();
    takeAway('LA1');
    takeAway('LC1');
    const rounds: number[] = [];
    for (let left = 450; left > 0; rounds.push(searches())) {
      const answer = await refresh();
      expect(answer.isFull).toBeFalse();
      // The large difference does not delay the small one.
      expect(await gone()).toContain('LC1');
      left = 451 - (await gone()).length;
    }
    expect(rounds.every((number) => number <= LIMIT)).toBeTrue();
    expect([rounds.length <= 4, await held('確認'), await held('CANCEL')]).toEqual([true, 60, 1]);
    await refresh();
    expect(searches()).toBe(0);
  });

  it('costs no more in a full reading, in which what goes on comes first', async () => {
    lendMany('LA1', 450, 'CONFIRMED', '20240310');
    lending('LC1', 'PROCESSING', '20240310');
    await refresh();
    takeAway('L');
    await refresh(true);
    expect([searches() <= LIMIT, nacsis.requestReads[0]?.id]).toEqual([true, 'LC1']);
  });

  describe('where a number stays another', () => {
    beforeEach(async () => {
      lendMany('LA1', 20, 'CONFIRMED', '20240310');
      await refresh();
      const { countsByStatus } = nacsis;
      // As if INDEXLIST counted the back file too.
      nacsis.countsByStatus = async (...asked) => {
        const counts = new Map(await countsByStatus(...asked));
        const confirmed = counts.get('確認');
        return confirmed === undefined ? counts : counts.set('確認', confirmed + 1000);
      };
    });

    it('is looked into once a day, and never by reading everything', async () => {
      time += DAY_MS;
      expect([(await refresh()).isFull, searches() > 0]).toEqual([false, true]);
      for (let hour = 0; hour < 3; hour += 1) {
        time += DAY_MS / 24;
        expect([(await refresh()).isFull, searches()]).toEqual([false, 0]);
      }
      time += DAY_MS;
      await refresh();
      expect(searches()).toBeGreaterThan(0);
    });

    it('is looked into when it changes, so that what vanishes is found all the same', async () => {
      await refresh();
      takeAway('LA10003');
      expect([(await refresh()).gone, await gone()]).toEqual([1, ['LA10003']]);
    });

    it('ends at the limit where a search for a month finds nothing of what is there', async () => {
      lendMany('LA2', 400, 'CONFIRMED', '20230310');
      await refresh(true);
      nacsis.countInFile = (_account, wanted) => {
        nacsis.fileCounts.push(wanted);
        return Promise.resolve(0);
      };
      const { readFile } = nacsis;
      nacsis.readFile = (account, wanted, save) => {
        if (wanted.updatedIn === undefined) return readFile(account, wanted, save);
        nacsis.fileReadings.push(wanted);
        return save({ requests: [], unreadable: [] });
      };
      await refresh();
      expect([searches() <= LIMIT, await gone()]).toEqual([true, []]);
      await refresh();
      expect(searches()).toBe(0);
    });
  });

  it('does not take a record that cannot be read for one that is missing', async () => {
    lending('LB1', 'CONFIRMED', '20261001');
    lending('LB2', 'CONFIRMED', '20261001');
    nacsis.broken.set('LB2', { id: 'LB2', reason: 'a group is not closed' });
    expect((await refresh()).unreadable).toBe(1);
    expect([(await refresh()).unreadable, searches(), await gone()]).toEqual([0, 0, []]);
  });
});
