import { CatpError } from '#catp/errors';
import type { HistoryEntry, IllRequest } from '#domain/ill/request';
import { STATES, type StateId } from '#domain/ill/states';
import type { InstitutionConfig, LibraryConfig } from '../config';
import { NacsisError } from '../nacsis/port';
import type { Store } from '../store/open-store';
import { specStore } from '../testing/spec-stores';
import { findRequest } from '../store/requests-store';
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

describe('RequestReading', () => {
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
    // Each reading of the clock is a millisecond later.
    reading = new RequestReading(store.db, nacsis, () => new Date((time += 1)));
  });

  const at = (state: StateId) => ({ state, externalStatus: STATES[state].wire });
  const put = (id: string, state: StateId, more: Partial<IllRequest> = {}, fields: IllRequest['fields'] = {}) => {
    const history: readonly HistoryEntry[] = [{ command: 'ORDER', memberId: fields.borrowerId ?? OWN_ID }];
    const own = { id, borrowerId: OWN_ID, lenderId: OTHER_ID, updatedOn: '20261124', ...fields };
    nacsis.stored.set(id, { id, kind: 'copy', ...at(state), fields: own, history, ...more });
  };
  const lending = (id: string, state: StateId, more: Partial<IllRequest> = {}, fields: IllRequest['fields'] = {}) => {
    put(id, state, more, { borrowerId: OTHER_ID, lenderId: OWN_ID, ...fields });
  };
  const refresh = (full = false) => reading.refresh(INSTITUTION, LIBRARY, full);
  const borrowing = (id: string) => findRequest(store.db, 'A', 'borrower', id);
  const lent = (id: string) => findRequest(store.db, 'A', 'lender', id);

  it('reads all four files the first time, and nobody calls it news', async () => {
    put('LA1', 'SHIPPED');
    put('LA2', 'ON_LOAN', { kind: 'loan' });
    lending('LA3', 'UNPROCESSED');
    lending('LA4', 'SENT_BACK', { kind: 'loan' });
    const answer = await refresh();
    expect(answer).toEqual(
      jasmine.objectContaining({ library: 'RES_SHARE', isFull: true, read: 4, changed: 4, gone: 0 }),
    );
    expect(answer.failure).toBeUndefined();
    expect(Date.parse(answer.readAt ?? '')).toBeGreaterThan(START);
    expect([(await borrowing('LA2'))?.kind, (await lent('LA4'))?.waits, (await lent('LA3'))?.news_at]).toEqual([
      'loan',
      true,
      null,
    ]);
  });

  it('then reads what changed since, with a day of overlap, and tells what is new', async () => {
    put('LA1', 'UNPROCESSED');
    lending('LA3', 'CONFIRMED', {}, { updatedOn: '20261101' });
    await refresh();
    time += DAY_MS;
    nacsis.fileReadings.length = 0;
    lending('LA5', 'UNPROCESSED', {}, { updatedOn: '20261125' });
    const history = [
      { command: 'ORDER', memberId: OWN_ID },
      { command: 'RECEIVE', memberId: OTHER_ID },
    ];
    put('LA1', 'PROCESSING', { history }, { updatedOn: '20261125' });
    const answer = await refresh();
    expect([answer.isFull, answer.read, answer.changed]).toEqual([false, 2, 2]);
    expect(nacsis.fileReadings.map(({ since, status }) => [since, status])).toEqual(
      Array(4).fill(['20261123', undefined]),
    );
    const row = await borrowing('LA1');
    expect([row?.version, row?.jump, row?.news_at?.getTime()]).toEqual([2, null, row?.changed_at.getTime()]);
    expect((await lent('LA5'))?.news_at).not.toBeNull();
    expect(nacsis.requestReads).toEqual([]);
  });

  it('reads everything when the last reading lies too far back, or when it is asked to', async () => {
    await refresh();
    expect((await refresh(true)).isFull).toBeTrue();
    time += 40 * DAY_MS;
    expect((await refresh()).isFull).toBeTrue();
    expect((await refresh()).isFull).toBeFalse();
  });

  it('keeps what it read before a failure, says so, and begins at the same day again', async () => {
    await refresh();
    const { readAt } = await refresh();
    nacsis.filePage = 2;
    nacsis.readableRecords = 2;
    for (let number = 0; number < 5; number += 1) put(`LB${String(number)}`, 'SHIPPED');
    const answer = await refresh(true);
    expect(answer).toEqual(jasmine.objectContaining({ failure: 'nacsis-unavailable', read: 2, changed: 2, readAt }));
    expect([await borrowing('LB1'), await borrowing('LB2')].map((row) => row !== undefined)).toEqual([true, false]);
    nacsis.readableRecords = Infinity;
    expect((await refresh()).read).toBe(5);
  });

  it('says that it never read to the end, and does not hide a fault of its own', async () => {
    nacsis.readable = false;
    const answer = await refresh();
    expect([answer.readAt, answer.failure, answer.isFull]).toEqual([undefined, 'nacsis-unavailable', true]);
    nacsis.readFile = () => Promise.reject(new Error('the secret inside'));
    await expectAsync(refresh()).toBeRejectedWithError('the secret inside');
  });

  it('joins a reading that runs; who wants everything gets everything', async () => {
    await refresh();
    nacsis.fileReadings.length = 0;
    const [first, second, third] = await Promise.all([refresh(), refresh(), refresh(true)]);
    expect(second).toBe(first);
    expect([first.isFull, third.isFull]).toEqual([false, true]);
    expect(nacsis.fileReadings.length).toBe(8);
  });

  describe('of records that cannot be read', () => {
    const broken = (id: string, told = id) => nacsis.broken.set(id, { id: told, reason: 'a group is not closed' });
    const stored = () => store.db.selectFrom('unreadable_records').selectAll().orderBy('id').execute();

    it('reads the others, tells and keeps each of them, and forgets it when it can be read', async () => {
      put('LA1', 'SHIPPED');
      put('LA2', 'SHIPPED');
      lending('LA3', 'SENT_BACK', { kind: 'loan' });
      broken('LA2');
      broken('LA3', '?1');
      const first = await refresh();
      expect([first.read, first.unreadable, first.failure, first.readAt === undefined]).toEqual([
        1,
        2,
        undefined,
        false,
      ]);
      const of = {
        institution: 'A',
        library: 'RES_SHARE',
        reason: 'a group is not closed',
        seen_at: jasmine.any(Date),
      };
      expect(await stored()).toEqual([
        { ...of, id: '?1', side: 'lender', kind: 'loan' },
        { ...of, id: 'LA2', side: 'borrower', kind: 'copy' },
      ]);
      const [, seen] = await stored();
      expect((await refresh()).unreadable).toBe(2);
      const [, seenAgain] = await stored();
      expect(seenAgain!.seen_at.getTime()).toBeGreaterThan(seen!.seen_at.getTime());
      nacsis.broken.delete('LA2');
      expect((await refresh()).unreadable).toBe(1);
      expect((await stored()).map(({ id }) => id)).toEqual(['?1']);
      nacsis.broken.clear();
      expect((await refresh(true)).unreadable).toBe(0);
      expect(await stored()).toEqual([]);
      expect(await lent('LA3')).toBeDefined();
    });

    it('does not take what it cannot read for missing, and does not search for it again', async () => {
      put('LA1', 'SHIPPED');
      put('LA2', 'SHIPPED', {}, { updatedOn: '20261101' });
      broken('LA2');
      await refresh();
      nacsis.fileReadings.length = 0;
      expect((await refresh()).isFull).toBeFalse();
      expect(nacsis.fileReadings.some(({ status }) => status !== undefined)).toBeFalse();
      put('LA4', 'SHIPPED', {}, { updatedOn: '20261101' });
      await refresh();
      expect(nacsis.fileReadings.filter(({ status }) => status !== undefined).length).toBe(1);
      expect(await borrowing('LA4')).toBeDefined();
      nacsis.requestReads.length = 0;
      broken('LA1');
      expect((await refresh(true)).gone).toBe(0);
      expect([(await borrowing('LA1'))?.gone, nacsis.requestReads]).toEqual([null, []]);
    });

    it('goes on when a missing request cannot be read by its id', async () => {
      lending('LA1', 'PROCESSING');
      lending('LA2', 'PROCESSING');
      await refresh();
      nacsis.stored.clear();
      const cause = new CatpError('bad-record', 'a group is not closed');
      nacsis.readRequest = (_account, _side, id) =>
        id === 'LA1'
          ? Promise.reject(new NacsisError('nacsis-malformed', 'unknown', 'not to be read', { cause }))
          : Promise.resolve(undefined);
      const answer = await refresh(true);
      expect([answer.failure, answer.gone, answer.unreadable]).toEqual([undefined, 1, 1]);
      expect((await stored()).map(({ id, reason }) => [id, reason])).toEqual([['LA1', 'a group is not closed']]);
    });
  });

  it('tells how far it has come while it runs, to whoever asks with patience of his own', async () => {
    put('LA1', 'SHIPPED');
    let saved: () => void = () => undefined;
    const isSaved = new Promise<void>((resolve) => (saved = resolve));
    let goOn: () => void = () => undefined;
    const mayGoOn = new Promise<void>((resolve) => (goOn = resolve));
    const { readFile } = nacsis;
    nacsis.readFile = async (account, wanted, save) => {
      await readFile(account, wanted, save);
      saved();
      await mayGoOn;
    };
    expect(reading.progressOf(INSTITUTION, LIBRARY)).toBeUndefined();
    const failed = jasmine.createSpy('failed');
    const told = await reading.refreshOrTell(INSTITUTION, LIBRARY, true, failed, () => isSaved);
    expect([told.isReading, told.read]).toEqual([true, 1]);
    expect(reading.progressOf(INSTITUTION, LIBRARY)).toEqual({ read: 1, changed: 1 });
    expect(reading.progressOf(INSTITUTION, { ...LIBRARY, code: 'OTHER' })).toBeUndefined();
    goOn();
    await refresh();
    expect(reading.progressOf(INSTITUTION, LIBRARY)).toBeUndefined();
    expect(failed).not.toHaveBeenCalled();
  });

  describe('that takes long', () => {
    const gate = () => {
      let open: () => void = () => undefined;
      const opened = new Promise<void>((resolve) => (open = resolve));
      return { open, opened };
    };
    let failed: jasmine.Spy;
    const unexpected = new Error('the table is full');

    beforeEach(() => {
      failed = jasmine.createSpy('failed');
    });

    it('is answered with what is known so far, goes on, and is joined by the next', async () => {
      let isPatient = false;
      const patience = () => (isPatient ? new Promise(() => undefined) : secondPage.asked.opened);
      const secondPage = { asked: gate(), answer: gate() };
      reading = new RequestReading(store.db, nacsis, () => new Date((time += 1)), { patience });
      for (const id of ['LA1', 'LA2']) put(id, 'SHIPPED');
      const { readFile } = nacsis;
      nacsis.readFile = async (account, wanted, save) => {
        await readFile(account, wanted, save);
        secondPage.asked.open();
        await secondPage.answer.opened;
      };
      const told = await reading.refreshOrTell(INSTITUTION, LIBRARY, undefined, failed);
      expect(told).toEqual({
        library: 'RES_SHARE',
        isFull: true,
        read: 2,
        changed: 2,
        gone: 0,
        unreadable: 0,
        isReading: true,
      });
      isPatient = true;
      const joined = reading.refreshOrTell(INSTITUTION, LIBRARY, true, failed);
      secondPage.answer.open();
      const { isReading, readAt, ...rest } = await joined;
      expect(rest).toEqual({ library: 'RES_SHARE', isFull: true, read: 2, changed: 2, gone: 0, unreadable: 0 });
      expect([isReading, readAt === undefined]).toEqual([undefined, false]);
      expect(nacsis.fileReadings.length).toBe(4);
      expect(failed).not.toHaveBeenCalled();
    });

    it('tells a fault of its own that comes after the answer, and begins anew', async () => {
      const asked = gate();
      const answer = gate();
      reading = new RequestReading(store.db, nacsis, () => new Date((time += 1)), { patience: () => asked.opened });
      const { readFile } = nacsis;
      nacsis.readFile = async () => {
        asked.open();
        await answer.opened;
        throw unexpected;
      };
      expect((await reading.refreshOrTell(INSTITUTION, LIBRARY, false, failed)).isReading).toBeTrue();
      const told = new Promise((resolve) => failed.and.callFake(resolve));
      answer.open();
      expect(await told).toBe(unexpected);
      nacsis.readFile = readFile;
      expect((await refresh()).failure).toBeUndefined();
    });
  });

  describe('a request that is not delivered any more', () => {
    it('is read once by its id, and is called so whatever state it was in: nothing tells why', async () => {
      lending('LA1', 'PROCESSING');
      lending('LA2', 'RETURN_PROCESSING', { kind: 'loan' });
      put('LA3', 'SHIPPED');
      put('LA4', 'CONFIRMED');
      await refresh();
      nacsis.stored.clear();
      expect((await refresh(true)).gone).toBe(4);
      expect(nacsis.requestReads.map(({ id }) => id)).toEqual(['LA3', 'LA1', 'LA2', 'LA4']);
      const rows = [await lent('LA1'), await lent('LA2'), await borrowing('LA3'), await borrowing('LA4')];
      expect(rows.map((each) => each?.gone)).toEqual(Array(4).fill('not-delivered'));
      const row = await lent('LA1');
      expect([row?.waits, row?.open, row?.version, row?.external_status]).toEqual([false, false, 2, '処理中']);
      await refresh(true);
      expect(nacsis.requestReads.length).toBe(4);
    });

    it('is found missing by the counts of its state, without reading everything', async () => {
      for (const id of ['LA1', 'LA2']) lending(id, 'UNPROCESSED', {}, { updatedOn: '20261101' });
      put('LA3', 'SHIPPED', {}, { updatedOn: '20261101' });
      await refresh();
      nacsis.fileReadings.length = 0;
      // The borrower forwarded the request, so it has another lender now.
      const row = nacsis.stored.get('LA1')!;
      nacsis.stored.set('LA1', { ...row, fields: { ...row.fields, lenderId: 'FA090029' } });
      nacsis.readRequest = (_account, _side, id) => {
        nacsis.requestReads.push({ id, kind: undefined });
        return Promise.resolve(undefined);
      };
      const answer = await refresh();
      expect([answer.isFull, answer.gone]).toEqual([false, 1]);
      expect(nacsis.fileReadings.filter(({ status }) => status !== undefined).length).toBe(1);
      expect(nacsis.requestReads.map(({ id }) => id)).toEqual(['LA1']);
      expect((await lent('LA1'))?.gone).toBe('not-delivered');
      expect((await lent('LA2'))?.gone).toBeNull();
    });

    it('comes back when it is delivered again', async () => {
      lending('LA1', 'UNPROCESSED');
      const row = nacsis.stored.get('LA1')!;
      await refresh();
      nacsis.stored.clear();
      await refresh(true);
      nacsis.stored.set('LA1', row);
      await refresh(true);
      const back = await lent('LA1');
      expect([back?.gone, back?.waits, back?.open, back?.version]).toEqual([null, true, true, 3]);
    });

    it('is not gone while NACSIS-ILL cannot be asked for it', async () => {
      lending('LA1', 'PROCESSING');
      await refresh();
      nacsis.stored.clear();
      nacsis.readRequest = () => Promise.reject(new NacsisError('nacsis-unavailable', 'nothing', 'not reached'));
      expect(await refresh(true)).toEqual(jasmine.objectContaining({ gone: 0, failure: 'nacsis-unavailable' }));
      expect((await lent('LA1'))?.gone).toBeNull();
    });
  });

  it('reads everything when the counts do not come together, once an hour at most', async () => {
    put('LA1', 'SHIPPED');
    nacsis.countsByStatus = () => Promise.resolve(new Map([['発送', 7]]));
    expect((await refresh()).isFull).toBeTrue();
    expect((await refresh()).isFull).toBeFalse();
    time += 3_600_000;
    expect((await refresh()).isFull).toBeTrue();
    expect((await refresh()).isFull).toBeFalse();
  });

  describe('of everything', () => {
    const PAUSE_MS = 600_000;
    const failed = (error: unknown) => {
      fail(error);
    };
    const asked = (full?: boolean) => reading.refreshOrTell(INSTITUTION, LIBRARY, full, failed);
    beforeEach(() => {
      reading = new RequestReading(store.db, nacsis, () => new Date((time += 1)), { fullPauseMs: PAUSE_MS });
      put('LA1', 'SHIPPED');
    });

    it('is made once in a while, however often it is asked for; meanwhile what changed is read, and it says when the next may be', async () => {
      // The others ask while the first reading is under way, however fast it is.
      let begin = (): void => undefined;
      let goOn = (): void => undefined;
      const begun = new Promise<void>((resolve) => (begin = resolve));
      const held = new Promise<void>((resolve) => (goOn = resolve));
      const { readFile } = nacsis;
      nacsis.readFile = async (...args) => {
        begin();
        await held;
        return readFile.apply(nacsis, args);
      };
      const one = asked(true);
      await begun;
      const others = [asked(true), asked(true)];
      nacsis.readFile = readFile;
      goOn();
      const all = await Promise.all([one, ...others]);
      const first = all[0].readAt ?? '';
      expect(all.map(({ isFull, readAt, nextFullAt }) => [isFull, readAt, nextFullAt])).toEqual(
        [1, 2, 3].map(() => [true, first, undefined]),
      );
      put('LA2', 'SHIPPED');
      nacsis.fileReadings.length = 0;
      const again = await asked(true);
      const next = new Date(Date.parse(first) + PAUSE_MS).toISOString();
      expect([again.isFull, again.changed, again.nextFullAt]).toEqual([false, 1, next]);
      expect(nacsis.fileReadings.every(({ since }) => since !== undefined)).toBeTrue();
      expect((await asked()).nextFullAt).toBeUndefined();
      time += PAUSE_MS;
      expect((await asked(true)).isFull).toBeTrue();
    });

    it('is made at any time by an import, and counts for whoever asks next', async () => {
      await asked(true);
      expect((await refresh(true)).isFull).toBeTrue();
      expect((await asked(true)).isFull).toBeFalse();
    });

    it('that broke off in the middle is not begun anew at once, and one that NACSIS-ILL refused is', async () => {
      const { readFile } = nacsis;
      nacsis.readFile = () => Promise.reject(new NacsisError('nacsis-unavailable', 'nothing', 'not reached'));
      expect((await asked()).failure).toBe('nacsis-unavailable');
      let begun = 0;
      nacsis.readFile = async (...args) => {
        begun += 1;
        await readFile.apply(nacsis, args);
        throw new NacsisError('nacsis-unavailable', 'nothing', 'cut');
      };
      const cut = await asked();
      expect([cut.failure, cut.read, begun]).toEqual(['nacsis-unavailable', 1, 1]);
      for (const full of [undefined, true]) {
        const refused = await asked(full);
        expect([refused.failure, refused.read, refused.nextFullAt === undefined]).toEqual([
          'nacsis-unavailable',
          0,
          false,
        ]);
      }
      expect(begun).toBe(1);
      nacsis.readFile = readFile;
      time += 30_000;
      const whole = await asked();
      expect([whole.isFull, whole.failure]).toEqual([true, undefined]);
    });
  });

  it('marks a state that the table does not lead to, until the next regular change', async () => {
    put('LA1', 'UNPROCESSED');
    await refresh();
    put('LA1', 'SHIPPED');
    await refresh();
    const jumped = await borrowing('LA1');
    expect(jumped?.jump).toEqual({ from: 'UNPROCESSED', to: 'SHIPPED', at: jumped!.changed_at.toISOString() });
    expect(jumped?.news_at).toEqual(jumped!.changed_at);
    const history = ['ORDER', 'RECEIVE'].map((command) => ({ command, memberId: OWN_ID }));
    put('LA1', 'ARRIVED', { history });
    await refresh();
    expect((await borrowing('LA1'))?.jump).toBeNull();
  });
});
