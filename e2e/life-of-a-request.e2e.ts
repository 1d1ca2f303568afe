import { RequestPanel } from './support/request-panel';
import { useStack, type World } from './support/scenario';

const DAY = 86_400_000;
/** As a date field takes it. */
const dayFromNow = (days: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Tokyo' }).format(Date.now() + days * DAY);

/** The app is open in Alma, beside nothing in particular. */
async function panelIn({ alma }: World): Promise<RequestPanel> {
  await alma.search('新潟');
  await alma.app.locator('h1').first().waitFor();
  return new RequestPanel(alma);
}

/** Ids of the libraries that lend, in the order in which they are asked. */
async function lendersOf({ nacsis }: World, count = 3): Promise<readonly string[]> {
  return (await nacsis.accounts()).slice(1, 1 + count).map(({ memberId }) => memberId);
}

describe('point 2: every action of the borrower', () => {
  const scenario = useStack();

  scenario('straight path of a copy: order, accept, receive', async (world) => {
    const { nacsis } = world;
    const panel = await panelIn(world);
    const [id = ''] = await nacsis.seedIn({ side: 'borrower', kind: 'copy', state: '準備中' });
    await panel.open('borrower', id);
    await panel.perform('order');
    await panel.isIn('未処理');
    await nacsis.step(id, 'ships');
    await nacsis.step(id);
    await panel.reload();
    await panel.isIn('発送');
    await panel.choose('accept');
    await panel.isIn('到着処理中');
    await panel.choose('receive');
    await panel.isIn('確認');
    expect((await nacsis.record(id))['STAT']).toBe('確認');
  });

  scenario('straight path of a loan: order, accept, receive with the due date shown first, return', async (world) => {
    const { nacsis } = world;
    const panel = await panelIn(world);
    const [lender = ''] = await lendersOf(world);
    const [id = ''] = await nacsis.seedIn({ side: 'borrower', kind: 'loan', state: '準備中' });
    await panel.open('borrower', id);
    await panel.perform('order');
    await panel.isIn('未処理');
    await nacsis.perform(lender, 'RECEIVE', id);
    await nacsis.perform(lender, 'SEND', id);
    await panel.reload();
    await panel.choose('accept');
    await panel.isIn('到着処理中');
    await panel.choose('receive');
    await panel.form.getByText(`返却期限：${dayFromNow(30)}`).waitFor();
    await panel.send();
    await panel.isIn('借用中');
    await panel.choose('return');
    await panel.isIn('返送');
    await nacsis.perform(lender, 'RECEIVE', id);
    await nacsis.perform(lender, 'OK', id);
    await panel.reload();
    await panel.isIn('返却確認');
  });
});
