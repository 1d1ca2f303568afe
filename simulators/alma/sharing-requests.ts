import type { BorrowingRecord, Exchange, LendingRecord, SharingRequest, Side } from './model';

/** The resource sharing requests of both institutions as stored on disk. */
export interface StoredRequests {
  readonly borrowing: readonly BorrowingRecord[];
  readonly lending: readonly LendingRecord[];
  readonly sequence: number;
}

/** All resource sharing requests by Alma's request id, oldest first. */
export class SharingRequests {
  private borrowing: Map<string, BorrowingRecord>;
  private lending: Map<string, LendingRecord>;
  private sequence: number;

  constructor(
    stored: StoredRequests,
    private readonly changed: () => void,
  ) {
    this.borrowing = byId(stored.borrowing);
    this.lending = byId(stored.lending);
    this.sequence = stored.sequence;
  }

  /**
   * Replaces all requests. Never reuses a number, so that a client that remembers an old request cannot confuse it with
   * a new one.
   */
  replaceAll(stored: StoredRequests): void {
    this.borrowing = byId(stored.borrowing);
    this.lending = byId(stored.lending);
    this.sequence = Math.max(this.sequence, stored.sequence);
    this.changed();
  }

  snapshot(): StoredRequests {
    return { borrowing: [...this.borrowing.values()], lending: [...this.lending.values()], sequence: this.sequence };
  }

  /** The next sequence number, from which ids and external ids are built. */
  nextNumber(): number {
    this.sequence += 1;
    return this.sequence;
  }

  borrowingOf(institution: string): readonly BorrowingRecord[] {
    return [...this.borrowing.values()].filter((record) => record.institution === institution);
  }

  lendingOf(institution: string): readonly LendingRecord[] {
    return [...this.lending.values()].filter((record) => record.institution === institution);
  }

  findBorrowing(institution: string, requestId: string): BorrowingRecord | undefined {
    const record = this.borrowing.get(requestId);
    return record?.institution === institution ? record : undefined;
  }

  findLending(institution: string, requestId: string): LendingRecord | undefined {
    const record = this.lending.get(requestId);
    return record?.institution === institution ? record : undefined;
  }

  /** The request of any institution; the ids of institutions differ. */
  find(side: Side, requestId: string): BorrowingRecord | LendingRecord | undefined {
    return side === 'borrowing' ? this.borrowing.get(requestId) : this.lending.get(requestId);
  }

  of(side: Side): readonly (BorrowingRecord | LendingRecord)[] {
    return [...(side === 'borrowing' ? this.borrowing : this.lending).values()];
  }

  /** Replaces parts of a request. Does nothing when it was removed. */
  change(
    side: Side,
    requestId: string,
    parts: { readonly request: SharingRequest; readonly exchange: Exchange },
  ): void {
    const [borrowed, lent] = [this.borrowing.get(requestId), this.lending.get(requestId)];
    if (side === 'borrowing' && borrowed) this.saveBorrowing({ ...borrowed, ...parts });
    if (side === 'lending' && lent) this.saveLending({ ...lent, ...parts });
  }

  saveBorrowing(record: BorrowingRecord): void {
    this.borrowing.set(record.request.request_id, record);
    this.changed();
  }

  saveLending(record: LendingRecord): void {
    this.lending.set(record.request.request_id, record);
    this.changed();
  }

  removeBorrowing(requestId: string): void {
    this.borrowing.delete(requestId);
    this.changed();
  }
}

/** Alma's request id: 17 digits that end in the institution's suffix. */
export function requestId(sequence: number, suffix: string): string {
  return `35${String(sequence).padStart(8, '0')}${suffix}`;
}

/** External id that Alma gives a borrowing request. */
export function externalId(sequence: number, institution: string): string {
  return `${institution.replace('_INST', '')}${String(sequence).padStart(7, '0')}`;
}

function byId<T extends BorrowingRecord | LendingRecord>(records: readonly T[]): Map<string, T> {
  return new Map(records.map((record) => [record.request.request_id, record]));
}
