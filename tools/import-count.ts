import { parseArgs } from 'node:util';
import { countImport } from '../e2e/support/import-count';
import { INSTITUTIONS, readAccounts } from './gateway-config';
import { runTool, say } from './output';

/**
 * `--nacsis URL --alma URL [--member FA…] [--institution CODE]`: counts the effect of an import in both simulators,
 * without the gateway, and prints JSON. Defaults to the member and institution of the seeded requests. Ends with 1 when
 * a request is missing or duplicated.
 */
await runTool('import-count', async () => {
  const { values } = parseArgs({
    options: {
      nacsis: { type: 'string' },
      alma: { type: 'string' },
      member: { type: 'string' },
      institution: { type: 'string', default: INSTITUTIONS[0] },
    },
  });
  const { nacsis, alma, institution } = values;
  if (nacsis === undefined || alma === undefined) throw new Error('--nacsis and --alma name the two simulators');
  const member = values.member ?? (await readAccounts(nacsis))[0]?.memberId ?? '';
  const count = await countImport({ nacsis, alma, member, institution });
  say(JSON.stringify(count, null, 2));
  const isWhole = [count.borrower, count.lender].every(({ missing, doubles }) => missing.length + doubles.length === 0);
  return isWhole ? 0 : 1;
});
