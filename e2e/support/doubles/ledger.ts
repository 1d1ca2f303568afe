import type { DoublesStack } from './doubles-stack';
import { ownIdOf, standingIn, type Side, type Standing } from './truth';

/** How staff recorded the NACSIS-ILL id in an Alma request. */
export interface Writing {
  readonly name: string;
  readonly externalId?: string;
  readonly note?: string;
  /** True when the id is in one of the two places that count: external id, or mark at the start of the note. */
  readonly isCertain: boolean;
}

/** An Alma request that the import did not make. */
export interface Held {
  readonly almaId: string;
  readonly side: Side;
  /** The NACSIS-ILL request that it really is. */
  readonly nacsisId?: string;
  readonly isCertain: boolean;
  readonly writing: string;
  /** Status and cost as staff left them. */
  status: string;
  cost: number;
}

/** An Alma request by staff. `nacsisId` is the request that it really is. */
export interface Holding {
  readonly side: Side;
  readonly nacsisId?: string;
  readonly writing: Writing;
  /** Id of the user. Lending requests belong to the partner. */
  readonly user?: string;
  readonly partner?: string;
  readonly library?: string;
  readonly status?: string;
  readonly title?: string;
}

export const NO_WRITING: Writing = { name: 'nothing', isCertain: false };

/**
 * The requests that staff put into Alma, each with the NACSIS-ILL request that it really is. The import made all
 * others.
 */
export class Ledger {
  readonly #held = new Map<string, Held>();

  private constructor(private readonly stack: DoublesStack) {}

  /** Opens the ledger with the requests that exist at the beginning, which name their NACSIS-ILL id themselves. */
  static async open(stack: DoublesStack): Promise<Ledger> {
    const ledger = new Ledger(stack);
    for (const standing of await standingIn(stack)) {
      const { almaId, side, status, cost } = standing;
      const nacsisId = ownIdOf(standing);
      const truth = nacsisId === undefined ? {} : { nacsisId };
      const isCertain = nacsisId !== undefined;
      ledger.#held.set(almaId, { almaId, side, ...truth, isCertain, writing: 'seed', status, cost });
    }
    return ledger;
  }

  get all(): readonly Held[] {
    return [...this.#held.values()];
  }

  find(almaId: string): Held | undefined {
    return this.#held.get(almaId);
  }

  isMade({ almaId }: Pick<Standing, 'almaId'>): boolean {
    return !this.#held.has(almaId);
  }

  /** Staff creates a request in Alma. Returns Alma's id. */
  async hold(holding: Holding): Promise<string> {
    const { side, user, partner, library, status, title = '紙の申込書', nacsisId, writing } = holding;
    const { request_id: almaId } = await this.#put({
      side: side === 'borrower' ? 'borrowing' : 'lending',
      ...{ title, user, status, owner: library },
      ...(partner === undefined ? {} : { partner: { value: partner } }),
      ...{ external_id: writing.externalId, note: writing.note },
    });
    this.#note(almaId, holding, nacsisId, writing);
    return almaId;
  }

  /** Staff records the NACSIS-ILL id in an existing request without one. */
  async write(almaId: string, nacsisId: string, writing: Writing): Promise<void> {
    const held = this.#held.get(almaId);
    if (held === undefined) throw new Error(`${almaId} is not staff's`);
    const side = held.side === 'borrower' ? 'borrowing' : 'lending';
    await this.#put({ side, request_id: almaId, external_id: writing.externalId, note: writing.note });
    this.#note(almaId, { ...held, writing }, nacsisId, writing);
  }

  /** Staff changes the status. */
  async change(almaId: string, status: string): Promise<void> {
    const held = this.#held.get(almaId);
    if (held === undefined) throw new Error(`${almaId} is not staff's`);
    await this.#put({ side: held.side === 'borrower' ? 'borrowing' : 'lending', request_id: almaId, status });
    held.status = status;
  }

  #note(almaId: string, { side, status = '' }: Holding, nacsisId: string | undefined, writing: Writing): void {
    this.#held.set(almaId, {
      ...{ almaId, side, cost: 0, writing: writing.name, isCertain: writing.isCertain },
      ...(nacsisId === undefined ? {} : { nacsisId }),
      status: status === '' ? (side === 'borrower' ? 'REQUEST_CREATED_BOR' : 'REQUEST_CREATED_LEND') : status,
    });
  }

  #put(body: object): Promise<{ readonly request_id: string }> {
    return this.stack.almaSim('POST', 'requests', body);
  }
}
