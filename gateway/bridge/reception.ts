import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Insertable, Kysely, Transaction } from 'kysely';
import type { MessageName, MessageState } from '#domain/api/bridge';
import type { Profile } from '#domain/api/profile';
import type { Side } from '#domain/ill/kinds';
import { confirm, confirmUnreadable, type ConfirmedError } from '#iso18626/confirm';
import type { AgencyId, Message, Reading, Request } from '#iso18626/message';
import { payloadHash } from '../commands/command-request';
import { ProfilesStore } from '../profiles/profiles-store';
import type { BridgeMessagesTable } from '../store/bridge-schema';
import type { StoredRequest } from '../store/requests-store';
import type { Schema } from '../store/schema';
import { refusalText } from './answers';
import {
  firstWaiting,
  insertMessage,
  insertTransaction,
  lastIn,
  lastNaming,
  lockTransaction,
  messageByIdentity,
  NOTHING_TOLD,
  updateTransaction,
  type BridgeMessageRow,
  type BridgeTransaction,
  type TransactionKey,
} from './bridge-store';
import { kindOf, withoutPatronIn } from './draft-fields';
import {
  answer,
  heldColumns,
  isOvertaken,
  isRecent,
  judge,
  needsReading,
  noteApplied,
  snapshotOf,
  type JudgeParts,
} from './inbound';
import { nameOf, SHIPMENTS } from './message-name';
import { isOneOf, type Partner, type SecretFault } from './partners';
import type { MessageFormat } from './port';
import type { Outcome, Verdict } from './rules';

interface ReceptionParts extends JudgeParts {
  readonly db: Kysely<Schema>;
  readonly format: MessageFormat;
  /** Makes the worker of the institution begin soon. */
  readonly kick: (institution: string) => Promise<void>;
  /** Receives errors of `kick`: the message is kept, and the worker finds it later. */
  readonly failed: (error: unknown) => void;
  readonly secretFault: SecretFault;
}

/** The answer to a body: the status of HTTP, and the confirmation. 400: the body is no message at all. */
export interface Received {
  readonly status: 200 | 400;
  readonly body: string;
}

/**
 * A shipment with the same content as Alma's last message is a repeat of it for this time, whatever its timestamp says
 * (iso18626.md 8.2): after a claim its state would make another shipment of it.
 */
const REPEAT_MS = 60_000;
/** Longest id of a request and longest title that are kept, in characters. Ids are indexed. */
const MAX_ID = 255;
const MAX_TITLE = 500;
/** Of a Request or Retry: nothing came of it, so staff of Alma may send it again. */
const NOT_DONE: readonly MessageState[] = ['refused', 'dropped'];

const CONFIRMATION = {
  is: 'unreadable',
  error: 'UnrecognisedDataElement',
  why: 'a confirmation is no message',
} as const satisfies Reading;

/** The message is not kept: it contradicts itself or what is known, and changes nothing. */
class NotTaken extends Error {
  override readonly name = 'NotTaken';
  constructor(readonly error: ConfirmedError) {
    super(error.type);
  }
}

/** Takes the messages of Alma: keeps what each means, and confirms it at once (iso18626.md 4, 6, 8). */
export class Reception {
  constructor(private readonly parts: ReceptionParts) {}

  /** Reads a body, keeps the message, and resolves to the confirmation. Throws `StoreUnavailable`. */
  async receive(partner: Partner, body: Uint8Array): Promise<Received> {
    const { format, now } = this.parts;
    const reading = format.read(body);
    if (reading.is === 'message') {
      const error = await this.#accept(partner, reading.message);
      return { status: 200, body: format.write(confirm(reading.message, now(), error)) };
    }
    const unreadable = reading.is === 'confirmation' ? CONFIRMATION : reading;
    const isMessage =
      unreadable.error !== 'BadlyFormedMessage' || ('kind' in unreadable && unreadable.kind !== undefined);
    return { status: isMessage ? 200 : 400, body: format.write(confirmUnreadable(unreadable, now())) };
  }

  /** Undefined for OK. */
  async #accept(partner: Partner, message: Message): Promise<ConfirmedError | undefined> {
    const { institution, library } = partner;
    const side = sideOf(message, partner);
    if (side === undefined) return unrecognised(agenciesOf(message));
    if (!this.#isAuthentic(partner, message)) return unrecognised('securityCode');
    const profile = await new ProfilesStore(this.parts.db, institution.code).read(library);
    if (profile.integration.writer !== 'iso18626') return unrecognised('this library does not use ISO 18626');
    try {
      const { error, isWork } = await this.parts.db
        .transaction()
        .execute((db) => new Arrival(this.parts, db, { partner, profile, message, side }).keep());
      if (isWork) void this.parts.kick(institution.code).catch(this.parts.failed);
      return error;
    } catch (error) {
      if (error instanceof NotTaken) return error.error;
      throw error;
    }
  }

  #isAuthentic({ config: { securityCode } }: Partner, { header }: Message): boolean {
    if (securityCode === undefined) return true;
    return isOneOf(securityCode, header.authentication?.securityCode ?? '', this.parts.secretFault);
  }
}

interface Arrived {
  readonly partner: Partner;
  readonly profile: Profile;
  readonly message: Message;
  readonly side: Side;
}

/** What the confirmation says, and whether the worker has something to do. */
interface Kept {
  readonly error?: ConfirmedError;
  readonly isWork: boolean;
}

/** How a message is kept: columns of its row, and what Alma is answered. */
interface Judged {
  readonly columns: Partial<Insertable<BridgeMessagesTable>> & Pick<BridgeMessagesTable, 'state'>;
  readonly outcome?: Outcome;
  readonly error?: ConfirmedError;
}

/** One message in one transaction of the store. */
class Arrival {
  readonly #now: Date;
  readonly #sentAt: Date;
  readonly #key: TransactionKey;

  constructor(
    private readonly parts: ReceptionParts,
    private readonly db: Transaction<Schema>,
    private readonly arrived: Arrived,
  ) {
    const { partner, message, side } = arrived;
    const { header } = message;
    this.#now = parts.now();
    this.#sentAt = instantOf(header.timestamp);
    this.#key = {
      institution: partner.institution.code,
      library: partner.library.code,
      side,
      requester: symbolOf(header.requestingAgencyId),
      requesterRequestId: header.requestingAgencyRequestId,
    };
  }

  /** Throws `NotTaken`; the store's transaction then ends without a change. */
  async keep(): Promise<Kept> {
    const { message } = this.arrived;
    for (const id of idsOf(message)) if (id.length > MAX_ID) throw new NotTaken(unrecognised('the id is too long'));
    const known = await lockTransaction(this.db, this.#key);
    const identity = identityOf(message);
    const repeat = await messageByIdentity(this.db, this.#key.institution, identity);
    if (repeat !== undefined) return { ...(repeat.error === null ? {} : { error: repeat.error }), isWork: false };
    const name = nameIn(message, known);
    if (message.kind === 'request' && name !== 'Reminder')
      return known === undefined
        ? this.#begun(message, name, identity)
        : this.#repeated(message, name, identity, known);
    if (known === undefined) throw new NotTaken(unrecognised('requestingAgencyRequestId: there is no such request'));
    const last = await lastIn(this.db, known);
    if (last !== undefined && this.#isShipmentAgain(last, name)) return { isWork: false };
    return this.#added(known, name, identity);
  }

  #isShipmentAgain(last: BridgeMessageRow, name: MessageName): boolean {
    const isRecently = this.#now.getTime() - last.created_at.getTime() <= REPEAT_MS;
    const isTaken = !NOT_DONE.includes(last.state);
    if (last.name !== name || !SHIPMENTS.includes(name) || !isRecently || !isTaken || last.content === null)
      return false;
    return isDeepStrictEqual(shipmentIn(last.content), shipmentIn(this.arrived.message));
  }

  /** A request of Alma whose id is known: the same again, another one, or the next attempt after a refusal. */
  async #repeated(message: Request, name: MessageName, identity: string, known: BridgeTransaction): Promise<Kept> {
    const bodyHash = bodyHashOf(message);
    const last = await lastNaming(this.db, known);
    if (last !== undefined && NOT_DONE.includes(last.state) && (name === 'Retry' || known.request_id === null))
      return this.#added(known, name, identity, bodyHash);
    if (last?.body_hash === bodyHash) return { isWork: false };
    throw new NotTaken(unrecognised(refusalText('id-known', await snapshotOf(this.db, known), known.side)));
  }

  /** A request with a new id; a retry is a new name for the record of the previous one. */
  async #begun(message: Request, name: MessageName, identity: string): Promise<Kept> {
    const previous = name === 'Retry' ? await this.#previous(message) : undefined;
    const title = previous?.title ?? message.bibliographicInfo.title ?? message.bibliographicInfo.titleOfComponent;
    const transaction = await insertTransaction(
      this.db,
      {
        ...this.#key,
        supplier: symbolOf(message.header.supplyingAgencyId),
        kind: previous?.kind ?? kindOf(message),
        ...(title === undefined ? {} : { title: title.slice(0, MAX_TITLE) }),
        ...(previous === undefined ? {} : namedAgain(previous)),
      },
      this.#now,
    );
    return this.#added(transaction, name, identity, bodyHashOf(message));
  }

  async #previous({ serviceInfo }: Request): Promise<BridgeTransaction> {
    const id = serviceInfo?.requestingAgencyPreviousRequestId;
    const previous =
      id === undefined ? undefined : await lockTransaction(this.db, { ...this.#key, requesterRequestId: id });
    if (previous !== undefined) return previous;
    throw new NotTaken(unrecognised('requestingAgencyPreviousRequestId: there is no such request'));
  }

  /** Adds the message to its transaction, with what it means now. */
  async #added(transaction: BridgeTransaction, name: MessageName, identity: string, bodyHash?: string): Promise<Kept> {
    const { message, profile } = this.arrived;
    const request = await snapshotOf(this.db, transaction);
    const { columns, outcome, error } = await this.#judged(transaction, name, request);
    const row = await insertMessage(
      this.db,
      transaction,
      {
        ...{ direction: 'in', name, identity, sentAt: this.#sentAt, state: columns.state },
        content: keptOf(message, profile.integration.bridge?.sendPatronName === true),
        ...(bodyHash === undefined ? {} : { bodyHash }),
      },
      { ...columns, ...(error === undefined ? {} : { error: JSON.stringify(error) }) },
      this.#now,
    );
    if (row === undefined) throw new Error('the message of this identity is locked');
    await this.#keepSupplierId(transaction);
    if (columns.state === 'done') await noteApplied(this.db, transaction, row, this.#now);
    await answer(this.db, transaction, { message, outcome, request, settings: this.parts.settings, at: this.#now });
    return { ...(error === undefined ? {} : { error }), isWork: columns.state === 'waiting' || outcome !== undefined };
  }

  async #judged(
    transaction: BridgeTransaction,
    name: MessageName,
    request: StoredRequest | undefined,
  ): Promise<Judged> {
    const { message, profile } = this.arrived;
    const now = this.#now;
    const before = await firstWaiting(this.db, transaction);
    if (before !== undefined) return { columns: { state: 'waiting', next_at: before.next_at } };
    const row = { name, sent_at: this.#sentAt, created_at: now, consented: false, hold_since: null };
    if (isOvertaken(row, transaction)) return { columns: { state: 'dropped', done_at: now } };
    const verdict = judge({ message, row, transaction, request, tariffs: profile.tariffs }, this.parts);
    const isOld = request !== undefined && needsReading(verdict) && !isRecent(request, now);
    // The worker reads the record first, unless Alma wants an ERROR at once.
    if (isOld && !(verdict.do === 'refuse' && this.#saysError(name))) return { columns: { state: 'waiting' } };
    return this.#meaning(verdict, name, request);
  }

  #meaning(verdict: Verdict, name: MessageName, request: StoredRequest | undefined): Judged {
    const { rule } = verdict;
    const done = { state: 'done', rule, done_at: this.#now } as const;
    switch (verdict.do) {
      case 'commands':
        return { columns: { state: 'waiting', rule, commands: JSON.stringify(verdict.commands) } };
      case 'save':
        return { columns: { state: 'waiting', rule, commands: '["SAVE"]' } };
      case 'hold':
        return { columns: { ...heldColumns(verdict, request, this.#now, this.parts), rule } };
      case 'nothing':
        return { columns: done, outcome: { how: 'done-before' } };
      case 'status':
      case 'discard':
        return { columns: done, outcome: { how: 'done' } };
      case 'refuse':
        return this.#refused(verdict, name, request);
    }
  }

  /** Cancel and Renew are questions, which get an answer of their own. */
  #saysError(name: MessageName): boolean {
    return this.parts.settings.refuseBy !== 'notification' && name !== 'Cancel' && name !== 'Renew';
  }

  #refused(
    { rule, why }: Extract<Verdict, { readonly do: 'refuse' }>,
    name: MessageName,
    request: StoredRequest | undefined,
  ): Judged {
    const error = unrecognised(refusalText(why, request, this.#key.side));
    if (this.arrived.message.kind === 'request') throw new NotTaken(error);
    const problem = JSON.stringify({ code: why });
    return {
      columns: { state: 'refused', rule, problem, done_at: this.#now },
      outcome: { how: 'refused', why },
      ...(this.#saysError(name) ? { error } : {}),
    };
  }

  /** Alma's own id of a lending request comes with its first message. */
  async #keepSupplierId(transaction: BridgeTransaction): Promise<void> {
    const id = this.arrived.message.header.supplyingAgencyRequestId;
    if (transaction.side !== 'lender' || id === undefined || transaction.supplier_request_id !== null) return;
    await updateTransaction(this.db, transaction, { supplier_request_id: id }, this.#now);
  }
}

/** Throws `NotTaken` for an action, reason or status that the bridge does not know. */
function nameIn(message: Message, transaction: BridgeTransaction | undefined): MessageName {
  const named = nameOf(message, transaction?.told ?? NOTHING_TOLD);
  if ('name' in named) return named.name;
  throw new NotTaken({ type: named.unnamed, value: unknownIn(message).slice(0, MAX_TITLE) });
}

/** A second name of a record: what happened before is no news, but nothing was said under the new name yet. */
function namedAgain({ request_id: id, told_version: toldVersion, told }: BridgeTransaction) {
  const { last: _last, ...known } = told;
  return { ...(id === null ? {} : { requestId: id }), toldVersion, told: { ...known, sent: NOTHING_TOLD.sent } };
}

function unknownIn(message: Message): string {
  switch (message.kind) {
    case 'request':
      return `requestType ${message.serviceInfo?.requestType ?? ''}`;
    case 'requestingAgencyMessage':
      return `action ${message.action}`;
    case 'supplyingAgencyMessage':
      return `reasonForMessage ${message.messageInfo.reasonForMessage}, status ${message.statusInfo.status ?? ''}`;
  }
}

/**
 * The library's side by the symbols of both agencies; undefined when they are not the two of the configuration, or the
 * message does not come from Alma's side.
 */
function sideOf({ kind, header }: Message, { config }: Partner): Side | undefined {
  const [ours, theirs] = [config.symbol.toLowerCase(), config.almaSymbol.toLowerCase()];
  const [requester, supplier] = [symbolOf(header.requestingAgencyId), symbolOf(header.supplyingAgencyId)];
  const isOfRequester = kind !== 'supplyingAgencyMessage';
  if (isOfRequester) return requester === theirs && supplier === ours ? 'borrower' : undefined;
  return requester === ours && supplier === theirs ? 'lender' : undefined;
}

function symbolOf({ type, value }: AgencyId): string {
  return `${type}:${value}`.toLowerCase();
}

function agenciesOf({ header }: Message): string {
  const [requester, supplier] = [symbolOf(header.requestingAgencyId), symbolOf(header.supplyingAgencyId)];
  return `requestingAgencyId ${requester}, supplyingAgencyId ${supplier}`.slice(0, MAX_TITLE);
}

function idsOf({ header, ...message }: Message): readonly string[] {
  const previous = message.kind === 'request' ? message.serviceInfo?.requestingAgencyPreviousRequestId : undefined;
  return [header.requestingAgencyRequestId, header.supplyingAgencyRequestId ?? '', previous ?? ''];
}

/** There is no message id: kind, agencies, ids, timestamp and what is said identify a message (iso18626.md 1). */
function identityOf(message: Message): string {
  const { kind, header } = message;
  const said =
    kind === 'requestingAgencyMessage'
      ? message.action
      : kind === 'supplyingAgencyMessage'
        ? [message.messageInfo.reasonForMessage, message.statusInfo.status ?? '']
        : '';
  const parts = [
    ...[kind, symbolOf(header.supplyingAgencyId), symbolOf(header.requestingAgencyId)],
    ...[header.requestingAgencyRequestId, header.supplyingAgencyRequestId ?? '', header.timestamp, said],
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Of what is asked for: a repeat has another timestamp. The patron is left out, so that no hash is about a person. */
function bodyHashOf({ header, patronInfo: _patron, ...body }: Request): string {
  const { timestamp: _timestamp, authentication: _code, ...ids } = header;
  return payloadHash({ ...body, ids });
}

/** A message of a supplier without its times; as the store would give it back. */
function shipmentIn(message: Message): unknown {
  if (message.kind !== 'supplyingAgencyMessage') return undefined;
  const { header: _header, statusInfo, ...said } = message;
  const { lastChange: _time, ...status } = statusInfo;
  return JSON.parse(JSON.stringify({ ...said, status })) as unknown;
}

/** What the store keeps of a message: no security code, and the patron only when the library's profile uses the name. */
function keptOf(message: Message, keepsPatron: boolean): Message {
  const { authentication: _code, ...header } = message.header;
  if (message.kind !== 'request' || keepsPatron) return { ...message, header };
  return { ...withoutPatronIn(message), header };
}

/** A time without a zone counts as UTC. */
function instantOf(timestamp: string): Date {
  return new Date(/(?:Z|[+-]\d\d:\d\d)$/.test(timestamp) ? timestamp : `${timestamp}Z`);
}

function unrecognised(value: string): ConfirmedError {
  return { type: 'UnrecognisedDataValue', value };
}
