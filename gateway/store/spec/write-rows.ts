/** Writes pairs of rows in transactions and prints the number of each pair once it is committed, until it is killed. */
import { saveSnapshot } from '../requests-store';
import { openStore } from '../open-store';

const [dataDir = '', from = '0'] = process.argv.slice(2);
const { db } = await openStore({ dataDir, listen: '127.0.0.1:9' });
process.stdout.write('open\n');
for (let at = Number(from); ; at += 1) {
  await db.transaction().execute(async (transaction) => {
    for (const side of ['borrower', 'lender'] as const) {
      const request = { id: `LA${String(at)}`, kind: 'copy', state: 'UNPROCESSED', externalStatus: '未処理', fields: {}, history: [] } as const;
      await saveSnapshot(transaction, { institution: 'A', library: 'RES_SHARE', memberId: 'FA090007', side, request }, new Date());
    }
  });
  process.stdout.write(`${String(at)}\n`);
}
