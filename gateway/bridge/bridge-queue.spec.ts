import { DEFAULT_INTEGRATION } from '#domain/imports/integration';
import type { InstitutionConfig, LibraryConfig } from '../config';
import { Jobs } from '../jobs/jobs';
import type { Store } from '../store/open-store';
import { INSTITUTION, LIBRARY, notification, OWN, PARTNER, SpecBridge, SpecPartner } from '../testing/spec-bridge';
import { specStores } from '../testing/spec-stores';
import { BridgeQueue } from './bridge-queue';
import { BridgeWorker } from './bridge-worker';
import { DeliveryWork } from './delivery';
import { NewsLook } from './news-look';
import { OwedCommands } from './owed-commands';
import { BRIDGE_DEFAULTS } from './settings';

/** Time limit of a spec in milliseconds; conditions are polled. */
const PATIENCE = 60_000;
const LIBRARY_CONFIG: LibraryConfig = {
  ...{ code: LIBRARY, name: '相互利用係', memberId: OWN },
  account: { memberId: OWN, user: 'spec', password: 'spec-password' },
  iso18626: { ...PARTNER, secret: { current: () => ['s'.repeat(32)] } },
  integration: { ...DEFAULT_INTEGRATION, writer: 'iso18626' },
};
const AT: InstitutionConfig = { code: INSTITUTION, almaApiKey: 'key', libraries: [LIBRARY_CONFIG] };

for (const { name, open } of specStores()) {
  describe(`the bridge's queue on ${name}`, () => {
    let store: Store;
    let drop: () => Promise<void>;
    let spec: SpecBridge;
    let alma: SpecPartner;
    let begun: Jobs[];
    let failures: unknown[];
    let inboxes: number;

    beforeEach(async () => {
      ({ store, drop } = await open());
      spec = new SpecBridge(store.db);
      [alma, begun, failures, inboxes] = [new SpecPartner(), [], [], 0];
    });
    afterEach(async () => {
      await Promise.all(begun.map((jobs) => jobs.stop()));
      await drop();
    });

    const gateway = async (): Promise<BridgeQueue> => {
      const { db } = store;
      const [now, failed] = [() => new Date(), (error: unknown) => void failures.push(error)];
      const jobs = new Jobs({ database: store.jobs, embedded: store.embedded, failed });
      begun.push(jobs);
      const worker = new BridgeWorker({
        ...{ db, now, failed, readingMinutes: 0 },
        inbox: {
          isDue: () => Promise.resolve(false),
          step: () => {
            inboxes += 1;
            return Promise.resolve({ isMore: false });
          },
        },
        look: new NewsLook({
          ...{ db, now },
          newsOf: ({ record }, told) => ({
            messages: [notification('変わりました')],
            told: { ...told, historyLength: record.history.length },
          }),
        }),
        owed: new OwedCommands({ db, now, failed, actions: { act: never }, requests: { read: never } }),
        delivery: new DeliveryWork({ db, partner: alma, settings: BRIDGE_DEFAULTS, now }),
        reading: { refreshOrTell: () => Promise.reject(new Error('no reading')) },
        readings: { oldest: () => Promise.resolve(new Date()) },
      });
      const queue = new BridgeQueue({ jobs, institutions: [AT], failed });
      await jobs.start();
      await queue.start(worker);
      return queue;
    };
    const until = async (is: () => boolean | Promise<boolean>): Promise<void> => {
      while (!(await is())) await new Promise((resolve) => setTimeout(resolve, 50));
    };

    it(
      'begins with a kick, and lets two gateways tell each change once',
      async () => {
        const [one, other] = [await gateway(), await gateway()];
        await until(async () => {
          const begun = await store.db.selectFrom('bridge_progress').selectAll().execute();
          return begun.length === 1;
        });
        const ids = Array.from({ length: 25 }, (_, at) => `LA00000000${String(at + 10)}`);
        for (const id of ids) await spec.transaction(await spec.deliver({ id }));
        for (const id of ids) await spec.deliver({ id, state: 'PROCESSING' });
        await Promise.all([one.kick(INSTITUTION), other.kick(INSTITUTION)]);
        await until(async () => (await spec.outbox()).filter((each) => each.endsWith(' done')).length === ids.length);
        expect(alma.got.length).toBe(ids.length);
        expect(inboxes).toBeGreaterThan(0);
        expect(failures).toEqual([]);
      },
      PATIENCE,
    );

    it(
      'looks after each institution, whatever the fault of another',
      async () => {
        const jobs = new Jobs({ database: store.jobs, embedded: store.embedded, failed: fail });
        begun.push(jobs);
        const stepped: string[] = [];
        const others = ['BROKEN', 'SOUND'].map((code) => ({ ...AT, code }));
        const queue = new BridgeQueue({ jobs, institutions: others, failed: (error) => void failures.push(error) });
        await jobs.start();
        await queue.start({
          isDue: ({ code }) => (code === 'BROKEN' ? Promise.reject(new Error('broken')) : Promise.resolve(true)),
          step: ({ code }) => Promise.resolve(void stepped.push(code)).then(() => false),
        });
        await until(() => stepped.length > 0);
        expect(stepped[0]).toBe('SOUND');
        expect(failures.length).toBeGreaterThan(0);
      },
      PATIENCE,
    );

    it(
      'finds by itself what nobody told it',
      async () => {
        await gateway();
        await until(async () => (await store.db.selectFrom('bridge_progress').selectAll().execute()).length === 1);
        await spec.deliver({ id: 'LA0000000022', side: 'lender' });
        await store.db.updateTable('requests').set({ changed_at: new Date() }).execute();
        await until(() => alma.got.length === 1);
        expect(alma.headers[0]?.[0]).toBe('LA0000000022');
        expect(failures).toEqual([]);
      },
      PATIENCE,
    );
  });
}

function never(): Promise<never> {
  return Promise.reject(new Error('nothing is owed'));
}
