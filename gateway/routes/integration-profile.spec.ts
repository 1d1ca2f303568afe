import type { Integration, Profile, Template } from '#domain/api/profile';
import { DEFAULT_INTEGRATION } from '#domain/imports/integration';
import { MANAGER, STAFF, type SpecApp } from '../testing/spec-app';
import { useSpecApp } from '../testing/use-spec-app';

const PATH = '/api/v1/profiles/RES_SHARE';
const TEMPLATE: Template = { name: '私費・普通', values: { payment: 'pr' } };

describe('the integration in the profile of a library', () => {
  let spec: SpecApp;
  useSpecApp(['profiles'], (started) => ({ spec } = started));

  const get = async () => (await spec.call('GET', PATH)).json as Profile;
  const integration: Integration = {
    writer: 'rest',
    partner: { code: 'NACSIS', perMember: true },
    requester: { patronIdField: 'borrowerLocalData', patronIdPrefix: 'ID:', collectivePatron: 'ILL' },
    pickupLibrary: 'MAIN',
    schedule: { every: 'hours', hours: 6, at: '06:30', timeZone: 'Asia/Tokyo' },
  };
  /** True when the time is at most 6 hours ahead of the gateway's clock, with one minute for the test itself. */
  const isWithin6Hours = (at: string): boolean => {
    const ahead = Date.parse(at) - spec.services.now().getTime();
    return ahead > -60_000 && ahead <= 6 * 3_600_000;
  };
  const change = (body: object, as = MANAGER) => spec.call('PUT', PATH, { as, body });
  const scheduled = (schedule: Partial<Integration['schedule']>): Integration => ({
    ...integration,
    schedule: { ...integration.schedule, ...schedule },
  });

  it('comes back as it was saved, beside what was there, with the next run', async () => {
    await change({ version: 0, templates: [TEMPLATE] });
    const { status, json } = await change({ version: 1, integration });
    const { version, templates, nextRunAt = '' } = json as Profile;
    expect([status, version, templates, (json as Profile).integration]).toEqual([200, 2, [TEMPLATE], integration]);
    expect(isWithin6Hours(nextRunAt)).toBeTrue();
    // 00:30, 06:30, 12:30 and 18:30 in Tokyo.
    expect(nextRunAt).toMatch(/T(15|21|03|09):30:00\.000Z$/);
    expect(await get()).toEqual(json as Profile);
  });

  it('tells the next run anew as time passes, and none when it is off', async () => {
    await change({ version: 0, integration });
    spec.pass(30 * 3_600);
    expect(isWithin6Hours((await get()).nextRunAt ?? '')).toBeTrue();
    const off = { ...DEFAULT_INTEGRATION.schedule };
    const stopped = await change({ version: 1, integration: { ...integration, schedule: off } });
    expect([stopped.status, (stopped.json as Profile).nextRunAt]).toEqual([200, undefined]);
  });

  it('stays when something else is changed, and is changed on its newest version only', async () => {
    await change({ version: 0, integration });
    await change({ version: 1, templates: [TEMPLATE] });
    expect((await get()).integration).toEqual(integration);
    const stale = await change({ version: 1, integration: DEFAULT_INTEGRATION });
    expect([stale.status, stale.problem.code]).toEqual([409, 'stale-version']);
    expect((await get()).integration).toEqual(integration);
  });

  it('names every fault, and changes nothing', async () => {
    const wrong = scheduled({ every: 'hours', hours: undefined, timeZone: 'Asia/Tokio' });
    const requester = { patronIdPrefix: 'ID 1', collectivePatron: ' ' };
    const { status, problem } = await change({ version: 0, integration: { ...wrong, requester } });
    expect([status, problem.code]).toEqual([422, 'invalid-fields']);
    expect(problem.errors?.map(({ field, code }) => [field, code])).toEqual([
      ['integration.requester.patronIdField', 'required'],
      ['integration.requester.patronIdPrefix', 'bad-format'],
      ['integration.requester.collectivePatron', 'required'],
      ['integration.schedule.hours', 'required'],
      ['integration.schedule.timeZone', 'unknown-code'],
    ]);
    expect((await get()).version).toBe(0);
  });

  it('takes no writer that the gateway has no configuration for', async () => {
    const { status, problem } = await change({ version: 0, integration: { ...integration, writer: 'iso18626' } });
    expect([status, problem.errors]).toEqual([422, [{ field: 'integration.writer', code: 'not-configured' }]]);
    expect((await change({ version: 0, integration: { ...integration, writer: 'alma-nacsis' } })).status).toBe(200);
  });

  it('refuses what is no integration', async () => {
    const bodies: readonly unknown[] = [
      null,
      {},
      { ...integration, password: 'x' },
      { ...integration, partner: { code: '', perMember: false } },
      { ...integration, requester: { patronIdField: 'applicant' } },
      { ...integration, schedule: { ...integration.schedule, hours: 5 } },
      { ...integration, schedule: { ...integration.schedule, at: '24:00' } },
      { ...integration, schedule: { ...integration.schedule, every: 'minute' } },
    ];
    for (const body of bodies) {
      const { status, problem } = await change({ version: 0, integration: body });
      expect([body, status, problem.code]).toEqual([body, 400, 'invalid-request']);
    }
  });

  it('is changed by a user with a role for it only', async () => {
    const { status, problem } = await change({ version: 0, integration }, STAFF);
    expect([status, problem.code]).toEqual([403, 'forbidden']);
    expect((await get()).integration).toEqual(DEFAULT_INTEGRATION);
  });
});
