import type { Side } from '#domain/ill/kinds';
import { isVisible, type StoredRequest } from './stored-request';

/**
 * Ids consist of this prefix and 10 digits (ISO-A.3).
 * @unconfirmed O: Ids of requests begin with LA for copies, too, and their last digit is no check character. Confirm: compare the ids of some requests.
 */
const PREFIX = 'LA';
const FIRST_NUMBER = 9_000_000_001;

/** All requests, indexed by id and by library. */
export class RequestStore {
  private readonly byId = new Map<string, StoredRequest>();
  private readonly byMember: Readonly<Record<Side, Map<string, Set<string>>>> = {
    borrower: new Map(),
    lender: new Map(),
  };
  private next = FIRST_NUMBER;

  constructor(private readonly changed: () => void = () => undefined) {}

  /** The number of the next new request. */
  get nextNumber(): number {
    return this.next;
  }

  /** Returns a new id that was never used before. */
  newId(): string {
    let id = '';
    do {
      id = written(this.next);
      this.next += 1;
    } while (this.byId.has(id));
    return id;
  }

  find(id: string): StoredRequest | undefined {
    return this.byId.get(id);
  }

  all(): readonly StoredRequest[] {
    return [...this.byId.values()];
  }

  /** The requests that the library sees on this side, in ascending order of id. */
  visibleTo(library: string, side: Side): readonly StoredRequest[] {
    const ids = [...(this.byMember[side].get(library) ?? [])].sort();
    return ids.flatMap((id) => this.byId.get(id) ?? []).filter((request) => isVisible(request, library, side));
  }

  put(entry: StoredRequest): void {
    const before = this.byId.get(entry.request.id);
    if (before)
      for (const [side, member] of partiesOf(before)) this.byMember[side].get(member)?.delete(entry.request.id);
    this.byId.set(entry.request.id, entry);
    for (const [side, member] of partiesOf(entry)) {
      const ids = this.byMember[side].get(member);
      if (ids) ids.add(entry.request.id);
      else this.byMember[side].set(member, new Set([entry.request.id]));
    }
    this.changed();
  }

  /** Marks all numbers below this one as used. */
  skipTo(number: number): void {
    this.next = Math.max(this.next, number);
  }

  replaceAll(entries: readonly StoredRequest[], nextNumber: number = FIRST_NUMBER): void {
    this.byId.clear();
    this.byMember.borrower.clear();
    this.byMember.lender.clear();
    this.next = nextNumber;
    for (const entry of entries) this.put(entry);
    this.changed();
  }
}

/** The id of the request with this number, counted from 0 after a fresh start. */
export function idOfNumber(number: number): string {
  return written(FIRST_NUMBER + number);
}

function written(number: number): string {
  return PREFIX + String(number).padStart(10, '0');
}

function partiesOf({ request }: StoredRequest): readonly (readonly [Side, string])[] {
  const { borrowerId, lenderId } = request.fields;
  return [
    ...(borrowerId === undefined ? [] : [['borrower', borrowerId] as const]),
    ...(lenderId === undefined ? [] : [['lender', lenderId] as const]),
  ];
}
