/** A running simulator for specs, with helpers. */
import { CatpClient, historyIn, textIn, type CatpAnswer, type WireRecord } from '../../../test/catp-client/catp-client';
import { buildNacsisSimulator } from '../app';
import type { NacsisSimulatorOptions } from '../options';
import type { NacsisWorld } from '../world';

export interface SpecServer {
  readonly url: string;
  readonly world: NacsisWorld;
  /** Member ids of the accounts in order. The first twelve are ordinary libraries. */
  readonly ids: readonly string[];
  /** A client that is logged in for this library. */
  readonly client: (memberId: string) => Promise<CatpClient>;
  /** Calls a test control; returns status and JSON body. */
  readonly sim: (
    method: string,
    path: string,
    body?: unknown,
  ) => Promise<{ readonly status: number; readonly json: unknown }>;
  readonly record: (id: string) => Promise<WireRecord>;
  readonly close: () => Promise<void>;
}

export async function startSpecServer(options: NacsisSimulatorOptions = {}): Promise<SpecServer> {
  const { server, world } = buildNacsisSimulator(options);
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  const sim: SpecServer['sim'] = async (method, path, body) => {
    const json =
      body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(`${url}/_sim/${path}`, { method, ...json });
    const text = await response.text();
    return { status: response.status, json: text === '' ? undefined : (JSON.parse(text) as unknown) };
  };
  return {
    url,
    world,
    ids: world.accounts().map(({ memberId }) => memberId),
    client: async (memberId) => {
      const account = world.accounts().find((each) => each.memberId === memberId);
      const client = new CatpClient(`${url}/catp`);
      const { status } = await client.login(account?.user ?? '', account?.password ?? '');
      if (status !== '200') throw new Error(`${memberId} could not log in: ${status}`);
      return client;
    },
    sim,
    record: async (id) => (await sim('GET', `records/${id}`)).json as WireRecord,
    close: async () => {
      await server.close();
    },
  };
}

/** The body of a complete ORDER. */
export function orderBody(lenders: readonly string[], more: WireRecord = {}): WireRecord {
  return {
    ACCT: 'pb',
    ODATE: '20260401',
    OSTAF: '担当 A',
    OADRS: '見本大学図書館',
    CLNT: '利用者 001 髙𠮷',
    BIBG: [{ BIBNT: '𠮷野の民家' }],
    HMLG: lenders.map((HMLID) => ({ HMLID })),
    ...more,
  };
}

/** Returns the id of the first record in an answer, or an empty text when the answer has no record. */
export function idOf({ records }: CatpAnswer): string {
  return textIn(records[0], 'ID');
}

/** Returns a text such as `RECEIVE FA090018 comment` for each entry of a history. */
export function historyOf(record: WireRecord | undefined): readonly string[] {
  return historyIn(record).map((entry) =>
    [entry['SENDCMND'], entry['SENDMLID'], entry['SENDCMNT']].filter(Boolean).join(' '),
  );
}
