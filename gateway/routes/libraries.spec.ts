import { DEFAULT_INTEGRATION } from '#domain/imports/integration';
import type { Profile, RecentLenders, Template } from '#domain/api/profile';
import { addDays, today } from '#domain/ill/dates';
import { LENDER, orderBody, ordered } from '../testing/order-body';
import { MANAGER, READER, STAFF, STRANGER, type CallOptions, type SpecApp } from '../testing/spec-app';
import { useSpecApp } from '../testing/use-spec-app';

const PATH = '/api/v1/profiles/RES_SHARE';
const TEMPLATE: Template = { name: '私費・普通', kind: 'copy', values: { payment: 'pr', comment: '至急' } };

describe('what belongs to a library', () => {
  let spec: SpecApp;
  useSpecApp(['requests', 'journal', 'profiles'], (started) => ({ spec } = started));

  describe('its profile', () => {
    const put = (version: unknown, templates: unknown, options: CallOptions = {}) =>
      spec.call('PUT', PATH, { as: MANAGER, body: { version, templates }, ...options });
    const get = async (options: CallOptions = {}) => (await spec.call('GET', PATH, options)).json as Profile;

    it('takes views, tariffs and the lending period each by itself, and refuses what the list does not know', async () => {
      const change = (body: object) => spec.call('PUT', PATH, { as: MANAGER, body });
      await change({ version: 0, templates: [TEMPLATE] });
      const views = [{ name: '今日の受付', query: { side: 'lender', status: '未処理 回答待' } }];
      await change({ version: 1, views, loanDays: 14 });
      const tariffs = [{ name: '学内', lines: [{ item: '白黒 A4', unitPrice: 40 }] }];
      await change({ version: 2, tariffs });
      const kept = { templates: [TEMPLATE], views, tariffs };
      expect(await get()).toEqual(jasmine.objectContaining({ version: 3, ...kept, loanDays: 14 }));
      const bad = await change({ version: 3, views: [{ name: 'x', query: { sort: 'best' } }] });
      expect([bad.status, bad.problem.errors]).toEqual([422, [{ field: 'views[0].query.sort', code: 'unknown-code' }]]);
      await change({ version: 3, loanDays: null });
      expect((await get()).loanDays).toBeUndefined();
    });

    it('holds nothing before it was saved', async () => {
      expect(await get({ as: READER })).toEqual({
        library: 'RES_SHARE',
        version: 0,
        templates: [],
        views: [],
        tariffs: [],
        integration: DEFAULT_INTEGRATION,
      });
    });

    it('is what was saved last, with its version and who saved it when', async () => {
      const both = { name: '両方', values: {} };
      expect((await put(0, [TEMPLATE])).status).toBe(200);
      const { status, json } = await put(1, [TEMPLATE, both]);
      const expected = { library: 'RES_SHARE', version: 2, templates: [TEMPLATE, both], updatedBy: 'manager001' };
      expect([status, json]).toEqual([200, jasmine.objectContaining(expected)]);
      expect(await get()).toEqual(json as Profile);
      expect(Date.parse((json as Profile).updatedAt ?? '')).toBeCloseTo(Date.now(), -5);
    });

    it('is changed by a user with a role for it only', async () => {
      for (const as of [STAFF, READER]) {
        const { status, problem } = await put(0, [TEMPLATE], { as });
        expect([as, status, problem.code]).toEqual([as, 403, 'forbidden']);
      }
      expect((await get()).version).toBe(0);
    });

    it('is changed on its newest version only', async () => {
      await put(0, [TEMPLATE]);
      for (const version of [0, 2, 7]) {
        const { status, problem } = await put(version, []);
        expect([version, status, problem.code]).toEqual([version, 409, 'stale-version']);
      }
      expect((await get()).templates).toEqual([TEMPLATE]);
    });

    it('takes one of two changes at once', async () => {
      const replies = await Promise.all([put(0, [TEMPLATE]), put(0, [])]);
      expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(await get()).toEqual(replies.find(({ status }) => status === 200)?.json as Profile);
    });

    it('names every fault, and changes nothing', async () => {
      const wrong = { name: ' 私費・普通', values: { applicant: '利用者 001', total: '100', payment: 'xx' } };
      const { status, problem } = await put(0, [TEMPLATE, wrong]);
      expect([status, problem.code]).toEqual([422, 'invalid-fields']);
      expect(problem.errors?.map(({ field, code }) => [field, code])).toEqual([
        ['templates[1].name', 'duplicate'],
        ['templates[1].values.applicant', 'not-editable-now'],
        ['templates[1].values.total', 'not-editable-now'],
        ['templates[1].values.payment', 'unknown-code'],
      ]);
      expect((await get()).version).toBe(0);
      expect(spec.log.join('')).not.toContain('利用者');
    });

    it('does not store a field that it does not know', async () => {
      const { status } = await put(0, [{ name: 'a', values: { patronBarcode: '1' } }]);
      expect([400, 422]).toContain(status);
      expect((await get()).version).toBe(0);
    });

    it('holds fifty templates and not one more', async () => {
      const many = (count: number) => Array.from({ length: count }, (_, at) => ({ name: String(at), values: {} }));
      expect((await put(0, many(51))).problem.code).toBe('invalid-request');
      expect((await put(0, many(50))).status).toBe(200);
    });

    it('refuses a body that is none', async () => {
      const bodies = [
        [-1, []],
        [2_147_483_647, []],
        ['1.5', []],
        [0, {}],
        [0, [{ ...TEMPLATE, name: '' }]],
        [0, [{ ...TEMPLATE, name: 'x'.repeat(61) }]],
        [0, [{ ...TEMPLATE, kind: 'gift' }]],
        [0, [{ ...TEMPLATE, applicant: '利用者 001' }]],
        [0, [{ ...TEMPLATE, values: { payment: 1 } }]],
      ] as const;
      for (const [version, templates] of bodies) {
        const { status, problem } = await put(version, templates);
        expect([templates, status, problem.code] as unknown).toEqual([templates, 400, 'invalid-request']);
      }
    });

    it('is for the own institution', async () => {
      const paths = ['/api/v1/profiles/NOT_MINE', '/api/v1/profiles/BRANCH'];
      for (const path of paths) {
        expect((await spec.call('GET', path, { as: STRANGER })).problem.code).toBe('forbidden');
        const as = STRANGER.replace('staff', 'manager');
        const body = { version: 0, templates: [TEMPLATE] };
        expect((await spec.call('PUT', path, { as, body })).problem.code).toBe('forbidden');
      }
      await put(0, [TEMPLATE]);
      // Library codes belong to an institution: another one may have the same code.
      expect((await get({ as: STRANGER })).version).toBe(0);
    });
  });

  describe('whom it asked lately', () => {
    const recent = (library = 'RES_SHARE', options: CallOptions = {}) =>
      spec.call('GET', `/api/v1/libraries/${library}/recent-lenders`, options);

    it('is counted for thirty days', async () => {
      await ordered(spec);
      await ordered(spec, { mode: 'save' });
      for (const days of [30, 31]) {
        const orderDate = addDays(today(), -days);
        const body = orderBody({ orderDate });
        expect((await spec.call('POST', '/api/v1/requests', { key: spec.newKey(), body })).status).toBe(201);
      }
      expect((await recent()).json as RecentLenders).toEqual({ days: 30, counts: { [LENDER]: 2 } });
      spec.pass(86_400 * 31);
      expect((await recent()).json as RecentLenders).toEqual({ days: 30, counts: {} });
    });

    it('is for the own institution', async () => {
      await ordered(spec);
      expect((await recent('NOT_MINE')).problem.code).toBe('forbidden');
      expect((await recent('BRANCH')).json).toEqual({ days: 30, counts: {} });
      expect((await recent('RES_SHARE', { as: STRANGER })).json).toEqual({ days: 30, counts: {} });
    });
  });
});
