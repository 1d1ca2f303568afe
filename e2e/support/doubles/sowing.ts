import type { WireRecord } from '../../../test/catp-client/catp-client';
import { dayFromNow } from '../../../test/support/wire-request';
import { seedMany } from '../many-requests';
import type { WireRecord as SeededRecord } from '../nacsis-sim';
import type { Writing } from './ledger';
import type { Life } from './life';
import { titleOf, type Side } from './truth';

/** A request that the test put into NACSIS-ILL. */
export interface Sown {
  readonly id: string;
  readonly side: Side;
  /** STAT, in Japanese. */
  readonly status: string;
  /** FA number of the library on the other side. */
  readonly partner: string;
  readonly patron?: string;
  readonly title: string;
}

/** Patrons that Alma knows and serves, an unknown patron, and no patron. */
const PATRONS = [...Array.from({ length: 8 }, (_, at) => `patron00${String(at + 1)}`), 'nobody-there', undefined];
const COLLECTIVE_PATRON = 'ILL000';
/** Number of days over which the changes are spread. Seeded requests were changed today. */
const DAYS_AGO = 60;
/** Every 13th id has another prefix than most; every 11th ends in X. */
const EVERY_LB = 13;
const EVERY_X = 11;
/** Every fifth shipped request has a cost. */
const EVERY_COST = 5;

/** Puts half of the requests on each side. Half of these are older than the seeded ones, half are newer. */
export async function sow(
  life: Life,
  number: number,
  patrons: readonly (string | undefined)[] = PATRONS,
): Promise<readonly Sown[]> {
  const { nacsis, libraries } = life.stack;
  const me = libraries[0]?.memberId ?? '';
  const found: Sown[] = [];
  for (const side of ['borrower', 'lender'] as const) {
    const first = life.sown;
    const more = (at: number): WireRecord => fieldsOf(first + at, at, side, patrons);
    const records = await seedMany(nacsis, { side, number: number / 2, more });
    life.sown += number / 2;
    found.push(...records.map((record, at) => sownFrom(record, { side, me, title: titleOf(first + at) })));
  }
  for (const { id, side, status, patron = 'nobody' } of found)
    life.chronicle.name(id, `${side} ${status}${side === 'borrower' ? ` for ${patron}` : ''}`);
  return found;
}

/** Puts a copy into NACSIS-ILL that is older than the seeded requests and those sown next. */
export async function sowOne(life: Life, side: Side, state: string, patron: string): Promise<Sown> {
  const { nacsis, libraries } = life.stack;
  const number = life.sown;
  life.sown += 1;
  const more = { ...fieldsOf(number, 0, side, [patron]), ID: `LA${String(1_000_000_000 + number)}` };
  const [id = ''] = await nacsis.seedIn({ side, kind: 'copy', state, more });
  life.chronicle.name(id, `${side} ${state}`);
  return sownFrom(await nacsis.record(id), { side, me: libraries[0]?.memberId ?? '', title: titleOf(number) });
}

function fieldsOf(number: number, at: number, side: Side, patrons: readonly (string | undefined)[]): WireRecord {
  const day = dayFromNow(-(at % DAYS_AGO) - 1);
  const patron = patrons[at % patrons.length];
  return {
    ID: idOf(number, at % 2 === 0),
    ...{ CRTDT: day, RNWDT: day },
    BIBG: [{ BIBNT: titleOf(number) }],
    // Each cost needs a separate call to Alma. Most requests have none, so that a large import spends its time on
    // creates.
    ...(at % EVERY_COST === 0 ? {} : { SUM: '', POSTG: '' }),
    OLDF: side === 'borrower' && patron !== undefined ? `ID=${patron}` : '',
  };
}

/** Seeded ids begin with LA9. */
function idOf(number: number, isOlder: boolean): string {
  const body = String((isOlder ? 100_000_000 : 950_000_000) + number).padStart(9, '0');
  return `${number % EVERY_LB === 7 ? 'LB' : 'LA'}${body}${number % EVERY_X === 5 ? 'X' : String(number % 10)}`;
}

function sownFrom(
  record: SeededRecord,
  { side, me, title }: Pick<Sown, 'side' | 'title'> & { readonly me: string },
): Sown {
  const text = (name: string): string => {
    const value = record[name];
    return typeof value === 'string' ? value : '';
  };
  const patron = /ID=(\S+)/.exec(text('OLDF'))?.[1];
  const [borrower, lender] = [text('OMLID'), text('AMLID')];
  return {
    ...{ side, title, id: text('ID'), status: text('STAT') },
    partner: borrower === me ? lender : borrower,
    ...(patron === undefined ? {} : { patron }),
  };
}

/** Puts the request into Alma as staff, with its NACSIS-ILL id. */
export function holdIt(
  life: Life,
  request: Sown,
  writing: Writing,
  status?: string,
  partner?: string,
): Promise<string> {
  const { id: nacsisId, side, title, patron } = request;
  const isKnown = patron !== undefined && patron !== 'nobody-there';
  return life.ledger.hold({
    ...{ side, writing, title, nacsisId },
    ...(side === 'borrower' ? { user: isKnown ? patron : COLLECTIVE_PATRON } : {}),
    ...(status === undefined ? {} : { status }),
    ...(partner === undefined ? {} : { partner }),
  });
}

/** The two places that count: external id, or mark at the start of the note. */
export function certainly(id: string, at: number): Writing {
  return at % 2 === 0
    ? { name: 'external id', externalId: id, isCertain: true }
    : { name: 'mark in the note', note: `NACSIS-ILL ${id}`, isCertain: true };
}
