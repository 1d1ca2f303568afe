import type { AlmaPage } from './support/alma-page';
import type { WireRecord } from './support/nacsis-sim';
import { RequestPanel, type Side } from './support/request-panel';
import { useStack, type World } from './support/scenario';
import { wireRequest, type WireRequestOptions } from '../test/support/wire-request';
import { expectInView, fitFrame, FULL_SCREEN, SIDEBAR, type FrameSize } from './support/viewport';

/** The browser's own message about a refusal by NACSIS-ILL or the gateway. */
const FAILED_LOAD = /Failed to load resource/;
const PATRON = { CLNT: '利用者 001', CLNTP: '人文学部', SPVIA: '普通' } as const;
const PLACE = { LOC: '2F 開架', CLN: '383.91||Y19' } as const;

describe('The panel on a laptop:', () => {
  const scenario = useStack();

  for (const [name, size] of [
    ['sidebar', SIDEBAR],
    ['full screen', FULL_SCREEN],
  ] as const) {
    scenario(`the borrower sees what to decide by and the next action without scrolling: ${name}`, async (world) => {
      const id = await seed(world, 'borrower', { kind: 'copy', state: '新着照会', more: PATRON });
      const panel = await openAt(world.alma, size, 'borrower', id);
      await panel.isIn('新着照会');
      await world.alma.app.getByText('受付館から照会が届いています').waitFor();
      await expectDecision(world.alma, ['利用者 001', '公費・校費', '普通'], '巻号をご確認ください。');
      expect(await panel.primary.innerText()).toBe('照会を確認（RECEIVE）');
    });

    scenario(`the borrower sees that every lender has refused, and why: ${name}`, async (world) => {
      const [lender = ''] = await others(world);
      const id = await seed(world, 'borrower', { kind: 'copy', state: '処理中', partners: [lender], more: PATRON });
      await world.nacsis.perform(lender, 'PARDON', id, { _COMMENT_: '製本中' });
      const panel = await openAt(world.alma, size, 'borrower', id);
      await panel.isIn('新着照会');
      await world.alma.app.getByText('すべての候補館に謝絶されました').waitFor();
      await expectDecision(world.alma, ['利用者 001'], '製本中');
    });

    scenario(`the lender sees where the material stands, the answer, and the next action: ${name}`, async (world) => {
      const id = await seed(world, 'lender', { kind: 'loan', state: '回答待', more: PATRON });
      const panel = await openAt(world.alma, size, 'lender', id);
      await panel.isIn('回答待');
      await expectDecision(world.alma, [PLACE.LOC, PLACE.CLN, '公費・校費', '普通'], '依頼のとおりです。');
      expect(await panel.primary.innerText()).toBe('回答を確認（RECEIVE）');
    });

    scenario(`the error of a refused action is in view, and the form stays: ${name}`, async (world) => {
      world.browser.expectComplaint(FAILED_LOAD);
      const [lender = ''] = await others(world);
      const id = await seed(world, 'borrower', { kind: 'copy', state: '未処理' });
      const panel = await openAt(world.alma, size, 'borrower', id);
      await panel.choose('callback');
      await world.nacsis.perform(lender, 'RECEIVE', id);
      await panel.send();
      await panel.expectRefusal('この操作は NACSIS-ILL の現在の状態（処理中）では行えません');

      const shipped = await seed(world, 'lender', { kind: 'copy', state: '処理中' });
      await panel.open('lender', shipped);
      await panel.choose('ship');
      await panel.form.getByLabel('送料').fill('100');
      await world.stack.stopNacsis();
      try {
        await panel.send();
        await panel.expectError('NACSIS-ILL が応答していません');
        expect(await panel.form.getByLabel('送料').inputValue()).toBe('100');
      } finally {
        await world.stack.startNacsis();
      }
    });
  }

  scenario('a new request is refused in one form, and the next one that needs action opens', async (world) => {
    const { alma, nacsis } = world;
    const [first, second] = [
      await seed(world, 'lender', { kind: 'copy', state: '未処理' }),
      await seed(world, 'lender', { kind: 'copy', state: '未処理' }),
    ];
    const panel = await openAt(alma, SIDEBAR, 'lender', first);
    await alma.app.locator('[data-chain=reject]').click();
    await panel.form.getByRole('button', { name: '製本中' }).click();
    await panel.send();
    await panel.done.waitFor();
    const commands = ((await nacsis.record(first))['SENDG'] as readonly WireRecord[]).map((each) => each['SENDCMND']);
    expect(commands.slice(0, 3)).toEqual(['ORDER', 'RECEIVE', 'PARDON']);
    await alma.app.getByTestId('next-request').click();
    const shown = alma.app.getByTestId('request-id').filter({ hasNotText: first });
    await shown.waitFor();
    await expectInView(shown, 'the id of the next request');
    await alma.app.getByText('自館の処理待ち').waitFor();
    expect((await nacsis.record(second))['STAT']).toBe('未処理');
  });

  scenario('the notice that Alma shows another record stays in view', async ({ alma, nacsis }) => {
    const [id = ''] = await nacsis.seedIn({ side: 'lender', kind: 'copy', state: '処理中' });
    await alma.addRequest({ side: 'lending', title: '民家の見本', external_id: id });
    await alma.openLendingRequest(id);
    await fitFrame(alma, SIDEBAR);
    const panel = new RequestPanel(alma);
    await panel.isIn('処理中');
    await panel.choose('ship');
    await panel.form.waitFor();
    await alma.page.locator('.menu').getByRole('link', { name: '取寄せリクエスト' }).click();
    const notice = alma.app.getByTestId('page-changed');
    await notice.waitFor();
    await (
      await alma.frame()
    ).evaluate(() => {
      scrollTo(0, document.documentElement.scrollHeight);
    });
    await expectInView(notice, 'the notice');
  });
});

/** Opens the request in the app's frame of this size. */
async function openAt(alma: AlmaPage, size: FrameSize, side: Side, id: string): Promise<RequestPanel> {
  await alma.search('該当なし');
  await alma.app.locator('h1').first().waitFor();
  if (size === FULL_SCREEN) await alma.goFullScreen();
  await fitFrame(alma, size);
  const panel = new RequestPanel(alma);
  await panel.open(side, id);
  return panel;
}

/** Expects title, facts, partner's words, status and the next action inside the frame, and nothing scrolled. */
async function expectDecision(alma: AlmaPage, facts: readonly string[], said: string): Promise<void> {
  const panel = alma.app.locator('app-request-panel');
  await expectInView(panel.getByText('𠮷野の民家').first(), 'the title');
  for (const fact of facts)
    await expectInView(panel.getByTestId('facts').getByText(fact, { exact: true }).first(), fact);
  await expectInView(panel.getByTestId('partner-said').getByText(said), 'what the partner said');
  await expectInView(panel.getByTestId('nacsis-state'), 'the status');
  await expectInView(panel.getByTestId('action-primary'), 'the next action');
  expect(await (await alma.frame()).evaluate(() => scrollY)).toBe(0);
}

async function others({ nacsis }: World): Promise<readonly string[]> {
  return (await nacsis.accounts()).slice(1).map(({ memberId }) => memberId);
}

/** Adds a request of the first library. As a lender it has the material at `PLACE`. */
async function seed(
  world: World,
  side: Side,
  {
    partners,
    more,
    ...rest
  }: Pick<WireRequestOptions, 'kind' | 'state' | 'more'> & { readonly partners?: readonly string[] },
): Promise<string> {
  const [me = '', ...members] = (await world.nacsis.accounts()).map(({ memberId }) => memberId);
  const asked = partners ?? members.slice(0, 3);
  const record =
    side === 'borrower'
      ? wireRequest({ ...rest, borrower: me, lenders: asked, ...(more && { more }) })
      : wireRequest({
          ...{ ...rest, borrower: asked[0] ?? '', lenders: [me] },
          more: { ...more, HMLG: [{ HMLID: me, ...PLACE }] },
        });
  const [stored] = await world.nacsis.seed([record]);
  return String(stored?.['ID']);
}
