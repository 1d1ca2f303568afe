/** API contract: the import job. import.ts holds the lists of codes. */
import Type, { type Static } from 'typebox';
import { KindSchema, SideSchema } from './requests';
import { literals, MAX_PAGE } from './schema';
import {
  CHANGES,
  CONFIGURATION_FAULTS,
  IMPORT_FAULTS,
  OUTCOMES,
  REPORT_PAGE,
  RUN_FAULTS,
  RUN_PHASES,
  RUN_STATES,
  RUN_TRIGGERS,
} from '../imports/import';

/** POST /imports. Without `library`, one run covers every library of the institution. */
export const StartImportSchema = Type.Object(
  {
    library: Type.Optional(Type.String()),
    /**
     * True reads everything and compares it with Alma; otherwise the run reads only what changed since the last
     * complete reading.
     */
    full: Type.Optional(Type.Boolean()),
    /** Reports what would be done without changing Alma. */
    dryRun: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type StartImport = Static<typeof StartImportSchema>;

/** 202. `joined`: an equivalent run is already queued or running, and `runId` is its id. */
export const StartedImportSchema = Type.Object({ runId: Type.String(), joined: Type.Optional(Type.Boolean()) });
export type StartedImport = Static<typeof StartedImportSchema>;

/**
 * POST /imports/{id}/retry: repeats one failed request of that run. `side` may be omitted when the id exists on one
 * side only. Answers 202 with a new run.
 */
export const RetryImportSchema = Type.Object(
  { id: Type.String({ minLength: 1, maxLength: 64 }), side: Type.Optional(SideSchema) },
  { additionalProperties: false },
);
export type RetryImport = Static<typeof RetryImportSchema>;

/** processed = succeeded + failed. */
const SideTotalsSchema = Type.Object({
  processed: Type.Integer(),
  succeeded: Type.Integer(),
  failed: Type.Integer(),
});
/** processed = borrowing.processed + lending.processed = created + updated + statusChanged + unchanged + failed. */
const TotalsSchema = Type.Object({
  processed: Type.Integer(),
  borrowing: SideTotalsSchema,
  lending: SideTotalsSchema,
  created: Type.Integer(),
  updated: Type.Integer(),
  statusChanged: Type.Integer(),
  unchanged: Type.Integer(),
  failed: Type.Integer(),
});
export type Totals = Static<typeof TotalsSchema>;

/**
 * `detail`: English text for the log. `almaCode` and `almaMessage`: Alma's answer. `field`: a domain name, or a key of
 * Alma's request object.
 */
const FailureSchema = Type.Object({
  code: literals(IMPORT_FAULTS),
  detail: Type.Optional(Type.String()),
  field: Type.Optional(Type.String()),
  /** The partner code, patron id or Alma request ids concerned. */
  name: Type.Optional(Type.String()),
  almaCode: Type.Optional(Type.String()),
  almaMessage: Type.Optional(Type.String()),
});
export type Failure = Static<typeof FailureSchema>;

const ChangeSchema = Type.Object({
  what: literals(CHANGES),
  field: Type.Optional(Type.String()),
  from: Type.Optional(Type.String()),
  to: Type.Optional(Type.String()),
});
export type Change = Static<typeof ChangeSchema>;

/** A request of a run, by its NACSIS id. `outcome` is absent until the request is processed. */
export const ImportedRequestSchema = Type.Object({
  library: Type.String(),
  side: SideSchema,
  /** Empty when the id could not be read from the NACSIS-ILL record. */
  id: Type.String(),
  kind: Type.Optional(KindSchema),
  title: Type.Optional(Type.String()),
  outcome: Type.Optional(literals(OUTCOMES)),
  changes: Type.Array(ChangeSchema),
  failure: Type.Optional(FailureSchema),
  /** The latest run that retried the request. */
  retriedIn: Type.Optional(Type.String()),
});
export type ImportedRequest = Static<typeof ImportedRequestSchema>;

const RunFailureSchema = Type.Object({ code: literals(RUN_FAULTS), detail: Type.Optional(Type.String()) });
const ConfigurationErrorSchema = Type.Object({
  library: Type.String(),
  code: literals(CONFIGURATION_FAULTS),
  /** The partner code or patron id; absent when none is set. */
  name: Type.Optional(Type.String()),
});
export type ConfigurationError = Static<typeof ConfigurationErrorSchema>;

/** A NACSIS id that occurs in several Alma requests. */
const DoubledSchema = Type.Object({
  library: Type.String(),
  side: SideSchema,
  id: Type.String(),
  almaRequestIds: Type.Array(Type.String()),
});
export type Doubled = Static<typeof DoubledSchema>;
/** The check at the end of a run. `isComplete`: Alma returned everything that was checked. */
const RunCheckSchema = Type.Object({ doubled: Type.Array(DoubledSchema), isComplete: Type.Boolean() });
export type RunCheck = Static<typeof RunCheckSchema>;

export const ImportRunSchema = Type.Object({
  runId: Type.String(),
  state: literals(RUN_STATES),
  /** Present only while the run is running. */
  phase: Type.Optional(literals(RUN_PHASES)),
  /** Library codes, in processing order. */
  libraries: Type.Array(Type.String()),
  trigger: literals(RUN_TRIGGERS),
  /** The user who started the run; absent for the schedule. */
  startedBy: Type.Optional(Type.String()),
  full: Type.Boolean(),
  dryRun: Type.Boolean(),
  /** For a retry: the run that the failed request belongs to. */
  retryOf: Type.Optional(Type.String()),
  requestedAt: Type.String(),
  startedAt: Type.Optional(Type.String()),
  finishedAt: Type.Optional(Type.String()),
  /** Number of times the run was resumed after its gateway stopped in the middle. */
  resumed: Type.Integer(),
  /** True when cancellation was requested; the run ends after the requests in progress. */
  isCancelling: Type.Boolean(),
  waiting: Type.Optional(Type.Object({ code: literals(RUN_FAULTS), until: Type.String() })),
  /**
   * `read`: records read from NACSIS-ILL so far. `due`: requests to import, known once reading is done. `done`:
   * requests already imported.
   */
  progress: Type.Object({ read: Type.Integer(), due: Type.Optional(Type.Integer()), done: Type.Integer() }),
  totals: TotalsSchema,
  /** Why the run could not finish; `progress` shows how far it came. */
  failure: Type.Optional(RunFailureSchema),
  configuration: Type.Array(ConfigurationErrorSchema),
  /** Absent when the run did not finish. */
  check: Type.Optional(RunCheckSchema),
});
export type ImportRun = Static<typeof ImportRunSchema>;

/** GET /imports/{id}: the run with its first REPORT_PAGE failed requests. */
export const ImportReportSchema = Type.Intersect([
  ImportRunSchema,
  Type.Object({ failures: Type.Array(ImportedRequestSchema) }),
]);
export type ImportReport = Static<typeof ImportReportSchema>;

/** GET /imports, newest first. Without `retries`, retries of single requests are omitted. */
export const RunsQuerySchema = Type.Object(
  {
    library: Type.Optional(Type.String()),
    retries: Type.Optional(Type.Boolean()),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE })),
  },
  { additionalProperties: false },
);
export type RunsQuery = Static<typeof RunsQuerySchema>;
export const RunsSchema = Type.Object({ total: Type.Integer(), items: Type.Array(ImportRunSchema) });
export type Runs = Static<typeof RunsSchema>;

/** GET /imports/{id}/requests, in the order of the run, REPORT_PAGE per page. */
export const ImportedQuerySchema = Type.Object(
  {
    side: Type.Optional(SideSchema),
    outcome: Type.Optional(literals(OUTCOMES)),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE })),
  },
  { additionalProperties: false },
);
export type ImportedQuery = Static<typeof ImportedQuerySchema>;
export const ImportedPageSchema = Type.Object({
  total: Type.Integer(),
  page: Type.Integer(),
  pageSize: Type.Literal(REPORT_PAGE),
  items: Type.Array(ImportedRequestSchema),
});
export type ImportedPage = Static<typeof ImportedPageSchema>;

/** A row of config/status-map.json. `alma` null: Alma's status stays unchanged. */
export const StatusMapRowSchema = Type.Object(
  {
    side: SideSchema,
    kind: KindSchema,
    /** STAT, in Japanese. */
    nacsis: Type.String(),
    alma: Type.Union([Type.String(), Type.Null()]),
    source: literals(['documented', 'inferred']),
    /**
     * Set when Alma's public API can apply the status (cancellation only); otherwise the gateway stores the status
     * itself.
     */
    applied: Type.Optional(literals(['cancel'])),
  },
  { additionalProperties: false },
);
export type StatusMapRow = Static<typeof StatusMapRowSchema>;
/** GET /imports/status-map */
export const StatusMapSchema = Type.Object({ rows: Type.Array(StatusMapRowSchema) });
export type StatusMap = Static<typeof StatusMapSchema>;

/** Event name in the stream of GET /imports/{id}/events. The data is an ImportRun; the last event has a final state. */
export const RUN_EVENT = 'run';
