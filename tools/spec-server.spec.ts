import pg from 'pg';
import { SpecServer } from './spec-server';

describe('the PostgreSQL server of a test run', () => {
  it('is there until it is stopped', async () => {
    const server = await SpecServer.start();
    const connectionString = server.env.TEST_DATABASE_URL;
    const isThere = async (): Promise<boolean> => {
      const client = new pg.Client({ connectionString });
      client.on('error', () => undefined);
      return client.connect().then(
        () => client.end().then(() => true),
        () => false,
      );
    };
    expect(await isThere()).toBeTrue();
    expect(server.isRunning).toBeTrue();
    await server.stop();
    expect(await isThere()).toBeFalse();
  }, 120_000);
});
