import type { Kind, Side } from '#domain/ill/kinds';
import type { HistoryEntry, IllRequest } from '#domain/ill/request';
import { STATE_IDS, STATES, type StateId } from '#domain/ill/states';

/** The library that owns the requests. */
export const OWN_ID = 'FA090007';
const PARTNERS = 300;
/** Percentage of ended requests, typical of a library after years of use. */
const ENDED_PERCENT = 85;
const FIRST_DAY = Date.UTC(2016, 3, 1);
const DAYS = 3_650;

const STATES_OF = (kind: Kind, isEnded: boolean): readonly StateId[] =>
  STATE_IDS.filter((id) => STATES[id].final === isEnded && (STATES[id].kinds as readonly Kind[]).includes(kind));

/**
 * Returns a request that is determined by its number. The requests have both kinds, every state, 300 partners and ten
 * years, with a history and long notes.
 */
export function madeUpRequest(number: number, side: Side): IllRequest {
  const random = randomOf(number);
  const kind: Kind = random() < 0.7 ? 'copy' : 'loan';
  const states = STATES_OF(kind, random() * 100 < ENDED_PERCENT);
  const state = states[Math.floor(random() * states.length)] ?? 'PREPARING';
  const partner = Math.floor(random() * random() * PARTNERS);
  const partnerId = `FA1${String(partner).padStart(5, '0')}`;
  const partnerName = `見本大学 ${String(partner)}`;
  const day = new Date(FIRST_DAY + Math.floor(random() * DAYS) * 86_400_000)
    .toISOString()
    .slice(0, 10)
    .replaceAll('-', '');
  const id = `LA${String(number).padStart(10, '0')}`;
  const [borrowerId, lenderId] = side === 'borrower' ? [OWN_ID, partnerId] : [partnerId, OWN_ID];
  const names = side === 'borrower' ? { lenderName: partnerName } : { borrowerName: partnerName };
  const fields = {
    ...{
      id,
      state: STATES[state].wire,
      createdOn: day,
      updatedOn: day,
      orderDate: day,
      borrowerId,
      lenderId,
      ...names,
    },
    ...{
      bibId: `BA${String(number).padStart(8, '0')}`,
      bibNote: `見本書誌 第${String(number)}号 : 副題 / 著者 ${String(partner)}`,
    },
    ...{
      volume: String(number % 90),
      pages: '1-10',
      year: '2020',
      payment: 'pb',
      applicant: `利用者 ${String(number % 999)}`,
    },
    ...{ borrowerAddress: '〒100-0000 東京都見本区見本町 1-1 '.repeat(3), borrowerNumber: `O${String(number)}` },
    ...(kind === 'loan' ? { dueDate: day } : {}),
    lenders: Array.from({ length: 5 }, (_, at) => ({
      memberId: `FA2${String(at).padStart(5, '0')}`,
      location: '本館',
    })),
  };
  return { id, kind, state, externalStatus: STATES[state].wire, fields, history: historyOf(borrowerId, lenderId) };
}

function historyOf(borrowerId: string, lenderId: string): readonly HistoryEntry[] {
  return [
    { command: 'ORDER', memberId: borrowerId },
    { command: 'RECEIVE', memberId: lenderId },
    { command: 'SEND', memberId: lenderId, comment: 'お送りします。'.repeat(5) },
    { command: 'RECEIVE', memberId: borrowerId },
  ];
}

/** Mulberry32, which gives the same numbers on every machine. */
function randomOf(seed: number): () => number {
  let state = (seed + 1) * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
