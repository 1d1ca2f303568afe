import type { ImportedRequest } from '#domain/api/imports';
import type { DoublesStack } from './doubles-stack';
import type { Held, Ledger } from './ledger';
import { ownIdOf, patronsIn, standingIn, wishedIn, type Side, type Standing, type Wished } from './truth';

/** The gateway's own statements. Everything else is read from the simulators. */
export interface Told {
  /** Items of the last run that was not a dry run. */
  readonly items: ReadonlyMap<string, ImportedRequest>;
  /** NACSIS ids that the report of that run names besides its requests. */
  readonly named: ReadonlySet<string>;
  /** For each Alma id, the keys of the requests that the gateway has linked to it or says it has linked to it. */
  readonly links: ReadonlyMap<string, ReadonlySet<string>>;
  /** True when the run finished. */
  readonly isWhole: boolean;
}
/** Conditions that the import could not know. */
interface Excuses {
  /** NACSIS ids with an unanswered create. */
  readonly inDoubt: ReadonlySet<string>;
  /** Ids of requests that were added or changed during the last run. */
  readonly late: ReadonlySet<string>;
  /** Patrons that Alma did not know at first. */
  readonly latePatrons: ReadonlySet<string>;
  /** True when Alma's lists already show this request. */
  readonly shows: (almaId: string) => boolean;
}
/** Requests that staff put into Alma. */
type Staff = Pick<Ledger, 'all' | 'find' | 'isMade'>;
export interface Evidence {
  readonly wished: readonly Wished[];
  readonly standing: readonly Standing[];
  /** Ids of the patrons that Alma knows. */
  readonly patrons: ReadonlySet<string>;
}
export interface Fault {
  readonly sort: 'twice' | 'wrong';
  readonly id: string;
  readonly kind: string;
  readonly found: string;
  readonly expected: string;
}
export interface Judgement {
  readonly requests: number;
  readonly unknown: number;
  readonly faults: readonly Fault[];
}

const CANCELLED = 'CANCELLED_BY_STAFF';
const COLLECTIVE_PATRON = 'ILL000';

export function keyOf({ library, side, id }: { readonly library: string; readonly side: Side; readonly id: string }) {
  return `${library} ${side} ${id}`;
}

/** Reads both simulators directly and compares them. */
export async function judge(stack: DoublesStack, ledger: Staff, told: Told, excuses: Excuses): Promise<Judgement> {
  const [wished, standing, patrons] = [await wishedIn(stack), await standingIn(stack), await patronsIn(stack)];
  return judgementOn({ wished, standing, patrons }, ledger, told, excuses);
}

export function judgementOn(evidence: Evidence, ledger: Staff, told: Told, excuses: Excuses): Judgement {
  const comparison = new Comparison(evidence, ledger, told, excuses);
  return { requests: evidence.wished.length, ...comparison.judged() };
}

class Comparison {
  readonly #faults: Fault[] = [];
  readonly #made = new Map<string, Standing[]>();
  readonly #heldFor = new Map<string, Held[]>();
  readonly #byId: ReadonlyMap<string, Standing>;
  readonly #byKey: ReadonlyMap<string, Wished>;
  #unknown = 0;

  constructor(
    private readonly evidence: Evidence,
    private readonly ledger: Staff,
    private readonly told: Told,
    private readonly excuses: Excuses,
  ) {
    const { wished, standing } = evidence;
    this.#byId = new Map(standing.map((each) => [each.almaId, each]));
    this.#byKey = new Map(wished.map((each) => [keyOf(each), each]));
    for (const each of standing.filter((one) => ledger.isMade(one)))
      put(this.#made, keyOf({ ...each, id: ownIdOf(each) ?? '' }), each);
    for (const held of ledger.all) {
      const library = this.#byId.get(held.almaId)?.library ?? '';
      put(this.#heldFor, keyOf({ library, side: held.side, id: held.nacsisId ?? '' }), held);
    }
  }

  judged(): Omit<Judgement, 'requests'> {
    for (const each of this.evidence.wished) this.#judge(each);
    for (const [key, made] of this.#made) for (const each of made) this.#judgeMade(each, this.#byKey.get(key));
    for (const held of this.ledger.all) this.#judgeHeld(held);
    return { unknown: this.#unknown, faults: this.#faults };
  }

  #judge(wished: Wished): void {
    const key = keyOf(wished);
    const made = this.#made.get(key) ?? [];
    const held = (this.#heldFor.get(key) ?? []).filter((each) => this.#isFindable(each, wished));
    const certain = held.filter(({ isCertain }) => isCertain);
    const item = this.told.items.get(key);
    const hasLine = item?.failure !== undefined || this.told.named.has(wished.id);
    const ids = [...made, ...held].map(({ almaId }) => almaId).join(', ');
    if (made.length > 1) {
      // An unanswered create may lead to two Alma requests, which nobody can know before Alma shows them. Once Alma
      // shows them, the report must mention them.
      const isSaid = hasLine || made.some(({ almaId }) => !this.excuses.shows(almaId));
      if (made.length === 2 && this.excuses.inDoubt.has(wished.id) && isSaid) this.#unknown += 1;
      else
        this.#twice(
          wished.id,
          'made several times',
          `${String(made.length)} times: ${ids}`,
          hasLine ? 'once' : 'once, or a line about it',
        );
    } else if (made.length === 1 && certain.length > 0)
      this.#twice(wished.id, 'made, although Alma has it', `${ids} (held: ${writings(certain)})`, 'linked');
    else if (made.length === 1 && held.length > 0 && !this.#isOffered(item, held) && !hasLine)
      this.#twice(wished.id, 'made beside what is plainly it', `${ids} (held: ${writings(held)})`, 'a word about it');
    else if (hasLine) this.#unknown += 1;
    else if (made.length + held.length === 0 && !this.#mayBeOpen(wished))
      this.#wrong(wished.id, 'missing without a line', `${wished.status}, not in Alma`, 'in Alma, or in the report');
    else if (certain.length === 1 && !this.#isLinked(certain[0], key) && !this.#mayBeOpen(wished))
      this.#wrong(wished.id, 'not linked, without a line', writings(certain), `linked to ${ids}`);
  }

  /** True when the run possibly did not reach this request. */
  #mayBeOpen({ id }: Wished): boolean {
    return !this.told.isWhole || this.excuses.late.has(id);
  }

  /** True when the import can find the Alma request. It cannot find a request of one patron under another patron. */
  #isFindable({ almaId, side }: Held, { patron }: Wished): boolean {
    const owner = this.#byId.get(almaId)?.owner;
    return side === 'lender' || owner === COLLECTIVE_PATRON || (owner === patron && this.#knows(owner));
  }

  /** True when Alma knew this patron from the beginning. */
  #knows(patron = ''): boolean {
    return this.evidence.patrons.has(patron) && !this.excuses.latePatrons.has(patron);
  }

  #isLinked(held: Held | undefined, key: string): boolean {
    return this.told.links.get(held?.almaId ?? '')?.has(key) === true;
  }

  #isOffered(item: ImportedRequest | undefined, held: readonly Held[]): boolean {
    const words = JSON.stringify(item ?? {});
    return held.some(({ almaId }) => words.includes(almaId));
  }

  /** Requests made by the import must match NACSIS-ILL, including the patron. */
  #judgeMade({ almaId, owner, side, status, cost, texts, ...own }: Standing, wished: Wished | undefined): void {
    const id = ownIdOf(own) ?? almaId;
    // Requests that NACSIS-ILL no longer delivers may stay.
    if (wished === undefined) return;
    if (side === 'borrower' && owner !== wished.patron && owner !== COLLECTIVE_PATRON)
      this.#wrong(id, 'made for somebody else', `${almaId} for ${owner}`, wished.patron ?? COLLECTIVE_PATRON);
    const { patron } = wished;
    if (side === 'borrower' && owner === COLLECTIVE_PATRON && this.#knows(patron))
      this.#wrong(id, 'made for the collective patron', `${almaId} for ${owner}`, patron ?? '');
    if (wished.title !== '' && !texts.includes(wished.title))
      this.#wrong(id, 'made with another title', `${almaId}: ${texts}`, wished.title);
    this.#judgeTold(id, { almaId, status, cost, before: { status: '', cost: 0 } }, wished);
    this.#judgeTies(almaId, id);
  }

  #judgeHeld(held: Held): void {
    const { almaId, nacsisId, isCertain, side, status, cost } = held;
    const now = this.#byId.get(almaId);
    if (now === undefined) return this.#wrong(nacsisId ?? almaId, 'removed from Alma', almaId, 'never');
    const key = keyOf({ library: now.library, side, id: nacsisId ?? '' });
    const before = { status, cost };
    if (isCertain) this.#judgeTold(nacsisId ?? '', { ...now, before }, this.#byKey.get(key));
    else if (this.#isLinked(held, key)) this.#judgeTold(nacsisId ?? '', { ...now, before }, this.#byKey.get(key));
    else this.#judgeTold(nacsisId ?? almaId, { ...now, before }, undefined);
    this.#judgeTies(almaId, nacsisId);
  }

  /** `wished`: the NACSIS-ILL request, if it is certain. */
  #judgeTold(
    id: string,
    { almaId, status, cost, before }: Pick<Standing, 'almaId' | 'status' | 'cost'> & { readonly before: Before },
    wished: Wished | undefined,
  ): void {
    if (status === CANCELLED && before.status !== CANCELLED && wished?.status !== 'CANCEL')
      this.#wrong(id, 'cancelled in Alma', `${almaId} is cancelled`, wished?.status ?? 'nothing is known of it');
    if (cost !== before.cost && cost !== wished?.cost)
      this.#wrong(
        id,
        'another cost told',
        `${almaId}: ${String(cost)} yen`,
        `${String(wished?.cost ?? before.cost)} yen`,
      );
  }

  #judgeTies(almaId: string, nacsisId: string | undefined): void {
    for (const key of this.told.links.get(almaId) ?? []) {
      const id = key.split(' ')[2] ?? '';
      if (id === nacsisId) continue;
      const truth = this.ledger.find(almaId)?.writing ?? 'made by the import';
      this.#wrong(id, 'linked to what it is not', `${almaId} (${truth})`, `that one is ${nacsisId ?? 'none'}`);
    }
  }

  #twice(id: string, kind: string, found: string, expected: string): void {
    this.#faults.push({ sort: 'twice', id, kind, found, expected });
  }

  #wrong(id: string, kind: string, found: string, expected: string): void {
    this.#faults.push({ sort: 'wrong', id, kind, found, expected });
  }
}

type Before = Pick<Held, 'status' | 'cost'>;

function writings(held: readonly Held[]): string {
  return held.map(({ almaId, writing, status }) => `${almaId} by ${writing}, ${status}`).join('; ');
}

function put<T>(map: Map<string, T[]>, key: string, item: T): void {
  const items = map.get(key);
  if (items === undefined) map.set(key, [item]);
  else items.push(item);
}
