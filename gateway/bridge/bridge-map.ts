import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import { HOLD_REASONS, MESSAGE_NAMES, type MessageName } from '#domain/api/bridge';
import { KindSchema, SideSchema } from '#domain/api/requests';
import { literals } from '#domain/api/schema';
import { COMMANDS, type Command } from '#domain/ill/commands';
import { KINDS, SIDES, type Kind, type Side } from '#domain/ill/kinds';
import { STATE_IDS, STATES, stateByWire, type StateId } from '#domain/ill/states';
import { TRANSITIONS, type Transition } from '#domain/ill/transitions';
import { REASONS } from '#iso18626/message';
import { ConfigError, readJson } from '../config';
import { REFUSAL_TEXTS } from './rules';
import { BridgeSchema } from './settings';

/**
 * @unconfirmed I: What a message of Alma does in NACSIS-ILL, and what Alma is told of an event, in every row of config/bridge-map.json with the basis `inferred`.
 * Confirm: perform each action of both sides in an Alma sandbox, and compare with docs/iso18626.md.
 */
const FILE = fileURLToPath(new URL('../../config/bridge-map.json', import.meta.url));

/** The messages that Alma sends of a request of each side. */
export const MESSAGES_OF_SIDE = {
  borrower: [
    'Request',
    'Retry',
    'Reminder',
    'Received',
    'ShippedReturn',
    'ShippedForward',
    'Renew',
    'Cancel',
    'Notification',
    'StatusRequest',
  ],
  lender: [
    'WillSupply',
    'Loaned',
    'CopyCompleted',
    'Unfilled',
    'RetryPossible',
    'LoanCompleted',
    'RenewResponse',
    'CancelResponse',
    'Notification',
    'Overdue',
    'Recalled',
    'CompletedWithoutReturn',
    'Cancelled',
    'RequestReceived',
    'ExpectToSupply',
    'StatusRequestResponse',
  ],
} as const satisfies Record<Side, readonly MessageName[]>;

/**
 * States beside those of NACSIS-ILL.
 * - none: the request is not saved in NACSIS-ILL yet; only of the borrower
 * - unknown: STAT is not in the transition table
 * - gone: NACSIS-ILL no longer delivers the request to this library, and it did not end
 * - any: in a row, every state without rows of its own
 */
const OTHER_STATES = ['none', 'unknown', 'gone'] as const;
const CELL_STATES: readonly string[] = [...STATE_IDS.map((id) => STATES[id].wire), ...OTHER_STATES];

/**
 * Conditions on the record and the message beside the state.
 * - by-renewal: the last RENEW or SENDBACK of the borrower is a RENEW
 * - renewal-answered: the lender answered the last RENEW (CLAIM)
 * - claim-open: as in the transition table
 * - total-refusal: the lender's last word is PARDON, not INQUIRE
 * - no-due-date: DDATE is empty
 * - passed-on: gone, because the request went to another lender
 * - same-body, other-body: a Request with a known id repeats the known body, or does not
 * - no-note: the message has no note. answer-no: `answerYesNo` is N. says-unfilled: a notification with the status Unfilled
 * - expired: an Unfilled that no user gave: without note and reason, or with a text of `expired`
 * - keyword-…: the note is only a keyword
 */
export const CONDITIONS = [
  'by-renewal',
  'renewal-answered',
  'claim-open',
  'total-refusal',
  'no-due-date',
  'passed-on',
  'same-body',
  'other-body',
  'no-note',
  'answer-no',
  'says-unfilled',
  'expired',
  'keyword-forward',
  'keyword-claim',
  'keyword-callback',
  'keyword-accept',
] as const;
export type Condition = (typeof CONDITIONS)[number];

/**
 * Fields of the last command, from the message.
 * - charge: SUM in yen, else the tariff, else held (`needs-charge`). charge-if-given: SUM in yen or nothing
 * - due, due-if-given: DDATE of a loan, else held (`needs-due-date`) or nothing
 * - new-due: DDATE later than the present one, else held
 */
const FIELD_RULES = ['charge', 'charge-if-given', 'due', 'due-if-given', 'new-due'] as const;
export type FieldRule = (typeof FIELD_RULES)[number];

/** The comment of the last command: the note, and what stands in for a missing one. */
const COMMENT_RULES = [
  'note',
  'rest-of-note',
  'note-or-renewal-wish',
  'note-or-no-renewal',
  'note-or-unfilled-reason',
  'note-or-retry-reason',
] as const;
export type CommentRule = (typeof COMMENT_RULES)[number];

const KEYWORDS = ['forward', 'claim', 'callback', 'accept'] as const;

/** Settings on which rows depend (settings.ts). */
const SettingSchema = Type.Partial(
  Type.Pick(BridgeSchema, [
    'onOrdered',
    'onAccept',
    'onLastRefusal',
    'receivedAnswersClaim',
    'returnWithoutLoan',
    'answerAfterRefusal',
    'expiredRejects',
    'lenderMessage',
    'keywords',
  ]),
  { additionalProperties: false },
);

const Id = Type.String({ minLength: 1, maxLength: 80 });
/** documented: confidence H of iso18626.md; inferred: I, M or L; open: O. `source`: its section. */
const ORIGIN = { basis: literals(['documented', 'inferred', 'open']), source: Type.String({ minLength: 1 }) };
const CELL = {
  id: Id,
  side: SideSchema,
  message: literals(MESSAGE_NAMES),
  /** STAT, or one of `OTHER_STATES`. */
  state: literals([...CELL_STATES, 'any']),
  /** Absent: both. */
  kind: Type.Optional(KindSchema),
  /** All of them. */
  when: Type.Optional(Type.Array(literals(CONDITIONS), { minItems: 1 })),
  setting: Type.Optional(SettingSchema),
};
const row = <P extends Record<string, Type.TSchema>>(properties: P) =>
  Type.Object({ ...CELL, ...properties, ...ORIGIN }, { additionalProperties: false });

const MessageRowSchema = Type.Union([
  row({
    do: Type.Literal('commands'),
    commands: Type.Array(literals(COMMANDS), { minItems: 1 }),
    fields: Type.Optional(Type.Array(literals(FIELD_RULES), { minItems: 1 })),
    comment: Type.Optional(literals(COMMENT_RULES)),
    then: Type.Optional(Type.Literal('save')),
  }),
  row({ do: Type.Literal('hold'), reason: literals(HOLD_REASONS) }),
  row({
    do: Type.Literal('nothing'),
    why: literals(['done-before', 'note']),
    /** What Alma is told all the same. */
    tell: Type.Optional(Type.Literal('withdrawn-already')),
  }),
  row({ do: Type.Literal('refuse'), why: literals(REFUSAL_TEXTS) }),
  row({ do: literals(['save', 'status', 'discard']) }),
]);
export type MessageRow = Static<typeof MessageRowSchema>;

/**
 * Conditions of an event.
 * - by-renewal: as above, before the event
 * - still-refused: the request still lies with the borrower after its last refusal
 * - comes-here: the request comes to this library
 */
const EVENT_CONDITIONS = ['by-renewal', 'still-refused', 'comes-here'] as const;
export type EventCondition = (typeof EVENT_CONDITIONS)[number];

/** Lines of a note below its sentence and the name of the library. */
const NOTE_LINES = ['lenders', 'refuser', 'comment', 'cost', 'due', 'address'] as const;
export type NoteLine = (typeof NOTE_LINES)[number];

const EventRowSchema = Type.Object(
  {
    id: Id,
    side: SideSchema,
    event: Type.String({ minLength: 1 }),
    /** The command of the history; absent: NACSIS-ILL no longer delivers the request. */
    by: Type.Optional(SideSchema),
    command: Type.Optional(literals(COMMANDS)),
    from: Type.Optional(literals(CELL_STATES)),
    to: Type.Optional(literals(CELL_STATES)),
    kind: Type.Optional(KindSchema),
    when: Type.Optional(Type.Array(literals(EVENT_CONDITIONS), { minItems: 1 })),
    setting: Type.Optional(SettingSchema),
    tell: literals([...MESSAGE_NAMES, 'nothing']),
    /** Of a supplier's status. first-or-change: RequestResponse for the first answer, else StatusChange. */
    reason: Type.Optional(literals([...REASONS, 'first-or-change'])),
    /** Sent once for each transaction. */
    once: Type.Optional(Type.Literal(true)),
    /** What is sent the next times; absent: nothing. */
    again: Type.Optional(Type.Literal('Notification')),
    /** i18n key `bridge.note.<text>` of the first line. */
    text: Type.Optional(Type.String()),
    with: Type.Optional(Type.Array(literals(NOTE_LINES), { minItems: 1 })),
    ...ORIGIN,
  },
  { additionalProperties: false },
);
export type EventRow = Static<typeof EventRowSchema>;

const Texts = Type.Record(Type.String(), Type.String({ minLength: 1 }));
const FileSchema = Type.Object(
  {
    messages: Type.Array(MessageRowSchema),
    events: Type.Array(EventRowSchema),
    /** `takesText`: the keyword may be followed by a blank or a colon and a text. */
    keywords: Type.Array(
      Type.Object(
        {
          keyword: literals(KEYWORDS),
          words: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }),
          takesText: Type.Optional(Type.Literal(true)),
        },
        { additionalProperties: false },
      ),
    ),
    /** Notes or reasons of an Unfilled that no user gave. */
    expired: Type.Array(Type.String({ minLength: 1 })),
    /** Japanese comments for the codes of `reasonUnfilled` and `reasonRetry`. */
    unfilledReasons: Texts,
    retryReasons: Texts,
    /** SPVIA or TYPE → `sentVia`. */
    sentVia: Texts,
  },
  { additionalProperties: false },
);
export type BridgeMapFile = Static<typeof FileSchema>;

/** Where a message arrives. `state`: STAT or one of `OTHER_STATES`. */
export interface Cell {
  readonly side: Side;
  readonly message: MessageName;
  readonly state: string;
  readonly kind: Kind;
}

/** The mapping between messages of Alma and commands of NACSIS-ILL (iso18626.md 4 and 5). */
export class BridgeMap {
  readonly file: BridgeMapFile;

  /** Throws a `ConfigError` with every fault of the map. */
  constructor(file: BridgeMapFile, name = 'bridge map') {
    const faults = [...idFaults(file), ...messageFaults(file.messages), ...eventFaults(file.events)];
    if (faults.length > 0) throw new ConfigError(faults.map((fault) => `${name}: ${fault}`));
    this.file = file;
  }

  /** The rows of a cell in the order in which their conditions are tried; the last one has none. */
  rowsOf(cell: Cell): readonly MessageRow[] {
    return rowsIn(this.file.messages, cell);
  }
}

/** Reads the map of the configuration. Throws a `ConfigError` with every fault. */
export function loadBridgeMap(
  path = FILE,
  read: (path: string) => string = (file) => readFileSync(file, 'utf8'),
): BridgeMap {
  const json = readJson(path, read);
  if (Value.Check(FileSchema, json)) return new BridgeMap(json, path);
  const faults = Value.Errors(FileSchema, json).map(
    ({ instancePath, message }) => `${placeOf(json, instancePath)}: ${message}`,
  );
  throw new ConfigError([...new Set(faults)].map((fault) => `${path}: ${fault}`));
}

/** Every cell that a message can meet. */
export function allCells(): readonly Cell[] {
  return SIDES.flatMap((side) =>
    MESSAGES_OF_SIDE[side].flatMap((message) =>
      KINDS.flatMap((kind) => statesOf(side, kind).map((state) => ({ side, message, state, kind }))),
    ),
  );
}

function statesOf(side: Side, kind: Kind): readonly string[] {
  const known = STATE_IDS.filter((id) => isOfKind(id, kind)).map((id) => STATES[id].wire);
  return [...known, ...OTHER_STATES.filter((state) => state !== 'none' || side === 'borrower')];
}

function isOfKind(id: StateId, kind: Kind): boolean {
  return (STATES[id].kinds as readonly Kind[]).includes(kind);
}

function rowsIn(rows: readonly MessageRow[], { side, message, state, kind }: Cell): readonly MessageRow[] {
  const here = rows.filter(
    (each) => each.side === side && each.message === message && (each.kind === undefined || each.kind === kind),
  );
  const own = here.filter((each) => each.state === state);
  return own.length > 0 ? own : here.filter((each) => each.state === 'any');
}

function idFaults({ messages, events }: BridgeMapFile): readonly string[] {
  const ids = [...messages, ...events].map(({ id }) => id);
  return [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))].map((id) => `${id}: stands there several times`);
}

function messageFaults(rows: readonly MessageRow[]): readonly string[] {
  const known = (each: MessageRow): boolean =>
    (MESSAGES_OF_SIDE[each.side] as readonly string[]).includes(each.message) &&
    (each.state === 'any' ||
      KINDS.some((kind) => isForKind(each, kind) && statesOf(each.side, kind).includes(each.state)));
  return [
    ...rows.filter((each) => !known(each)).map(({ id }) => `${id}: there is no such cell`),
    ...allCells().flatMap((cell) => cellFaults(cell, rowsIn(rows, cell))),
    ...rows.flatMap(chainFaults),
  ];
}

/** Conditions are tried in order, so the last row of a cell must have none, and no other may be like it. */
function cellFaults({ side, message, state, kind }: Cell, rows: readonly MessageRow[]): readonly string[] {
  const name = [side, message, state, kind].join(' ');
  const conditions = rows.map(({ when, setting }) => JSON.stringify([[...(when ?? [])].sort(), setting ?? {}]));
  const last = rows.at(-1);
  if (last === undefined) return [`${name}: missing`];
  return [
    ...(last.when === undefined && last.setting === undefined ? [] : [`${name}: has no row without a condition`]),
    ...rows.slice(0, -1).flatMap((each) => (hasCondition(each) ? [] : [`${each.id}: hides the rows after it`])),
    ...(new Set(conditions).size === conditions.length ? [] : [`${name}: two rows with the same conditions`]),
  ];
}

function hasCondition({ when, setting }: MessageRow): boolean {
  return when !== undefined || setting !== undefined;
}

function chainFaults(each: MessageRow): readonly string[] {
  if (each.do !== 'commands') return [];
  const state = stateByWire(each.state);
  if (state === undefined) return [`${each.id}: no command is possible there`];
  return KINDS.filter((kind) => isForKind(each, kind) && isOfKind(state, kind)).flatMap((kind) =>
    statesAfter(state, each.side, kind, each.commands).length > 0
      ? []
      : [`${each.id}: the transition table does not allow ${each.commands.join(' + ')} for a ${kind}`],
  );
}

/** The states to which the table leads, whatever the guards. */
function statesAfter(from: StateId, side: Side, kind: Kind, commands: readonly Command[]): readonly StateId[] {
  return commands.reduce<readonly StateId[]>(
    (states, command) =>
      TRANSITIONS.filter(
        (edge) =>
          edge.side === side &&
          edge.command === command &&
          edge.kinds.includes(kind) &&
          states.some((state) => state === edge.from),
      ).map(({ to }) => to),
    [from],
  );
}

function isForKind({ kind }: Pick<MessageRow, 'kind'>, wanted: Kind): boolean {
  return kind === undefined || kind === wanted;
}

/** Every row must fit an edge of the table, and every edge must have a row without a condition. */
function eventFaults(rows: readonly EventRow[]): readonly string[] {
  const strange = rows.filter(
    (each) => each.command !== undefined && !TRANSITIONS.some((edge) => KINDS.some((kind) => fits(each, edge, kind))),
  );
  const untold = SIDES.flatMap((side) =>
    TRANSITIONS.flatMap((edge) =>
      edge.kinds
        .filter((kind) => !rows.some((each) => each.side === side && isPlain(each) && fits(each, edge, kind)))
        .map((kind) => `${side} ${kind}: nothing says what Alma is told of ${edge.command} in ${wireOf(edge.from)}`),
    ),
  );
  return [...strange.map(({ id }) => `${id}: the transition table has no such event`), ...untold];
}

function isPlain({ when, setting }: EventRow): boolean {
  return when === undefined && setting === undefined;
}

/** True when the row is about this edge of the table. */
export function fits(each: EventRow, edge: Transition, kind: Kind): boolean {
  return (
    each.by === edge.side &&
    each.command === edge.command &&
    edge.kinds.includes(kind) &&
    (each.kind === undefined || each.kind === kind) &&
    (each.from === undefined || each.from === wireOf(edge.from)) &&
    (each.to === undefined || each.to === wireOf(edge.to))
  );
}

function wireOf(state: StateId | null): string {
  return state === null ? 'none' : STATES[state].wire;
}

/** `/messages/0/do` → the id of the row, or its number. */
function placeOf(json: unknown, pointer: string): string {
  const [, part = '', at = '', ...rest] = pointer.split('/');
  const row: unknown =
    at === '' ? undefined : (json as Readonly<Record<string, readonly unknown[]>>)[part]?.[Number(at)];
  const id = typeof row === 'object' && row !== null && 'id' in row && typeof row.id === 'string' ? row.id : undefined;
  const name = id ?? (at === '' ? part : `${part} ${String(Number(at) + 1)}`);
  return [name === '' ? 'the file' : name, ...rest].join(' ');
}
