import type { Kysely } from 'kysely';
import type { MessageName } from '#domain/api/bridge';
import { STATES, type StateId } from '#domain/ill/states';
import type { HistoryEntry, RequestFields } from '#domain/ill/request';
import type { Kind, Side } from '#domain/ill/kinds';
import type { Message, Status } from '#iso18626/message';
import type { Delivery, PartnerPort } from '../bridge/port';
import type { Outgoing } from '../bridge/rules';
import type { Told } from '../store/bridge-schema';
import { saveSnapshot, type StoredRequest } from '../store/requests-store';
import type { Schema } from '../store/schema';

export const INSTITUTION = 'A';
export const LIBRARY = 'RES_SHARE';
export const OWN = 'FA090007';
export const OTHER = 'FA090018';
export const PARTNER = { address: 'http://127.0.0.1:9/', symbol: 'ISIL:JP-NACSIS', almaSymbol: 'ISIL:JP-Alma' };
const TABLES = ['bridge_messages', 'bridge_transactions', 'bridge_progress', 'journal', 'requests'] as const;

/** Alma as a partner of the specs: takes what it is sent, unless `answer` says otherwise. */
export class SpecPartner implements PartnerPort {
  readonly got: { readonly library: string; readonly message: Message }[] = [];
  answer: (message: Message) => Delivery | Promise<Delivery> = () => ({ how: 'confirmed' });

  async deliver({ library }: { readonly library: string }, message: Message): Promise<Delivery> {
    this.got.push({ library, message });
    return this.answer(message);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Requester's id and timestamp of every message, in the order of their delivery. */
  get headers(): readonly (readonly [id: string, timestamp: string])[] {
    return this.got.map(({ message: { header } }) => [header.requestingAgencyRequestId, header.timestamp] as const);
  }
}

/** A status for Alma's borrowing request. */
export function status(name: Status, more: Partial<Outgoing> = {}): Outgoing {
  return {
    ...{ name, kind: 'supplyingAgencyMessage', messageInfo: { reasonForMessage: 'StatusChange' } },
    ...{ statusInfo: { status: name }, isOvertakable: true, ...more },
  } as Outgoing;
}

export function notification(note: string): Outgoing {
  return {
    ...{ name: 'Notification', kind: 'supplyingAgencyMessage', isOvertakable: false },
    ...{ messageInfo: { reasonForMessage: 'Notification', note }, statusInfo: { status: 'WillSupply' } },
  };
}

export function answer(name: 'RenewResponse' | 'CancelResponse', answerYesNo: 'Y' | 'N'): Outgoing {
  return {
    ...{ name, kind: 'supplyingAgencyMessage', isOvertakable: false },
    ...{ messageInfo: { reasonForMessage: name, answerYesNo }, statusInfo: { status: 'Loaned' } },
  };
}

interface Given {
  readonly id?: string;
  readonly side?: Side;
  readonly kind?: Kind;
  readonly state?: StateId;
  readonly library?: string;
  readonly fields?: RequestFields;
  readonly history?: readonly HistoryEntry[];
}

/** The store's side of the bridge, with a clock that stands still. */
export class SpecBridge {
  clock = Date.parse('2026-11-27T01:00:00Z');

  constructor(readonly db: Kysely<Schema>) {}

  readonly now = (): Date => new Date(this.clock);

  pass(seconds: number): void {
    this.clock += seconds * 1000;
  }

  async clear(): Promise<void> {
    for (const table of TABLES) await this.db.deleteFrom(table).execute();
  }

  /** What NACSIS-ILL delivers of a request. */
  deliver(given: Given = {}): Promise<StoredRequest> {
    const { id = 'LA0000000011', side = 'borrower', kind = 'loan', state = 'UNPROCESSED' } = given;
    const { library = LIBRARY, history = [{ command: 'ORDER', memberId: side === 'borrower' ? OWN : OTHER }] } = given;
    const [borrowerId, lenderId] = side === 'borrower' ? [OWN, OTHER] : [OTHER, OWN];
    const fields = { id, bibNote: '見本の本', borrowerId, lenderId, ...given.fields };
    const request = { id, kind, state, externalStatus: STATES[state].wire, fields, history };
    return saveSnapshot(this.db, { institution: INSTITUTION, library, memberId: OWN, side, request }, this.now());
  }

  /** A transaction of the request, of which Alma knows as much as the request's version says. */
  async transaction(of: Partial<StoredRequest> & { readonly id: string }, told: Partial<Told> = {}): Promise<string> {
    const { side = 'borrower', id, version = 1, record, library = LIBRARY } = of;
    const [requester, supplier] =
      side === 'borrower' ? ['isil:jp-alma', 'isil:jp-nacsis'] : ['isil:jp-nacsis', 'isil:jp-alma'];
    const { transaction_id: transactionId } = await this.db
      .insertInto('bridge_transactions')
      .values({
        ...{ institution: INSTITUTION, library, side, requester, supplier, request_id: id, kind: 'loan', title: '本' },
        ...{ requester_request_id: side === 'borrower' ? `alma-${id}` : id, supplier_request_id: null },
        told_version: version,
        told: JSON.stringify({ historyLength: record?.history.length ?? 0, sent: [], ...told }),
        ...{ created_at: this.now(), updated_at: this.now() },
      })
      .returning('transaction_id')
      .executeTakeFirstOrThrow();
    return transactionId;
  }

  /** A message of Alma that is done. */
  async received(transactionId: string, name: MessageName): Promise<string> {
    const { message_id: id } = await this.db
      .insertInto('bridge_messages')
      .values({
        ...{ institution: INSTITUTION, transaction_id: transactionId, direction: 'in', name, identity: null },
        ...{ body_hash: null, sent_at: this.now(), content: null, state: 'done', rule: null, commands: '[]' },
        created_at: this.now(),
      })
      .returning('message_id')
      .executeTakeFirstOrThrow();
    return id;
  }

  /** The messages to Alma: name and state, in order. */
  async outbox(): Promise<readonly string[]> {
    const rows = await this.db
      .selectFrom('bridge_messages')
      .select(['name', 'state'])
      .where('direction', '=', 'out')
      .orderBy('message_id')
      .execute();
    return rows.map(({ name, state }) => `${name} ${state}`);
  }
}
