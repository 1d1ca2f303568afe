import getPort from 'get-port';
import { AlmaProcess } from '../testing/alma-process';
import type { ObserveAlma } from './alma-caller';
import { AlmaError, type AlmaAccess } from './port';
import { RestAlma } from './rest-alma';
import { ALMA_DEFAULTS, type AlmaSettings } from './settings';

const USER = 'ILL000';
const BORROWING = {
  owner: 'RES_SHARE',
  partner: { value: 'NACSIS' },
  format: { value: 'PHYSICAL' },
  citation_type: { value: 'BK' },
  title: '髙橋と𠮷野の見本',
  pickup_location: { value: 'MAIN' },
  pickup_location_type: 'LIBRARY',
  agree_to_copyright_terms: true,
  note: 'NACSIS-ILL LA0900000001',
};
const LENDING = {
  external_id: 'LA0900000002',
  owner: 'RES_SHARE',
  partner: { value: 'NACSIS' },
  format: { value: 'PHYSICAL' },
  citation_type: { value: 'BOOK' },
  title: '見本の貸出',
};
const AT = { users: '/almaws/v1/users', partners: '/almaws/v1/partners' };
const CREATE = 'POST /almaws/v1/users/:userId/resource-sharing-requests';
const CREATE_LENDING = 'POST /almaws/v1/partners/:code/lending-requests';
const READ_USER = 'GET /almaws/v1/users/:userId';
/** Pauses that a spec can wait for. */
const QUICK = { attempts: 4, firstPauseMs: 5, longestPauseMs: 20 };
/** Longer than any answer of the simulator takes on a busy machine. */
const PATIENT_MS = 20_000;
/** Long enough for a call to arrive, shorter than late answers. */
const SHORT_MS = 1_500;

describe('RestAlma before the simulated Alma', () => {
  let alma: AlmaProcess;
  let access: AlmaAccess;
  let outcomes: string[];
  let clients: RestAlma[];

  const client = (settings: Partial<AlmaSettings> = {}, retries = QUICK, now: () => number = Date.now): RestAlma => {
    const observe: ObserveAlma = (call, outcome) => outcomes.push(`${call} ${outcome}`);
    const all = { ...ALMA_DEFAULTS, url: alma.url, callTimeoutMs: PATIENT_MS, ...settings };
    const made = new RestAlma(all, observe, now, retries);
    clients.push(made);
    return made;
  };
  const unlimited = () => alma.set({ apiCallsPerSecond: 100_000 });

  beforeAll(async () => {
    alma = await AlmaProcess.start();
    access = await alma.access();
  });
  afterAll(() => alma.stop());
  beforeEach(async () => {
    outcomes = [];
    clients = [];
    await alma.reset();
  });
  afterEach(() => Promise.all(clients.map((each) => each.close())));

  const failure = async (work: Promise<unknown>): Promise<AlmaError> => {
    try {
      await work;
    } catch (error) {
      if (error instanceof AlmaError) return error;
      throw error;
    }
    throw new Error('the call did not fail');
  };
  const many = (count: number, work: () => Promise<unknown>) => Promise.all(Array.from({ length: count }, work));
  const borrowed = async () => (await alma.requests()).borrowing.filter(({ user }) => user === USER);

  it('reads partners, active or not, and knows one that is not there', async () => {
    const rest = client();
    expect(await rest.partner(access, 'NACSIS')).toEqual({ code: 'NACSIS', name: 'NACSIS-ILL', isActive: true });
    expect((await rest.partner(access, 'MAIL002'))?.isActive).toBeFalse();
    expect(await rest.partner(access, 'NOBODY')).toBeUndefined();
  });

  it('knows who is a user', async () => {
    const rest = client();
    expect(await rest.hasUser(access, USER)).toBeTrue();
    expect(await rest.hasUser(access, 'nobody')).toBeFalse();
    expect(await rest.hasUser(access, USER.toLowerCase())).toBeFalse();
  });

  it('makes no other address of what cannot be an id', async () => {
    const rest = client();
    for (const id of ['', ' ', '.', '..', '\ud800']) {
      expect(await rest.hasUser(access, id))
        .withContext(id)
        .toBeFalse();
      expect(await rest.borrowing(access, USER, id)).toBeUndefined();
      expect((await failure(rest.createBorrowing(access, id, BORROWING))).fault).toBe('refused');
    }
    expect(await alma.counters()).toEqual({});
    expect(await rest.hasUser(access, 'a/../patron001?x#y%2e')).toBeFalse();
    expect(await alma.counters()).toEqual({ [READ_USER]: 1 });
  });

  it('creates a borrowing request, lists it, reads it, sets its cost, cancels it without removing it', async () => {
    const rest = client();
    expect(await rest.borrowingIds(access, USER, 'active')).toEqual({ ids: [], isComplete: true });
    const created = await rest.createBorrowing(access, USER, BORROWING);
    expect(created.status).toEqual({ code: 'REQUEST_CREATED_BOR', name: 'Created borrowing request' });
    expect(created).toEqual(jasmine.objectContaining({ note: BORROWING.note, partnerCode: 'NACSIS', shippingCost: 0 }));
    expect(created.externalId).toMatch(/^81SIM\d+$/);
    expect(created.texts['title']).toBe(BORROWING.title);
    expect((await rest.borrowingIds(access, USER, 'active')).ids).toEqual([created.requestId]);
    expect(await rest.borrowingIds(access, USER, 'history')).toEqual({ ids: [], isComplete: true });
    expect(await rest.borrowing(access, USER, created.requestId)).toEqual(created);
    expect(await rest.borrowing(access, 'patron001', created.requestId)).toBeUndefined();
    expect(await rest.borrowing(access, USER, '1')).toBeUndefined();
    expect((await rest.setShippingCost(access, USER, created.requestId, 1240)).shippingCost).toBe(1240);
    await rest.cancelBorrowing(access, USER, created.requestId);
    expect((await rest.borrowing(access, USER, created.requestId))?.status?.code).toBe('CANCELLED_BY_STAFF');
    expect((await failure(rest.cancelBorrowing(access, USER, created.requestId))).details.code).toBe('401694');
  });

  it('creates a borrowing request for a title that the institution holds, which Alma refuses otherwise', async () => {
    const titles = (await alma.requests()).lending.map(({ request }) => String(request['title']));
    const plainly = (title: string) =>
      fetch(`${alma.url}${AT.users}/${USER}/resource-sharing-requests`, {
        method: 'POST',
        headers: { 'authorization': `apikey ${access.apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ ...BORROWING, title }),
      }).then((response) => response.text());
    await unlimited();
    const answers = await Promise.all(titles.map(plainly));
    const held = titles[answers.findIndex((answer) => answer.includes('401604'))];
    expect(held).toBeDefined();
    const created = await client().createBorrowing(access, USER, { ...BORROWING, title: held });
    expect(created.texts['title']).toBe(held);
  });

  it('creates a lending request, finds it in the task list and by its id', async () => {
    const rest = client();
    const created = await rest.createLending(access, 'NACSIS', LENDING);
    expect(created.externalId).toBe(LENDING.external_id);
    const { requests, total, isComplete } = await rest.taskList(access, 'RES_SHARE');
    expect([total, isComplete]).toEqual([requests.length, true]);
    expect(requests.find(({ externalId }) => externalId === LENDING.external_id)).toEqual(created);
    expect(await rest.lending(access, 'NACSIS', created.requestId)).toEqual(created);
    expect(await rest.lending(access, 'MAIL001', created.requestId)).toBeUndefined();
    const filter = { status: 'REQUEST_CREATED_LEND', requested_format: 'PHYSICAL', printed: 'N', reported: 'N' };
    const fitting = (await rest.taskList(access, 'RES_SHARE', filter)).requests;
    expect(fitting.map(({ requestId }) => requestId)).toContain(created.requestId);
    expect((await rest.taskList(access, 'RES_SHARE', { ...filter, printed: 'Y' })).requests).not.toContain(created);
  });

  it('says when the task list does not show all', async () => {
    const rest = client();
    const { requests } = await rest.taskList(access, 'RES_SHARE');
    const seed = { ...LENDING, side: 'lending', partner: { value: 'NACSIS' } };
    await many(99 - requests.length, () => alma.write('requests', seed));
    const full = await rest.taskList(access, 'RES_SHARE');
    expect([full.requests.length, full.isComplete]).toEqual([99, true]);
    await alma.write('requests', seed);
    const more = await rest.taskList(access, 'RES_SHARE');
    expect([more.requests.length, more.isComplete]).toEqual([100, false]);
  });

  it('lists a user with more requests than a page has', async () => {
    await many(203, () => alma.write('requests', { side: 'borrowing', user: USER, title: '見本' }));
    const { ids, isComplete } = await client().borrowingIds(access, USER, 'active');
    expect(isComplete).toBeTrue();
    expect(new Set(ids)).toEqual(new Set((await borrowed()).map(({ request }) => request['request_id'] as string)));
    expect(ids.length).toBe(203);
    expect(await alma.counters()).toEqual({ 'GET /almaws/v1/users/:userId/requests': 3 });
  });

  it("tells Alma's own code and words, without the id of the user", async () => {
    const rest = client();
    const noOwner = await failure(rest.createBorrowing(access, USER, { ...BORROWING, owner: 'MAIN' }));
    expect([noOwner.fault, noOwner.details.code, noOwner.details.status]).toEqual(['refused', '401608', 400]);
    expect(noOwner.details.message).toContain('MAIN');
    const noUser = await failure(rest.createBorrowing(access, 'patron999', BORROWING));
    expect(noUser.details.code).toBe('401890');
    expect(`${noUser.message} ${JSON.stringify(noUser.details)}`).not.toContain('patron999');
    expect((await failure(rest.createLending(access, 'NOBODY', LENDING))).details.code).toBe('40166411');
    expect(outcomes.every((outcome) => outcome.endsWith(' refused'))).toBeTrue();
    expect(outcomes.length).toBe(3);
  });

  it('knows a key that Alma does not take, and repeats it nowhere', async () => {
    const apiKey = 'spec-key-of-nobody';
    const error = await failure(client().hasUser({ ...access, apiKey }, USER));
    expect([error.fault, error.details.code]).toEqual(['key-refused', 'UNAUTHORIZED']);
    expect(`${String(error.stack)} ${JSON.stringify(error.details)}`).not.toContain(apiKey);
    expect(await alma.counters()).toEqual({ [READ_USER]: 1 });
  });

  it('keeps 100 calls at once below the limit of a second: Alma refuses none', async () => {
    const rest = client();
    const found = await many(100, () => rest.hasUser(access, USER));
    expect(found.every(Boolean)).toBeTrue();
    expect(outcomes).toEqual(Array.from({ length: 100 }, () => 'hasUser answered'));
    expect(await alma.counters()).toEqual({ [READ_USER]: 100 });
  });

  it('sends again what Alma refused for the limit of a second', async () => {
    const rest = client(
      { callsPerSecond: 1000, atATime: 60 },
      { ...QUICK, attempts: 8, longestPauseMs: 1000, firstPauseMs: 200 },
    );
    const made = await many(60, () => rest.createLending(access, 'NACSIS', LENDING));
    expect(new Set(made.map((request) => (request as { requestId: string }).requestId)).size).toBe(60);
    expect(outcomes).toContain('createLending unavailable');
    expect(outcomes.filter((outcome) => outcome === 'createLending answered').length).toBe(60);
  });

  it('counts the calls of each institution by themselves', async () => {
    const rest = client({ callsPerSecond: 1, atATime: 1 });
    const other = await alma.access('81SIM2_INST');
    let isFirstDone = false;
    const first = many(4, () => rest.hasUser(access, USER)).then(() => (isFirstDone = true));
    expect(await rest.hasUser(other, USER)).toBeTrue();
    expect(isFirstDone).toBeFalse();
    await first;
  });

  it('tells the threshold of the day at once', async () => {
    await alma.set({ apiCallsPerDay: 1 });
    const rest = client();
    expect(await rest.hasUser(access, USER)).toBeTrue();
    expect((await failure(rest.createBorrowing(access, USER, BORROWING))).fault).toBe('daily-threshold');
    expect(await alma.counters()).toEqual({ [READ_USER]: 1, [CREATE]: 1 });
  });

  it('reads again what Alma failed at for a moment, and gives up after a while', async () => {
    await unlimited();
    const rest = client({ callsPerSecond: 1000 });
    const match = { method: 'GET', path: AT.users };
    for (const code of [500, 503, 429]) await alma.fault({ match, do: 'status', code, times: 1 });
    await alma.fault({ match, do: 'status', code: 400, errorCode: '40166422', times: 1 });
    expect(await rest.hasUser(access, USER)).toBeTrue();
    await alma.fault({ match, do: 'drop-before', times: 2 });
    await alma.fault({ match, do: 'drop-after', times: 1 });
    expect(await rest.hasUser(access, USER)).toBeTrue();
    await alma.fault({ match, do: 'status', code: 500 });
    const before = outcomes.length;
    expect((await failure(rest.hasUser(access, USER))).fault).toBe('unavailable');
    expect(outcomes.length - before).toBe(1 + QUICK.attempts);
  });

  it('sends a change again after 429 of a second, once for each refusal', async () => {
    const rest = client();
    await alma.fault({ match: { method: 'POST', path: AT.users }, do: 'status', code: 429, times: 2 });
    const { requestId } = await rest.createBorrowing(access, USER, BORROWING);
    await alma.fault({ match: { method: 'DELETE' }, do: 'status', code: 429, times: 1 });
    await rest.cancelBorrowing(access, USER, requestId);
    expect((await borrowed()).length).toBe(1);
    expect(outcomes.filter((outcome) => outcome.startsWith('cancelBorrowing')).length).toBe(2);
  });

  it('leaves unknown what was saved and not answered in time, and sends it once', async () => {
    const match = { method: 'POST', path: AT.users };
    await alma.fault({ match, do: 'save-then-timeout', ms: 6_000, times: 1 });
    const error = await failure(client({ callTimeoutMs: SHORT_MS }).createBorrowing(access, USER, BORROWING));
    expect(error.fault).toBe('unknown');
    expect((await borrowed()).length).toBe(1);
    expect(await alma.counters()).toEqual({ [CREATE]: 1 });
  });

  it('cannot read an answer to a create that lacks the id, although Alma has saved it', async () => {
    const match = { method: 'POST', path: AT.users };
    await alma.fault({ match, do: 'omit-key', key: 'request_id', times: 1 });
    expect((await failure(client().createBorrowing(access, USER, BORROWING))).fault).toBe('malformed');
    expect((await borrowed()).length).toBe(1);
  });

  for (const kind of ['drop-before', 'drop-after', 'status'] as const) {
    it(`leaves unknown what a change came to when Alma fails (${kind}), and sends it once`, async () => {
      const rest = client();
      await alma.fault({ match: { path: AT.partners }, do: kind, times: 1 });
      expect((await failure(rest.createLending(access, 'NACSIS', LENDING))).fault).toBe('unknown');
      const { requestId } = await rest.createBorrowing(access, USER, BORROWING);
      await alma.fault({ match: { path: AT.users }, do: kind, times: 2 });
      expect((await failure(rest.setShippingCost(access, USER, requestId, 1))).fault).toBe('unknown');
      expect((await failure(rest.cancelBorrowing(access, USER, requestId))).fault).toBe('unknown');
      const { [CREATE_LENDING]: created, ...others } = await alma.counters();
      expect(created).toBe(1);
      expect(Object.values(others)).toEqual([1, 1, 1]);
      const isCancelled = (await rest.borrowing(access, USER, requestId))?.status?.code === 'CANCELLED_BY_STAFF';
      expect(isCancelled).toBe(kind === 'drop-after');
    });
  }

  it('does not wait twice for a read that is not answered in time', async () => {
    await alma.fault({ match: { path: AT.users }, do: 'delay', ms: 6_000, times: 1 });
    expect((await failure(client({ callTimeoutMs: SHORT_MS }).hasUser(access, USER))).fault).toBe('unavailable');
    expect(await alma.counters()).toEqual({ [READ_USER]: 1 });
  });

  it('knows that nothing was done where Alma is not there, and has tried again', async () => {
    const rest = client({ url: `http://127.0.0.1:${String(await getPort())}`, callsPerSecond: 1000 });
    expect((await failure(rest.hasUser(access, USER))).fault).toBe('unavailable');
    expect((await failure(rest.createBorrowing(access, USER, BORROWING))).fault).toBe('unavailable');
    expect((await failure(rest.cancelBorrowing(access, USER, '1'))).fault).toBe('unavailable');
    expect(outcomes.length).toBe(3 * (1 + QUICK.attempts));
  });

  it('sends nothing after its time, even when it became late while waiting for its turn', async () => {
    // The clock passes `notAfter` once the first call is answered.
    const rest = client({ callsPerSecond: 1, atATime: 1 }, QUICK, () => (outcomes.length > 0 ? 1001 : 1000));
    const notAfter = 1000;
    const first = rest.createLending(access, 'NACSIS', LENDING, { notAfter });
    const second = failure(rest.createLending(access, 'NACSIS', LENDING, { notAfter }));
    await first;
    expect((await second).fault).toBe('unavailable');
    expect((await failure(rest.createBorrowing(access, USER, BORROWING, { notAfter }))).fault).toBe('unavailable');
    expect(await alma.counters()).toEqual({ [CREATE_LENDING]: 1 });
    expect(outcomes).toEqual(['createLending answered']);
  });

  it('does not send again what became late after a refusal', async () => {
    let time = 1000;
    const rest = client({}, QUICK, () => (time += 1));
    await alma.fault({ match: { path: AT.partners }, do: 'status', code: 429, times: 1 });
    const error = await failure(rest.createLending(access, 'NACSIS', LENDING, { notAfter: 1001 }));
    expect(error.fault).toBe('unavailable');
    expect(await alma.counters()).toEqual({ [CREATE_LENDING]: 1 });
  });
});
