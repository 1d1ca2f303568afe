import { useStack } from './support/scenario';

describe('Point 9, training:', () => {
  const scenario = useStack();

  scenario(
    'the other library accepts and ships by itself, some seconds after it was ordered from',
    async ({ nacsis }) => {
      const [id = ''] = await nacsis.seedIn({ side: 'borrower', kind: 'copy', state: '未処理' });
      await nacsis.script('ships', { requests: [id], afterSeconds: 0.2 });
      for (let tries = 0; tries < 100 && (await nacsis.record(id))['STAT'] !== '発送'; tries += 1)
        await new Promise((resolve) => setTimeout(resolve, 100));
      expect((await nacsis.record(id))['STAT']).toBe('発送');
      await nacsis.stopScripts();
    },
  );

  scenario('each candidate refuses along a rota with a suspended member in it', async ({ nacsis }) => {
    const [, first = '', second = '', third = ''] = (await nacsis.accounts()).map(({ memberId }) => memberId);
    await nacsis.changeMember(second, { STAT: 'N' });
    const partners = [first, second, third];
    const [id = ''] = await nacsis.seedIn({ side: 'borrower', kind: 'loan', state: '未処理', partners });
    await nacsis.step(id, 'refuses');
    expect(await nacsis.step(id, 'refuses')).toEqual(jasmine.objectContaining({ STAT: '未処理', AMLID: third }));
    await nacsis.step(id, 'refuses');
    expect(await nacsis.step(id, 'refuses')).toEqual(jasmine.objectContaining({ STAT: '新着照会', AMLID: third }));
  });

  scenario('other libraries order from the first one, and act over the wire', async ({ nacsis }) => {
    const orders = await nacsis.order({ kind: 'loan', count: 2 });
    const [me = ''] = (await nacsis.accounts()).map(({ memberId }) => memberId);
    expect(orders.map(({ STAT, AMLID }) => [STAT, AMLID])).toEqual([
      ['未処理', me],
      ['未処理', me],
    ]);
    const { ID: id, OMLID: borrower } = orders[0] ?? {};
    await nacsis.perform(me, 'RECEIVE', String(id));
    await nacsis.perform(me, 'SEND', String(id));
    await nacsis.perform(String(borrower), 'RECEIVE', String(id));
    expect((await nacsis.perform(String(borrower), 'BORROW', String(id)))['STAT']).toBe('借用中');
    await expectAsync(nacsis.perform(String(borrower), 'OK', String(id))).toBeRejectedWithError(/409/);
  });

  scenario('a request stands in every state of either side and kind when it is wanted', async ({ nacsis }) => {
    const states = ['準備中', '処理中', '照会', 'クレーム回答待', 'CANCEL'];
    const wanted = states.flatMap((state) =>
      (['borrower', 'lender'] as const).flatMap((side) =>
        (['copy', 'loan'] as const).map((kind) => ({ side, kind, state })),
      ),
    );
    const ids = await nacsis.seedIn(...wanted, { side: 'borrower', kind: 'loan', state: '返却確認', entries: 50 });
    const seen = await Promise.all(ids.map(async (id) => (await nacsis.record(id))['STAT']));
    expect(seen).toEqual([...wanted.map(({ state }) => state), '返却確認']);
  });

  scenario('Alma has lists of borrowing and lending requests, and a page for each', async ({ alma }) => {
    const rows = alma.page.locator('main .results li');
    await alma.openBorrowingList();
    expect(await rows.count()).toBe(20);
    await alma.openLendingList(2);
    expect(await rows.count()).toBe(11);
    await alma.openLendingRequest();
    await alma.page.locator('main').getByText('LA9000000013').waitFor();
    await alma.openBorrowingRequest('LA9000000001');
    await alma.page.locator('main').getByText('LA9000000001').waitFor();
    await alma.openBorrowingRequest('LA9000000002');
    await alma.page.locator('main').getByText('NACSIS-ILL LA9000000002').waitFor();
    const added = await alma.addRequest({ side: 'lending', external_id: 'LA9000000099', title: '新しい依頼' });
    await alma.openLendingRequest('LA9000000099');
    expect(alma.page.url()).toContain(added);
  });
});
