import { OrderFlow } from './support/order-flow';
import { useStack } from './support/scenario';

const TITLE = '新潟の地誌';
/** Longer than the SDK's timeout of half a minute. The app's own limit is shorter. */
const HOST_TIMEOUT = 60_000;

describe('when Alma answers oddly', () => {
  const scenario = useStack();

  scenario('late: the record is read when it comes', async ({ alma }) => {
    await alma.setUpHost({ delays: { CALL_REST_API: 4_000 } });
    await alma.search(TITLE);
    await alma.openRecord(TITLE);
    await new OrderFlow(alma).foundRecord.waitFor();
  });

  scenario('twice: one request', async ({ alma, nacsis }) => {
    await alma.setUpHost({
      twice: { CALL_REST_API: true, JWT_AUTH_TOKEN: true, PAGE_METADATA: true, INIT_DATA: true },
    });
    await alma.search(TITLE);
    await alma.openRecord(TITLE);
    const flow = new OrderFlow(alma);
    await flow.keepLenders(1);
    await flow.order();
    await flow.orderedId();
    expect((await nacsis.counters())['ORDER']).toBe(1);
  });

  scenario('not at all: it says so, offers to try again, and what was typed stays', async ({ alma }) => {
    await alma.setUpHost({ silent: { CALL_REST_API: true } });
    await alma.search(TITLE);
    await alma.openRecord(TITLE);
    const flow = new OrderFlow(alma);
    await flow.type('論文関係事項', '髙橋の民俗');
    await flow.expectError('Alma の画面から応答がありません', HOST_TIMEOUT);
    await alma.answerAgain('CALL_REST_API');
    await alma.app.getByRole('button', { name: '再試行' }).click();
    await flow.foundRecord.waitFor();
    expect(await flow.field('論文関係事項').first().inputValue()).toBe('髙橋の民俗');
  });

  scenario('without a token: it says so', async ({ alma }) => {
    await alma.setUpHost({ errors: { JWT_AUTH_TOKEN: { message: 'no token' } } });
    await alma.search(TITLE);
    await alma.app.getByRole('alert').getByText('Alma に断られました').first().waitFor();
  });

  scenario('with a page that changes while something is typed: it asks before it follows', async ({ alma }) => {
    await alma.search('地誌');
    await alma.openRecord(TITLE);
    const flow = new OrderFlow(alma);
    await flow.foundRecord.waitFor();
    await flow.type('論文関係事項', '髙橋の民俗');
    await alma.backToResults();
    await alma.openRecord('佐渡の地誌');
    await alma.app.getByText('Alma の画面が別のレコードに変わりました').waitFor();
    await alma.app.getByRole('button', { name: 'このまま続ける' }).click();
    expect(await flow.field('論文関係事項').first().inputValue()).toBe('髙橋の民俗');
  });
});

describe('difficult records of Alma', () => {
  const scenario = useStack();
  const WORDS = [
    '図書 & 雑誌',
    'AT&T',
    '地名考',
    '長い題名の見本',
    '番号の誤った見本',
    '空の副フィールドの見本',
    '壊れた MARCXML の見本',
  ];

  for (const words of WORDS) {
    scenario(`never leave the screen blank: ${words}`, async ({ alma }) => {
      await alma.search(words);
      await alma.openFirstResult();
      await alma.app.getByRole('heading', { name: '依頼を作成' }).waitFor();
      await alma.app.getByRole('button', { name: '検索', exact: true }).waitFor();
    });
  }
});
