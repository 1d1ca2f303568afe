import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { today } from '#domain/ill/dates';
import { openStore } from '../gateway/store/open-store';
import { STORE_DEFAULTS } from '../gateway/store/pool';
import { WireApp } from '../gateway/testing/wire-app';
import { judged, ratioOf, tell } from './ratio';

/** Rounds of each way. */
const ROUNDS = { warmUp: 20, runs: 150 };
/** The library INST0 in its role as lender. */
const LENDER = 0;
/**
 * Maximum cost of an action through the gateway, which syncs its journal to disk twice, as a multiple of the bare
 * command.
 */
const LIMIT = 20;

/**
 * Compares an acceptance through the gateway with the same command of a bare CATP client, both against the simulator.
 * Returns true when it is fast enough.
 */
export async function benchAction(): Promise<boolean> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-action-'));
  const store = await openStore({ dataDir, ...STORE_DEFAULTS }, 'bench', (error, what) => {
    tell(`${what}: ${String(error)}`);
  });
  const wire = await WireApp.start(store);
  try {
    const [bare, through] = [await bareCommands(wire), await actions(wire)];
    return judged(
      'an action through the gateway / the bare command',
      await ratioOf((way) => way(), bare, through, ROUNDS),
      LIMIT,
    );
  } finally {
    await wire.close();
    await store.close();
    await rm(dataDir, { recursive: true });
  }
}

const NUMBER = ROUNDS.warmUp + ROUNDS.runs;

async function bareCommands(wire: WireApp): Promise<() => Promise<void>> {
  const ids = [...(await wire.seed('UNPROCESSED', NUMBER))];
  const account = wire.accounts[LENDER];
  if (account === undefined) throw new Error('the simulator has no account');
  return async () => {
    await wire.otherClient.perform(account, {
      ...{ kind: 'copy', side: 'lender', command: 'RECEIVE' },
      ...{ id: ids.pop() ?? '', fields: { acceptDate: today() } },
    });
  };
}

async function actions(wire: WireApp): Promise<() => Promise<void>> {
  const ids = await wire.seed('UNPROCESSED', NUMBER);
  const requests = await Promise.all(ids.map((id) => wire.read(LENDER, 'lender', id)));
  return async () => {
    const { answer } = await wire.act(LENDER, requests.pop() ?? { id: '', side: 'lender', version: 0 }, 'accept');
    if (answer.to !== 'PROCESSING') throw new Error(JSON.stringify(answer));
  };
}
