import { createServer } from 'node:net';
import { demandFreePorts, findPortBase, HOST, isPortFree, parsePortBase, PORTS_PER_STACK } from './ports';

describe('ports', () => {
  it('takes a base that leaves room for ten ports', () => {
    expect(parsePortBase('1024')).toBe(1024);
    expect(parsePortBase('65526')).toBe(65_526);
  });

  for (const text of ['', '80', '1023', '65527', '99999', '8x', '-1', '8080.5', ' 8080', '1e4']) {
    it(`refuses "${text}" as a base`, () => {
      expect(() => parsePortBase(text)).toThrowError(/--port-base must be a number from 1024 to 65526/);
    });
  }

  it('names the busy ports and only those', async () => {
    const base = await findPortBase();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(base + 1, HOST, resolve));
    await expectAsync(demandFreePorts([base, base + 1])).toBeRejectedWithError(
      new RegExp(`^port ${String(base + 1)} in use`),
    );
    await new Promise((resolve) => server.close(resolve));
    await expectAsync(demandFreePorts([base, base + 1])).toBeResolved();
  });

  it('finds ten free ports in a row and passes over a block with a busy one', async () => {
    const first = await findPortBase(() => 0);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(first + PORTS_PER_STACK - 1, HOST, resolve));
    const second = await findPortBase(() => 0);
    await new Promise((resolve) => server.close(resolve));
    expect(second).not.toBe(first);
    expect(await isPortFree(second)).toBeTrue();
  });
});
