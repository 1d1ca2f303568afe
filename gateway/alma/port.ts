/** The institution in Alma, and the key of its API. The key never leaves the gateway. */
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

/** A resource sharing request of Alma, as far as it told (any key may be missing, alma.md 2.2). */
export interface AlmaRequest {
  readonly requestId: string;
  readonly externalId?: string;
  readonly status?: { readonly code: string; readonly name?: string };
  readonly note?: string;
  readonly partnerCode?: string;
  /** Yen; absent where Alma counts in another currency. */
  readonly shippingCost?: number;
  /** Keys of Alma's request object whose values are texts: title, author, volume, pages … */
  readonly texts: Readonly<Partial<Record<string, string>>>;
}

/** What Alma is sent to make a request: keys of its request object. */
export type AlmaBody = Readonly<Record<string, unknown>>;

export interface CreateOptions {
  /** Time in milliseconds after which it must not be sent any more: by then another gateway may be at it. */
  readonly notAfter?: number;
}

/** Lending requests of a library. The task list has 100 at most and no pages (T1). */
export interface TaskList {
  readonly requests: readonly AlmaRequest[];
  /** false: there are more than it shows. */
  readonly isComplete: boolean;
}

/**
 * - unavailable: not reached, or Alma failed; nothing was done
 * - daily-threshold: no more calls today; nothing was done
 * - key-refused: the API key has no right to this; nothing was done
 * - refused: Alma said no, in its own words; nothing was done
 * - malformed: an answer without what it must have; of a create nobody knows what was done
 * - unknown: a create or a change without an answer; it may have been done
 */
export type AlmaFault = 'unavailable' | 'daily-threshold' | 'key-refused' | 'refused' | 'malformed' | 'unknown';

export class AlmaError extends Error {
  override readonly name = 'AlmaError';
  constructor(
    readonly fault: AlmaFault,
    message: string,
    readonly details: {
      readonly status?: number;
      /** Alma's own error code and words. */
      readonly code?: string;
      readonly message?: string;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: details.cause });
  }
}

/**
 * Everything the import asks of Alma's REST API (alma.md 2.1: U1-U5, P2, P6, P7, T1). Every method throws an `AlmaError` and nothing else.
 * Calls keep below the limit of calls per second; 429 of a second, and reads that Alma failed at, are tried again here.
 */
export interface AlmaPort {
  /** undefined: there is none with this code. */
  partner(access: AlmaAccess, code: string): Promise<AlmaPartner | undefined>;
  hasUser(access: AlmaAccess, userId: string): Promise<boolean>;
  /** Alma's ids of all resource sharing requests among the user's requests (U5). */
  borrowingIds(access: AlmaAccess, userId: string): Promise<readonly string[]>;
  /** undefined: this user has none with this id. */
  borrowing(access: AlmaAccess, userId: string, requestId: string): Promise<AlmaRequest | undefined>;
  createBorrowing(access: AlmaAccess, userId: string, body: AlmaBody, options?: CreateOptions): Promise<AlmaRequest>;
  /** Cancels it; it stays, and the patron is not told. */
  cancelBorrowing(access: AlmaAccess, userId: string, requestId: string): Promise<void>;
  setShippingCost(access: AlmaAccess, userId: string, requestId: string, yen: number): Promise<AlmaRequest>;
  taskList(access: AlmaAccess, library: string, partnerCode?: string): Promise<TaskList>;
  lending(access: AlmaAccess, partnerCode: string, requestId: string): Promise<AlmaRequest | undefined>;
  createLending(access: AlmaAccess, partnerCode: string, body: AlmaBody, options?: CreateOptions): Promise<AlmaRequest>;
}
