/** The part of the contract between app and gateway about the import job. The lists stand in import.ts. */
import Type, { type Static } from 'typebox';
import { KindSchema, SideSchema } from './api';
import { literals } from './api-schema';
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
} from './import';

/** POST /imports. Without `library` one run covers every library of the institution. */
export const StartImportSchema = Type.Object(
  {
    library: Type.Optional(Type.String()),
    /** Reads everything and compares everything with Alma; else what changed since the last complete reading. */
    full: Type.Optional(Type.Boolean()),
    /** Says what would be done, and does nothing in Alma. */
    dryRun: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type StartImport = Static<typeof StartImportSchema>;

/** 202. `joined`: a run that does the same is queued or running already, and this is its id. */
export const StartedImportSchema = Type.Object({ runId: Type.String(), joined: Type.Optional(Type.Boolean()) });
export type StartedImport = Static<typeof StartedImportSchema>;

/** POST /imports/{id}/retry: one failed request of that run. `side` may be left out where the id stands on one side only. Answers 202 with a run of its own. */
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
export const TotalsSchema = Type.Object({
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

/** `detail`: for the reader of a log, in English. `almaCode` and `almaMessage`: what Alma said. `field`: a domain name, or a key of Alma's request. */
export const FailureSchema = Type.Object({
  code: literals(IMPORT_FAULTS),
  detail: Type.Optional(Type.String()),
  field: Type.Optional(Type.String()),
  /** Code of the partner, or id of the patron, that is meant. */
  name: Type.Optional(Type.String()),
  almaCode: Type.Optional(Type.String()),
  almaMessage: Type.Optional(Type.String()),
});
export type Failure = Static<typeof FailureSchema>;

export const ChangeSchema = Type.Object({
  what: literals(CHANGES),
  field: Type.Optional(Type.String()),
  from: Type.Optional(Type.String()),
  to: Type.Optional(Type.String()),
});
export type Change = Static<typeof ChangeSchema>;

/** A request of a run, by its NACSIS id. Its outcome is absent while it waits for its turn. */
export const ImportedRequestSchema = Type.Object({
  library: Type.String(),
  side: SideSchema,
  /** Empty where NACSIS-ILL's record could not be read as far as that. */
  id: Type.String(),
  kind: Type.Optional(KindSchema),
  title: Type.Optional(Type.String()),
  outcome: Type.Optional(literals(OUTCOMES)),
  changes: Type.Array(ChangeSchema),
  failure: Type.Optional(FailureSchema),
  /** The newest run in which it was tried again. */
  retriedIn: Type.Optional(Type.String()),
});
export type ImportedRequest = Static<typeof ImportedRequestSchema>;

const RunFailureSchema = Type.Object({ code: literals(RUN_FAULTS), detail: Type.Optional(Type.String()) });
const ConfigurationErrorSchema = Type.Object({
  library: Type.String(),
  code: literals(CONFIGURATION_FAULTS),
  /** Code of the partner, or id of the patron; absent where none is set. */
  name: Type.Optional(Type.String()),
});
export type ConfigurationError = Static<typeof ConfigurationErrorSchema>;

export const ImportRunSchema = Type.Object({
  runId: Type.String(),
  state: literals(RUN_STATES),
  /** Only while running. */
  phase: Type.Optional(literals(RUN_PHASES)),
  /** Codes, in the order in which they are worked through. */
  libraries: Type.Array(Type.String()),
  trigger: literals(RUN_TRIGGERS),
  /** Who started it; absent for the schedule. */
  startedBy: Type.Optional(Type.String()),
  full: Type.Boolean(),
  dryRun: Type.Boolean(),
  /** The run of which one failed request is tried again. */
  retryOf: Type.Optional(Type.String()),
  requestedAt: Type.String(),
  startedAt: Type.Optional(Type.String()),
  finishedAt: Type.Optional(Type.String()),
  /** How often it was taken up again after its gateway had died in the middle. */
  resumed: Type.Integer(),
  /** Somebody wants it to end; it does after the requests that it is at. */
  isCancelling: Type.Boolean(),
  waiting: Type.Optional(Type.Object({ code: literals(RUN_FAULTS), until: Type.String() })),
  /** Records read from NACSIS-ILL so far; requests that are to be brought in line, known once reading is done, and how many are. */
  progress: Type.Object({ read: Type.Integer(), due: Type.Optional(Type.Integer()), done: Type.Integer() }),
  totals: TotalsSchema,
  /** Why it could not finish; `progress` says how far it came. */
  failure: Type.Optional(RunFailureSchema),
  configuration: Type.Array(ConfigurationErrorSchema),
});
export type ImportRun = Static<typeof ImportRunSchema>;

/** GET /imports/{id}: the run with its failed requests, the first REPORT_PAGE of them. */
export const ImportReportSchema = Type.Intersect([
  ImportRunSchema,
  Type.Object({ failures: Type.Array(ImportedRequestSchema) }),
]);
export type ImportReport = Static<typeof ImportReportSchema>;

/** GET /imports, newest first. Retries of one request are left out unless `retries`. */
export const RunsQuerySchema = Type.Object(
  {
    library: Type.Optional(Type.String()),
    retries: Type.Optional(Type.Boolean()),
    page: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  { additionalProperties: false },
);
export type RunsQuery = Static<typeof RunsQuerySchema>;
export const RunsSchema = Type.Object({ total: Type.Integer(), items: Type.Array(ImportRunSchema) });
export type Runs = Static<typeof RunsSchema>;

/** GET /imports/{id}/requests, in the order of the run, REPORT_PAGE on a page. */
export const ImportedQuerySchema = Type.Object(
  {
    side: Type.Optional(SideSchema),
    outcome: Type.Optional(literals(OUTCOMES)),
    page: Type.Optional(Type.Integer({ minimum: 1 })),
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

/** One row of config/status-map.json: `alma` null: Alma's status stays as it is. */
export const StatusMapRowSchema = Type.Object(
  {
    side: SideSchema,
    kind: KindSchema,
    /** STAT, in Japanese. */
    nacsis: Type.String(),
    alma: Type.Union([Type.String(), Type.Null()]),
    source: literals(['documented', 'inferred']),
    /** What of it Alma's public API can be told: the cancellation; else the status is kept beside it. */
    applied: Type.Optional(literals(['cancel'])),
  },
  { additionalProperties: false },
);
export type StatusMapRow = Static<typeof StatusMapRowSchema>;
/** GET /imports/status-map */
export const StatusMapSchema = Type.Object({ rows: Type.Array(StatusMapRowSchema) });
export type StatusMap = Static<typeof StatusMapSchema>;

/** What a stream of GET /imports/{id}/events says: `event: run` with an ImportRun as data, the last of them with a state that is final. */
export const RUN_EVENT = 'run';
