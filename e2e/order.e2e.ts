import { OrderFlow } from './support/order-flow';
import { useStack } from './support/scenario';
import type { NacsisSim, WireRecord } from './support/nacsis-sim';

/** Characters outside JIS X 0208. The second one is outside the Basic Multilingual Plane. */
const RARE = '髙橋・𠮷野の民俗';
const MONOGRAPH = '新潟の地誌';
const SERIAL = '日本地域文化学会紀要';

describe('ordering from a catalogue record', () => {
  const scenario = useStack();

  scenario('a copy from a monograph, with characters beyond JIS X 0208 exact on the wire', async ({ alma, nacsis }) => {
    const flow = await open(new OrderFlow(alma), MONOGRAPH);
    await flow.setKind('複写');
    await flow.keepLenders(2);
    await flow.type('論文関係事項', RARE);
    await flow.order();
    const record = await confirmed(flow, nacsis);
    expect(record['TYPE']).toBe('電子複写');
    expect(record['ARTCL']).toBe(RARE);
    expect(record['VLNO']).toBe('不明');
    expect((record['HMLG'] as readonly unknown[]).length).toBe(2);
    await expectExactBytes(nacsis, RARE);
  });

  scenario('a loan from a monograph', async ({ alma, nacsis }) => {
    const flow = await open(new OrderFlow(alma), MONOGRAPH);
    await flow.keepLenders(5);
    await flow.order();
    const record = await confirmed(flow, nacsis);
    expect(record['TYPE']).toBeUndefined();
    expect((record['HMLG'] as readonly unknown[]).length).toBe(5);
  });

  scenario('a copy from a serial', async ({ alma, nacsis }) => {
    const flow = await open(new OrderFlow(alma), SERIAL);
    await flow.keepLenders(1);
    await flow.type('巻号', '12(3)');
    await flow.type('年次', '2019');
    await flow.type('ページ', '45-50');
    await flow.order();
    const record = await confirmed(flow, nacsis);
    expect([record['VLNO'], record['YEAR'], record['PAGE']]).toEqual(['12(3)', '2019', '45-50']);
  });

  scenario('a loan from a serial', async ({ alma, nacsis }) => {
    const flow = await open(new OrderFlow(alma), SERIAL);
    await flow.setKind('貸借');
    await flow.keepLenders(1);
    await flow.type('巻号', '12');
    await flow.order();
    await confirmed(flow, nacsis);
  });

  scenario(
    'in English, on a narrow screen',
    async ({ alma, nacsis }) => {
      await alma.search(MONOGRAPH, { lang: 'en' });
      await alma.openRecord(MONOGRAPH);
      await alma.app.getByRole('heading', { name: 'Lenders' }).waitFor();
      const flow = new OrderFlow(alma);
      await flow.rota.first().waitFor();
      await flow.order();
      await confirmed(flow, nacsis);
    },
    { width: 800 },
  );

  scenario('two clicks on the button are one request', async ({ alma, nacsis }) => {
    const flow = await open(new OrderFlow(alma), '佐渡の地誌');
    await flow.keepLenders(1);
    await nacsis.addFault({ match: { command: 'ORDER' }, do: 'delay', ms: 500 });
    await flow.orderButton.dblclick();
    await flow.confirmButton.dblclick();
    await confirmed(flow, nacsis);
    expect((await nacsis.counters())['ORDER']).toBe(1);
  });

  scenario('what was typed is there again after a reload', async ({ alma }) => {
    const flow = await open(new OrderFlow(alma), '佐渡の民家');
    await flow.keepLenders(2);
    await flow.type('論文関係事項', RARE);
    await flow.draftState.getByText('下書き保存済み').waitFor();
    await alma.page.reload();
    await alma.app.getByRole('button', { name: '再開' }).click();
    await flow.rota.nth(1).waitFor();
    expect(await flow.field('論文関係事項').first().inputValue()).toBe(RARE);
  });
});

async function open(flow: OrderFlow, title: string): Promise<OrderFlow> {
  await flow.alma.search(title);
  await flow.alma.openRecord(title);
  await flow.foundRecord.waitFor();
  return flow;
}

/** NACSIS-ILL's record for the id that the app shows. */
async function confirmed(flow: OrderFlow, nacsis: NacsisSim): Promise<WireRecord> {
  const record = await nacsis.record(await flow.orderedId());
  expect(record['STAT']).toBe('未処理');
  return record;
}

/** Checks that the Content-Length of the message with `text` equals its length in bytes. */
async function expectExactBytes(nacsis: NacsisSim, text: string): Promise<void> {
  const order = (await nacsis.log())
    .map(({ request }) => request)
    .find((request) => request.includes('ILL-command: ORDER') && request.includes(text));
  const [head = '', body = ''] = order?.split(/\r\n\r\n/, 2) ?? [];
  expect(head).toContain('Encoding: UTF8');
  expect(Number(/^Content-Length: (\d+)$/m.exec(head)?.[1])).toBe(Buffer.byteLength(body));
}
