import { openTestAlma, type TestAlma } from '../testing/test-alma';
import { TestPartner } from '../testing/test-partner';

describe('request pages of an ISO 18626 partner', () => {
  let alma: TestAlma;
  let partner: TestPartner;
  beforeEach(async () => {
    alma = await openTestAlma();
    partner = await TestPartner.open(alma);
  });
  afterEach(() => partner.close());

  const main = async (url: string): Promise<string> =>
    (await alma.inject({ url, headers: { 'x-alma-fragment': '1' } })).json<{ readonly main: string }>().main;
  /** Sends a form and returns the address to which the browser goes. */
  const submit = async (url: string, fields: Readonly<Record<string, string>>): Promise<string> => {
    const answer = await alma.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(fields).toString(),
    });
    return answer.statusCode === 303 ? String(answer.headers.location) : String(answer.statusCode);
  };
  const offered = async (url: string): Promise<readonly string[]> =>
    [...(await main(url)).matchAll(/name="action" value="([^"]+)"/g)].map(([, action]) => action ?? '');

  it('offer in each status what the controls offer', async () => {
    const { request } = await partner.borrowing();
    const url = `/borrowing-requests/${request.request_id}`;
    for (const status of ['READY_TO_SEND', 'REQUEST_SENT', 'SHIPPED_PHYSICALLY', 'LOANED', 'REQUEST_COMPLETED']) {
      const payload = { side: 'borrowing', request_id: request.request_id, status };
      await alma.inject({ method: 'POST', url: '/_sim/requests', payload });
      expect(await offered(url)).toEqual((await partner.see('borrowing', request.request_id)).actions);
    }
    const page = await main(`${url}?lang=en`);
    expect(page).toContain('Request completed');
  });

  it('perform an action, go back to the page in the same session, and show the result', async () => {
    const { request } = await partner.borrowing();
    const url = `/borrowing-requests/${request.request_id}`;
    expect(await submit(`${url}/actions?lang=en`, { action: 'send' })).toBe(`${url}?lang=en`);
    expect(await main(`${url}?lang=en`)).toContain('Sent to the partner.');
    partner.answers.push({ status: 200, body: '' });
    await submit(`${url}/actions`, { action: 'general-message', note: '<b>確認</b>' });
    const page = await main(url);
    expect(page).toContain('相手館のシステムがエラーを返しました。');
    expect(page).toContain('&lt;b&gt;確認&lt;/b&gt;');
    await submit(`${url}/actions`, { action: 'return' });
    expect(await main(url)).toContain('実行できません。');
  });

  it('show a general message with an alert, in the list too, until staff dismiss it', async () => {
    const { request } = await partner.borrowing();
    const url = `/borrowing-requests/${request.request_id}`;
    await partner.supply(request.external_id, 'Notification', undefined, { info: { note: '照会があります' } });
    expect(await main(url)).toContain('role="alert"');
    expect(await main('/borrowing-requests')).toContain('status alert');
    expect(await submit(`${url}/dismiss`, {})).toBe(url);
    const page = await main(url);
    expect([page.includes('role="alert"'), page.includes('照会があります')]).toEqual([false, true]);
    expect(await main('/borrowing-requests')).not.toContain('status alert');
  });

  it('create a borrowing request that can be sent', async () => {
    expect(await main('/borrowing-requests')).toContain('/borrowing-requests/new');
    const fields = {
      citation_type: 'BK',
      title: '新しい見本',
      author: '',
      user: 'patron002',
      partner: 'ISO_RES_SHARE',
    };
    const url = await submit('/borrowing-requests', fields);
    expect(await offered(url)).toEqual(['send', 'cancel']);
    expect(await submit('/borrowing-requests', { ...fields, user: 'nobody' })).toBe('400');
  });

  it('offer nothing for requests of other partners and none of another institution', async () => {
    const { page } = (await alma.inject({ url: '/borrowing-requests', headers: { 'x-alma-fragment': '1' } })).json<{
      readonly page: { readonly entities: readonly { readonly id: string }[] };
    }>();
    expect(await offered(`/borrowing-requests/${page.entities[0]?.id ?? ''}`)).toEqual([]);
    const { request } = await partner.borrowing();
    const there = `/borrowing-requests/${request.request_id}/actions?institution=81SIM2_INST`;
    expect(await submit(there, { action: 'send' })).toBe('404');
    expect(await main('/borrowing-requests?institution=81SIM2_INST')).not.toContain('/borrowing-requests/new');
    expect(partner.bodies).toEqual([]);
  });
});
