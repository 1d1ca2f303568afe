/** API contract: the work list. */
import Type, { type Static } from 'typebox';
import { GoneSchema, KindSchema, lacks, PartnerSchema, SideSchema } from './requests';
import { literals, MAX_PAGE } from './schema';
import { ACTIONS } from '../ill/commands';
import { KINDS, SIDES } from '../ill/kinds';
import { STATE_IDS } from '../ill/states';

/** Maximum number of rows on a page of the list. */
const MAX_PAGE_SIZE = 200;
/** Maximum number of ids in one query (paste, scan). */
const MAX_IDS = 200;

/**
 * - needs: requests that wait for this side first, longest waiting first; then the rest, oldest first
 * - oldest, newest: by the date of the last command (RNWDT)
 * - due: by the due date (DDATE), requests without one last
 */
export const SORTS = ['needs', 'oldest', 'newest', 'due', 'title', 'partner'] as const;
export type Sort = (typeof SORTS)[number];

const Day = Type.String({ pattern: '^[0-9]{8}$' });
/** Several values of one parameter: `status=発送&status=照会`. */
const severalOf = (maxItems: number, maxLength: number) =>
  Type.Array(Type.String({ minLength: 1, maxLength }), { maxItems });

export const ListQuerySchema = Type.Object({
  side: Type.Optional(SideSchema),
  library: Type.Optional(Type.String()),
  kind: Type.Optional(KindSchema),
  state: Type.Optional(literals(STATE_IDS)),
  /**
   * External System Status: Japanese texts as NACSIS-ILL returns them. Matches only requests that it still delivers.
   */
  status: Type.Optional(severalOf(30, 60)),
  /**
   * True includes requests that NACSIS-ILL no longer delivers, in addition to those that `status` or `state` select.
   */
  gone: Type.Optional(Type.Boolean()),
  /** FA number of the library on the other side. */
  partner: Type.Optional(Type.String({ maxLength: 16 })),
  /** True: only requests that wait for this side. */
  needsAction: Type.Optional(Type.Boolean()),
  /**
   * True excludes requests in a final state and requests that NACSIS-ILL no longer delivers; with `gone`, the latter
   * stay included.
   */
  open: Type.Optional(Type.Boolean()),
  /** Date of the last command (RNWDT), `from` and `to` inclusive, yyyyMMdd. */
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  /**
   * Substring of the id, title, partner, either library's number, or applicant, whatever the width, case, kana and
   * variants of characters.
   */
  q: Type.Optional(Type.String({ maxLength: 200 })),
  ids: Type.Optional(severalOf(MAX_IDS, 32)),
  /** Id of the linked Alma request. */
  almaRequestId: Type.Optional(Type.String({ maxLength: 64 })),
  /** An NCID. For borrower requests the gateway also queries NACSIS-ILL. */
  bibId: Type.Optional(Type.String({ maxLength: 32 })),
  /** ISO 8601. `newCount` counts requests that the other side or NACSIS-ILL changed since then. */
  newSince: Type.Optional(Type.String({ format: 'date-time' })),
  /** True: only requests changed since `newSince`. */
  onlyNew: Type.Optional(Type.Boolean()),
  sort: Type.Optional(literals(SORTS)),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE })),
});
export type ListQuery = Static<typeof ListQuerySchema>;

const StateOrNull = Type.Union([literals(STATE_IDS), Type.Null()]);

export const RequestSummarySchema = Type.Object({
  id: Type.String(),
  library: Type.String(),
  side: SideSchema,
  kind: KindSchema,
  state: StateOrNull,
  externalStatus: Type.String(),
  title: Type.String(),
  /** Volume, year and pages in one line; '' when none is given. */
  citation: Type.String(),
  partner: PartnerSchema,
  version: Type.Integer(),
  /**
   * ISO 8601. `seenAt`: when NACSIS-ILL last returned the request. `changedAt`: when it last returned a change.
   * `newsAt`: when the other side last changed the request.
   */
  seenAt: Type.String(),
  changedAt: Type.String(),
  newsAt: Type.Optional(Type.String()),
  /** yyyyMMdd: RNWDT, ODATE, DDATE. */
  updatedOn: Type.Optional(Type.String()),
  orderedOn: Type.Optional(Type.String()),
  dueDate: Type.Optional(Type.String()),
  /** True when this side must act; for a loan in use, from shortly before its due date. */
  waitsForUs: Type.Boolean(),
  gone: Type.Optional(GoneSchema),
  /** True when the last state change is not in the transition table. */
  hasJumped: Type.Optional(Type.Boolean()),
  lacks,
  /** Actions allowed for this side, in the order of the panel. */
  allowed: Type.Array(literals(ACTIONS)),
  /** The allowed action that is the usual next step. */
  next: Type.Optional(literals(ACTIONS)),
});
export type RequestSummary = Static<typeof RequestSummarySchema>;

const count = Type.Integer();
export const RequestListSchema = Type.Object({
  total: Type.Integer(),
  page: Type.Integer(),
  pageSize: Type.Integer(),
  items: Type.Array(RequestSummarySchema),
  /**
   * True when NACSIS-ILL was queried but did not return everything; the list then holds only what the gateway knows.
   */
  isPartial: Type.Optional(Type.Boolean()),
  /**
   * When the role files were last read completely, ISO 8601; for several libraries, the oldest of these times. Absent:
   * never. Rows, numbers and this time are of one state of the store.
   */
  readAt: Type.Optional(Type.String()),
  /** Present with `newSince`. */
  newCount: Type.Optional(Type.Integer()),
  /** Number of requests that wait for each side, whatever the filter. */
  waiting: Type.Object({ borrower: count, lender: count }),
  /** Each facet counts what the other filters leave and ignores its own filter. */
  facets: Type.Object({
    /**
     * Only requests that NACSIS-ILL delivers, in life-cycle order; statuses unknown to the table last. Ignores `open`.
     * `waiting`: how many of them wait for their side.
     */
    externalStatus: Type.Array(Type.Object({ value: Type.String(), count, waiting: count, state: StateOrNull })),
    /** Number of requests that NACSIS-ILL no longer delivers. Belongs to the status facet; ignores `open`. */
    gone: count,
    kind: Type.Array(Type.Object({ value: literals(KINDS), count })),
    /** The twenty partners with the most requests. */
    partner: Type.Array(Type.Object({ value: Type.String(), name: Type.Optional(Type.String()), count })),
  }),
});
export type RequestList = Static<typeof RequestListSchema>;

/** Current requests per state as NACSIS-ILL counts them (INDEXLIST, GL 3.4), unfiltered. */
export const CountsSchema = Type.Object({
  library: Type.String(),
  /** ISO 8601 */
  at: Type.String(),
  counts: Type.Array(
    Type.Object({
      side: literals(SIDES),
      kind: literals(KINDS),
      state: StateOrNull,
      externalStatus: Type.String(),
      count,
      waitsForUs: Type.Boolean(),
    }),
  ),
});
export type Counts = Static<typeof CountsSchema>;

/** Reads the role files: changes since the last complete reading, or everything (`full`). */
export const RefreshSchema = Type.Object({
  library: Type.Optional(Type.String()),
  full: Type.Optional(Type.Boolean()),
});
export const RefreshAnswerSchema = Type.Object({
  libraries: Type.Array(
    Type.Object({
      library: Type.String(),
      /** When the files were last read completely, ISO 8601; absent: never. */
      readAt: Type.Optional(Type.String()),
      isFull: Type.Boolean(),
      /** Requests that NACSIS-ILL returned; `changed`: how many of them were new or different. */
      read: count,
      changed: count,
      /** Requests that NACSIS-ILL no longer delivers. */
      gone: count,
      /** Records that could not be read as requests; they do not stop the reading. */
      unreadable: count,
      /**
       * True while the reading continues after this response, which holds the results so far. The next refresh joins
       * it.
       */
      isReading: Type.Optional(Type.Boolean()),
      /**
       * Set when a full reading was requested too soon after the last one. Only changes were read; a full reading is
       * possible again at this time, ISO 8601.
       */
      nextFullAt: Type.Optional(Type.String()),
      /** Error code of a reading that did not finish. What was read before the error is kept. */
      failure: Type.Optional(Type.String()),
    }),
  ),
});
export type RefreshAnswer = Static<typeof RefreshAnswerSchema>;
