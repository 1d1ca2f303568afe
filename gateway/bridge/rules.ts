import type { RefusalText } from '#domain/alma/message-problems';
import type { HoldReason, MessageName } from '#domain/api/bridge';
import type { Tariff } from '#domain/api/profile';
import type { Command } from '#domain/ill/commands';
import type { Kind, Side } from '#domain/ill/kinds';
import type { Mode } from '#domain/ill/machine';
import type { RequestFields } from '#domain/ill/request';
import type { Message, Request, RequestingAgencyMessage, SupplyingAgencyMessage } from '#iso18626/message';
import type { Told } from '../store/bridge-schema';
import type { StoredRequest } from '../store/requests-store';

export { REFUSAL_TEXTS, type RefusalText } from '#domain/alma/message-problems';

/** A message of Alma and what it is about. `request`: the last snapshot; absent for a request that is not saved yet. */
export interface Situation {
  readonly message: Message;
  /** What the message says (message-name.ts). */
  readonly name: MessageName;
  readonly side: Side;
  readonly kind: Kind;
  readonly request?: StoredRequest;
  readonly told: Told;
  /** Of a Request with an id that is known: whether its body is the known one. Absent: the id is new. */
  readonly isSameBody?: boolean;
  /** The library's price lists, for a shipment without a charge in yen. */
  readonly tariffs?: readonly Tariff[];
  /** Staff consented to what was held. */
  readonly consented: boolean;
  readonly heldSince?: Date;
  readonly now: Date;
  /** Of the transition table; lenient when absent. */
  readonly mode?: Mode;
}

/**
 * What a message of Alma means now. `rule`: id of the row of config/bridge-map.json.
 * - commands: carried out in order, as far as they go. `fields` and `comment` belong to the last one. Dates of today are
 *   those of the transition table (`defaultsToToday`). `then`: afterwards the record is edited from the message, and
 *   ordered by rule
 * - hold: waits for the other library, or for staff
 * - nothing: OK, nothing is sent: it is done already, or only a note
 * - refuse: not possible now. A refused Request is an ERROR confirmation; for others see `answersTo`
 * - save, status: a new request, and the answer to StatusRequest or Reminder
 * - discard: Alma cancels a request that is not saved yet: its draft is removed. Answered like a Cancel that is done
 */
export type Verdict = { readonly rule: string } & (
  | {
      readonly do: 'commands';
      readonly commands: readonly Command[];
      readonly fields?: RequestFields;
      readonly comment?: string;
      readonly then?: 'save';
    }
  | { readonly do: 'hold'; readonly reason: HoldReason }
  | { readonly do: 'nothing'; readonly why: 'done-before' | 'note' }
  | { readonly do: 'refuse'; readonly why: RefusalText }
  | { readonly do: 'save' | 'status' | 'discard' }
);

/**
 * How a message of Alma ended. `why`: a reason of the map, or what NACSIS-ILL said, in Japanese. `isLate`: the
 * confirmation said OK before, so that only a message can refuse.
 */
export type Outcome =
  | { readonly how: 'done' | 'done-before' }
  | { readonly how: 'refused'; readonly why: RefusalText | (string & {}); readonly isLate?: boolean };

/** A message to Alma before it has a header. */
export type Outgoing = { readonly name: MessageName } & (
  Omit<Request, 'header'> | Omit<SupplyingAgencyMessage, 'header'> | Omit<RequestingAgencyMessage, 'header'>
) & {
    /** True for a status that a later one makes needless; never for a notification or an answer. */
    readonly isOvertakable: boolean;
    /** True when no message may follow, except answers to questions of Alma. */
    readonly ends?: true;
  };

/** What Alma must be told about what happened in NACSIS-ILL since it was last told. */
export interface News {
  readonly messages: readonly Outgoing[];
  readonly told: Told;
  /** True while the lender's answer to a renewal, of which Alma was told, is to be accepted (RECEIVE). */
  readonly accept?: true;
  /** True while the record is to be closed after the last refusal (RECEIVE + CANCEL; `onLastRefusal: unfilled`). */
  readonly close?: true;
}
