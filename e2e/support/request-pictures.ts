import type { AlmaPage } from './alma-page';
import type { NacsisSim, WireRecord } from './nacsis-sim';
import { RequestPanel } from './request-panel';

/** One session in the simulated Alma. */
interface RequestSitting {
  readonly alma: AlmaPage;
  readonly nacsis: NacsisSim;
  readonly lang: 'ja' | 'en';
  readonly isFull: boolean;
  /** Takes the screenshot of a step. */
  readonly shoot: (step: string) => Promise<void>;
}

/** Rows of the batch. The last one fails. */
const ROWS = 6;

/** Takes screenshots of the work with existing requests: list, panel, actions, batch, print, tariffs. */
export async function shootRequests(sitting: RequestSitting): Promise<void> {
  const { alma, lang, isFull } = sitting;
  await alma.search('該当なし', { lang });
  if (isFull) await alma.goFullScreen();
  await shootList(sitting);
  await shootTariffs(sitting);
  await shootPanels(sitting);
  await shootRefusal(sitting);
  await shootBatch(sitting);
  await shootPrint(sitting);
}

async function shootList({ alma, isFull, shoot }: RequestSitting): Promise<void> {
  await alma.app.locator('app-work-list .list[aria-busy=false] [data-row]').first().waitFor();
  await shoot('12-list');
  await alma.app.locator('[data-row] input[type=checkbox]').first().check();
  await alma.app.locator('[data-row] input[type=checkbox]').nth(1).check();
  await alma.app.locator('app-chosen-bar a').first().waitFor();
  if (isFull) {
    await alma.app.locator('[data-row] a.open').nth(2).click();
    await alma.app.locator('app-work-list aside').getByTestId('nacsis-state').waitFor();
  }
  await shoot('13-list-chosen');
  for (const place of [0, 1]) await alma.app.locator('[data-row] input[type=checkbox]').nth(place).uncheck();
}

async function shootTariffs({ alma, shoot }: RequestSitting): Promise<void> {
  await alma.goInApp('/settings/tariffs');
  await alma.app.getByRole('button', { name: /料金表を追加|Add a tariff/ }).click();
  const tariff = alma.app.getByTestId('tariff-edit').locator('input');
  for (const [at, value] of ['学外（複写）', 'A4 白黒', '35'].entries()) await tariff.nth(at).fill(value);
  await shoot('14-tariffs');
  await alma.app.locator('form button[type=submit]').click();
  await alma.app.locator('.chip.good').waitFor();
}

async function shootPanels({ alma, nacsis, shoot }: RequestSitting): Promise<void> {
  const panel = new RequestPanel(alma);
  await panel.open('borrower', idIn(await nacsis.borrowed(), '発送', 'C'));
  await panel.primary.waitFor();
  await shoot('15-panel');
  await panel.open('lender', idIn(await nacsis.lent(), '処理中', 'L'));
  await panel.choose('ship');
  const line = alma.app.locator('app-charge-calculator [role=row] input');
  for (const [at, value] of ['図書 1冊', '1', '200'].entries()) await line.nth(at).fill(value);
  await shoot('16-ship');
}

async function shootRefusal({ alma, nacsis, shoot }: RequestSitting): Promise<void> {
  const panel = new RequestPanel(alma);
  const [, lender] = await nacsis.accounts();
  const [waiting = '', prepared = ''] = await nacsis.seedIn(
    { side: 'borrower', kind: 'copy', state: '未処理' },
    { side: 'borrower', kind: 'copy', state: '準備中' },
  );
  await panel.open('borrower', waiting);
  const callback = alma.app.locator('app-action-bar button[data-action=callback]');
  await callback.waitFor();
  for (const command of ['RECEIVE', 'SEND']) await nacsis.perform(lender?.memberId ?? '', command, waiting);
  await callback.click();
  await panel.send();
  await panel.notAllowed.waitFor();
  await shoot('17-refusal');
  await panel.open('borrower', prepared);
  await panel.perform('order');
  await panel.undo.waitFor();
  await shoot('18-undo');
}

async function shootBatch({ alma, nacsis, shoot }: RequestSitting): Promise<void> {
  const ids = await nacsis.seedIn(
    ...Array.from({ length: ROWS }, () => ({ side: 'borrower', kind: 'copy', state: '発送' }) as const),
  );
  await alma.goInApp('/batch');
  await alma.app.locator('app-batch-intake summary').click();
  await alma.app.getByTestId('batch-paste').fill(ids.join('\n'));
  await alma.app.locator('app-batch-intake details button').click();
  await alma.app.locator('app-batch-row-list summary', { hasText: String(ROWS) }).waitFor();
  const ask = alma.app.locator('app-batch-params [type=submit]');
  await ask.waitFor();
  await shoot('19-batch');
  const last = ids.at(-1) ?? '';
  await nacsis.seed([{ ...(await nacsis.record(last)), STAT: '処理中' }]);
  await ask.click();
  await alma.app.getByTestId('batch-run').click();
  await alma.app.getByTestId('batch-summary').waitFor();
  await shoot('20-batch-done');
}

async function shootPrint({ alma, nacsis, shoot }: RequestSitting): Promise<void> {
  const lent = await nacsis.lent();
  await alma.goInApp(`/print/shipping?side=lender&ids=${idIn(lent, '発送', 'L')}`);
  await alma.app.locator('app-shipping-slip').first().waitFor();
  await shoot('21-print-shipping');
  const ids = lent.slice(0, 12).map((record) => String(record['ID']));
  await alma.goInApp(`/print/label?side=lender&ids=${ids.join(',')}`);
  await alma.app
    .locator('app-address-label')
    .nth(ids.length - 1)
    .waitFor();
  await shoot('22-print-labels');
}

/** The first request in this state. `service`: C copy, L loan. */
function idIn(records: readonly WireRecord[], state: string, service: 'C' | 'L'): string {
  const found = records.find((record) => record['STAT'] === state && record['SRVCE'] === service);
  if (found === undefined) throw new Error(`the seed has no ${service} in ${state}`);
  return String(found['ID']);
}
