import { dateFromNow } from '../test/support/wire-request';
import { scrollsSideways, violationsOf } from './support/accessibility';
import type { AlmaPage } from './support/alma-page';
import { useStack, type World } from './support/scenario';
import { expectNewErrorInView, fitFrame, FULL_SCREEN, isInView, SIDEBAR } from './support/viewport';

describe('Members:', () => {
  const scenario = useStack();

  scenario(
    'a library is found by name, by number and by conditions, and its record is shown in full',
    async (world) => {
      const { alma, nacsis } = world;
      const [, , third] = await nacsis.accounts();
      const { memberId = '' } = third ?? {};
      const member = await nacsis.member(memberId);
      await open(alma, '/members');
      await find(alma, memberId);
      const only = alma.app.locator(`[data-member="${memberId}"]`);
      await only.locator('app-member-details').waitFor();
      for (const text of [member['NAME'], member['ADDRESS'], member['ILLSTAFF']])
        expect(await only.innerText()).toContain(String(text));
      await find(alma, String(member['NAME']).slice(0, 4));
      await only.waitFor();
      await find(alma, '');
      await alma.app.getByLabel('都道府県').selectOption(String(member['KENCODE']));
      await alma.app.getByLabel('サービス').selectOption('copy');
      await alma.app.getByRole('button', { name: '館を探す' }).click();
      await only.waitFor();
      expect(await violationsOf(alma)).toEqual([]);
    },
  );

  scenario('a search without an answer says why, and nothing is lost', async (world) => {
    const { alma, nacsis, browser } = world;
    const [, second] = await nacsis.accounts();
    const { memberId = '' } = second ?? {};
    await nacsis.changeMember(memberId, { ILLFLG: 'N' });
    await open(alma, '/members');
    await find(alma, memberId);
    await alma.app.getByText('この館は ILL に参加していません').waitFor();
    await find(alma, `${memberId.slice(0, -1)}${memberId.endsWith('0') ? '1' : '0'}`);
    await alma.app.getByText('FA番号のチェックキャラクタが合いません').waitFor();
    await find(alma, '無い館');
    await alma.app.getByText('「無い館」に当たる参加館はありませんでした').waitFor();
    await find(alma, '');
    await alma.app.getByLabel('サービス').selectOption('copy');
    await alma.app.getByRole('button', { name: '館を探す' }).click();
    await alma.app.getByText(/館が見つかりました。はじめの 20館/).waitFor();
    browser.expectComplaint(/Failed to load resource/);
    await nacsis.addFault({ match: { method: 'SEARCH' }, do: 'status', code: 500, times: 20 });
    await find(alma, '大学');
    await expectNewErrorInView(alma.app.getByRole('alert'));
    expect(await alma.app.getByText('に当たる参加館はありませんでした').count()).toBe(0);
    await nacsis.clearFaults();
    await alma.app.getByRole('button', { name: '再試行' }).click();
    await alma.app.locator('[data-member]').first().waitFor();
  });

  scenario(
    "the library's own record is changed in NACSIS-ILL, once, and nothing of others is overwritten",
    async (world) => {
      const { alma, nacsis, browser } = world;
      const [own] = await nacsis.accounts();
      const { memberId = '' } = own ?? {};
      await open(alma, '/members/own');
      const [staff, policy] = [alma.app.getByLabel('ILL 担当者'), alma.app.getByLabel('利用案内（')];
      await staff.fill('担当 B');
      await policy.fill('複写料金: 1枚40円\n土日休館');
      await alma.app.locator('#own-loanService').selectOption('N');
      // The answer is lost, and the app asks what became of it.
      browser.expectComplaint(/Failed to load resource/);
      await nacsis.addFault({ match: { method: 'UPDATE' }, do: 'drop-after', times: 1 });
      await save(alma);
      const after = await nacsis.member(memberId);
      expect([after['ILLSTAFF'], after['POLICY'], after['LOANS']]).toEqual([
        '担当 B',
        ['複写料金: 1枚40円', '土日休館'],
        'N',
      ]);
      expect((await nacsis.counters())['UPDATE']).toBe(1);
      // Somebody changes the same field elsewhere.
      await staff.fill('担当 C');
      await nacsis.changeMember(memberId, { ILLSTAFF: '担当 D', FAX: '03-0000-9999' });
      await alma.app.getByTestId('own-save').click();
      await expectNewErrorInView(alma.app.getByTestId('conflict'));
      await alma.app.getByText('NACSIS-ILL の現在の値: 担当 D').waitFor();
      expect([await staff.inputValue(), (await nacsis.member(memberId))['ILLSTAFF']]).toEqual(['担当 C', '担当 D']);
      await save(alma);
      expect([(await nacsis.member(memberId))['ILLSTAFF'], (await nacsis.member(memberId))['FAX']]).toEqual([
        '担当 C',
        '03-0000-9999',
      ]);
      await alma.app.getByLabel('メールアドレス').fill('x');
      await alma.app.getByText('形式が正しくありません').waitFor();
      expect(await alma.app.getByTestId('own-save').isDisabled()).toBeTrue();
      expect(await violationsOf(alma)).toEqual([]);
      await alma.app.getByRole('button', { name: '変更を取り消す' }).click();
    },
  );

  scenario(
    'a closure is planned by keyboard, moved and cancelled; one that cannot be is refused in words',
    async (world) => {
      const { alma } = world;
      await open(alma, '/members/closures');
      const { keyboard } = alma.page;
      await alma.app.locator('#closure-from').fill(dateFromNow(20));
      await alma.app.locator('#closure-to').fill(dateFromNow(18));
      await alma.app.getByText('最終日が初日より前です').waitFor();
      await alma.app.locator('#closure-to').fill(dateFromNow(25));
      await alma.app.getByTestId('closure-requests').waitFor({ state: 'attached' });
      await alma.app.locator('#closure-to').press('Tab');
      while (!(await alma.app.locator('[data-testid=plan-closure]:focus').count())) await keyboard.press('Tab');
      await keyboard.press('Enter');
      await alma.app.getByText('休館を予定しました').waitFor();
      await alma.app.locator('#closure-from').fill(dateFromNow(25));
      await alma.app.locator('#closure-to').fill(dateFromNow(26));
      await alma.app.getByText(`${dateFromNow(20)} から ${dateFromNow(25)} までの休館の予定と重なります`).waitFor();
      const closure = alma.app.locator('[data-state=planned]', { hasText: dateFromNow(20) });
      await closure.getByRole('button', { name: 'この期間の依頼・受付' }).click();
      await closure
        .locator('app-closure-requests')
        .getByText(/件あります/)
        .waitFor();
      await closure.getByRole('button', { name: '日付を変更' }).click();
      await alma.app.locator('#closure-to').fill(dateFromNow(24));
      await alma.app.getByTestId('plan-closure').click();
      await alma.app.getByText('日付を変更しました').waitFor();
      const moved = alma.app.locator('[data-state=planned]', { hasText: dateFromNow(24) });
      await moved.getByRole('button', { name: '予定を取り消す' }).click();
      await alma.app.locator('[data-state=cancelled]', { hasText: dateFromNow(24) }).waitFor();
      expect(await violationsOf(alma)).toEqual([]);
    },
  );

  scenario(
    'the gateway carries a closure out, waits for NACSIS-ILL, and opens again when it is ended',
    async (world) => {
      const { alma, nacsis } = world;
      const [own] = await nacsis.accounts();
      const { memberId = '' } = own ?? {};
      await nacsis.changeMember(memberId, { LOANS: 'N' });
      await open(alma, '/members/closures');
      await nacsis.addFault({ match: { method: 'UPDATE' }, do: 'status', code: 500, times: 1 });
      await alma.app.locator('#closure-from').fill(dateFromNow(0));
      await alma.app.locator('#closure-to').fill(dateFromNow(3));
      await alma.app.getByTestId('plan-closure').click();
      const running = alma.app.locator('[data-state=running]');
      await running.getByTestId('closure-failure').waitFor();
      await running.getByText('サービスを止めました。').waitFor({ timeout: 100_000 });
      const closed = await nacsis.member(memberId);
      expect([closed['STAT'], closed['COPYS'], closed['LOANS']]).toEqual(['N', 'A', 'N']);
      await running.getByRole('button', { name: '今すぐ終える' }).click();
      const ended = alma.app.locator('[data-state=ended]', { hasText: 'サービスを再開しました。' });
      await ended.waitFor({ timeout: 60_000 });
      const opened = await nacsis.member(memberId);
      expect([opened['STAT'], opened['LOANS']]).toEqual(['A', 'N']);
    },
  );

  for (const lang of ['ja', 'en'] as const)
    for (const size of [SIDEBAR, FULL_SCREEN])
      scenario(`fits ${String(size.width)} px, ${lang}`, async ({ alma }) => {
        await alma.search('該当なし', { lang });
        if (size === FULL_SCREEN) await alma.goFullScreen();
        await fitFrame(alma, size);
        for (const [path, part] of [
          ['/members', '[type=submit]'],
          ['/members/own', '#own-service'],
          ['/members/closures', '[data-testid=plan-closure]'],
        ] as const) {
          await alma.goInApp(path);
          await alma.app.locator(part).waitFor();
          expect([path, await isInView(alma.app.locator(part)), await scrollsSideways(alma)]).toEqual([
            path,
            true,
            false,
          ]);
        }
      });
});

async function open(alma: AlmaPage, path: string): Promise<void> {
  await alma.search('該当なし');
  await alma.app.locator('nav.tools').waitFor();
  await alma.goInApp(path);
  await alma.app.locator('h1').first().waitFor();
}

async function find(alma: World['alma'], words: string): Promise<void> {
  await alma.app.locator('#member-words').fill(words);
  if (words !== '') await alma.app.getByRole('button', { name: '館を探す' }).click();
}

async function save(alma: AlmaPage): Promise<void> {
  await alma.app.getByTestId('own-save').click();
  await alma.app.getByText('保存しました').waitFor({ timeout: 60_000 });
}
