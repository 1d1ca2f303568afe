/**
 * Writes pairs of rows in transactions until it is killed, and prints the number of each pair once it is committed:
 * `write-rows.ts FOLDER FROM [PAIRS HOLD]`. After PAIRS pairs it stops within the next transaction, after HOLD of its
 * two rows, and prints `held`.
 */
import { saveSnapshot } from '../store/requests-store';
import { embeddedStore } from './spec-stores';

const [dataDir = '', from = '0', pairs = 'Infinity', hold = '0'] = process.argv.slice(2);
const SIDES = ['borrower', 'lender'] as const;
const { db } = await embeddedStore(dataDir, '127.0.0.1:9');
process.stdout.write('open\n');
for (let at = Number(from); ; at += 1) {
  const holds = at - Number(from) === Number(pairs);
  await db.transaction().execute(async (transaction) => {
    for (const [row, side] of SIDES.entries()) {
      if (holds && row === Number(hold)) await held();
      const request = {
        id: `LA${String(at)}`,
        kind: 'copy',
        state: 'UNPROCESSED',
        externalStatus: '未処理',
        fields: {},
        history: [],
      } as const;
      const snapshot = { institution: 'A', library: 'RES_SHARE', memberId: 'FA090007', side, request };
      await saveSnapshot(transaction, snapshot, new Date());
    }
    if (holds) await held();
  });
  process.stdout.write(`${String(at)}\n`);
}

function held(): Promise<never> {
  process.stdout.write('held\n');
  setInterval(() => undefined, 60_000);
  return new Promise<never>(() => undefined);
}
