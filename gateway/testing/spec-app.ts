import type { FastifyInstance } from 'fastify';
import type { StatusMapRow } from '#domain/api/imports';
import type { Problem } from '#domain/api/problem';
import { buildApp } from '../app';
import type { Caller } from '../auth/token-verifier';
import { Callers } from '../caller';
import type { InstitutionConfig } from '../config';
import type { ConnectionLimits } from '../connections';
import { GatewayError } from '../gateway-error';
import { loggerOptions } from '../logger-options';
import { OperatorKey } from '../auth/operator-key';
import { Metrics } from '../metrics';
import type { NacsisPort } from '../nacsis/port';
import { servicesOf, type Services } from '../services';
import type { Store } from '../store/open-store';
import { idleBridge } from './idle-bridge';
import { PreparedRuns } from './prepared-runs';
import { SpecNacsis } from './spec-nacsis';

export const OWN_ID = 'FA090007';
export const LENDER_IDS = ['FA090018', 'FA090029', 'FA09003X', 'FA090040', 'FA090051', 'FA090062'] as const;
export const APP_ORIGIN = 'https://app.example';
export const SETTLE_SECONDS = 30;

const INSTITUTIONS: readonly InstitutionConfig[] = [
  institution('81SIM_INST', [
    ['RES_SHARE', OWN_ID],
    ['BRANCH', 'FA090062'],
  ]),
  institution('81SIM2_INST', [['RES_SHARE', 'FA090051']]),
];

/** Users of the specs. Their token is `Bearer INSTITUTION.USER`, and their names show their permissions. */
export const STAFF = 'Bearer 81SIM_INST.staff001';
export const COLLEAGUE = 'Bearer 81SIM_INST.staff002';
export const MANAGER = 'Bearer 81SIM_INST.manager001';
export const READER = 'Bearer 81SIM_INST.reader001';
export const NOBODY = 'Bearer 81SIM_INST.patron001';
export const STRANGER = 'Bearer 81SIM2_INST.staff001';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** The parsed body; undefined when there is none. */
  readonly json: unknown;
  readonly problem: Problem;
}

export interface CallOptions {
  /** The caller: `STAFF` by default; null for a call without a token. */
  readonly as?: string | null;
  readonly key?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface SpecApp {
  readonly app: FastifyInstance;
  readonly services: Services;
  readonly nacsis: SpecNacsis;
  readonly imports: PreparedRuns;
  /** Every log line, from level debug. */
  readonly log: string[];
  call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, options?: CallOptions): Promise<Reply>;
  newKey(): string;
  /** Moves the gateway's clock forward. */
  pass(seconds: number): void;
}

interface SpecAppOptions {
  /** A folder for the key of the command line; without it there is no key. */
  readonly dataDir?: string;
  readonly limits?: ConnectionLimits;
  /** Replaces the NACSIS-ILL of the specs. */
  readonly port?: NacsisPort;
}

export const STATUS_MAP: readonly StatusMapRow[] = [
  { side: 'borrower', kind: 'copy', nacsis: 'CANCEL', alma: 'CANCELLED', source: 'documented', applied: 'cancel' },
  { side: 'lender', kind: 'loan', nacsis: '新着照会', alma: null, source: 'inferred' },
];

let keys = 0;

/** The application with its real services on this store and a NACSIS-ILL of the specs; tokens and roles are fake. */
export async function specApp(
  { db }: Pick<Store, 'db'>,
  { dataDir, limits: connections, port }: SpecAppOptions = {},
): Promise<SpecApp> {
  const nacsis = new SpecNacsis();
  const imports = new PreparedRuns();
  const operator = dataDir === undefined ? undefined : await OperatorKey.write(dataDir, INSTITUTIONS);
  let skipped = 0;
  const now = () => new Date(Date.now() + skipped);
  const roles = { permissionsOf: ({ userId }: Caller) => Promise.resolve(permissionsOf(userId)) };
  const callers = new Callers({ verify }, roles, operator);
  const limits = { callTimeoutMs: 20_000, settleSeconds: SETTLE_SECONDS };
  const importing = { imports, statusMap: STATUS_MAP };
  const parts = {
    db,
    nacsis: port ?? nacsis,
    callers,
    metrics: new Metrics(),
    bridge: idleBridge(db, now),
    mode: 'lenient',
    now,
    ...limits,
  } as const;
  const services = servicesOf({ ...parts, ...importing });
  const log: string[] = [];
  const stream = { write: (line: string) => void log.push(line) };
  const logger = { ...loggerOptions('debug'), stream };
  const app = await buildApp(services, {
    corsOrigins: [APP_ORIGIN],
    logger,
    ...(connections === undefined ? {} : { limits: connections }),
  });
  return {
    app,
    services,
    nacsis,
    imports,
    log,
    call: (method, path, options) => inject(app, method, path, options),
    newKey: () => `key-${String((keys += 1)).padStart(6, '0')}`,
    pass: (seconds) => {
      skipped += seconds * 1000;
    },
  };
}

async function inject(
  app: FastifyInstance,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  { as = STAFF, key, body, headers = {} }: CallOptions = {},
): Promise<Reply> {
  const response = await app.inject({
    method,
    url: path,
    headers: {
      ...(as === null ? {} : { authorization: as }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...headers,
    },
    ...(body === undefined ? {} : { payload: body as object }),
  });
  const json: unknown = response.payload === '' ? undefined : JSON.parse(response.payload);
  return { status: response.statusCode, headers: response.headers, json, problem: json as Problem };
}

function verify(authorization: string | undefined) {
  const [, code, userId] = /^Bearer (\w+)\.(\w+)$/.exec(authorization ?? '') ?? [];
  const found = INSTITUTIONS.find((each) => each.code === code);
  if (found === undefined || userId === undefined) return Promise.reject(new GatewayError('unauthenticated'));
  return Promise.resolve({ institution: found, userId });
}

function permissionsOf(userId: string) {
  const mayManage = userId.startsWith('manager');
  const mayAct = mayManage || userId.startsWith('staff');
  return { mayRead: mayAct || userId.startsWith('reader'), mayAct, mayManage };
}

function institution(
  code: string,
  libraries: readonly (readonly [code: string, memberId: string])[],
): InstitutionConfig {
  return {
    code,
    almaApiKey: 'spec-api-key',
    libraries: libraries.map(([name, memberId]) => ({
      code: name,
      name: '相互利用係',
      memberId,
      account: { memberId, user: memberId.toLowerCase(), password: 'spec-password' },
    })),
  };
}
