/** The institution in Alma, and its API key. The key never leaves the gateway. */
export interface AlmaAccess {
  /** Code of the institution. */
  readonly institution: string;
  readonly apiKey: string;
}

export interface AlmaPartner {
  readonly code: string;
  readonly name: string;
  readonly isActive: boolean;
}

/** A resource sharing request in Alma. Any key may be missing (alma.md 2.2). */
export interface AlmaRequest {
  readonly requestId: string;
  readonly externalId?: string;
  readonly status?: { readonly code: string; readonly name?: string };
  readonly note?: string;
  readonly partnerCode?: string;
  /** Yen; absent when Alma uses another currency. */
  readonly shippingCost?: number;
  /** Keys of Alma's request object with text values: title, author, volume, pages … */
  readonly texts: Readonly<Partial<Record<string, string>>>;
}

/** The body that creates a request in Alma: keys of its request object. */
export type AlmaBody = Readonly<Record<string, unknown>>;

export interface CreateOptions {
  /**
   * Time in milliseconds after which the create must not be sent: from then on another gateway may be working on the
   * request.
   */
  readonly notAfter?: number;
}

/** Which of a user's requests to list (U5). The history is empty when the institution anonymizes it. */
export type BorrowingList = 'active' | 'history';
/** Alma's ids of resource sharing requests. */
export interface BorrowingIds {
  readonly ids: readonly string[];
  /** False when rows and count did not match in any reading. */
  readonly isComplete: boolean;
}

/** Filters of the task list (T1). */
export type TaskFilter = Readonly<Partial<Record<'status' | 'printed' | 'reported' | 'requested_format', string>>>;
/** Lending requests of a library, each once. The task list has at most 100 requests and no pages (T1). */
export interface TaskList {
  readonly requests: readonly AlmaRequest[];
  /** Total number as Alma counts it. */
  readonly total: number;
  /** False when there are more requests than shown, or the count is wrong. */
  readonly isComplete: boolean;
}

/**
 * - unavailable: Alma was not reached, or it failed; nothing was done
 * - daily-threshold: no more calls today; nothing was done
 * - key-refused: the API key does not permit the call; nothing was done
 * - refused: Alma refused the call with its own code; nothing was done
 * - malformed: a required part of the answer is missing; a create may or may not have been done
 * - unknown: a create or change without an answer; it may have been done
 */
export type AlmaFault = 'unavailable' | 'daily-threshold' | 'key-refused' | 'refused' | 'malformed' | 'unknown';

export class AlmaError extends Error {
  override readonly name = 'AlmaError';
  constructor(
    readonly fault: AlmaFault,
    message: string,
    readonly details: {
      readonly status?: number;
      /** Alma's own error code and message. */
      readonly code?: string;
      readonly message?: string;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: details.cause });
  }
}

/**
 * All calls of the import to Alma's REST API (alma.md 2.1: U1-U5, P2, P6, P7, T1). Every method throws only
 * `AlmaError`.
 * An answer that is not fully understood is `malformed`, never empty.
 * Calls stay below the limit per second. A 429 of the limit per second and failed reads are repeated here.
 */
export interface AlmaPort {
  /** Undefined when no partner has this code. */
  partner(access: AlmaAccess, code: string): Promise<AlmaPartner | undefined>;
  /** True when a user has exactly this primary id. */
  hasUser(access: AlmaAccess, userId: string): Promise<boolean>;
  /** All resource sharing requests among the user's requests (U5). */
  borrowingIds(access: AlmaAccess, userId: string, list: BorrowingList): Promise<BorrowingIds>;
  /** Undefined when the user has no request with this id. */
  borrowing(access: AlmaAccess, userId: string, requestId: string): Promise<AlmaRequest | undefined>;
  createBorrowing(access: AlmaAccess, userId: string, body: AlmaBody, options?: CreateOptions): Promise<AlmaRequest>;
  /** Cancels the request without deleting it; the patron is not notified. */
  cancelBorrowing(access: AlmaAccess, userId: string, requestId: string): Promise<void>;
  setShippingCost(access: AlmaAccess, userId: string, requestId: string, yen: number): Promise<AlmaRequest>;
  taskList(access: AlmaAccess, library: string, filter?: TaskFilter): Promise<TaskList>;
  lending(access: AlmaAccess, partnerCode: string, requestId: string): Promise<AlmaRequest | undefined>;
  createLending(access: AlmaAccess, partnerCode: string, body: AlmaBody, options?: CreateOptions): Promise<AlmaRequest>;
}
