import type { MessageName } from '#domain/api/bridge';
import { commandByWire } from '#domain/ill/commands';
import { BEGINNING, passagesThrough, type Passage, type Place } from '#domain/ill/history-walk';
import { isByRenewal, sideOfEntry, type IllRequest } from '#domain/ill/request';
import { STATES, stateByWire, type StateId } from '#domain/ill/states';
import type { Told } from '../store/bridge-schema';
import { illRequestOf, type StoredRequest } from '../store/stored-request';
import { fits, type BridgeMap, type EventCondition, type EventRow } from './bridge-map';
import { messageOf, type Occurrence } from './event-messages';
import { SHIPMENTS } from './message-name';
import { isEnded, isStatus, mayFollow, toldWith } from './outgoing';
import { AFTER_SHIPMENT, isRenewalAnswered, isTotallyRefused } from './record-facts';
import type { News, Outgoing } from './rules';
import type { BridgeSettings } from './settings';

/** What happened since Alma was last told. */
interface Story {
  readonly occurrences: readonly Occurrence[];
  /** DDATE at the last RENEW. */
  readonly dueDateAtRenewal?: string;
}

/** States after the borrower's receipt, which a look may meet, like those after 発送, without having seen the step. */
const AFTER_RECEIPT: readonly StateId[] = AFTER_SHIPMENT.filter((state) => state !== 'ARRIVED' && state !== 'CLAIMED');
/** States in which the request is with no lender. */
const AWAY: readonly StateId[] = ['PREPARING', 'CANCELLED'];

/**
 * What Alma must be told of a request since it was last told. Several steps since then give their messages in order;
 * statuses that a later one overtakes are left out. A history that the transition table does not explain is judged by
 * its state.
 * @param causedBy the message of Alma that caused a history entry; it is not told to Alma again
 */
export function newsOf(
  row: StoredRequest,
  told: Told,
  causedBy: (historyIndex: number) => MessageName | undefined,
  map: BridgeMap,
  settings: BridgeSettings,
): News {
  const look = new Look(row, told, causedBy, map, settings);
  const story = row.side === 'borrower' ? look.ofBorrower() : look.ofLender();
  const { messages, known } = spoken(story, look);
  const { state, fields, history } = look.request;
  const after: Told = {
    ...known,
    historyLength: history.length,
    state: row.external_status,
    ...(fields.dueDate === undefined ? {} : { dueDate: fields.dueDate }),
    ...(look.arrival === undefined ? {} : { arrival: look.arrival }),
  };
  const isAnswered =
    state === 'RETURN_CLAIMED' && after.sent.includes('RenewResponse') && isRenewalAnswered(look.request);
  const isRefused = (state === 'NEW_INQUIRY' || state === 'INQUIRY') && after.last === 'Unfilled';
  return {
    ...{ messages, told: after },
    ...(isAnswered && row.side === 'borrower' && settings.acceptRenewalAnswer ? { accept: true } : {}),
    ...(isRefused && row.side === 'borrower' ? { close: true } : {}),
  };
}

/**
 * Index of the history entry with which the request last came to this library. A transaction of the lender belongs to
 * one arrival (`Told.arrival`); the next arrival is another transaction.
 */
export function arrivalOf(row: StoredRequest): number | undefined {
  const request = illRequestOf(row);
  if (request.fields.lenderId !== row.member_id) return undefined;
  const found = request.history.findLastIndex((entry) => {
    const command = commandByWire(entry.command ?? '');
    return command === 'ORDER' || command === 'FORWARD' || (command === 'PARDON' && entry.memberId !== row.member_id);
  });
  return found < 0 ? undefined : found;
}

/** A snapshot compared with what Alma was told. */
class Look {
  readonly row: StoredRequest;
  readonly request: IllRequest;
  readonly told: Told;
  readonly arrival: number | undefined;
  readonly settings: BridgeSettings;
  readonly #causedBy: (historyIndex: number) => MessageName | undefined;
  readonly map: BridgeMap;

  constructor(
    row: StoredRequest,
    told: Told,
    causedBy: (historyIndex: number) => MessageName | undefined,
    map: BridgeMap,
    settings: BridgeSettings,
  ) {
    this.row = row;
    this.request = illRequestOf(row);
    this.told = told;
    this.settings = settings;
    this.arrival = row.side === 'borrower' ? undefined : (told.arrival ?? arrivalOf(row));
    this.#causedBy = causedBy;
    this.map = map;
  }

  ofBorrower(): Story {
    const passages = this.#newPassages(BEGINNING) ?? this.#newPassages(...this.#lastPlaces());
    if (passages === undefined) return { occurrences: this.#byState() };
    const occurrences = passages.flatMap((each) => this.#occurrence(each, passages));
    const dueDateAtRenewal = this.#dueDateAtRenewal(passages);
    return { occurrences, ...(dueDateAtRenewal === undefined ? {} : { dueDateAtRenewal }) };
  }

  ofLender(): Story {
    if (this.arrival === undefined) return { occurrences: this.#left([]) };
    const start: Place = { index: this.arrival + 1, at: 'UNPROCESSED', isClaimOpen: false };
    const whole = passagesThrough(this.request, start);
    if (whole === undefined) return { occurrences: [...this.#asked(this.#isAway()), ...this.#byState()] };
    const end = whole.findIndex(({ edge }) => edge.to === 'UNPROCESSED' || AWAY.includes(edge.to));
    const visit = end < 0 ? whole : whole.slice(0, end + 1);
    const isOver = end >= 0 || this.#isAway();
    const fresh = visit.filter(({ index }) => index >= this.told.historyLength);
    const told = fresh.flatMap((each) => this.#occurrence(each, fresh));
    const left = end < 0 ? this.#left(visit) : [];
    const isRejected = this.#isRejectedInAlma(visit);
    const occurrences = [...told, ...left].filter(({ tell }) => tell !== 'Cancel' || !isRejected);
    if (isOver && !this.told.sent.includes('Request')) return { occurrences: [] };
    return { occurrences: [...this.#asked(isOver), ...occurrences] };
  }

  /** Positions from which the walk may go on when the whole history cannot be explained. */
  #lastPlaces(): readonly Place[] {
    const at = stateByWire(this.told.state ?? '');
    if (at === undefined) return [];
    return [false, true].map((isClaimOpen) => ({ index: this.told.historyLength, at, isClaimOpen }));
  }

  /** What is new on the first of these ways that explains the present state. */
  #newPassages(...places: readonly Place[]): readonly Passage[] | undefined {
    if (this.told.historyLength > this.request.history.length) return undefined;
    for (const place of places) {
      const passages = passagesThrough(this.request, place);
      if (passages !== undefined) return passages.filter(({ index }) => index >= this.told.historyLength);
    }
    return undefined;
  }

  #occurrence(passage: Passage, fresh: readonly Passage[]): readonly Occurrence[] {
    const { edge, index } = passage;
    if (this.#causedBy(index) !== undefined) return [];
    const row = this.#rows().find((each) => fits(each, edge, this.request.kind) && this.#meets(each, index, fresh));
    return row === undefined || row.tell === 'nothing' ? [] : [{ row, tell: row.tell, index }];
  }

  #rows(): readonly EventRow[] {
    return this.map.file.events.filter(({ side }) => side === this.row.side);
  }

  #meets({ setting = {}, when = [] }: EventRow, index: number, fresh: readonly Passage[]): boolean {
    const checks: Readonly<Record<EventCondition, () => boolean>> = {
      'by-renewal': () => isByRenewal(this.request.history.slice(0, index)),
      'still-refused': () => this.#isStillRefused(index, fresh),
      // The arrival itself is told with `#asked`.
      'comes-here': () => false,
    };
    const isSet = Object.entries(setting).every(
      ([name, value]) => this.settings[name as keyof BridgeSettings] === value,
    );
    return isSet && when.every((condition) => checks[condition]());
  }

  #isStillRefused(index: number, fresh: readonly Passage[]): boolean {
    const { state } = this.request;
    const later = fresh.filter((each) => each.index > index);
    return (state === 'NEW_INQUIRY' || state === 'INQUIRY') && later.every(({ edge }) => edge.command === 'RECEIVE');
  }

  /** DDATE of the snapshot, unless the lender changed it after the RENEW; then that of the last look. */
  #dueDateAtRenewal(passages: readonly Passage[]): string | undefined {
    const renewal = passages.findLast(({ edge }) => edge.command === 'RENEW');
    if (renewal === undefined) return undefined;
    const isChanged = passages.some(
      ({ index, edge }) => index > renewal.index && edge.side === 'lender' && edge.command === 'CLAIM',
    );
    return isChanged ? this.told.dueDate : this.request.fields.dueDate;
  }

  /** The Request itself, once. */
  #asked(isOver: boolean): readonly Occurrence[] {
    if (isOver || this.told.sent.includes('Request')) return [];
    const row = this.#rows().find(({ tell }) => tell === 'Request');
    return row === undefined
      ? []
      : [{ row, tell: 'Request', ...(this.arrival === undefined ? {} : { index: this.arrival }) }];
  }

  #isAway(): boolean {
    const { row, request } = this;
    if (request.state !== null && STATES[request.state].final) return request.state === 'CANCELLED';
    const isElsewhere = request.fields.lenderId !== row.member_id;
    return row.gone !== null || isElsewhere || (request.state !== null && AWAY.includes(request.state));
  }

  /** NACSIS-ILL no longer delivers the request, and this library did not refuse it. */
  #left(visit: readonly Passage[]): readonly Occurrence[] {
    const isRefused = visit.findLast(({ edge }) => edge.side === 'lender')?.edge.command === 'PARDON';
    if (!this.#isAway() || isRefused || !this.told.sent.includes('Request')) return [];
    const row = this.#rows().find(({ command }) => command === undefined);
    return row === undefined || row.tell === 'nothing' ? [] : [{ row, tell: row.tell }];
  }

  #isRejectedInAlma(visit: readonly Passage[]): boolean {
    const last = visit.findLast(({ edge }) => edge.side === 'lender');
    return last?.edge.command === 'PARDON' && this.#causedBy(last.index) === 'Unfilled';
  }

  /** The events that the present state stands for, when the history does not say how it came about. */
  #byState(): readonly Occurrence[] {
    const { state } = this.request;
    if (this.row.external_status === this.told.state && this.row.gone === null) return [];
    if (this.row.side === 'lender' && this.#isAway()) return this.#left([]);
    if (state === null || state === 'UNPROCESSED') return [];
    return [...this.#skipped(state), state].flatMap((each) => this.#arrivedAt(each));
  }

  /** The step before, when Alma has not heard of it. */
  #skipped(state: StateId): readonly StateId[] {
    if (this.row.side === 'borrower') {
      const isUntold = mayFollow('Loaned', this.told) && !this.told.sent.some((name) => SHIPMENTS.includes(name));
      return isUntold && AFTER_SHIPMENT.includes(state) ? ['SHIPPED'] : [];
    }
    return AFTER_RECEIPT.includes(state) && !this.told.sent.includes('Received') ? ['ARRIVED'] : [];
  }

  #arrivedAt(state: StateId): readonly Occurrence[] {
    const lastIndex = this.request.history.length - 1;
    const rows = this.#rows().filter(
      (each) =>
        each.command !== undefined &&
        each.to === STATES[state].wire &&
        (each.kind === undefined || each.kind === this.request.kind) &&
        this.#meets(each, lastIndex + 1, []),
    );
    const wanted = state === 'NEW_INQUIRY' && isTotallyRefused(this.request) ? 'PARDON' : undefined;
    const isTakenBack = this.told.state !== undefined && rows.some(({ from }) => from === this.told.state);
    const row =
      rows.find(({ from, command }) =>
        isTakenBack ? from === this.told.state : wanted === undefined || command === wanted,
      ) ?? rows[0];
    if (row === undefined || row.tell === 'nothing') return [];
    const index = this.request.history.findLastIndex(
      (entry, at) =>
        at >= this.told.historyLength &&
        commandByWire(entry.command ?? '') === row.command &&
        sideOfEntry(this.request, entry) === row.by,
    );
    if (index >= 0 && this.#causedBy(index) !== undefined) return [];
    return [{ row, tell: row.tell, ...(index < 0 ? {} : { index }) }];
  }
}

/** The messages of the story: in order, once where once is enough, no status backwards, nothing after an end. */
function spoken(
  { occurrences, dueDateAtRenewal }: Story,
  look: Look,
): { readonly messages: readonly Outgoing[]; readonly known: Told } {
  const started = { ...look.told, ...(dueDateAtRenewal === undefined ? {} : { dueDateAtRenewal }) };
  let planned: Told = started;
  const chosen: Occurrence[] = [];
  for (const each of occurrences) {
    const tell = chosenName(each, planned);
    if (tell === undefined) continue;
    chosen.push({ ...each, tell });
    planned = withName(planned, tell);
  }
  const kept = chosen.filter(
    ({ tell }, at) => !isStatus(tell) || !chosen.slice(at + 1).some((later) => isStatus(later.tell)),
  );
  let known: Told = started;
  const messages = kept.map((each) => {
    const { row, request, map, settings } = look;
    const message = messageOf(each, { row, request, map, settings, told: known });
    known = toldWith(known, [message]);
    return message;
  });
  return { messages, known: { ...known, sent: [...new Set([...known.sent, ...planned.sent])] } };
}

function chosenName({ row, tell }: Occurrence, told: Told): MessageName | undefined {
  if (isEnded(told)) return undefined;
  if (row.once === true && told.sent.includes(tell)) return row.again;
  return isStatus(tell) && !mayFollow(tell, told) ? undefined : tell;
}

function withName(told: Told, name: MessageName): Told {
  if (name === 'Notification') return told;
  return { ...told, last: name === 'RenewResponse' ? 'Loaned' : name, sent: [...told.sent, name] };
}
