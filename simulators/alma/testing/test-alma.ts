import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { buildAlma } from '../app';
import { AlmaWorld, type WorldOptions } from '../world';

/** A simulated Alma for specs: in memory, with a clock that only moves by `pass`. */
export interface TestAlma {
  readonly server: FastifyInstance;
  readonly world: AlmaWorld;
  /** Moves the clock forward by milliseconds. */
  readonly pass: (ms: number) => void;
  /** Makes a REST call with the first institution's API key, or as the user of a page. */
  readonly rest: (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    options?: { readonly body?: unknown; readonly as?: string; readonly headers?: Readonly<Record<string, string>> },
  ) => Promise<RestAnswer>;
  readonly inject: (options: InjectOptions) => Promise<LightMyRequestResponse>;
}

export interface RestAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** Alma's error code, for an error answer. */
  readonly code: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
}

export const API_KEY = 'apikey sim-key-81SIM_INST';
export const STAFF = 'page 81SIM_INST/staff001';

/** A valid lending request. */
export const LENDING = {
  external_id: 'LA9000000001',
  owner: 'RES_SHARE',
  partner: { value: 'NACSIS' },
  format: { value: 'PHYSICAL' },
  citation_type: { value: 'BOOK' },
  title: '見本の貸出',
};

export async function openTestAlma(options: Partial<WorldOptions> = {}): Promise<TestAlma> {
  let now = Date.UTC(2025, 3, 1);
  const world = await AlmaWorld.open({ url: 'http://alma.test', now: () => now, ...options });
  const server = buildAlma(world, { appUrl: 'http://app.test', appDir: '/nonexistent', defaults: { lang: 'ja' } });
  return {
    server,
    world,
    pass: (ms) => {
      now += ms;
    },
    rest: async (method, path, { body, as = API_KEY, headers = {} } = {}) => {
      const payload = body === undefined ? {} : { payload: body as object };
      const response = await server.inject({
        method,
        url: `/almaws/v1${path}`,
        headers: { authorization: as, accept: 'application/json', ...headers },
        ...payload,
      });
      const json =
        response.body !== '' && String(response.headers['content-type']).includes('json')
          ? (JSON.parse(response.body) as Readonly<Record<string, unknown>>)
          : {};
      const errors = json['errorList'] as { readonly error: readonly { readonly errorCode: string }[] } | undefined;
      return {
        status: response.statusCode,
        body: json,
        text: response.body,
        code: errors?.error[0]?.errorCode,
        headers: response.headers,
      };
    },
    inject: async (call) => server.inject(call),
  };
}
