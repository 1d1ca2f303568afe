import type { Side } from '#domain/ill/kinds';
import type { Store } from '../gateway/store/open-store';
import { specStore } from '../gateway/testing/spec-stores';
import { saveSnapshots } from '../gateway/store/requests-store';
import { tell } from './ratio';
import { madeUpRequest, OWN_ID } from './made-up-requests';

/** Number of requests written at once. Consecutive chunks alternate between the sides. */
const CHUNK = 250;

/** The owner of the requests. */
interface Of {
  readonly institution: string;
  readonly library: string;
}

/** An embedded store with this many requests, half of them on each side, as after one reading of NACSIS-ILL. */
export async function filledStore(of: Of, number: number, readAt = new Date()): Promise<Store> {
  const store = await specStore();
  const from = Date.now();
  for (let first = 0; first < number; first += CHUNK) {
    const side = sideOf(first);
    const numbers = Array.from({ length: CHUNK }, (_, index) => first + index);
    const known = { ...of, memberId: OWN_ID, isFirstReading: true, side };
    await saveSnapshots(
      store.db,
      numbers.map((each) => ({ ...known, request: madeUpRequest(each, side) })),
      readAt,
    );
  }
  tell(`a store of ${String(number)} requests, filled within ${String(Math.round((Date.now() - from) / 1000))} s`);
  return store;
}

/** The side of the made-up request with this number. */
export function sideOf(number: number): Side {
  return Math.floor(number / CHUNK) % 2 === 0 ? 'borrower' : 'lender';
}
