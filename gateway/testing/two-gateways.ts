import { randomUUID } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import pg from 'pg';
import { removeFolder } from '../../test/support/remove-folder';
import { SimulatorProcess } from '../../test/support/simulator-process';
import { AlmaProcess, INSTITUTION } from './alma-process';
import { GatewayProcess } from './gateway-process';
import { makeDatabase } from './spec-database';
import { specServer } from './spec-stores';

const LIBRARY = 'RES_SHARE';
const AUDIENCE = 'ExlCloudApp:nacsis-ill-for-alma';
const MANAGER = 'manager001';

interface Account {
  readonly memberId: string;
  readonly user: string;
  readonly password: string;
}
type Secrets = Readonly<Record<'SPEC_API_KEY' | 'SPEC_PASSWORD' | 'DATABASE_URL', string>>;

/** One of the two gateways. */
export class OneGateway {
  readonly #process: GatewayProcess;

  constructor(
    readonly url: string,
    config: string,
    env: Secrets,
    private readonly alma: AlmaProcess,
  ) {
    this.#process = new GatewayProcess(config, env);
  }

  ready(): Promise<void> {
    return this.#process.ready(this.url);
  }

  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    return this.#process.end(signal);
  }

  async call<T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<T> {
    const { token } = await this.alma.read<{ token: string }>(`token?user=${MANAGER}`);
    const json: Readonly<Record<string, string>> = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { 'authorization': `Bearer ${token}`, 'idempotency-key': randomUUID(), ...json },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
    return JSON.parse(text) as T;
  }

  /** Number of calls to Alma since its start. */
  async almaCalls(): Promise<number> {
    const metrics = await (await fetch(`${this.url}/metrics`)).text();
    const counts = [...metrics.matchAll(/^gateway_alma_seconds_count\{[^}]*\} (\d+)$/gm)];
    return counts.reduce((sum, [, count]) => sum + Number(count), 0);
  }
}

/** Two gateways in their own processes on one new database, with both simulators. */
export class TwoGateways {
  readonly gateways: OneGateway[] = [];

  private constructor(
    readonly database: pg.Client,
    readonly nacsis: SimulatorProcess,
    readonly alma: AlmaProcess,
    readonly accounts: readonly Account[],
    private readonly store: { readonly url: string; readonly drop: () => Promise<void> },
    private readonly folder: string,
  ) {}

  static async start(): Promise<TwoGateways> {
    const store = await makeDatabase(await specServer());
    const nacsis = await SimulatorProcess.nacsis();
    const alma = await AlmaProcess.start().catch(async (error: unknown) => {
      await nacsis.stop();
      throw error;
    });
    const database = new pg.Client({ connectionString: store.url });
    await database.connect();
    const accounts = await nacsis.read<readonly Account[]>('accounts');
    const folder = await mkdtemp(join(tmpdir(), 'two-gateways-'));
    const two = new TwoGateways(database, nacsis, alma, accounts, store, folder);
    try {
      await alma.set({ apiCallsPerSecond: 100_000, apiCallsPerDay: 10_000_000 });
      await two.begin();
      await two.begin();
      return two;
    } catch (error) {
      await two.end();
      throw error;
    }
  }

  /** Starts another gateway. */
  async begin(): Promise<OneGateway> {
    const port = await getPort();
    const config = join(this.folder, `${String(port)}.json`);
    await writeFile(config, JSON.stringify(this.#config(port)));
    const env = {
      SPEC_API_KEY: (await this.alma.access()).apiKey,
      SPEC_PASSWORD: this.accounts[0]?.password ?? '',
      DATABASE_URL: this.store.url,
    };
    const gateway = new OneGateway(`http://127.0.0.1:${String(port)}`, config, env, this.alma);
    this.gateways.push(gateway);
    await gateway.ready();
    return gateway;
  }

  async kill(gateway: OneGateway): Promise<void> {
    await gateway.end('SIGKILL');
    this.gateways.splice(this.gateways.indexOf(gateway), 1);
  }

  async rows<T extends pg.QueryResultRow>(text: string): Promise<readonly T[]> {
    return (await this.database.query<T>(text)).rows;
  }

  async end(): Promise<void> {
    await Promise.all(this.gateways.map((gateway) => gateway.end('SIGTERM')));
    await Promise.all([this.nacsis.stop(), this.alma.stop(), this.database.end()]);
    await this.store.drop();
    await removeFolder(this.folder);
  }

  #config(port: number): object {
    const { memberId = '', user = '' } = this.accounts[0] ?? {};
    const account = { user, password: { env: 'SPEC_PASSWORD' } };
    const library = { code: LIBRARY, name: '相互利用係', memberId, account };
    return {
      listen: { host: '127.0.0.1', port },
      store: {},
      nacsis: { url: `${this.nacsis.url}/catp` },
      auth: { audience: AUDIENCE, jwksUrl: `${this.alma.url}/auth/{institution}/jwks.json` },
      alma: { url: this.alma.url, callsPerSecond: 1000, createSettleSeconds: 1, callTimeoutMs: 2_000 },
      imports: { stepSeconds: 1 },
      cors: { origins: [] },
      logLevel: 'warn',
      institutions: [{ code: INSTITUTION, almaApiKey: { env: 'SPEC_API_KEY' }, libraries: [library] }],
    };
  }
}
