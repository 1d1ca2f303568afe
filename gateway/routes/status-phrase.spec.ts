import { CatpNacsis } from '../nacsis/catp-nacsis';
import type { Store } from '../store/open-store';
import { specStore } from '../testing/spec-stores';
import { answering, type CatpServer } from '../testing/catp-server';
import { orderBody } from '../testing/order-body';
import { specApp, type SpecApp } from '../testing/spec-app';
import { startSmallNacsis } from '../testing/small-nacsis';

const PATRON = '利用者 001';
const RECORD = `ID=LA0000000099\r\nSTAT=未処理\r\nCLNT=${PATRON}\r\nCLNTP=理学部 001\r\n`;

describe('a refusal of NACSIS-ILL that carries a whole record', () => {
  let store: Store;
  let nacsis: CatpServer;
  let port: CatpNacsis;
  let spec: SpecApp;

  beforeEach(async () => {
    store = await specStore();
    nacsis = await startSmallNacsis();
    port = new CatpNacsis(nacsis.settings());
    spec = await specApp(store, { port });
  });
  afterEach(async () => {
    await spec.app.close();
    await port.close();
    await nacsis.close();
    await store.close();
  });

  const order = (key: string) => spec.call('POST', '/api/v1/requests', { key, body: orderBody({ applicant: 'P-1' }) });

  for (const [status, reason] of [
    ['409', 'NOT ALLOWED IN THIS STATE'],
    ['500', 'SERVER ERROR'],
  ] as const) {
    it(`is told by its status phrase alone, in the answer, the journal and the log: ${status}`, async () => {
      nacsis.always('SERVERPROCEDURECALL', answering({ status, reason, body: RECORD }));
      const replies = [await order('key-of-phrase'), await order('key-of-phrase')];
      for (const { status: answered, problem } of replies) {
        expect(answered).toBeGreaterThan(399);
        expect(JSON.stringify(problem)).not.toMatch(/利用者|理学部|LA0000000099/);
      }
      const refused = replies.map(({ problem }) => problem.nacsis).filter((words) => words !== undefined);
      expect(refused.every(({ message }) => message === reason)).toBeTrue();
      const rows = JSON.stringify(await store.db.selectFrom('journal').selectAll().execute());
      expect(rows).toContain('key-of-phrase');
      expect(rows).not.toMatch(/利用者|理学部/);
      expect(spec.log.join('\n')).not.toMatch(/利用者|理学部/);
    });
  }

  it('is told by no more than that where something is only read', async () => {
    nacsis.always('SEARCH', answering({ status: '403', reason: 'NOT PERMITTED', body: RECORD }));
    const replies = [
      await spec.call('GET', '/api/v1/catalog?library=RES_SHARE&form=book&title=x'),
      await spec.call('POST', '/api/v1/requests/refresh', { body: { full: true } }),
    ];
    expect(replies[0]?.problem.nacsis).toEqual({ status: '403', message: 'NOT PERMITTED' });
    expect(JSON.stringify(replies.map(({ json }) => json))).not.toMatch(/利用者|理学部/);
    expect(spec.log.join('\n')).not.toMatch(/利用者|理学部/);
  });
});
