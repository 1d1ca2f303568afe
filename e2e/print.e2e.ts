import { pageSizes, printedFrame } from './support/printed-pages';
import { scrollsSideways, violationsOf } from './support/accessibility';
import type { AlmaPage } from './support/alma-page';
import type { WireRecord } from './support/nacsis-sim';
import { OrderFlow } from './support/order-flow';
import { useStack, type World } from './support/scenario';

const A4 = [210, 297] as const;

describe('Point 8, print and order again:', () => {
  const scenario = useStack();

  scenario('the pull slip of a lending request is one page with the id as a barcode', async ({ alma, nacsis }) => {
    const id = await lentIn(nacsis, '処理中', 'C');
    await open(alma, `/print/pull?side=lender&ids=${id}`);
    expect(await alma.app.locator('app-barcode svg').getAttribute('aria-label')).toBe(id);
    expect(await alma.app.locator('app-pull-slip').textContent()).not.toContain('利用者');
    expect(pageSizes(await printedFrame(alma))).toEqual([A4]);
    expect(await wasPrinted(alma)).toBeTrue();
    expect(await alma.app.getByTestId('by-menu').count()).toBe(0);
  });

  scenario('where the call to print is ignored, the way by the menu is told', async ({ alma, nacsis }) => {
    const id = await lentIn(nacsis, '処理中', 'C');
    await open(alma, `/print/pull?side=lender&ids=${id}`);
    await ignorePrinting(alma);
    await alma.app.getByTestId('print').click();
    await alma.app.getByTestId('by-menu').waitFor();
  });

  scenario('twelve labels are one sheet, and two when the first place is used', async ({ alma, nacsis }) => {
    const ids = (await nacsis.lent()).slice(0, 12).map((record) => record['ID'] as string);
    await open(alma, `/print/label?side=lender&ids=${ids.join(',')}`);
    expect(await alma.app.getByTestId('slip').count()).toBe(12);
    expect(await alma.app.getByTestId('slip').first().textContent()).toContain('御中');
    expect(pageSizes(await printedFrame(alma))).toEqual([A4]);
    await alma.app.locator('input[type=number]').fill('2');
    await alma.app.locator('input[type=number]').press('Tab');
    await alma.app.getByTestId('sheet').nth(1).waitFor();
    expect(pageSizes(await printedFrame(alma))).toEqual([A4, A4]);
    await alma.app.getByTestId('format').selectOption('single');
    await alma.app.getByTestId('sheet').nth(11).waitFor();
    expect(pageSizes(await printedFrame(alma))).toEqual(ids.map(() => [100, 60] as const));
  });

  scenario('the shipping slip says what it costs and when it is due, the return slip where it goes', async (world) => {
    const { alma, nacsis } = world;
    const shipped = await lentIn(nacsis, '発送', 'L');
    await open(alma, `/print/shipping?side=lender&ids=${shipped}`);
    const { DDATE, SUM } = await nacsis.record(shipped);
    const slip = (await alma.app.locator('app-shipping-slip').textContent()) ?? '';
    expect([slip.includes(inWords(DDATE)), slip.includes(`${Number(SUM).toLocaleString('ja-JP')}円`)]).toEqual([
      true,
      true,
    ]);
    expect(pageSizes(await printedFrame(alma))).toEqual([A4]);
    const borrowed = await borrowedIn(nacsis, '借用中', 'L');
    await open(alma, `/print/return?side=borrower&ids=${borrowed}`);
    expect(await alma.app.locator('app-return-slip .to').textContent()).toContain('御中');
  });

  scenario('pull slips print from the result of a batch', async ({ alma, nacsis, browser }) => {
    // The ids are looked for on the side of the borrower first.
    browser.expectComplaint(/404/);
    const ids = await nacsis.seedIn(
      ...Array.from({ length: 2 }, () => ({ side: 'lender', kind: 'copy', state: '未処理' }) as const),
    );
    await alma.search('');
    await alma.app.locator('h1').first().waitFor();
    await alma.goInApp('/batch?action=accept');
    await alma.app.getByTestId('batch-scan').waitFor();
    for (const id of ids) {
      await alma.app.getByTestId('batch-scan').fill(id);
      await alma.app.getByTestId('batch-scan').press('Enter');
    }
    await alma.app.locator('summary', { hasText: '対象 2件' }).waitFor();
    await alma.app.locator('app-batch-params [type=submit]').click();
    await alma.app.getByTestId('batch-run').click();
    await alma.app.getByTestId('batch-print-pull').click();
    await alma.app.getByTestId('sheet').first().waitFor();
    const printed = await alma.app
      .locator('app-pull-slip app-barcode svg')
      .evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')));
    expect(new Set(printed)).toEqual(new Set(ids));
  });

  scenario(
    'an arrived item has a pick-up slip, and a notice to copy that no address or storage keeps',
    async (world) => {
      const { alma, nacsis } = world;
      const id = await borrowedIn(nacsis, '借用中', 'L');
      await nacsis.seed([{ ...(await nacsis.record(id)), CLNT: '利用者 077' }]);
      await alma.search('');
      await alma.app.locator('h1').first().waitFor();
      await alma.goInApp(`/requests/borrower/${id}`);
      await alma.app.getByTestId('reload').click();
      await alma.app.getByTestId('print-menu').click();
      await alma.app.getByRole('link', { name: '受取票' }).click();
      await alma.app.locator('app-pickup-slip', { hasText: '利用者 077 様' }).waitFor();
      expect(pageSizes(await printedFrame(alma))).toEqual([A4]);
      await alma.app.getByTestId('notices').locator('summary').click();
      const notice = alma.app.getByTestId('notice').locator('textarea');
      expect(await notice.inputValue()).toContain('利用者 077 様');
      await alma.app.getByRole('radio', { name: '英語' }).check();
      expect(await notice.inputValue()).toContain('Dear 利用者 077,');
      expect(await violationsOf(alma)).toEqual([]);
      expect(await scrollsSideways(alma)).toBeFalse();
      const kept = await (
        await alma.frame()
      ).evaluate(() => JSON.stringify([location.href, localStorage, sessionStorage]));
      expect(decodeURIComponent(kept)).not.toContain('利用者 077');
    },
  );

  scenario('what cannot be printed is named, and the rest is printed', async ({ alma, nacsis, browser }) => {
    browser.expectComplaint(/404/);
    const loan = await borrowedIn(nacsis, '借用中', 'L');
    const copy = await borrowedIn(nacsis, '確認', 'C');
    await open(alma, `/print/return?side=borrower&ids=${loan},${copy},LA0000000000`);
    const left = await alma.app.getByTestId('left').locator('li').allTextContents();
    expect(left.map((line) => line.trim().split(':', 1)[0])).toEqual([copy, 'LA0000000000']);
    expect(await alma.app.getByTestId('slip').count()).toBe(1);
  });

  scenario('order again from a finished request leads to a filled form, and on to a new request', async (world) => {
    const { alma, nacsis } = world;
    const old = await nacsis.record(await borrowedIn(nacsis, '確認', 'C'));
    await orderAgain(alma, old['ID'] as string);
    const flow = new OrderFlow(alma);
    await flow.foundRecord.waitFor();
    const typed = ['volume', 'pages', 'article', 'applicant'].map((name) => alma.app.locator(`#field-${name}`));
    expect(await Promise.all(typed.map((field) => field.inputValue()))).toEqual([
      old['VLNO'],
      old['PAGE'],
      old['ARTCL'],
      old['CLNT'],
    ] as string[]);
    await flow.rota.first().waitFor();
    await flow.order();
    await flow.done.waitFor();
    const ordered = await nacsis.record(await flow.orderedId());
    expect(ordered['ID']).not.toBe(old['ID']);
    expect([ordered['STAT'], ordered['BIBG'], ordered['ARTCL'], ordered['SUM']]).toEqual([
      '未処理',
      old['BIBG'],
      old['ARTCL'],
      undefined,
    ]);
    expect((await nacsis.record(old['ID'] as string))['STAT']).toBe('確認');
  });

  scenario('order again is taken back by discarding the draft', async ({ alma, nacsis }) => {
    await orderAgain(alma, await borrowedIn(nacsis, 'CANCEL', 'L'));
    await new OrderFlow(alma).foundRecord.waitFor();
    await alma.goInApp('/drafts');
    const draft = alma.app.locator('.draft').first();
    const title = (await draft.locator('strong').textContent()) ?? '';
    await draft.getByRole('button', { name: '破棄' }).click();
    await alma.app.locator('.draft').filter({ hasText: title }).waitFor({ state: 'detached' });
  });

  for (const lang of ['ja', 'en']) {
    for (const isFull of [false, true]) {
      scenario(`every slip for everybody: ${lang}, ${isFull ? 'full' : 'sidebar'}`, async ({ alma, nacsis }) => {
        await alma.search('', { lang });
        if (isFull) await alma.goFullScreen();
        const lending = (await nacsis.lent()).slice(0, 3).map((record) => record['ID'] as string);
        for (const slip of ['pull', 'shipping', 'label'])
          await check(alma, `/print/${slip}?side=lender&ids=${lending.join(',')}`);
        for (const slip of ['return', 'pickup'])
          await check(alma, `/print/${slip}?side=borrower&ids=${await borrowedIn(nacsis, '借用中', 'L')}`);
      });
    }
  }
});

async function open(alma: AlmaPage, route: string): Promise<void> {
  if (alma.page.url() === 'about:blank') {
    await alma.search('');
    await alma.app.locator('h1').first().waitFor();
  }
  await alma.goInApp(route);
  await alma.app.getByTestId('sheet').first().waitFor();
}

async function orderAgain(alma: AlmaPage, id: string): Promise<void> {
  await alma.search('');
  await alma.app.locator('h1').first().waitFor();
  await alma.goInApp(`/requests/borrower/${id}`);
  await alma.app.getByTestId('order-again').click();
  await alma.app.getByTestId('order').waitFor();
}

async function check(alma: AlmaPage, route: string): Promise<void> {
  await alma.app.locator('h1').first().waitFor();
  await alma.goInApp(route);
  const slip = /print\/(\w+)/.exec(route)?.[1] ?? '';
  await alma.app
    .locator(`app-${slip === 'label' ? 'address-label' : `${slip}-slip`}`)
    .first()
    .waitFor();
  expect(await violationsOf(alma))
    .withContext(route)
    .toEqual([]);
  expect(await scrollsSideways(alma))
    .withContext(route)
    .toBeFalse();
}

/** Makes printing do nothing without failing, like a sandbox without `allow-modals`. */
async function ignorePrinting(alma: AlmaPage): Promise<void> {
  const frame = await alma.frame();
  await frame.evaluate('globalThis.print = () => undefined');
}

/** True when the browser lets the sandboxed frame print. */
async function wasPrinted(alma: AlmaPage): Promise<boolean> {
  const frame = await alma.frame();
  const printing = frame.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        addEventListener('beforeprint', () => {
          resolve(true);
        });
      }),
  );
  await alma.app.getByTestId('print').click();
  return printing;
}

type Nacsis = World['nacsis'];
type Service = 'C' | 'L';

async function lentIn(nacsis: Nacsis, state: string, service: Service): Promise<string> {
  return idIn(await nacsis.lent(), state, service);
}

async function borrowedIn(nacsis: Nacsis, state: string, service: Service): Promise<string> {
  return idIn(await nacsis.borrowed(), state, service);
}

function idIn(records: readonly WireRecord[], state: string, service: Service): string {
  const found = records.find((record) => record['STAT'] === state && record['SRVCE'] === service);
  if (found === undefined) throw new Error(`the seed has no request in ${state}`);
  return found['ID'] as string;
}

function inWords(day: unknown): string {
  const [, year, month, date] = /^(\d{4})(\d\d)(\d\d)$/.exec(String(day)) ?? [];
  return `${year ?? ''}年${String(Number(month))}月${String(Number(date))}日`;
}
