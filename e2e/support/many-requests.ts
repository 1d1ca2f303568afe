import type { WireRecord } from '../../test/catp-client/catp-client';
import { WIRE_STATES, wireRequest } from '../../test/support/wire-request';
import type { NacsisSim, WireRecord as SeededRecord } from './nacsis-sim';

/**
 * Patrons that the library's Alma knows, an unknown patron, and no patron. The last two lead to the collective patron.
 */
const PATRONS = [...Array.from({ length: 8 }, (_, at) => `patron00${String(at + 1)}`), 'nobody-there', undefined];
/** Number of records put into NACSIS-ILL per call. */
const AT_ONCE = 500;

interface ManyRequests {
  readonly side: 'borrower' | 'lender';
  readonly number: number;
  /** Fields of the request with this number that override the others. */
  readonly more?: (at: number) => WireRecord;
}

/**
 * Requests of the library on this side: alternating copies and loans, in every state, for several patrons and with
 * several partners.
 */
export async function seedMany(
  nacsis: NacsisSim,
  { side, number, more = () => ({}) }: ManyRequests,
): Promise<readonly SeededRecord[]> {
  const [me = '', ...others] = (await nacsis.accounts()).slice(0, 7).map(({ memberId }) => memberId);
  const records = Array.from({ length: number }, (_, at) => {
    const kind = at % 2 === 0 ? 'copy' : 'loan';
    const states = WIRE_STATES[kind].filter((state) => side === 'borrower' || state !== '準備中');
    const other = others[at % others.length] ?? '';
    const patron = PATRONS[at % PATRONS.length];
    return wireRequest({
      kind,
      state: states[at % states.length] ?? '',
      borrower: side === 'borrower' ? me : other,
      lenders: side === 'borrower' ? [other] : [me],
      more: { ...(side === 'borrower' && patron !== undefined ? { OLDF: `ID=${patron}` } : {}), ...more(at) },
    });
  });
  const seeded: SeededRecord[] = [];
  for (let at = 0; at < records.length; at += AT_ONCE)
    seeded.push(...(await nacsis.seed(records.slice(at, at + AT_ONCE))));
  return seeded;
}
