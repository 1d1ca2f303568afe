import type { JsonObject } from '../model';
import { LENDING, openTestAlma, type RestAnswer, type TestAlma } from '../testing/test-alma';
import { TASK_LIST_LIMIT } from './lending-requests';

const TASKS = '/task-lists/rs/lending-requests?library=RES_SHARE';

describe('Alma REST, partners and lending requests', () => {
  let alma: TestAlma;
  const create = (body: unknown): Promise<RestAnswer> =>
    alma.rest('POST', '/partners/NACSIS/lending-requests', { body });
  const tasks = (answer: RestAnswer): readonly JsonObject[] =>
    answer.body['user_resource_sharing_request'] as readonly JsonObject[];
  beforeEach(async () => {
    alma = await openTestAlma();
    alma.world.changeSettings({ ...alma.world.settings, apiCallsPerSecond: 10_000 });
  });

  it('lists, filters and pages partners', async () => {
    const all = (await alma.rest('GET', '/partners')).body;
    expect(all['total_record_count']).toBe(3);
    expect((await alma.rest('GET', '/partners?status=INACTIVE')).body['total_record_count']).toBe(1);
    expect(((await alma.rest('GET', '/partners?limit=1&offset=1')).body['partner'] as readonly unknown[]).length).toBe(
      1,
    );
    expect((await alma.rest('GET', '/partners?status=OFF')).code).toBe('40166411');
  });

  it('has an active partner NACSIS with no parameters of its own', async () => {
    const { partner_details: details, link } = (await alma.rest('GET', '/partners/NACSIS')).body as {
      readonly partner_details: JsonObject;
      readonly link: string;
    };
    expect([details['code'], details['status'], details['profile_details']]).toEqual([
      'NACSIS',
      'ACTIVE',
      { profile_type: 'NACSIS' },
    ]);
    expect(link).toBe('http://alma.test/almaws/v1/partners/NACSIS');
  });

  it('creates, changes and deletes partners; the code stays', async () => {
    const body = {
      partner_details: {
        code: 'NEW',
        name: '新規館',
        status: 'ACTIVE',
        profile_details: { profile_type: 'ISO', iso_details: { iso_symbol: 'JP:NEW' } },
      },
    };
    expect((await alma.rest('POST', '/partners', { body })).status).toBe(200);
    expect((await alma.rest('POST', '/partners', { body })).code).toBe('402113');
    expect(
      (await alma.rest('POST', '/partners', { body: { partner_details: { ...body.partner_details, code: 'OTHER' } } }))
        .code,
    ).toBe('411709');
    expect((await alma.rest('POST', '/partners', { body: { partner_details: { code: 'X' } } })).code).toBe('401664');
    const changed = await alma.rest('PUT', '/partners/NEW', {
      body: { partner_details: { ...body.partner_details, code: 'RENAMED', status: 'INACTIVE' } },
    });
    expect((changed.body['partner_details'] as JsonObject)['code']).toBe('NEW');
    expect((changed.body['partner_details'] as JsonObject)['status']).toBe('INACTIVE');
    expect((await alma.rest('DELETE', '/partners/NEW')).status).toBe(204);
    expect((await alma.rest('GET', '/partners/NEW')).code).toBe('402118');
  });

  it("creates a lending request, keeps its external id, and reads it by Alma's id", async () => {
    const { status, body } = await create(LENDING);
    expect(status).toBe(200);
    expect(body['external_id']).toBe('LA9000000001');
    expect(body['status']).toEqual({ value: 'REQUEST_CREATED_LEND', desc: 'Created lending request' });
    expect(body['partner']).toEqual({
      value: 'NACSIS',
      desc: 'NACSIS-ILL',
      link: 'http://alma.test/almaws/v1/partners/NACSIS',
    });
    const path = `lending-requests/${String(body['request_id'])}`;
    expect((await alma.rest('GET', `/partners/NACSIS/${path}`)).body).toEqual(body);
    expect((await alma.rest('GET', `/partners/MAIL001/${path}`)).code).toBe('40166412');
    expect((await alma.rest('GET', `/partners/NOBODY/${path}`)).code).toBe('40166411');
  });

  it('refuses a lending request that lacks a mandatory field or names what is not there', async () => {
    for (const name of ['external_id', 'owner', 'partner', 'format', 'citation_type', 'title'] as const) {
      expect((await create({ ...LENDING, [name]: undefined })).code)
        .withContext(name)
        .toBe('40166411');
    }
    expect((await create({ ...LENDING, owner: 'MAIN' })).code).toBe('40166411');
    expect((await create({ ...LENDING, citation_type: { value: 'BK' } })).code).toBe('40166411');
    expect((await create({ ...LENDING, mms_id: '1' })).code).toBe('40166411');
  });

  it('takes title and author from the record when an mms_id is given', async () => {
    const [institution] = alma.world.institutions;
    const bib = institution && alma.world.bibsOf(institution)[0];
    const { body } = await create({ ...LENDING, title: undefined, citation_type: undefined, mms_id: bib?.mmsId });
    expect(body['title']).toBe(bib?.title ?? '');
  });

  it('gives at most 100 requests of the task list, whatever is asked, and filters', async () => {
    for (let index = 0; index < 120; index += 1) await create({ ...LENDING, external_id: `LA${index}` });
    const answer = await alma.rest('GET', `${TASKS}&limit=500&offset=50`);
    expect(tasks(answer).length).toBe(TASK_LIST_LIMIT);
    expect(tasks(answer)[0]?.['external_id']).toBe('LA119');
    expect(answer.body['total_record_count']).toBe(151);
    expect(tasks(await alma.rest('GET', `${TASKS}&status=SHIPPED_PHYSICALLY`)).length).toBe(2);
    expect(tasks(await alma.rest('GET', `${TASKS}&partner=MAIL001`)).length).toBe(1);
    expect((await alma.rest('GET', '/task-lists/rs/lending-requests')).code).toBe('401664');
    expect((await alma.rest('GET', '/task-lists/rs/lending-requests?library=X')).code).toBe('402119');
    expect((await alma.rest('GET', `${TASKS}&status=X`)).code).toBe('40166414');
    expect((await alma.rest('GET', `${TASKS}&printed=maybe`)).code).toBe('40166411');
  });

  it('marks the whole filtered set as reported', async () => {
    expect(
      (await alma.rest('POST', `${TASKS}&status=REQUEST_CREATED_LEND&op=mark_reported`)).body['total_record_count'],
    ).toBe(2);
    expect(tasks(await alma.rest('GET', `${TASKS}&reported=Y`)).length).toBe(2);
    expect((await alma.rest('POST', `${TASKS}&op=ship`)).code).toBe('40166411');
  });
});
