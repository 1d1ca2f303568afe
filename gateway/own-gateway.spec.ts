import type { ImportRun } from '#domain/api/imports';
import { GatewayClient, NotNow } from './command-line/gateway-client';
import { loadConfig, type GatewayConfig } from './config';
import { openOwnGateway } from './own-gateway';
import { makeDatabase } from './testing/spec-database';
import { specServer } from './testing/spec-stores';

const HOME = '81SIM_INST';
/** An address where nothing listens. */
const NOWHERE = 'http://127.0.0.1:9';

function configFor(databaseUrl: string): GatewayConfig {
  const account = { user: 'user', password: { env: 'SPEC_PASSWORD' } };
  const library = { code: 'RES_SHARE', name: '相互利用係', memberId: 'FA090007', account };
  const file = {
    listen: { host: '127.0.0.1', port: 8402 },
    store: {},
    nacsis: { url: `${NOWHERE}/catp` },
    auth: { audience: 'ExlCloudApp:spec', jwksUrl: `${NOWHERE}/{institution}` },
    alma: { url: NOWHERE },
    cors: { origins: [] },
    institutions: [{ code: HOME, almaApiKey: { env: 'SPEC_API_KEY' }, libraries: [library] }],
  };
  const env = { DATABASE_URL: databaseUrl, SPEC_PASSWORD: 'spec-password', SPEC_API_KEY: 'spec-api-key' };
  return loadConfig('spec.json', env, () => JSON.stringify(file));
}

describe('openOwnGateway', () => {
  it('works on the import of the command, for nobody else, until it is closed', async () => {
    const database = await makeDatabase(await specServer());
    const failures: unknown[] = [];
    const gateway = await openOwnGateway(configFor(database.url), (error) => void failures.push(error));
    const client = new GatewayClient(gateway, HOME);
    const { runId } = await client.start({ library: 'RES_SHARE' });
    const waiting = await firstOf(client.follow(runId), ({ phase }) => phase === 'waiting');
    expect(waiting).toEqual(
      jasmine.objectContaining({ trigger: 'command-line', startedBy: 'operator', libraries: ['RES_SHARE'] }),
    );
    expect(waiting.waiting?.code).toBe('nacsis-unavailable');
    const other = new GatewayClient({ url: gateway.url, key: 'another-key' }, HOME);
    await expectAsync(other.start({})).toBeRejectedWithError(NotNow, /does not take the key/);
    await gateway.close();
    await expectAsync(client.start({})).toBeRejectedWithError(NotNow, /does not answer/);
    expect(failures).toEqual([]);
    await database.drop();
  }, 60_000);
});

async function firstOf(runs: AsyncIterable<ImportRun>, fits: (run: ImportRun) => boolean): Promise<ImportRun> {
  for await (const run of runs) if (fits(run)) return run;
  throw new Error('the run ended');
}
