import type { JsonObject } from '../model';
import { COLLECTIVE_PATRON, PATRON_WITHOUT_LIBRARY } from '../seed/institutions';
import { CANCELLED_BY_STAFF } from '../statuses';
import { openTestAlma, type RestAnswer, type TestAlma } from '../testing/test-alma';

const BOOK = {
  owner: 'RES_SHARE',
  format: { value: 'PHYSICAL' },
  citation_type: { value: 'BK' },
  title: '髙橋と𠮷野の見本',
  pickup_location: { value: 'MAIN' },
  pickup_location_type: 'LIBRARY',
  agree_to_copyright_terms: true,
  external_id: 'MINE',
  note: '注記',
};

describe('Alma REST, users and borrowing requests', () => {
  let alma: TestAlma;
  const path = '/users/patron001/resource-sharing-requests';
  const create = (body: unknown, at = path): Promise<RestAnswer> => alma.rest('POST', at, { body });
  beforeEach(async () => {
    alma = await openTestAlma();
    alma.world.changeSettings({ ...alma.world.settings, apiCallsPerSecond: 10_000 });
  });

  it('lists what has ended in the history only, where Alma is set so', async () => {
    const ids = async (query: string): Promise<readonly unknown[]> => {
      const { body } = await alma.rest('GET', `/users/patron001/requests?limit=100${query}`);
      const rows = (body['user_request'] ?? []) as readonly { readonly resource_sharing: { readonly id: string } }[];
      return rows.map(({ resource_sharing: { id } }) => id);
    };
    const made = (await create(BOOK)).body['request_id'];
    await alma.rest('DELETE', `${path}/${String(made)}`);
    expect([(await ids('')).includes(made), (await ids('&status=history')).includes(made)]).toEqual([true, false]);
    const all = await ids('');
    alma.world.changeSettings({ ...alma.world.settings, listsEndedApart: true });
    const [active, history] = [await ids('&status=active'), await ids('&status=history')];
    expect([active.includes(made), history.includes(made)]).toEqual([false, true]);
    expect([...active, ...history].sort()).toEqual([...all].sort());
    expect(await ids('')).toEqual(active);
  });

  it('finds users by words of id and name, page by page, and by no other field', async () => {
    const find = async (query: string) => (await alma.rest('GET', `/users?${query}`)).body;
    const ids = async (query: string) =>
      ((await find(query))['user'] as readonly { readonly primary_id: string }[]).map(({ primary_id: id }) => id);
    expect(await ids('q=ALL~PATRON001')).toEqual(['patron001']);
    const everybody = (await find(''))['total_record_count'] as number;
    const patrons = (await find('q=ALL~patron&limit=1'))['total_record_count'] as number;
    expect([everybody > patrons, patrons > 1, (await ids('q=ALL~patron&limit=1')).length]).toEqual([true, true, 1]);
    expect(await find('q=ALL~nobody_at_all')).toEqual({ total_record_count: 0 });
    expect((await alma.rest('GET', '/users?q=shoe_size~9')).status).toBe(400);
  });

  it('gives a user with active roles', async () => {
    const { body } = await alma.rest('GET', '/users/staff001');
    expect(body['status']).toEqual({ value: 'ACTIVE', desc: 'Active' });
    const roles = body['user_role'] as readonly {
      readonly role_type: { readonly value: string };
      readonly status: { readonly value: string };
    }[];
    expect(roles.map(({ role_type, status }) => `${role_type.value} ${status.value}`)).toEqual([
      '214 ACTIVE',
      '215 ACTIVE',
    ]);
    expect((await alma.rest('GET', '/users/nobody')).code).toBe('401861');
  });

  it('finds a user whatever the case of the id, and names him by his own', async () => {
    expect((await alma.rest('GET', '/users/STAFF001')).body['primary_id']).toBe('staff001');
  });

  it('takes requests for the collective patron', async () => {
    const at = `/users/${COLLECTIVE_PATRON}/resource-sharing-requests`;
    const { status, body } = await create({ ...BOOK, owner: undefined }, at);
    expect(status).toBe(200);
    expect(body['owner']).toBe('RES_SHARE');
    expect((body['requester'] as JsonObject)['desc']).toBe('利用者, 共同');
  });

  it('creates a request, assigns request and external id itself, and reads it by either', async () => {
    const { status, body } = await create(BOOK);
    expect(status).toBe(200);
    expect(body['request_id']).toMatch(/^\d{17}$/);
    expect(body['external_id']).toMatch(/^81SIM\d{7}$/);
    expect(body['status']).toEqual({ value: 'REQUEST_CREATED_BOR', desc: 'Created borrowing request' });
    expect(body['title']).toBe('髙橋と𠮷野の見本');
    expect(body['created_date']).toBe('2025-04-01Z');
    expect((await alma.rest('GET', `${path}/${String(body['request_id'])}`)).body).toEqual(body);
    expect((await alma.rest('GET', `${path}/${String(body['external_id'])}?request_id_type=external`)).body).toEqual(
      body,
    );
    expect((await alma.rest('GET', `${path}/MINE?request_id_type=external`)).code).toBe('40166450');
    expect(
      (await alma.rest('GET', `/users/patron002/resource-sharing-requests/${String(body['request_id'])}`)).code,
    ).toBe('40166450');
  });

  it('refuses what Alma refuses, with its code, and creates nothing', async () => {
    const before = alma.world.requests.borrowingOf('81SIM_INST').length;
    const cases: readonly (readonly [string, number, unknown, string?])[] = [
      ['401890', 400, BOOK, '/users/nobody/resource-sharing-requests'],
      ['401652', 400, { ...BOOK, owner: { value: 'RES_SHARE' } }],
      ['401652', 400, []],
      ['401608', 400, { ...BOOK, owner: 'MAIN' }],
      ['401607', 400, { ...BOOK, owner: undefined }, `/users/${PATRON_WITHOUT_LIBRARY}/resource-sharing-requests`],
      ['401768', 400, BOOK, `/users/${PATRON_WITHOUT_LIBRARY}/resource-sharing-requests`],
      ['401897', 400, { ...BOOK, agree_to_copyright_terms: false }],
      ['401929', 400, { ...BOOK, pickup_location: { value: 'NOWHERE' } }],
      ['401929', 400, { ...BOOK, pickup_location: undefined }],
      ['401930', 400, { ...BOOK, citation_type: { value: 'CR' } }],
      ['402118', 400, { ...BOOK, partner: { value: 'NOBODY' } }],
      ['INTERNAL_SERVER_ERROR', 500, { ...BOOK, citation_type: { value: 'BOOK' } }],
    ];
    for (const [code, status, body, at] of cases) {
      const answer = await create(body, at);
      expect([answer.code, answer.status]).withContext(JSON.stringify(body)).toEqual([code, status]);
    }
    expect(alma.world.requests.borrowingOf('81SIM_INST').length).toBe(before);
  });

  it('refuses a title that the institution holds (401604) unless blocks are overridden', async () => {
    const [institution] = alma.world.institutions;
    const held = institution && alma.world.bibsOf(institution).find((bib) => bib.held && bib.form === 'book');
    expect((await create({ ...BOOK, title: held?.title })).code).toBe('401604');
    expect((await create({ ...BOOK, title: held?.title }, `${path}?override_blocks=true`)).status).toBe(200);
  });

  it('refuses a second request for a title only when duplicates are checked', async () => {
    expect((await create(BOOK)).status).toBe(200);
    expect((await create(BOOK)).status).toBe(200);
    alma.world.changeSettings({ ...alma.world.settings, checkDuplicates: true });
    expect((await create(BOOK)).code).toBe('402362');
  });

  it('loses the fields of an article sent as E_CR and keeps those of CR', async () => {
    const article = {
      ...BOOK,
      citation_type: { value: 'CR' },
      journal_title: '見本紀要',
      year: '2019',
      author: '著者 001',
      pages: '1-9',
    };
    expect((await create(article)).body['pages']).toBe('1-9');
    expect((await create({ ...article, citation_type: { value: 'E_CR' } })).body['pages']).toBeUndefined();
  });

  it('cancels once, removes for good, and knows the reasons', async () => {
    const { body } = await create(BOOK);
    const one = `${path}/${String(body['request_id'])}`;
    expect((await alma.rest('DELETE', `${one}?reason=Nonsense`)).code).toBe('401694');
    const cancelled = await alma.rest('DELETE', `${one}?reason=LibraryCancelled&notify_user=false`);
    expect([cancelled.status, cancelled.text]).toEqual([204, '']);
    expect(((await alma.rest('GET', one)).body['status'] as JsonObject)['value']).toBe(CANCELLED_BY_STAFF);
    expect((await alma.rest('DELETE', one)).code).toBe('401694');
    expect((await alma.rest('DELETE', `${one}?remove_request=true`)).status).toBe(204);
    expect((await alma.rest('GET', one)).code).toBe('40166450');
  });

  it('sets the shipping cost and nothing else', async () => {
    const one = `${path}/${String((await create(BOOK)).body['request_id'])}`;
    const { body } = await alma.rest('POST', `${one}?op=update_shipping&shipping_cost=540&fund_code=ILL`);
    expect(body['shipping_cost']).toEqual({ sum: 540, currency: { value: 'JPY', desc: 'Japanese Yen' } });
    expect(body['fund']).toEqual({ value: 'ILL' });
    expect((await alma.rest('POST', `${one}?op=update_shipping&shipping_cost=-1`)).code).toBe('40166425');
    expect((await alma.rest('POST', `${one}?op=update_shipping&shipping_cost=much`)).code).toBe('40166426');
    expect((await alma.rest('POST', `${one}?op=ship`)).code).toBe('40166411');
    expect((await alma.rest('POST', `${path}/1?op=update_shipping&shipping_cost=1`)).code).toBe('40166412');
  });

  it("enumerates a patron's requests through /requests, in pages", async () => {
    const created = await create(BOOK);
    const { body } = await alma.rest('GET', '/users/patron001/requests?limit=100');
    const ids = (body['user_request'] as readonly { readonly resource_sharing: { readonly id: string } }[]).map(
      ({ resource_sharing }) => resource_sharing.id,
    );
    expect(ids).toContain(String(created.body['request_id']));
    expect(body['total_record_count']).toBe(ids.length);
    expect(
      (
        (await alma.rest('GET', '/users/patron001/requests?limit=1&offset=1')).body[
          'user_request'
        ] as readonly unknown[]
      ).length,
    ).toBe(1);
    expect((await alma.rest('GET', '/users/patron001/requests?request_type=BOOKING')).body).toEqual({
      total_record_count: 0,
    });
    expect((await alma.rest('GET', '/users/patron001/requests?limit=101')).code).toBe('40166411');
  });
});
