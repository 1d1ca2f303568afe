import { openTestAlma, type TestAlma } from '../testing/test-alma';
import type { Entity } from './entities';

interface Fragment {
  readonly title: string;
  readonly main: string;
  readonly page: { readonly entities: readonly Entity[] };
}
interface HostData {
  readonly sandbox: string;
  readonly initData: {
    readonly lang: string;
    readonly color: string;
    readonly instCode: string;
    readonly user: { readonly primaryId: string; readonly isAdmin: boolean };
    readonly urls: { readonly alma: string };
  };
  readonly page: { readonly entities: readonly Entity[] };
}

describe('pages of the simulated Alma', () => {
  let alma: TestAlma;
  beforeAll(async () => {
    alma = await openTestAlma();
  });

  const fragment = async (url: string): Promise<Fragment> =>
    (await alma.inject({ url, headers: { 'x-alma-fragment': '1' } })).json<Fragment>();
  const document = async (url: string): Promise<string> => (await alma.inject({ url })).body;
  const hostData = async (url: string): Promise<HostData> =>
    JSON.parse(
      /<script type="application\/json" id="host-data">([^]*?)<\/script>/.exec(await document(url))?.[1] ?? '',
    ) as HostData;

  it('show 20 of at least 200 records a page and tell the app just these', async () => {
    const first = await fragment('/search');
    expect(first.page.entities.length).toBe(20);
    expect(first.page.entities[0]).toEqual({
      id: jasmine.any(String) as unknown as string,
      type: 'BIB_MMS',
      link: `/bibs/${first.page.entities[0]?.id ?? ''}`,
      description: jasmine.any(String) as unknown as string,
    });
    expect(Number(/class="count">(\d+)/.exec(first.main)?.[1])).toBeGreaterThanOrEqual(200);
    const second = await fragment('/search?page=2');
    expect(second.page.entities[0]?.id).not.toBe(first.page.entities[0]?.id);
    expect((await fragment('/search?page=999')).page.entities.length).toBeGreaterThan(0);
    expect((await fragment('/search?page=x')).page.entities[0]?.id).toBe(first.page.entities[0]?.id ?? '');
  });

  it('filter by every word, by number with and without hyphen, and by nothing that is there', async () => {
    const [institution] = alma.world.institutions;
    const serial = institution && alma.world.bibsOf(institution).find((bib) => bib.issn !== null && bib.title !== null);
    const found = async (q: string): Promise<readonly string[]> =>
      (await fragment(`/search?q=${encodeURIComponent(q)}`)).page.entities.map(({ id }) => id);
    expect(await found(serial?.issn ?? '')).toEqual([serial?.mmsId ?? '']);
    expect(await found((serial?.issn ?? '').replace('-', ''))).toEqual([serial?.mmsId ?? '']);
    expect(await found(`${serial?.title ?? ''}　${serial?.issn ?? ''}`)).toEqual([serial?.mmsId ?? '']);
    expect(await found('決して見つからない語')).toEqual([]);
  });

  it('tell the entity of a record page, broken MARCXML included', async () => {
    const [institution] = alma.world.institutions;
    const broken = institution && alma.world.bibsOf(institution).find(({ title }) => title?.startsWith('壊れた'));
    const page = await fragment(`/bibs/${broken?.mmsId ?? ''}`);
    expect(page.page.entities).toEqual([
      {
        id: broken?.mmsId ?? '',
        type: 'BIB_MMS',
        link: `/bibs/${broken?.mmsId ?? ''}`,
        description: '壊れた MARCXML の見本',
      },
    ]);
    expect(page.main).toContain('解析できません');
  });

  it('tell borrowing requests with the link of their requester, and none where there is no requester', async () => {
    const pages = await Promise.all([1, 2, 3].map(async (page) => fragment(`/borrowing-requests?page=${page}`)));
    expect(pages.map(({ page }) => page.entities.length)).toEqual([20, 20, 14]);
    const entities = pages.flatMap(({ page }) => page.entities);
    expect(new Set(entities.map(({ id }) => id)).size).toBe(54);
    expect(entities.filter(({ link }) => link === '').length).toBe(1);
    for (const entity of entities.filter(({ link }) => link !== '')) {
      expect(entity.type).toBe('BORROWING_REQUEST');
      expect(entity.link).toMatch(new RegExp(`^/users/patron\\d{3}/resource-sharing-requests/${entity.id}$`));
      expect((await alma.rest('GET', entity.link, { as: 'page 81SIM_INST/staff001' })).status)
        .withContext(entity.link)
        .toBe(200);
    }
    expect((await fragment(`/borrowing-requests/${entities[0]?.id ?? ''}`)).page.entities).toEqual([
      entities[0] ?? jasmine.any(Object),
    ]);
  });

  it('tell lending requests with the link of their partner', async () => {
    const pages = [await fragment('/lending-requests'), await fragment('/lending-requests?page=2')];
    expect(pages.map(({ page }) => page.entities.length)).toEqual([20, 11]);
    const entities = pages.flatMap(({ page }) => page.entities);
    for (const entity of entities) {
      expect(entity.type).toBe('LENDING_REQUEST');
      expect(entity.link).toMatch(new RegExp(`^/partners/[A-Z0-9]+/lending-requests/${entity.id}$`));
      expect((await alma.rest('GET', entity.link, { as: 'page 81SIM_INST/staff001' })).status).toBe(200);
    }
    expect((await fragment(`/lending-requests/${entities[0]?.id ?? ''}`)).page.entities).toEqual(entities.slice(0, 1));
  });

  it('show what has changed when they are loaded again', async () => {
    const { page } = await fragment('/lending-requests');
    const id = page.entities[0]?.id ?? '';
    expect((await fragment(`/lending-requests/${id}`)).main).not.toContain('新しい題名');
    await alma.inject({
      method: 'POST',
      url: '/_sim/requests',
      payload: { side: 'lending', request_id: id, status: 'EXPIRED', title: '新しい題名' },
    });
    const again = await fragment(`/lending-requests/${id}`);
    expect([again.main.includes('期限切れ'), again.main.includes('新しい題名')]).toEqual([true, true]);
    expect(again.page.entities[0]?.description).toBe('新しい題名');
    const created = await alma.inject({
      method: 'POST',
      url: '/_sim/requests',
      payload: { side: 'borrowing', user: 'patron001', title: '見本' },
    });
    const { request_id: own } = created.json<{ readonly request_id: string }>();
    const [borrowing] = (await fragment('/borrowing-requests')).page.entities;
    expect(borrowing?.id).toBe(own);
    await alma.rest('POST', `${borrowing?.link ?? ''}?op=update_shipping&shipping_cost=98765`);
    expect((await fragment(`/borrowing-requests/${own}`)).main).toContain('98765');
    const cancelled = await alma.rest('DELETE', `${borrowing?.link ?? ''}?remove_request=true`);
    expect(cancelled.status).toBe(204);
    expect((await alma.inject({ url: `/borrowing-requests/${borrowing?.id ?? ''}` })).statusCode).toBe(404);
  });

  it('tell nothing on the menu and on a page that is not there', async () => {
    expect((await fragment('/')).page.entities).toEqual([]);
    expect((await alma.inject({ url: '/bibs/1' })).statusCode).toBe(404);
    expect((await alma.inject({ url: '/nowhere' })).statusCode).toBe(404);
  });

  it('take user, institution, language and colour from the query, into INIT_DATA and every link', async () => {
    const url = '/search?user=manager001&institution=81SIM2_INST&lang=en&color=green';
    const { initData } = await hostData(url);
    expect(initData).toEqual(
      jasmine.objectContaining({
        lang: 'en',
        color: 'green',
        instCode: '81SIM2_INST',
        urls: { alma: 'http://alma.test/' },
      }),
    );
    expect([initData.user.primaryId, initData.user.isAdmin]).toEqual(['manager001', true]);
    const page = await document(url);
    expect(page).toContain('Search results');
    const links = [...page.matchAll(/<a [^>]*href="([^"]+)"/g)].map(([, href]) => href ?? '');
    expect(links.length).toBeGreaterThan(20);
    expect(links.every((href) => href.includes('user=manager001') && href.includes('lang=en'))).toBeTrue();
    expect((await hostData('/?user=nobody&color=pink')).initData).toEqual(
      jasmine.objectContaining({ color: 'blue', lang: 'ja' }),
    );
  });

  it('escape what comes from records and from the query', async () => {
    const page = await document(
      `/search?q=${encodeURIComponent('<script>alert(1)</script>')}&lang=${encodeURIComponent('"><img src=x>')}`,
    );
    expect(page).not.toContain('<script>alert');
    expect(page).not.toContain('<img src=x>');
    const difficult = await fragment(`/search?q=${encodeURIComponent('総合目録')}`);
    expect(difficult.main).toContain('図書 &amp; 雑誌 &lt;総合目録&gt;');
    expect(await document(`/search?q=${encodeURIComponent('総合目録')}`)).toContain('図書 & 雑誌 \\u003c総合目録>');
  });

  it('serve the host script', async () => {
    for (const name of ['host.js', 'protocol.js', 'rest-queue.js', 'navigation.js', 'host.css'])
      expect((await alma.inject({ url: `/_host/${name}` })).statusCode)
        .withContext(name)
        .toBe(200);
  });
});
