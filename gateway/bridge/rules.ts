import type { HoldReason, MessageName } from '#domain/api/bridge';
import type { Command } from '#domain/ill/commands';
import type { Kind, Side } from '#domain/ill/kinds';
import type { RequestFields } from '#domain/ill/request';
import type { Message, Request, RequestingAgencyMessage, SupplyingAgencyMessage } from '#iso18626/message';
import type { Told } from '../store/bridge-schema';
import type { StoredRequest } from '../store/requests-store';

/**
 * Why a message of Alma is refused or does nothing. Each has the Japanese and English text `bridge.refusal.<why>` that
 * Alma and the queue show.
 */
export const REFUSAL_TEXTS = [
  'wrong-state',
  'lender-works',
  'shipped-already',
  'not-for-copies',
  'answer-claim-first',
  'call-back-first',
  'claim-open',
  'book-is-out',
  'renewal-pending',
  'comment-required',
  'charge-negative',
  'forwarding-unsupported',
  'waited-too-long',
  'gone',
  'ended',
] as const;
export type RefusalText = (typeof REFUSAL_TEXTS)[number];

/** A message of Alma and what it is about. `request`: the last snapshot; absent for a request that is not saved yet. */
export interface Situation {
  readonly message: Message;
  readonly side: Side;
  readonly kind: Kind;
  readonly request?: StoredRequest;
  readonly told: Told;
  /** Staff consented to what was held. */
  readonly consented: boolean;
  readonly heldSince?: Date;
  readonly now: Date;
}

/**
 * What a message of Alma means now. `rule`: id of the row of config/bridge-map.json.
 * - commands: carried out in order, as far as they go. `fields` and `comment` belong to the last one unless `on` says
 *   otherwise
 * - hold: waits for the other library, or for staff
 * - nothing: OK, nothing is sent: it is done already, or only a note
 * - refuse: not possible now
 * - save, status: a new request, and the answer to StatusRequest or Reminder
 */
export type Verdict = { readonly rule: string } & (
  | {
      readonly do: 'commands';
      readonly commands: readonly Command[];
      readonly fields?: RequestFields;
      readonly comment?: string;
    }
  | { readonly do: 'hold'; readonly reason: HoldReason }
  | { readonly do: 'nothing'; readonly why: 'done-before' | 'note' }
  | { readonly do: 'refuse'; readonly why: RefusalText }
  | { readonly do: 'save' | 'status' }
);

/** A message to Alma before it has a header. */
export type Outgoing = { readonly name: MessageName } & (
  Omit<Request, 'header'> | Omit<SupplyingAgencyMessage, 'header'> | Omit<RequestingAgencyMessage, 'header'>
) & {
    /** True for a status that a later one makes needless; never for a notification or an answer. */
    readonly isOvertakable: boolean;
    /** True when no message may follow. */
    readonly ends?: true;
  };

/** What Alma must be told about what happened in NACSIS-ILL since it was last told. */
export interface News {
  readonly messages: readonly Outgoing[];
  readonly told: Told;
  /** True: the lender's answer to a renewal, or the last refusal, is to be accepted once Alma was told (RECEIVE). */
  readonly accept?: true;
  /** True: the record is closed after the last refusal (RECEIVE + CANCEL; `onLastRefusal: unfilled`). */
  readonly close?: true;
}
