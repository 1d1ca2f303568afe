import { Kysely, DummyDriver, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import { buildApp } from '../app';
import { RoleReader } from '../auth/role-reader';
import { TokenVerifier } from '../auth/token-verifier';
import { Callers } from '../caller';
import { Metrics } from '../metrics';
import { CatpNacsis } from '../nacsis/catp-nacsis';
import { NACSIS_DEFAULTS } from '../nacsis/settings';
import { servicesOf, type Services } from '../services';
import type { Schema } from '../store/schema';

/** An address that is never called. */
const NOWHERE = 'http://127.0.0.1:9/{institution}';

/**
 * The text of docs/openapi.json, from the real application with services that are never called. Keys are sorted by
 * name.
 */
export async function openApiDocument(): Promise<string> {
  const app = await buildApp(idleServices(), { corsOrigins: [] });
  try {
    const { payload } = await app.inject({ url: '/openapi.json' });
    return `${JSON.stringify(sorted(JSON.parse(payload)), null, 2)}\n`;
  } finally {
    await app.close();
  }
}

/** Services without a store and without connections. */
function idleServices(): Services {
  const auth = { issuer: '', audience: '', jwksUrl: NOWHERE, acceptOldTokenForm: false, clockToleranceSeconds: 0 };
  const alma = { url: NOWHERE, roles: { read: [], act: [], manage: [] }, roleCacheSeconds: 0 };
  return servicesOf({
    db: new Kysely<Schema>({
      dialect: {
        createAdapter: () => new PostgresAdapter(),
        createDriver: () => new DummyDriver(),
        createIntrospector: (db) => new PostgresIntrospector(db),
        createQueryCompiler: () => new PostgresQueryCompiler(),
      },
    }),
    nacsis: new CatpNacsis({ url: NOWHERE, ...NACSIS_DEFAULTS }),
    callers: new Callers(new TokenVerifier({ auth, institutions: [] }), new RoleReader(alma)),
    metrics: new Metrics(),
    // Never called.
    imports: {} as Services['imports'],
    bridge: {} as Services['bridge'],
    statusMap: [],
    mode: 'lenient',
    callTimeoutMs: 0,
    settleSeconds: 0,
    now: () => new Date(),
  });
}

/** Sorts paths, so that their order is stable; the properties of an object keep their order. */
function sorted(document: unknown): unknown {
  const { paths, ...rest } = document as { readonly paths: Readonly<Record<string, object>> };
  const byName = Object.entries(paths).sort(([left], [right]) => (left < right ? -1 : 1));
  return { ...rest, paths: Object.fromEntries(byName) };
}
