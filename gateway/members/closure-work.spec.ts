import type { Closure } from '#domain/api/members';
import type { GatewayError } from '../gateway-error';
import { SpecNacsis } from '../testing/spec-nacsis';
import { specStore } from '../testing/spec-stores';
import type { Store } from '../store/open-store';
import { ClosureWork } from './closure-work';
import { Closures } from './closures';
import { MemberChanges } from './member-changes';

const [MEMBER, BRANCH] = ['FA090007', 'FA090062'];
const library = (code: string, memberId: string) => ({
  ...{ code, name: code, memberId, account: { memberId, user: 'u', password: 'p' } },
});
const INSTITUTION = {
  ...{ code: 'INST', almaApiKey: 'k' },
  libraries: [library('MAIN', MEMBER), library('BRANCH', BRANCH)],
};
const [MAIN, OTHER] = INSTITUTION.libraries;

describe('carrying out a closure', () => {
  let store: Store;
  let nacsis: SpecNacsis;
  let at: Date;
  let faults: unknown[];
  let keys = 0;

  beforeAll(async () => {
    store = await specStore();
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    for (const table of ['closures', 'member_changes', 'used_keys'] as const)
      await store.db.deleteFrom(table).execute();
    [nacsis, faults] = [new SpecNacsis(), []];
    time('2026-12-20T12:00:00+09:00');
  });

  function time(text: string): void {
    at = new Date(text);
  }
  /** A gateway that has just started: everything it knows is in the store. */
  const gateway = () => {
    const limits = { callTimeoutMs: 20_000, settleSeconds: 30 };
    const changes = new MemberChanges({ db: store.db, nacsis, now: () => at, ...limits });
    const failed = (error: unknown) => faults.push((error as Error).cause);
    return new ClosureWork({ db: store.db, changes, institutions: [INSTITUTION], now: () => at, failed });
  };
  const closures = () => new Closures({ db: store.db, now: () => at, kick: () => Promise.resolve() });
  const changes = () =>
    new MemberChanges({ db: store.db, nacsis, now: () => at, callTimeoutMs: 20_000, settleSeconds: 30 });
  const actor = () => ({ institution: INSTITUTION, userId: 'manager', key: `key-${String((keys += 1))}` });
  const plan = (from = '20261228', to = '20270104', of = MAIN!) =>
    closures().plan({ actor: actor(), library: of }, { from, to });
  const run = () => gateway().carryOut();
  const list = (code = 'MAIN') => closures().list('INST', code);
  const switched = () => nacsis.memberUpdates.map(({ service }) => service);
  const service = async (of = MAIN!) => (await changes().read(of)).service;
  const now = async () => {
    const [{ state, closed, reopened, failure } = {} as Closure] = await list();
    return [state, closed, reopened, failure?.code];
  };
  const byHand = (before: object, wanted: object) =>
    changes().change({ actor: actor(), library: MAIN!, before, changes: wanted });

  it('switches the service off on the first day and on after the last, in Japan, once each', async () => {
    await plan();
    for (const [text, expected] of [
      ['2026-12-27T23:59:59+09:00', []],
      ['2026-12-28T00:00:00+09:00', ['N']],
      ['2026-12-28T00:00:20+09:00', ['N']],
      ['2027-01-04T23:59:59+09:00', ['N']],
      ['2027-01-05T00:00:00+09:00', ['N', 'A']],
      ['2027-01-06T00:00:00+09:00', ['N', 'A']],
    ] as const) {
      time(text);
      await run();
      expect([text, switched()]).toEqual([text, [...expected]] as never);
    }
    expect([await now(), await service(), faults]).toEqual([
      ['ended', 'switched', 'switched', undefined],
      'A',
      [],
    ] as never);
    const rows = await store.db.selectFrom('member_changes').select(['user_id', 'state']).execute();
    expect(rows).toEqual([
      { user_id: 'closure', state: 'applied' },
      { user_id: 'closure', state: 'applied' },
    ]);
  });

  it('changes no other service: one that was switched off by hand before stays off', async () => {
    await byHand({ loanService: 'A' }, { loanService: 'N' });
    await plan();
    time('2026-12-28T09:00:00+09:00');
    await run();
    time('2027-01-05T09:00:00+09:00');
    await run();
    const { service: open, loanService, copyService } = await changes().read(MAIN!);
    expect([open, loanService, copyService]).toEqual(['A', 'N', 'A']);
  });

  it('leaves a library closed that was closed by hand before', async () => {
    await byHand({ service: 'A' }, { service: 'N' });
    await plan();
    time('2026-12-28T09:00:00+09:00');
    await run();
    time('2027-01-05T09:00:00+09:00');
    await run();
    expect([await now(), switched(), await service()]).toEqual([
      ['ended', 'was-off', 'nothing', undefined],
      ['N'],
      'N',
    ] as never);
  });

  it('does not overrule who switched the service on during the closure', async () => {
    await plan();
    time('2026-12-28T09:00:00+09:00');
    await run();
    nacsis.changeMember(MEMBER, { service: 'A' });
    time('2027-01-05T09:00:00+09:00');
    await run();
    expect([await now(), switched(), await service()]).toEqual([
      ['ended', 'switched', 'left', undefined],
      ['N'],
      'A',
    ] as never);
  });

  it('does not overrule who switched it on and off again', async () => {
    await plan();
    time('2026-12-28T09:00:00+09:00');
    await run();
    await byHand({ service: 'N' }, { service: 'A' });
    await byHand({ service: 'A' }, { service: 'N' });
    time('2027-01-05T09:00:00+09:00');
    await run();
    expect([(await now())[2], await service()]).toEqual(['left', 'N']);
  });

  it('waits for NACSIS-ILL, says so, and tries again', async () => {
    await plan();
    nacsis.readable = false;
    time('2026-12-28T00:00:00+09:00');
    await run();
    expect([await now(), switched()]).toEqual([['running', undefined, undefined, 'nacsis-unavailable'], []] as never);
    const [{ failure } = {} as Closure] = await list();
    expect(failure).toEqual({ code: 'nacsis-unavailable', at: at.toISOString(), nextAt: '2026-12-27T15:00:05.000Z' });
    await run();
    expect(faults.length).withContext('not before its time').toBe(1);
    nacsis.readable = true;
    time('2026-12-28T00:00:05+09:00');
    expect(await gateway().isDue()).toBeTrue();
    await run();
    expect([await now(), switched()]).toEqual([['running', 'switched', undefined, undefined], ['N']] as never);
    expect(await gateway().isDue()).toBeFalse();
  });

  it('says what NACSIS-ILL refuses, and asks again under another key', async () => {
    await plan();
    nacsis.fates = ['refused'];
    time('2026-12-28T00:00:00+09:00');
    await run();
    const [{ failure } = {} as Closure] = await list();
    expect([failure?.code, failure?.nacsis]).toEqual(['nacsis-rejected', 'FA090018 does not serve']);
    time('2026-12-28T01:00:00+09:00');
    await run();
    expect([await now(), nacsis.memberUpdates.length]).toEqual([
      ['running', 'switched', undefined, undefined],
      2,
    ] as never);
  });

  for (const [fate, sent] of [
    ['cut-after', 1],
    ['cut-before', 2],
  ] as const)
    it(`reads what became of a change whose answer was lost, before it sends it again (${fate})`, async () => {
      await plan();
      nacsis.fates = [fate];
      nacsis.during = () => {
        nacsis.readable = false;
        return Promise.resolve();
      };
      time('2026-12-28T00:00:00+09:00');
      await run();
      nacsis.readable = true;
      if (fate === 'cut-before') {
        expect((await now())[3]).toBe('outcome-unknown');
        time('2026-12-28T00:00:10+09:00');
        await run();
        expect(nacsis.memberUpdates.length).withContext('while NACSIS-ILL may be at work on it').toBe(1);
      }
      time('2026-12-28T00:10:00+09:00');
      await run();
      expect([await now(), nacsis.memberUpdates.length]).toEqual([
        ['running', 'switched', undefined, undefined],
        sent,
      ] as never);
    });

  it('knows after a kill that it was itself that switched the service off', async () => {
    await plan();
    time('2026-12-28T00:00:00+09:00');
    await run();
    // As a gateway leaves it that is killed after the answer of NACSIS-ILL.
    await store.db.updateTable('closures').set({ closed: null, closed_at: null }).execute();
    await run();
    expect([await now(), switched()]).toEqual([['running', 'switched', undefined, undefined], ['N']] as never);
    // And before the outcome was written.
    await store.db.updateTable('closures').set({ closed: null, closed_at: null }).execute();
    await store.db.updateTable('member_changes').set({ state: 'pending', lease_until: at }).execute();
    time('2026-12-28T01:00:00+09:00');
    await run();
    time('2027-01-05T00:00:00+09:00');
    await run();
    expect([await now(), switched()]).toEqual([
      ['ended', 'switched', 'switched', undefined],
      ['N', 'A'],
    ] as never);
  });

  it('sends nothing twice when two gateways begin at once', async () => {
    await plan();
    time('2026-12-28T00:00:00+09:00');
    await Promise.all([run(), run(), run()]);
    time('2026-12-28T00:10:00+09:00');
    await run();
    expect([(await now())[1], switched()]).toEqual(['switched', ['N']]);
  });

  it('switches nothing for a closure that has passed meanwhile', async () => {
    await plan();
    time('2027-01-06T00:00:00+09:00');
    await run();
    expect([await now(), switched()]).toEqual([['ended', 'missed', 'nothing', undefined], []] as never);
  });

  it('opens again at once when the closure is ended early, and not at its end', async () => {
    const closure = await plan();
    time('2026-12-28T00:00:00+09:00');
    await run();
    const [{ version } = closure] = await list();
    await closures().end({ actor: actor(), library: MAIN! }, closure.id, version, 'end');
    await run();
    time('2027-01-05T00:00:00+09:00');
    await run();
    expect([await now(), switched()]).toEqual([
      ['ended', 'switched', 'switched', undefined],
      ['N', 'A'],
    ] as never);
  });

  it('does not begin one that was cancelled, nor lets one be cancelled that has begun', async () => {
    const closure = await plan();
    await closures().end({ actor: actor(), library: MAIN! }, closure.id, closure.version, 'cancel');
    const begun = await plan('20261228', '20261229');
    time('2026-12-28T00:00:00+09:00');
    await run();
    expect(switched()).toEqual(['N']);
    const late = closures().end({ actor: actor(), library: MAIN! }, begun.id, begun.version, 'cancel');
    const error: unknown = await late.catch((thrown: unknown) => thrown);
    expect((error as GatewayError).code).toBe('stale-version');
  });

  it('ends one closure before it begins the next of the day after', async () => {
    await plan('20261228', '20261229');
    await plan('20261230', '20261231');
    for (const day of ['28', '30', '30', '30']) {
      time(`2026-12-${day}T00:00:00+09:00`);
      await run();
    }
    time('2027-01-01T00:00:00+09:00');
    await run();
    expect([switched(), (await list()).map(({ state }) => state)]).toEqual([
      ['N', 'A', 'N', 'A'],
      ['ended', 'ended'],
    ]);
  });

  it('of one library goes on when that of another fails', async () => {
    await plan();
    await plan('20261228', '20261229', OTHER);
    nacsis.changedMembers.set(MEMBER, undefined);
    time('2026-12-28T00:00:00+09:00');
    await run();
    expect([(await now())[3], (await list('BRANCH'))[0]?.closed, await service(OTHER)]).toEqual([
      'not-found',
      'switched',
      'N',
    ]);
  });
});
