import { recordOfRequest } from '#catp/ill-record';
import type { ActionAnswer, RequestView } from '#domain/api/requests';
import type { Problem } from '#domain/api/problem';
import type { IllRequest } from '#domain/ill/request';
import { STATES, type StateId } from '#domain/ill/states';
import { buildApp } from '../app';
import { Callers } from '../caller';
import { GatewayError } from '../gateway-error';
import { Metrics } from '../metrics';
import { CatpNacsis } from '../nacsis/catp-nacsis';
import type { NacsisAccount } from '../nacsis/port';
import { NACSIS_DEFAULTS } from '../nacsis/settings';
import { servicesOf, type Services } from '../services';
import type { Store } from '../store/open-store';
import { idleBridge } from './idle-bridge';
import { PreparedRuns } from './prepared-runs';
import { SimulatorProcess } from '../../test/support/simulator-process';

type Counters = Readonly<Partial<Record<string, number>>>;

interface WireCall {
  readonly key?: string;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}
interface Acted {
  readonly status: number;
  readonly answer: ActionAnswer;
  readonly problem: Problem;
}

let keys = 0;
/** Seconds that the gateway waits for an effect of a command without an answer. */
export const SETTLE_SECONDS = 30;

/**
 * The gateway on its own port, connected to the NACSIS-ILL simulator. Each account of the simulator is the only library
 * of an institution: `INST0`, `INST1` …
 */
export class WireApp {
  private constructor(
    readonly simulator: SimulatorProcess,
    readonly accounts: readonly NacsisAccount[],
    /** Another client of NACSIS-ILL, unknown to the gateway. */
    readonly otherClient: CatpNacsis,
    readonly services: Services,
    private readonly nacsis: CatpNacsis,
    private readonly app: Awaited<ReturnType<typeof buildApp>>,
    private readonly url: string,
    private readonly clock: { ahead: number },
  ) {}

  static async start({ db }: Pick<Store, 'db'>): Promise<WireApp> {
    const simulator = await SimulatorProcess.nacsis();
    const accounts = await simulator.read<readonly NacsisAccount[]>('accounts');
    const settings = { ...NACSIS_DEFAULTS, url: `${simulator.url}/catp` };
    const nacsis = new CatpNacsis(settings);
    const roles = { permissionsOf: () => Promise.resolve({ mayRead: true, mayAct: true, mayManage: false }) };
    const callers = new Callers({ verify: (token) => verified(token, accounts) }, roles);
    const limits = { callTimeoutMs: 20_000, settleSeconds: SETTLE_SECONDS };
    const clock = { ahead: 0 };
    const now = () => new Date(Date.now() + clock.ahead);
    const parts = { db, nacsis, callers, metrics: new Metrics(), mode: 'lenient', now } as const;
    const services = servicesOf({
      ...{ ...parts, ...limits, imports: new PreparedRuns(), statusMap: [] },
      bridge: idleBridge(db, now),
    });
    const app = await buildApp(services, { corsOrigins: [] });
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    return new WireApp(simulator, accounts, new CatpNacsis(settings), services, nacsis, app, url, clock);
  }

  async close(): Promise<void> {
    await this.app.close();
    await Promise.all([this.nacsis.close(), this.otherClient.close()]);
    await this.simulator.stop();
  }

  /** Moves the gateway's clock forward by this many seconds. */
  pass(seconds: number): void {
    this.clock.ahead += seconds * 1000;
  }

  newKey(): string {
    return `wire-key-${String((keys += 1)).padStart(6, '0')}`;
  }

  memberId(library: number): string {
    return this.accounts[library]?.memberId ?? '';
  }

  call(
    library: number,
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    { key, body, signal }: WireCall = {},
  ): Promise<Response> {
    return fetch(`${this.url}/api/v1/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${String(library)}`,
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  }

  async read(library: number, side: 'borrower' | 'lender', id: string, fresh = false): Promise<RequestView> {
    const response = await this.call(library, 'GET', `requests/${id}?side=${side}&fresh=${String(fresh)}`);
    if (!response.ok) throw new Error(await response.text());
    return ((await response.json()) as { readonly request: RequestView }).request;
  }

  async act(
    library: number,
    request: Pick<RequestView, 'id' | 'side' | 'version'>,
    action: string,
    params: object = {},
    key = this.newKey(),
  ): Promise<Acted> {
    const { id, side, version } = request;
    const response = await this.call(library, 'POST', `requests/${id}/actions`, {
      key,
      body: { side, action, version, params },
    });
    const json: unknown = await response.json();
    return { status: response.status, answer: json as ActionAnswer, problem: json as Problem };
  }

  /** Calls at the simulator since `before`, by method and command. */
  async calls(before: Counters = {}): Promise<Counters> {
    const now = await this.simulator.read<Counters>('counters');
    const differences = Object.entries(now).map(([name, count = 0]) => [name, count - (before[name] ?? 0)] as const);
    return Object.fromEntries(differences.filter(([, count]) => count > 0));
  }

  /** Adds requests to the simulator: from the library INST1, to INST0 first and INST2 next. */
  async seed(state: StateId, count = 1, changes: Partial<IllRequest> = {}): Promise<readonly string[]> {
    const [lenderId = '', borrowerId = '', nextId = ''] = this.accounts.map(({ memberId }) => memberId);
    const { kind = 'copy', fields = {}, history = [{ command: 'ORDER', memberId: borrowerId }] } = changes;
    const externalStatus = STATES[state].wire;
    const lenders = [{ memberId: lenderId }, { memberId: nextId }];
    const given = { borrowerId, lenderId, lenders, payment: 'pb', bibNote: '見本の資料', state: externalStatus };
    const request = { id: '', kind, state, externalStatus, fields: { ...given, ...fields }, history };
    const { ID: _id, ...record } = recordOfRequest(request);
    const seeds = Array.from({ length: count }, () => ({ ...record, SRVCE: kind === 'copy' ? 'C' : 'L' }));
    const seeded = await this.simulator.write<readonly { readonly ID: string }[]>('records', seeds);
    return seeded.map(({ ID }) => ID);
  }
}

function verified(token: string | undefined, accounts: readonly NacsisAccount[]) {
  const number = Number(token?.replace('Bearer ', ''));
  const account = accounts[number];
  if (account === undefined) return Promise.reject(new GatewayError('unauthenticated'));
  const { memberId } = account;
  const library = { code: 'RES_SHARE', name: '相互利用係', memberId, account };
  const institution = { code: `INST${String(number)}`, almaApiKey: 'spec-api-key', libraries: [library] };
  return Promise.resolve({ institution, userId: 'staff001' });
}
