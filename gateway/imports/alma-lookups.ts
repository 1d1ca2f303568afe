import type { AlmaAccess, AlmaPartner, AlmaPort, AlmaRequest, TaskList } from '../alma/port';
import { timeOver } from './item-stop';
import { nacsisIdsOf, type SeenRequests } from './seen-requests';

/** Alma's ids of those that carry the NACSIS id. `isComplete`: there is no other request that could be it. */
export interface Found {
  readonly almaIds: readonly string[];
  readonly isComplete: boolean;
}
export interface FoundLending {
  readonly requests: readonly AlmaRequest[];
  readonly isComplete: boolean;
}

/** A patron's requests in Alma: NACSIS id → Alma's ids. */
interface PatronList {
  readonly byNacsisId: ReadonlyMap<string, readonly string[]>;
  readonly isComplete: boolean;
}
interface Asked<T> {
  readonly at: number;
  readonly answer: Promise<T>;
}

/** Requests of a patron that are read at once and remembered together. */
const READ_AT_ONCE = 20;

/**
 * What is looked up in Alma for several requests is asked once; for one step of a run. Where it matters that something which was sent
 * shortly before would show, `notBefore` (milliseconds) says how fresh the answer must be.
 */
export class AlmaLookups {
  readonly #users = new Map<string, Asked<boolean>>();
  readonly #partners = new Map<string, Asked<AlmaPartner | undefined>>();
  readonly #tasks = new Map<string, Asked<TaskList>>();
  readonly #lists = new Map<string, Asked<PatronList>>();

  /** `notAfter` (milliseconds): no further request of a patron is read then; those that were read are remembered. */
  constructor(
    private readonly alma: AlmaPort,
    private readonly access: AlmaAccess,
    private readonly seen: SeenRequests,
    private readonly now: () => Date,
    private readonly notAfter: number,
  ) {}

  hasUser(userId: string): Promise<boolean> {
    return this.#once(this.#users, userId, 0, () => this.alma.hasUser(this.access, userId));
  }

  partner(code: string): Promise<AlmaPartner | undefined> {
    return this.#once(this.#partners, code, 0, () => this.alma.partner(this.access, code));
  }

  async findLending(library: string, partner: string, nacsisId: string, notBefore = 0): Promise<FoundLending> {
    const { requests, isComplete } = await this.#once(this.#tasks, `${library}\n${partner}`, notBefore, () =>
      this.alma.taskList(this.access, library, partner),
    );
    return { requests: requests.filter((request) => nacsisIdsOf(request).includes(nacsisId)), isComplete };
  }

  /** Nobody can search Alma for borrowing requests (alma.md 2.1 U5): each of the patron's is read once. */
  async findBorrowing(userId: string, nacsisId: string, notBefore = 0): Promise<Found> {
    const list = await this.#once(this.#lists, userId, notBefore, () => this.#listOf(userId));
    return { almaIds: list.byNacsisId.get(nacsisId) ?? [], isComplete: list.isComplete };
  }

  async #listOf(userId: string): Promise<PatronList> {
    const almaIds = await this.alma.borrowingIds(this.access, userId);
    const known = new Map(await this.seen.among(almaIds));
    const unseen = almaIds.filter((id) => !known.has(id));
    let isFurther = false;
    for (let at = 0; at < unseen.length; at += READ_AT_ONCE) {
      if (this.now().getTime() > this.notAfter) throw timeOver(this.now(), isFurther);
      const read = await this.#read(userId, unseen.slice(at, at + READ_AT_ONCE));
      await this.seen.remember(userId, read);
      isFurther ||= read.length > 0;
      for (const { almaId, nacsisIds } of read) known.set(almaId, nacsisIds);
    }
    const byNacsisId = new Map<string, readonly string[]>();
    for (const [almaId, nacsisIds] of known)
      for (const id of nacsisIds) byNacsisId.set(id, [...(byNacsisId.get(id) ?? []), almaId]);
    return { byNacsisId, isComplete: known.size >= new Set(almaIds).size };
  }

  /** What Alma names and then does not find is left out, and looked at again the next time. */
  async #read(userId: string, almaIds: readonly string[]) {
    const requests = await Promise.all(almaIds.map((id) => this.alma.borrowing(this.access, userId, id)));
    return requests.flatMap((request, at) =>
      request === undefined ? [] : [{ almaId: almaIds[at] ?? request.requestId, nacsisIds: nacsisIdsOf(request) }],
    );
  }

  #once<T>(asked: Map<string, Asked<T>>, name: string, notBefore: number, ask: () => Promise<T>): Promise<T> {
    const before = asked.get(name);
    if (before !== undefined && before.at >= notBefore) return before.answer;
    const answer = ask();
    const entry = { at: this.now().getTime(), answer };
    asked.set(name, entry);
    // A failed call is asked again by the next request.
    answer.catch(() => {
      if (asked.get(name) === entry) asked.delete(name);
    });
    return answer;
  }
}
