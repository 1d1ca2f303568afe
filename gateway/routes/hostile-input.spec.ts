import fc from 'fast-check';
import type { Problem } from '#domain/api/problem';
import { ERRORS } from '#domain/errors';
import { textFault } from '#domain/ill/sendable-text';
import { CatpNacsis } from '../nacsis/catp-nacsis';
import type { Store } from '../store/open-store';
import { specStore } from '../testing/spec-stores';
import type { CatpServer } from '../testing/catp-server';
import { ALWAYS, BODIES, GOOD } from '../testing/good-calls';
import { hostileText, withHostilePart } from '../testing/hostile-input';
import { MANAGER, specApp, type SpecApp } from '../testing/spec-app';
import { startSmallNacsis } from '../testing/small-nacsis';

interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path of the route, with its parameters in braces. */
  readonly path: string;
  readonly parameters: readonly {
    readonly in: string;
    readonly name: string;
    readonly schema: { readonly type?: string; readonly enum?: readonly string[] };
  }[];
}
interface Answer {
  readonly status: number;
  readonly type: string;
  /** Problems of the call, or of the rows of a batch. */
  readonly problems: readonly Problem[];
}
type Texts = Readonly<Record<string, string | readonly string[]>>;

/** No input of a caller causes a fault of the gateway or of NACSIS-ILL. The routes come from the API's own document. */
describe('whatever a caller sends', () => {
  let store: Store;
  let nacsis: CatpServer;
  let port: CatpNacsis;
  let spec: SpecApp;
  let routes: readonly Route[];

  beforeAll(async () => {
    store = await specStore();
    nacsis = await startSmallNacsis();
    port = new CatpNacsis(nacsis.settings({ queueLimit: 1_000 }));
    spec = await specApp(store, { port });
    await spec.app.ready();
    routes = routesIn(spec.app.swagger().paths ?? {});
  });
  afterAll(async () => {
    await spec.app.close();
    await port.close();
    await nacsis.close();
    await store.close();
  });

  const call = async (
    { method, path, parameters }: Route,
    texts: Texts,
    body = BODIES[`${method} ${path}`],
  ): Promise<Answer> => {
    const filled = path.replace(/\{(\w+)\}/g, (_whole, name: string) => escaped(String(texts[name] ?? '')));
    const query = parameters
      .filter(({ in: place, name }) => place === 'query' && texts[name] !== undefined)
      .flatMap(({ name }) => [texts[name] ?? ''].flat().map((text) => `${name}=${escaped(text)}`));
    const { statusCode, headers, payload } = await spec.app.inject({
      method,
      url: `/api/v1${filled}?${query.join('&')}`,
      headers: {
        'authorization': MANAGER,
        'idempotency-key': spec.newKey(),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
    return { status: statusCode, type: String(headers['content-type']), problems: problemsIn(statusCode, payload) };
  };
  const goodFor = ({ parameters }: Route): Texts =>
    Object.fromEntries(
      parameters.flatMap(({ in: place, name }) =>
        place !== 'header' && ALWAYS.includes(name) ? [[name, GOOD[name] ?? '']] : [],
      ),
    );
  const parametersOf = ({ parameters }: Route, ...places: readonly string[]) =>
    parameters.filter((parameter) => places.includes(parameter.in));
  /** Throws for a fault, so that the smallest input with this answer is found. */
  const mustBeNoFault = ({ status, type, problems }: Answer, what: unknown) => {
    const isProblem = status < 400 || (type === 'application/problem+json' && problems[0]?.status === status);
    const areOurs = problems.every(
      ({ code, status: own, requestId = '' }) => own < 500 && ERRORS[code].status === own && requestId !== '',
    );
    if (status >= 500 || !isProblem || !areOurs)
      throw new Error(JSON.stringify([what, status, type, problems]).slice(0, 2_000));
  };

  it('every route is tried, with a body where it takes one', () => {
    expect(routes.length).toBeGreaterThan(28);
    const named = routes.map(({ method, path }) => `${method} ${path}`);
    expect(Object.keys(BODIES).filter((name) => !named.includes(name))).toEqual([]);
    const without = [
      'POST /imports/{runId}/cancel',
      ...['apply', 'retry', 'drop', 'undo'].map((action) => `POST /bridge/messages/{id}/${action}`),
    ];
    expect(named.filter((name) => /^P/.test(name) && !(name in BODIES)).sort()).toEqual(without.sort());
  });

  it('every route takes what is right', async () => {
    for (const route of routes) {
      const { problems } = await call(route, goodFor(route));
      // An error about missing, changed or other data is not an error of the input.
      const wrong = problems.filter(
        ({ code, status, errors = [] }) =>
          (code.startsWith('invalid-') && !errors.some((each) => each.code === 'closure-overlaps')) || status >= 500,
      );
      expect(wrong).withContext(`${route.method} ${route.path}`).toEqual([]);
    }
  }, 60_000);

  it('as a parameter is refused or taken, and never a fault', async () => {
    for (const route of routes) {
      const parameters = parametersOf(route, 'query', 'path');
      if (parameters.length === 0) continue;
      const values = fc.oneof(hostileText, fc.array(hostileText, { minLength: 2, maxLength: 3 }));
      const hostile = fc.tuple(fc.constantFrom(...parameters.map(({ name }) => name)), values);
      await fc.assert(
        fc.asyncProperty(hostile, async ([name, value]) => {
          mustBeNoFault(await call(route, { ...goodFor(route), [name]: value }), [route.path, name, value]);
        }),
        { numRuns: RUNS },
      );
    }
    expect(routes.length).toBeGreaterThan(0);
  }, 120_000);

  it('as a part of a body is refused or taken, and never a fault', async () => {
    for (const route of routes) {
      const body = BODIES[`${route.method} ${route.path}`];
      if (body === undefined) continue;
      await fc.assert(
        fc.asyncProperty(withHostilePart(body), async (hostile) => {
          mustBeNoFault(await call(route, goodFor(route), hostile), [route.path, hostile]);
        }),
        { numRuns: RUNS * 2 },
      );
    }
    expect(routes.length).toBeGreaterThan(0);
  }, 120_000);

  it('as a text that cannot be sent is refused under the name of its parameter', async () => {
    for (const route of routes) {
      for (const { name } of parametersOf(route, 'query', 'path')) {
        for (const [at, text] of UNSENDABLE.entries()) {
          const { status, problems } = await call(route, { ...goodFor(route), [name]: text });
          expect([status, problems[0]?.errors?.map(({ field, code }) => [field, code])])
            .withContext(`${route.method} ${route.path} ${name} ${String(at)}`)
            .toEqual([422, [[name, textFault(text) ?? '']]]);
        }
      }
    }
  }, 120_000);

  it('as a number, a flag or a choice that is none is refused under its name', async () => {
    const told = new Set<string>();
    for (const route of routes) {
      for (const { name, schema } of parametersOf(route, 'query')) {
        const wrong =
          schema.enum === undefined ? WRONG[schema.type ?? ''] : ['none', '', 'constructor', schema.enum.join()];
        for (const value of wrong ?? []) {
          const answer = await call(route, { ...goodFor(route), [name]: value });
          const { detail = '', errors = [] } = answer.problems[0] ?? {};
          const isNamed = detail.includes(`/${name} `) || errors.some(({ field }) => field === name);
          expect([answer.status === 400 || answer.status === 422, isNamed])
            .withContext(`${route.path} ${name}=${value} ${String(answer.status)} ${detail}`)
            .toEqual([true, true]);
          told.add(name);
        }
      }
    }
    expect([...told]).toEqual(
      jasmine.arrayContaining(['page', 'pageSize', 'fresh', 'side', 'sort', 'outcome', 'lang']),
    );
  }, 120_000);

  it('twice is refused under its name, where one is wanted', async () => {
    for (const route of routes) {
      for (const { name, schema } of parametersOf(route, 'query')) {
        if (schema.type === 'array') continue;
        const value = GOOD[name] ?? { integer: '1', boolean: 'true' }[schema.type ?? ''] ?? schema.enum?.[0] ?? 'x';
        const { status, problems } = await call(route, { ...goodFor(route), [name]: [value, value] });
        expect([status, problems[0]?.detail?.includes(`/${name} `)])
          .withContext(`${route.path} ${name} ${problems[0]?.detail ?? ''}`)
          .toEqual([400, true]);
      }
    }
  }, 120_000);

  it('as a time that the store cannot hold, or that never was, is refused under its name', async () => {
    const list = routes.find(({ method, path }) => method === 'GET' && path === '/requests')!;
    const ask = async (texts: Texts) => {
      const { status, problems } = await call(list, texts);
      return [status, problems[0]?.errors?.map(({ field, code }) => `${field} ${code}`)] as const;
    };
    for (const newSince of NO_TIMES) {
      const [status, errors = []] = await ask({ newSince, onlyNew: 'true' });
      expect([newSince, status === 400 || errors.join() === 'newSince bad-date']).toEqual([newSince, true]);
    }
    for (const newSince of ['1900-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z', '2026-11-24T00:00:00+14:00'])
      expect((await ask({ newSince, onlyNew: 'true' }))[0])
        .withContext(newSince)
        .toBe(200);
    for (const day of ['00000000', '00000101', '00991231', '20260230', '20261301', '99991232']) {
      expect(await ask({ from: day })).toEqual([422, ['from bad-date']]);
      expect(await ask({ to: day })).toEqual([422, ['to bad-date']]);
    }
    expect(await ask({ from: '20261124', to: '20261123' })).toEqual([422, ['to bad-date']]);
    expect((await ask({ from: '19000101', to: '99991231' }))[0]).toBe(200);
  });

  it('as a text that is odd and can be sent reaches NACSIS-CAT as it is', async () => {
    const search = routes.find(({ path }) => path === '/catalog')!;
    for (const text of ['x\ufeffy', '\ufffd', '\u200b', '\ue000', '𠮷', '\u{10fffd}', '\u0378', 'a"b\\c*']) {
      const { status } = await call(search, { ...goodFor(search), title: text });
      expect([text, status]).toEqual([text, 200]);
      expect(nacsis.requests.at(-1)?.body).toContain(text.replace(/["\\*]/g, '\\$&'));
    }
  });
});

const RUNS = Number(process.env['HOSTILE_RUNS'] ?? 30);
const WRONG: Readonly<Record<string, readonly string[]>> = {
  integer: ['', 'x', 'NaN', 'Infinity', '-1', '0', '1.5', '1e400', '1000001', '99999999999999999999', '１'],
  boolean: ['', 'yes', '2', 'none', 'null'],
};
const NO_TIMES: readonly string[] = [
  ...['0000-01-01T00:00:00Z', '0000-12-31T23:59:59Z', '0001-01-01T00:00:00Z', '0001-01-01T00:00:00+14:00'],
  ...['1899-12-31T23:59:59Z', '9999-12-31T23:59:59-00:01', '9999-12-31T23:59:59-14:00', '+010000-01-01T00:00:00Z'],
  ...[
    '2016-12-31T23:59:60Z',
    '2026-02-30T00:00:00Z',
    '2026-11-24T24:00:01Z',
    '2026-11-24T00:00:00+25:00',
    '2026-11-24',
  ],
  ...['20261124', '-000001-01-01T00:00:00Z', '', '0', 'now', '2026-11-24T00:00:00', '１９９９-01-01T00:00:00Z'],
];
/** Every control character at either end and within, line separators, and noncharacters. */
const UNSENDABLE: readonly string[] = [
  ...['\u0000', 'a\u0007b', 'a\nb', 'a\n', '\ta', 'a\u007f', 'a\u0080b', '\u0085', 'a\u009f', 'a\u2028', '\u2029b'],
  ...['\ufffe', 'a\uffff', '\ufdd0b', 'a\u{1ffff}'],
];

/** Like encodeURIComponent, with the replacement character for half a surrogate pair. */
function escaped(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}

function problemsIn(status: number, payload: string): readonly Problem[] {
  if (status >= 400) return [JSON.parse(payload) as Problem];
  const rows = payload.startsWith('{"id"') ? payload.trim().split('\n') : [];
  return rows.flatMap((row) => (JSON.parse(row) as { readonly problem?: Problem }).problem ?? []);
}

function routesIn(paths: Readonly<Record<string, unknown>>): readonly Route[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations as Readonly<Record<string, { readonly parameters?: Route['parameters'] }>>)
      .filter(() => path.startsWith('/api/v1/'))
      .map(([method, { parameters = [] }]) => ({
        method: method.toUpperCase() as Route['method'],
        path: path.replace('/api/v1', ''),
        parameters,
      })),
  );
}
