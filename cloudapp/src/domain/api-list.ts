/** The part of the contract between app and gateway that is the work list. */
import Type, { type Static } from 'typebox';
import { GoneSchema, KindSchema, PartnerSchema, SideSchema } from './api';
import { literals } from './api-schema';
import { ACTIONS } from './commands';
import { KINDS, SIDES } from './kinds';
import { STATE_IDS } from './states';

/** Pages of the list have this many rows at most. */
export const MAX_PAGE_SIZE = 200;
/** So many ids may be asked for at once (paste, scan). */
export const MAX_IDS = 200;

/**
 * - needs: what waits for this side first, the longest waiting before the others; then the rest, oldest first
 * - oldest, newest: by the day of the last command (RNWDT)
 * - due: by the due date (DDATE), those without one last
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
  /** External System Status: the Japanese texts as NACSIS-ILL gives them. */
  status: Type.Optional(severalOf(30, 60)),
  /** FA number of the library on the other side. */
  partner: Type.Optional(Type.String({ maxLength: 16 })),
  /** true: only what waits for this side. */
  needsAction: Type.Optional(Type.Boolean()),
  /** true: only those that are not in a final state and not gone. */
  open: Type.Optional(Type.Boolean()),
  /** Day of the last command (RNWDT), from and to, inclusive. yyyyMMdd */
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  /** Part of id, title, partner, the own or the other library's number, or of the applicant. */
  q: Type.Optional(Type.String({ maxLength: 200 })),
  ids: Type.Optional(severalOf(MAX_IDS, 32)),
  /** The request of the ILS that it is tied to. */
  almaRequestId: Type.Optional(Type.String({ maxLength: 64 })),
  /** An NCID; of the borrower's requests NACSIS-ILL is asked, too. */
  bibId: Type.Optional(Type.String({ maxLength: 32 })),
  /** ISO 8601: what the other side, or NACSIS-ILL, changed since is counted in `newCount`. */
  newSince: Type.Optional(Type.String({ format: 'date-time' })),
  /** true: only what is new since `newSince`. */
  onlyNew: Type.Optional(Type.Boolean()),
  sort: Type.Optional(literals(SORTS)),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
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
  /** Volume, year and pages in one line; '' where none was given. */
  citation: Type.String(),
  partner: PartnerSchema,
  version: Type.Integer(),
  /** ISO 8601: when NACSIS-ILL last told it; when it last told something new; when the other side last changed it. */
  seenAt: Type.String(),
  changedAt: Type.String(),
  newsAt: Type.Optional(Type.String()),
  /** yyyyMMdd: RNWDT, ODATE, DDATE. */
  updatedOn: Type.Optional(Type.String()),
  orderedOn: Type.Optional(Type.String()),
  dueDate: Type.Optional(Type.String()),
  /** This side must act. */
  waitsForUs: Type.Boolean(),
  gone: Type.Optional(GoneSchema),
  /** Its last change of state is not in the table. */
  hasJumped: Type.Optional(Type.Boolean()),
  /** What this side may do now, in the order of the panel. */
  allowed: Type.Array(literals(ACTIONS)),
});
export type RequestSummary = Static<typeof RequestSummarySchema>;

const count = Type.Integer();
export const RequestListSchema = Type.Object({
  total: Type.Integer(),
  page: Type.Integer(),
  pageSize: Type.Integer(),
  items: Type.Array(RequestSummarySchema),
  /** NACSIS-ILL was to be asked and did not tell everything: the list holds what the gateway knows. */
  isPartial: Type.Optional(Type.Boolean()),
  /** When the role files were last read to the end, ISO 8601; of several libraries the oldest. Absent: never. */
  readAt: Type.Optional(Type.String()),
  /** With `newSince`. */
  newCount: Type.Optional(Type.Integer()),
  /** Each facet counts what the other filters leave; it ignores its own. */
  facets: Type.Object({
    /** In the order of a request's life; what the table does not know last. */
    externalStatus: Type.Array(
      Type.Object({ value: Type.String(), count, state: StateOrNull, waitsForUs: Type.Boolean() }),
    ),
    kind: Type.Array(Type.Object({ value: literals(KINDS), count })),
    /** The twenty with the most requests. */
    partner: Type.Array(Type.Object({ value: Type.String(), name: Type.Optional(Type.String()), count })),
  }),
});
export type RequestList = Static<typeof RequestListSchema>;

/** Requests per state as NACSIS-ILL counts them now (INDEXLIST, GL 3.4), unfiltered. */
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

/** Reads the role files: what changed since the last complete reading, or everything. */
export const RefreshSchema = Type.Object({
  library: Type.Optional(Type.String()),
  full: Type.Optional(Type.Boolean()),
});
export const RefreshAnswerSchema = Type.Object({
  libraries: Type.Array(
    Type.Object({
      library: Type.String(),
      /** When the files were last read to the end, ISO 8601; absent: never yet. */
      readAt: Type.Optional(Type.String()),
      isFull: Type.Boolean(),
      /** Requests that NACSIS-ILL delivered, and how many of them were new or different. */
      read: count,
      changed: count,
      /** Requests that it delivers no more. */
      gone: count,
      /** Records that cannot be read as requests; the others were read all the same. */
      unreadable: count,
      /** The reading goes on after this answer, which tells what is known so far; the next refresh joins it. */
      isReading: Type.Optional(Type.Boolean()),
      /** Why the reading did not come to its end: a code of the error catalogue. What was read until then is kept. */
      failure: Type.Optional(Type.String()),
    }),
  ),
});
export type RefreshAnswer = Static<typeof RefreshAnswerSchema>;
