import type { WireRecord } from '../nacsis-sim';
import type { DoublesStack } from './doubles-stack';

export type Side = 'borrower' | 'lender';

/** A library's request in NACSIS-ILL. */
export interface Wished {
  readonly id: string;
  readonly side: Side;
  readonly library: string;
  /** STAT, in Japanese. */
  readonly status: string;
  /** SUM in yen; 0 when there is none yet. */
  readonly cost: number;
  /** The patron named in OLDF. */
  readonly patron?: string;
  /** Title of a request made by the test, otherwise empty. */
  readonly title: string;
}

/** A request in Alma. */
export interface Standing {
  readonly almaId: string;
  readonly side: Side;
  readonly library: string;
  /** Id of the user or code of the partner. */
  readonly owner: string;
  readonly status: string;
  readonly cost: number;
  readonly externalId: string;
  readonly note: string;
  /** All texts joined, to search for a title. */
  readonly texts: string;
}

interface AlmaRecord {
  readonly user?: string;
  readonly partner?: string;
  readonly request: Readonly<Record<string, unknown>> & {
    readonly request_id: string;
    readonly external_id?: string;
    readonly note?: string;
    readonly owner: string;
    readonly status: { readonly value: string };
    readonly shipping_cost?: { readonly sum: number };
  };
}

/** The form of a NACSIS-ILL id. Defined independently of the product on purpose. */
const ID = '[A-Z]{2}\\d{9}[\\dX]';
/** A unique title for each request of the test. */
export function titleOf(number: number): string {
  return `記録第${String(number).padStart(5, '0')}号`;
}
const TITLE = /^記録第\d{5}号$/;
const MARK = new RegExp(`^NACSIS-ILL (${ID})(?![A-Z\\d])`);

/** The NACSIS-ILL id that the request names: its external id, otherwise the mark at the start of the note. */
export function ownIdOf({ externalId, note }: Pick<Standing, 'externalId' | 'note'>): string | undefined {
  return new RegExp(`^${ID}$`).test(externalId) ? externalId : MARK.exec(note)?.[1];
}

/** All requests of the libraries in NACSIS-ILL, read without the gateway. */
export async function wishedIn({ nacsis, libraries }: DoublesStack): Promise<readonly Wished[]> {
  const found: Wished[] = [];
  for (const { code: library, memberId } of libraries)
    for (const side of ['borrower', 'lender'] as const) {
      const path = `${nacsis.url}/_sim/records?member=${memberId}&side=${side}`;
      const records = await readJson<readonly WireRecord[]>(path);
      found.push(...records.map((record) => wishedFrom(record, side, library)));
    }
  return found;
}

function wishedFrom(record: WireRecord, side: Side, library: string): Wished {
  const patron = /ID=(\S+)/.exec(textIn(record, 'OLDF'))?.[1];
  const [bibliography] = (record['BIBG'] ?? []) as readonly WireRecord[];
  return {
    ...{ side, library },
    id: textIn(record, 'ID'),
    status: textIn(record, 'STAT'),
    cost: Number(textIn(record, 'SUM')),
    ...(side === 'lender' || patron === undefined ? {} : { patron }),
    title: TITLE.exec(textIn(bibliography ?? {}, 'BIBNT'))?.[0] ?? '',
  };
}

/** All requests in the institution's Alma, read without the gateway or the proxy. */
export async function standingIn({ urls, institution }: DoublesStack): Promise<readonly Standing[]> {
  const { borrowing, lending } = await readJson<{
    readonly borrowing: readonly AlmaRecord[];
    readonly lending: readonly AlmaRecord[];
  }>(`${urls.alma}/_sim/requests?institution=${institution}`);
  return [
    ...borrowing.map((record) => standingFrom(record, 'borrower')),
    ...lending.map((record) => standingFrom(record, 'lender')),
  ];
}

function standingFrom({ user = '', partner = '', request }: AlmaRecord, side: Side): Standing {
  const texts = Object.values(request).filter((value) => typeof value === 'string');
  return {
    side,
    almaId: request.request_id,
    library: request.owner,
    owner: side === 'borrower' ? user : partner,
    status: request.status.value,
    cost: request.shipping_cost?.sum ?? 0,
    externalId: request.external_id ?? '',
    note: request.note ?? '',
    texts: texts.join('\n'),
  };
}

/** Ids of the patrons that the institution's Alma knows. */
export async function patronsIn({ urls, institution }: DoublesStack): Promise<ReadonlySet<string>> {
  const users = await readJson<readonly { readonly primaryId: string }[]>(
    `${urls.alma}/_sim/users?institution=${institution}`,
  );
  return new Set(users.map(({ primaryId }) => primaryId));
}

function textIn(record: WireRecord, name: string): string {
  const value = record[name];
  return typeof value === 'string' ? value : '';
}

async function readJson<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${String(response.status)} ${await response.text()}`);
  return (await response.json()) as T;
}
