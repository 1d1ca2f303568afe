import { connect } from 'node:net';
import { SpecServer } from './spec-server';

describe('the PostgreSQL server of a test run', () => {
  it('is there until it is stopped', async () => {
    const server = await SpecServer.start();
    const { hostname, port } = new URL(server.url);
    const isThere = (): Promise<boolean> =>
      new Promise((resolve) => {
        const socket = connect(Number(port), hostname, () => {
          socket.destroy();
          resolve(true);
        }).once('error', () => resolve(false));
      });
    expect(await isThere()).toBeTrue();
    await server.stop();
    expect(await isThere()).toBeFalse();
  }, 120_000);
});
