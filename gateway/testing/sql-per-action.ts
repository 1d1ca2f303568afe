import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Schema } from '../store/schema';
import { ordered } from './order-body';
import { specApp } from './spec-app';
import { makeDatabase } from './spec-database';
import { specServer } from './spec-stores';

/** Number of SQL statements of one call; `begin` and `commit` count too. */
export interface SqlPerAction {
  readonly action: number;
  /** The action once more under the same key. */
  readonly repeat: number;
  /** An action that the table does not allow. */
  readonly refusal: number;
  /** An edit of a request in 準備中. */
  readonly save: number;
  readonly order: number;
}

/** Performs one call of each kind with the application of the specs, and counts its statements. */
export async function sqlPerAction(): Promise<SqlPerAction> {
  const { url, drop } = await makeDatabase(await specServer());
  let statements = 0;
  const pool = new pg.Pool({ connectionString: url });
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }), log: () => void (statements += 1) });
  const spec = await specApp({ db });
  const counted = async (status: number, call: () => ReturnType<typeof spec.call>) => {
    statements = 0;
    const reply = await call();
    if (reply.status !== status) throw new Error(`${String(reply.status)}: ${JSON.stringify(reply.json)}`);
    return statements;
  };
  try {
    statements = 0;
    const { id } = await ordered(spec);
    const order = statements;
    const act = (action: string, version: number, key = spec.newKey()) =>
      spec.call('POST', `/api/v1/requests/${id}/actions`, { key, body: { side: 'borrower', action, version } });
    const key = spec.newKey();
    const edit = { key: spec.newKey(), body: { version: 2, fields: { volume: '13' } } };
    return {
      order,
      refusal: await counted(409, () => act('receive', 1)),
      action: await counted(200, () => act('callback', 1, key)),
      repeat: await counted(200, () => act('callback', 1, key)),
      save: await counted(200, () => spec.call('PUT', `/api/v1/requests/${id}`, edit)),
    };
  } finally {
    await spec.app.close();
    await db.destroy();
    await drop();
  }
}
