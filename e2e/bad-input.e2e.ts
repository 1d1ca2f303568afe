import { randomUUID } from 'node:crypto';
import { dateFromNow, wireRequest } from '../test/support/wire-request';
import { messagesOf } from './support/nacsis-messages';
import { RequestPanel, type Side } from './support/request-panel';
import { useStack, type World } from './support/scenario';
import { expectNewErrorInView } from './support/viewport';

/** The browser's own message about each refusal. */
const REFUSED = /Failed to load resource/;

describe('Bad input: a clear message, nothing done:', () => {
  const scenario = useStack();

  scenario('a comment too long in bytes, though not in letters', async (world) => {
    const [id = ''] = await world.nacsis.seedIn({ side: 'lender', kind: 'copy', state: '処理中' });
    const panel = await panelOf(world, 'lender', id);
    await nothingDone(world, id, async () => {
      await panel.choose('inquiry');
      // Three bytes per character
      await panel.send({ コメント: '照'.repeat(342) });
      await panel.form.getByText('長すぎます（1026バイト、上限 1024バイト）').waitFor();
    });
    await panel.send({ コメント: '照'.repeat(341) });
    await panel.isIn('新着照会');
  });

  scenario('a comment that is needed and missing', async (world) => {
    const [id = ''] = await world.nacsis.seedIn({ side: 'borrower', kind: 'copy', state: '到着処理中' });
    const panel = await panelOf(world, 'borrower', id);
    await nothingDone(world, id, async () => {
      await panel.perform('claim');
      await panel.form.getByText('必須項目です').waitFor();
    });
  });

  scenario('charges that are no numbers, that are half filled in, and none at all', async (world) => {
    const [id = ''] = await world.nacsis.seedIn({
      side: 'lender',
      kind: 'copy',
      state: '処理中',
      more: { SUM: '', POSTG: '' },
    });
    const panel = await panelOf(world, 'lender', id);
    await nothingDone(world, id, async () => {
      await panel.choose('ship');
      await panel.send();
      await panel.form.getByText('料金を入力してください').waitFor();
      await panel.form.getByLabel('1行目 数量').fill('十');
      await panel.form.getByLabel('1行目 単価').fill('35');
      await panel.form.getByText('数字だけで入力してください').first().waitFor();
      await panel.send();
      await panel.form.getByLabel('1行目 数量').fill('10');
      await panel.form.getByLabel('1行目 単価').fill('');
      await panel.form.getByText('数量と単価を入力してください').first().waitFor();
      await panel.send();
    });
    await panel.form.getByLabel('1行目 単価').fill('35');
    await panel.send();
    await panel.isIn('発送');
    expect((await world.nacsis.record(id))['SUM']).toBe('350');
  });

  scenario('charges that do not add up, which the calculator cannot make: the gateway refuses them', async (world) => {
    const [id = ''] = await world.nacsis.seedIn({ side: 'lender', kind: 'copy', state: '処理中' });
    const panel = await panelOf(world, 'lender', id);
    await panel.isIn('処理中');
    const line = { item: 'A4', quantity: '10', unitPrice: '35', amount: '350' };
    await nothingDone(world, id, async () => {
      const wrongLine = await post(world, id, 'ship', { charges: [{ ...line, amount: '351' }], total: '351' });
      expect(wrongLine.status).toBe(422);
      expect(faultsOf(wrongLine)).toContain(jasmine.objectContaining({ code: 'amount-differs', params: { sum: 350 } }));
      const wrongTotal = await post(world, id, 'ship', { charges: [line], postage: '100', total: '350' });
      expect(wrongTotal.status).toBe(422);
      expect(faultsOf(wrongTotal)).toContain(
        jasmine.objectContaining({ field: 'total', code: 'total-differs', params: { sum: 450 } }),
      );
    });
  });

  scenario('a due date in the past, and a wished date in the past', async (world) => {
    world.browser.expectComplaint(REFUSED);
    const [lent = '', borrowed = ''] = await world.nacsis.seedIn(
      { side: 'lender', kind: 'loan', state: '処理中' },
      { side: 'borrower', kind: 'loan', state: '借用中' },
    );
    const panel = await panelOf(world, 'lender', lent);
    await nothingDone(world, lent, async () => {
      await panel.choose('ship');
      await panel.send({ 送料: '870', 返却期限: dateFromNow(-1) });
      await panel.form.getByText('過ぎた日付です').first().waitFor();
    });
    await panel.form.getByRole('button', { name: 'やめる' }).click();
    await panel.open('borrower', borrowed);
    await panel.isIn('借用中');
    await nothingDone(world, borrowed, async () => {
      await panel.choose('renew');
      await panel.send({ 希望する返却期限: dateFromNow(-1) });
      await panel.form.getByText('明日以降の日付を入力してください').waitFor();
    });
  });

  scenario(
    'an id that belongs to other libraries: by address, pasted into a batch, and through the API',
    async (world) => {
      const { alma, browser } = world;
      browser.expectComplaint(REFUSED);
      const id = await foreign(world);
      await alma.search('該当なし');
      await alma.app.locator('h1').first().waitFor();
      await nothingDone(world, id, async () => {
        for (const side of ['lender', 'borrower'] as const) {
          await alma.goInApp(`/requests/${side}/${id}`);
          const panel = new RequestPanel(alma);
          await panel.expectError('見つかりませんでした');
          await panel.expectError('別の図書館の依頼でないか');
          expect(await alma.app.getByTestId('nacsis-state').count()).toBe(0);
        }
        await alma.goInApp('/batch');
        await alma.app.locator('summary', { hasText: 'まとめて貼り付ける' }).click();
        await alma.app.getByTestId('batch-paste').fill(id);
        await alma.app.getByRole('button', { name: '追加' }).click();
        await alma.app.getByTestId('batch-missing').getByText(id).waitFor();
        await alma.app.getByTestId('batch-missing').getByText('見つかりませんでした').waitFor();
        const answer = await post(world, id, 'accept', {});
        expect([answer.status, answer.body['code']]).toEqual([404, 'not-found']);
      });
    },
  );

  scenario('an id of our own, of the other side', async (world) => {
    const { alma, browser, nacsis } = world;
    browser.expectComplaint(REFUSED);
    const [id = ''] = await nacsis.seedIn({ side: 'borrower', kind: 'copy', state: '未処理' });
    await alma.search('該当なし');
    await alma.app.locator('h1').first().waitFor();
    await alma.goInApp(`/requests/lender/${id}`);
    await new RequestPanel(alma).expectError('見つかりませんでした');
  });

  scenario('a request that does not exist, and one that exists no longer when it is acted on', async (world) => {
    const { alma, nacsis, browser } = world;
    browser.expectComplaint(REFUSED);
    const [id = ''] = await nacsis.seedIn({ side: 'borrower', kind: 'copy', state: '発送' });
    const panel = await panelOf(world, 'borrower', id);
    await panel.isIn('発送');
    await nacsis.reset();
    await panel.primary.click();
    await alma.app
      .locator('app-action-bar')
      .getByText(/見つかりません|受け付けませんでした|行えません/)
      .first()
      .waitFor();
    expect(await panel.done.count()).toBe(0);
    await alma.goInApp('/requests/borrower/LA9999999999');
    await new RequestPanel(alma).expectError('見つかりませんでした');
  });

  scenario(
    'a borrowing request of Alma without a requester, which gives no link: it says what to do',
    async (world) => {
      const { alma, nacsis } = world;
      const [id = ''] = await nacsis.seedIn({ side: 'borrower', kind: 'copy', state: '発送' });
      const number = await alma.addRequest({ side: 'borrowing', title: '申込者のない資料', external_id: id });
      await nothingDone(world, id, async () => {
        await alma.openBorrowingRequest(number);
        const record = alma.app.locator('.record', { hasText: '申込者のない資料' });
        await record.getByText('申込者のないリクエストのため、Alma から内容を読み取れません').waitFor();
        expect(await record.getByRole('link').count()).toBe(0);
        await alma.app.getByRole('link', { name: '新規検索' }).waitFor();
      });
    },
  );

  scenario('a lending request of Alma that is linked to nothing: it says so, and takes no wrong id', async (world) => {
    const { alma, nacsis, browser } = world;
    browser.expectComplaint(REFUSED);
    const [borrowed = ''] = await nacsis.seedIn({ side: 'borrower', kind: 'copy', state: '未処理' });
    const number = await alma.addRequest({ side: 'lending', title: '結び付きのない資料' });
    await alma.openLendingRequest(number);
    await alma.app.getByText('NACSIS-ILL の依頼が見つかりません').waitFor();
    const [field, check] = [
      alma.app.getByLabel('ILLレコードID'),
      alma.app.getByRole('button', { name: '確認', exact: true }),
    ];
    for (const [typed, said] of [
      ['123', 'ILLレコードIDの形ではありません'],
      [borrowed, '見つかりませんでした'],
      [await foreign(world), '見つかりませんでした'],
      ['LA9999999999', '見つかりませんでした'],
    ] as const) {
      await nothingDone(world, borrowed, async () => {
        await field.fill(typed);
        await check.click();
        await expectNewErrorInView(alma.app.getByRole('alert').getByText(said));
        expect(await alma.app.getByTestId('link-candidate').count()).toBe(0);
      });
    }
  });
});

/** Checks that no command reaches NACSIS-ILL during the attempt and that the request does not change. */
async function nothingDone({ nacsis }: World, id: string, attempt: () => Promise<void>): Promise<void> {
  const before = await nacsis.record(id);
  const sent = await messagesOf(nacsis, attempt);
  expect(sent['SERVERPROCEDURECALL']).toBeUndefined();
  expect(await nacsis.record(id)).toEqual(before);
}

async function panelOf({ alma }: World, side: Side, id: string): Promise<RequestPanel> {
  await alma.search('該当なし');
  await alma.app.locator('h1').first().waitFor();
  const panel = new RequestPanel(alma);
  await panel.open(side, id);
  return panel;
}

/** A request between two other libraries. */
async function foreign({ nacsis }: World): Promise<string> {
  const [, lender = '', borrower = ''] = (await nacsis.accounts()).map(({ memberId }) => memberId);
  const [record] = await nacsis.seed([wireRequest({ kind: 'copy', state: '未処理', borrower, lenders: [lender] })]);
  return String(record?.['ID']);
}

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** `request` is absent when the library has no such request. */
interface Known {
  readonly request?: { readonly version: number };
}

/** Sends an action of the lender directly to the gateway, as a client other than the app could. */
async function post({ stack }: World, id: string, action: string, params: object): Promise<Answer> {
  const api = `${stack.urls.gateway}/api/v1/requests/${id}`;
  const { token } = (await (await fetch(`${stack.urls.alma}/_sim/token`)).json()) as { readonly token: string };
  const headers = { authorization: `Bearer ${token}` };
  const known = (await (await fetch(`${api}?side=lender`, { headers })).json()) as Known;
  const response = await fetch(`${api}/actions`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify({ side: 'lender', action, version: known.request?.version ?? 1, params }),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

function faultsOf({ body }: Answer): readonly unknown[] {
  return (body['errors'] ?? []) as readonly unknown[];
}
