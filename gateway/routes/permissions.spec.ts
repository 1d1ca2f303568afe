import { MANAGER, NOBODY, READER, type SpecApp } from '../testing/spec-app';
import { useOneSpecApp } from '../testing/use-spec-app';

const OPEN = ['GET /api/v1/me'];
/** Calls allowed for a user without a role that acts or manages. */
const READING = [
  ...['GET /api/v1/me', 'GET /api/v1/requests', 'GET /api/v1/requests/:', 'GET /api/v1/requests/counts'],
  ...['POST /api/v1/requests/refresh', 'GET /api/v1/drafts', 'GET /api/v1/drafts/:', 'DELETE /api/v1/drafts/:'],
  ...['GET /api/v1/catalog', 'GET /api/v1/catalog/:', 'GET /api/v1/catalog/:/holdings', 'GET /api/v1/members'],
  ...['GET /api/v1/members/:', 'GET /api/v1/profiles/:', 'GET /api/v1/libraries/:/recent-lenders'],
  ...['GET /api/v1/imports', 'GET /api/v1/imports/status-map', 'GET /api/v1/imports/:'],
  ...['GET /api/v1/imports/:/requests', 'GET /api/v1/imports/:/report.json', 'GET /api/v1/imports/:/report.csv'],
  ...['GET /api/v1/imports/:/events', 'GET /api/v1/bridge/messages', 'GET /api/v1/requests/:/messages'],
  ...['GET /api/v1/requests/by-external-id', 'GET /api/v1/libraries/:/closures'],
  'GET /api/v1/libraries/:/closures/requests',
];
const ORDER = { library: 'RES_SHARE', kind: 'loan', mode: 'order', fields: {} };
const ACTION = { side: 'borrower', action: 'receive', version: 1 };
/**
 * Bodies that reach the handler of the route. A caller without permission is refused before anything else is checked.
 */
const BODIES: Readonly<Record<string, object>> = {
  'POST /api/v1/requests': ORDER,
  'PUT /api/v1/requests/:': { version: 1, fields: {} },
  'POST /api/v1/requests/:/actions': ACTION,
  'POST /api/v1/actions': { side: 'borrower', action: 'receive', items: [{ id: 'LA1', version: 1 }] },
  'POST /api/v1/requests/:/link': { side: 'borrower', almaRequest: null },
  'PUT /api/v1/drafts/:': { library: 'RES_SHARE', content: {} },
  'PUT /api/v1/profiles/:': { version: 0 },
  'POST /api/v1/imports/:/retry': { id: 'LA1' },
  'PUT /api/v1/libraries/:/member': { before: {}, changes: {} },
  'POST /api/v1/libraries/:/closures': { from: '20300101', to: '20300101' },
  'PUT /api/v1/libraries/:/closures/:': { from: '20300101', to: '20300101', version: 1 },
  'POST /api/v1/libraries/:/closures/:/cancel': { version: 1 },
  'POST /api/v1/libraries/:/closures/:/end': { version: 1 },
};
const PARAMS: Readonly<Record<string, string>> = {
  id: 'LA0000000001',
  draftId: 'draft-0001',
  library: 'RES_SHARE',
  ncid: 'BA00000000',
  memberId: 'FA090018',
  runId: 'no-such-run',
};

describe('every route of the API', () => {
  let spec: SpecApp;
  useOneSpecApp((started) => ({ spec } = started));

  /** Returns every registered route, documented or not, as `GET /api/v1/requests/:` with its address. */
  const routes = () => {
    const tree = spec.app.printRoutes({ commonPrefix: false }).split('\n');
    const parts: string[] = [];
    return tree.flatMap((line) => {
      const [, indent = '', name = '', methods] =
        /^((?:│ {3}| {4})*(?:├── |└── ))(\S*)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
      if (indent === '') return [];
      const depth = indent.length / 4 - 1;
      parts.splice(depth, parts.length, name);
      const path = parts.join('');
      if (!path.startsWith('/api/v1')) return [];
      const url = path.replace(/:(\w+)/g, (_all, param: string) => PARAMS[param] ?? 'none');
      return (methods ?? '')
        .split(', ')
        .filter((method) => !['', 'HEAD', 'OPTIONS'].includes(method))
        .map((method) => ({ method, url, route: `${method} ${path.replace(/:\w+/g, ':')}` }));
    });
  };
  const called = async ({ method, url, route }: ReturnType<typeof routes>[number], as: string) => {
    const query = /\/(?:catalog|members|counts)/.test(url) ? '?library=RES_SHARE&form=book&title=x&name=x' : '';
    const body = BODIES[route] ?? (method === 'POST' ? {} : undefined);
    const headers = { 'authorization': as, 'idempotency-key': spec.newKey() };
    const answer = await spec.app.inject({
      method: method as 'GET',
      url: `${url}${query}`,
      headers,
      ...(body === undefined ? {} : { payload: body }),
    });
    return { route, status: answer.statusCode, text: answer.payload };
  };
  const refusedFor = async (as: string) => {
    const answers = [];
    for (const route of routes()) answers.push(await called(route, as));
    return answers
      .filter(({ status, text }) => status === 403 && text.includes('"forbidden"'))
      .map(({ route }) => route);
  };

  it('is found by this spec', async () => {
    await spec.app.ready();
    const documented = Object.entries(spec.app.swagger().paths ?? {}).flatMap(([path, methods]) =>
      Object.keys(methods as object).map((method) => `${method.toUpperCase()} ${path.replace(/\{\w+\}/g, ':')}`),
    );
    const api = documented.filter((route) => route.includes(' /api/v1')).sort();
    expect(
      routes()
        .map(({ route }) => route)
        .sort(),
    ).toEqual(api);
    expect(api.length).toBeGreaterThan(30);
  });

  it('is refused to a user without a role, but for the one that says so', async () => {
    const all = routes().map(({ route }) => route);
    expect(await refusedFor(NOBODY)).toEqual(all.filter((route) => !OPEN.includes(route)));
    expect(spec.nacsis.calls).toEqual([]);
  });

  it('is open to one who may read where it changes nothing, and to a manager', async () => {
    const all = routes().map(({ route }) => route);
    expect((await refusedFor(READER)).sort()).toEqual(all.filter((route) => !READING.includes(route)).sort());
    expect(await refusedFor(MANAGER)).toEqual([]);
  });

  it('says nothing of what it would have looked at', async () => {
    const reply = await spec.call('GET', '/api/v1/requests?page=none', { as: NOBODY });
    expect([reply.status, reply.problem.code]).toEqual([403, 'forbidden']);
    const head = await spec.app.inject({ method: 'HEAD', url: '/api/v1/requests', headers: { authorization: NOBODY } });
    expect(head.statusCode).toBe(403);
  });
});
