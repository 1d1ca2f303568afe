import type { Closure } from '#domain/api/members';
import type { InstitutionConfig } from '../config';
import type { GatewayError } from '../gateway-error';
import type { Jobs } from '../jobs/jobs';
import { NacsisError } from '../nacsis/port';
import { SpecNacsis } from '../testing/spec-nacsis';
import { specStore } from '../testing/spec-stores';
import type { Store } from '../store/open-store';
import { ClosureQueue, ClosureWork } from './closure-work';
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
  const gateway = (institutions: readonly InstitutionConfig[] = [INSTITUTION]) => {
    const limits = { callTimeoutMs: 20_000, settleSeconds: 30 };
    const changes = new MemberChanges({ db: store.db, nacsis, now: () => at, ...limits });
    const failed = (error: unknown) => faults.push((error as Error).cause);
    return new ClosureWork({ db: store.db, changes, institutions, now: () => at, failed });
  };
  const closures = () => new Closures({ db: store.db, now: () => at, kick: () => Promise.resolve() });
  const changes = () =>
    new MemberChanges({ db: store.db, nacsis, now: () => at, callTimeoutMs: 20_000, settleSeconds: 30 });
  const actor = () => ({ institution: INSTITUTION, userId: 'manager', key: `key-${String((keys += 1))}` });
  const plan = (from = '20261228', to = '20270104', of = MAIN!) =>
    closures().plan({ actor: actor(), library: of }, { from, to });
  const run = () => gateway().carryOut();
  const list = (code = 'MAIN') => closures().list('INST', code === 'MAIN' ? MAIN! : OTHER!);
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

  /** Runs once at the beginning of each of these days of December and January. */
  const runOn = async (...days: readonly string[]) => {
    for (const day of days) {
      time(`${day.startsWith('12') ? '2026' : '2027'}-${day}T00:00:00+09:00`);
      await run();
    }
  };
  const howAll = async () =>
    [...(await list())]
      .sort((one, other) => one.from.localeCompare(other.from))
      .map(({ state, closed, reopened }) => [state, closed, reopened]);
  const end = async (action: 'cancel' | 'end', at = 0) => {
    const { id, version } = (await list())[at]!;
    await closures().end({ actor: actor(), library: MAIN! }, id, version, action);
  };

  it('does not open the library between closures that follow each other', async () => {
    await plan('20261228', '20261229');
    await plan('20261230', '20261231');
    await plan('20270101', '20270103');
    await runOn('12-28', '12-30', '12-30');
    expect([switched(), await howAll()]).toEqual([
      ['N'],
      [
        ['ended', 'switched', 'nothing'],
        ['running', 'switched', undefined],
        ['planned', undefined, undefined],
      ],
    ] as never);
    await runOn('01-01', '01-03', '01-04', '01-05');
    expect([switched(), (await howAll()).at(-1)]).toEqual([
      ['N', 'A'],
      ['ended', 'switched', 'switched'],
    ]);
  });

  it('opens the library when the closure that would follow was cancelled', async () => {
    await plan('20261228', '20261229');
    await plan('20261230', '20261231');
    await runOn('12-28');
    await end('cancel', 1);
    await runOn('12-30');
    expect([switched(), await service()]).toEqual([['N', 'A'], 'A']);
  });

  it('does not overrule a change by hand in a row of closures', async () => {
    await plan('20261228', '20261229');
    await plan('20261230', '20261231');
    await runOn('12-28', '12-30');
    await byHand({ service: 'N' }, { service: 'A' });
    await byHand({ service: 'A' }, { service: 'N' });
    await runOn('01-01');
    expect([(await howAll())[1], await service()]).toEqual([['ended', 'switched', 'left'], 'N']);
  });

  it('begins the next one itself when the library was opened by hand before', async () => {
    await plan('20261228', '20261229');
    await plan('20261230', '20261231');
    await runOn('12-28');
    await byHand({ service: 'N' }, { service: 'A' });
    await runOn('12-30', '12-30');
    expect([switched(), await howAll()]).toEqual([
      ['N', 'A', 'N'],
      [
        ['ended', 'switched', 'left'],
        ['running', 'switched', undefined],
      ],
    ] as never);
  });

  it('finds the library by its member when it has another name now', async () => {
    await plan();
    const [renamed] = [library('CENTRAL', MEMBER)];
    const work = gateway([{ ...INSTITUTION, libraries: [renamed, OTHER!] }]);
    time('2026-12-28T00:00:00+09:00');
    await work.carryOut();
    const [{ id, version } = {} as Closure] = await closures().list('INST', renamed);
    await closures().end({ actor: actor(), library: renamed }, id, version, 'end');
    await work.carryOut();
    expect([await now(), switched(), faults]).toEqual([
      ['ended', 'switched', 'switched', undefined],
      ['N', 'A'],
      [],
    ] as never);
  });

  it('reports once that no library has its member, holds up no other, and goes on when one has it', async () => {
    await plan();
    const moved = { ...INSTITUTION, code: 'INST2', libraries: [MAIN!] };
    const inOther = { actor: { ...actor(), institution: moved }, library: MAIN! };
    await closures().plan(inOther, { from: '20261228', to: '20261229' });
    const work = gateway([{ ...INSTITUTION, libraries: [OTHER!] }, moved]);
    time('2026-12-28T00:00:00+09:00');
    await work.carryOut();
    expect([(await closures().list('INST2', MAIN!))[0]?.closed, switched()]).toEqual(['switched', ['N']]);
    expect([await work.isDue(), faults.length]).toEqual([false, 1]);
    const failing = async () => (await closures().failing()).map(({ institution, count }) => [institution, count]);
    expect(await failing()).toEqual(
      jasmine.arrayWithExactContents([
        ['INST', 1],
        ['INST2', 0],
      ]),
    );
    await run();
    expect([(await now())[1], (await failing())[0]?.[1]]).toEqual(['was-off', 0]);
  });

  /** Runs this once, after NACSIS-ILL has read a record and before the gateway has the answer. */
  const afterReading = (act: () => Promise<void>) => {
    const read = nacsis.members;
    nacsis.members = async (...call) => {
      const found = await read(...call);
      nacsis.members = read;
      await act();
      return found;
    };
  };

  it('sends nothing when the closure was ended, and carried out by another job, since it was read', async () => {
    await plan();
    afterReading(async () => {
      await end('end');
      await run();
    });
    time('2026-12-28T00:00:00+09:00');
    await run();
    expect([await now(), switched(), await service()]).toEqual([
      ['ended', 'missed', 'nothing', undefined],
      [],
      'A',
    ] as never);
  });

  it('does not put off a closure that was ended while an attempt failed', async () => {
    await plan();
    afterReading(async () => {
      await end('end');
      throw new NacsisError('nacsis-unavailable', 'nothing', 'not reached');
    });
    time('2026-12-28T00:00:00+09:00');
    await run();
    expect([(await now())[3], await gateway().isDue()]).toEqual([undefined, true]);
  });

  it('begins with no further library when the job has taken long', async () => {
    await plan();
    await plan('20261228', '20261229', OTHER);
    time('2026-12-28T00:00:00+09:00');
    nacsis.during = () => {
      time('2026-12-28T00:03:00+09:00');
      return Promise.resolve();
    };
    await run();
    expect(switched()).toEqual(['N']);
    await run();
    expect(switched()).toEqual(['N', 'N']);
  });

  it('is refused when NACSIS-ILL takes the change and keeps the service', async () => {
    await plan();
    const update = nacsis.updateMember;
    nacsis.updateMember = async (account, _changes, notAfter) => update(account, {}, notAfter);
    time('2026-12-28T00:00:00+09:00');
    await run();
    await run();
    expect([await now(), nacsis.memberUpdates.length]).toEqual([
      ['running', undefined, undefined, 'nacsis-rejected'],
      1,
    ] as never);
    await store.db.updateTable('closures').set({ failures: 20, next_at: at }).execute();
    await run();
    const [{ failure } = {} as Closure] = await list();
    expect(failure?.nextAt).toBe('2026-12-27T16:00:00.000Z');
    nacsis.updateMember = update;
    time('2026-12-28T01:00:00+09:00');
    await run();
    expect((await now())[1]).toBe('switched');
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

describe('the queue of the closures', () => {
  it('reports that a job cannot be sent, and fails no call for it', async () => {
    const fault = new Error('no queue');
    const jobs = { send: () => Promise.reject(fault), stopping: new AbortController().signal };
    const failed = jasmine.createSpy();
    await new ClosureQueue(jobs as Pick<Jobs, 'send' | 'stopping'> as Jobs, failed).kick();
    expect(failed).toHaveBeenCalledOnceWith(fault);
  });
});
