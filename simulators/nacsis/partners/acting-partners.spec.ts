import { historyOf, idOf, orderBody, startSpecServer, type SpecServer } from '../testing/spec-server';

describe('ActingPartners in a mixture', () => {
  let server: SpecServer;
  afterEach(async () => server.close());

  async function until(id: string, state: string): Promise<void> {
    for (let tries = 0; tries < 400; tries += 1) {
      if ((await server.record(id))['STAT'] === state) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    fail(`${id} never came to ${state}`);
  }

  it('accept and ship, refuse, and leave the seed alone', async () => {
    server = await startSpecServer({ partners: true, partnerPaceMs: 2 });
    const seeded = server.world.requests.all().map(({ record }) => record);
    const client = await server.client(server.ids[0] ?? '');
    const refusing = server.ids[3] ?? '';
    const shipping = server.ids[1] ?? '';
    const id = idOf(await client.command('LOANO', 'ORDER', orderBody([refusing, shipping])));
    await until(id, '発送');
    expect(historyOf(await server.record(id)).map((entry) => entry.split(' ').slice(0, 2).join(' '))).toEqual([
      `ORDER ${server.ids[0] ?? ''}`,
      `RECEIVE ${refusing}`,
      `PARDON ${refusing}`,
      `RECEIVE ${shipping}`,
      `SEND ${shipping}`,
    ]);
    await client.command('LOANO', 'RECEIVE', { ID: id });
    await client.command('LOANO', 'BORROW', { ID: id });
    await client.command('LOANO', 'SENDBACK', { ID: id, BDATE: '20260420' });
    await until(id, '返却確認');
    expect(
      server.world.requests
        .all()
        .slice(0, seeded.length)
        .map(({ record }) => record),
    ).toEqual(seeded);
  });

  it('do nothing unless they are asked for', async () => {
    server = await startSpecServer({ partnerPaceMs: 2 });
    const client = await server.client(server.ids[0] ?? '');
    const id = idOf(await client.command('LOANO', 'ORDER', orderBody(server.ids.slice(1, 2))));
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect((await server.record(id))['STAT']).toBe('未処理');
  });
});
