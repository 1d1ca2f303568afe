/** The library to count for: a member of NACSIS-ILL (FA number) and its institution in Alma (code). */
export interface Counted {
  readonly nacsis: string;
  readonly alma: string;
  readonly member: string;
  readonly institution: string;
}

/** A NACSIS-ILL request that several Alma requests name. */
interface Double {
  readonly id: string;
  readonly almaIds: readonly string[];
}
export interface SideCount {
  /** Requests of the member in NACSIS-ILL, in total and by STAT. */
  readonly requests: number;
  readonly byStatus: Readonly<Record<string, number>>;
  /** Number of these requests that are also in Alma. */
  readonly inAlma: number;
  /** NACSIS ids that no Alma request names. */
  readonly missing: readonly string[];
  readonly doubles: readonly Double[];
  /** Alma's ids of the institution's requests that are new. */
  readonly created: readonly string[];
}
export interface ImportCount {
  readonly borrower: SideCount;
  readonly lender: SideCount;
}
/** Alma's ids of all requests of an institution. */
export type AlmaIds = ReadonlySet<string>;

interface AlmaRequest {
  readonly request_id: string;
  readonly external_id?: string;
  readonly note?: string;
}
interface Held {
  readonly request: AlmaRequest;
}
type Side = keyof ImportCount;
type WireRecord = Readonly<Record<string, unknown>>;

/** The form of a NACSIS id: LA and ten characters. Defined independently of the product on purpose. */
const NACSIS_ID = /LA\d{9}[\dX]/g;
const ALMA_SIDES = { borrower: 'borrowing', lender: 'lending' } as const;

/**
 * Counts the effect of an import in the simulators, without the gateway: for each request of the member in NACSIS-ILL,
 * the Alma requests with its id in `external_id` or `note`. `before`: Alma's requests before the import; without it all
 * count as new.
 */
export async function countImport(of: Counted, before: AlmaIds = new Set()): Promise<ImportCount> {
  const held = await heldBy(of);
  return { borrower: await sideOf(of, 'borrower', held, before), lender: await sideOf(of, 'lender', held, before) };
}

/** Alma's current requests, for a later comparison. */
export async function almaIds(of: Counted): Promise<AlmaIds> {
  const { borrowing, lending } = await heldBy(of);
  return new Set([...borrowing, ...lending].map(({ request }) => request.request_id));
}

async function sideOf({ nacsis, member }: Counted, side: Side, held: AllHeld, before: AlmaIds): Promise<SideCount> {
  const records = await readJson<readonly WireRecord[]>(`${nacsis}/_sim/records?member=${member}&side=${side}`);
  const requests = held[ALMA_SIDES[side]].map(({ request }) => request);
  const carrying = byNacsisId(requests);
  const found = records.map((record) => {
    const id = String(record['ID']);
    return { id, almaIds: carrying.get(id) ?? [] };
  });
  const missing = found.filter((each) => each.almaIds.length === 0).map(({ id }) => id);
  return {
    requests: records.length,
    byStatus: numbersOf(records.map((record) => String(record['STAT']))),
    inAlma: records.length - missing.length,
    missing,
    doubles: found.filter((each) => each.almaIds.length > 1),
    created: requests.map(({ request_id: id }) => id).filter((id) => !before.has(id)),
  };
}

type AllHeld = Readonly<Record<'borrowing' | 'lending', readonly Held[]>>;

function heldBy({ alma, institution }: Counted): Promise<AllHeld> {
  return readJson(`${alma}/_sim/requests?institution=${institution}`);
}

function byNacsisId(requests: readonly AlmaRequest[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { request_id: almaId, external_id: externalId = '', note = '' } of requests)
    for (const id of new Set(`${externalId}\n${note}`.match(NACSIS_ID)))
      found.set(id, [...(found.get(id) ?? []), almaId]);
  return found;
}

function numbersOf(texts: readonly string[]): Readonly<Record<string, number>> {
  const numbers = new Map<string, number>();
  for (const text of texts) numbers.set(text, (numbers.get(text) ?? 0) + 1);
  return Object.fromEntries(numbers);
}

async function readJson<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${String(response.status)} ${await response.text()}`);
  return (await response.json()) as T;
}
