import type { Kysely } from 'kysely';
import type { HoldReason, MessageAction, MessageName } from '#domain/api/bridge';
import { GatewayError } from '../gateway-error';
import type { Schema } from '../store/schema';
import { changeMessage, findMessage, transactionOf, type BridgeMessageRow } from './bridge-store';
import { endMessage, snapshotOf, type JudgeParts } from './inbound';

/** Holds that end when staff consent. The others end with a step in NACSIS-ILL. */
const ASKED: readonly HoldReason[] = ['expired', 'ask-claim', 'ask-return', 'ask-late'];
/** Alma waits for an answer to these in any case. */
const AWAITED: readonly MessageName[] = ['Request', 'Retry', 'Cancel', 'Renew'];

interface DecisionParts extends Pick<JudgeParts, 'settings' | 'now'> {
  readonly db: Kysely<Schema>;
  /** Makes the worker of the institution begin soon. */
  readonly kick: (institution: string) => Promise<void>;
  /** Receives errors of `kick`: the decision is kept, and the worker finds it later. */
  readonly failed: (error: unknown) => void;
}

/** What staff can do with the message (cloudapp/src/domain/api/bridge.ts). */
export function choicesOf({
  direction,
  state,
  hold,
  problem,
}: Pick<BridgeMessageRow, 'direction' | 'state' | 'hold' | 'problem'>): readonly MessageAction[] {
  const isAsked = direction === 'in' && state === 'held' && hold !== null && ASKED.includes(hold);
  const isFailing = direction === 'in' && state === 'waiting' && problem !== null;
  const mayDrop = state === 'held' || state === 'stopped' || state === 'refused' || isFailing;
  const wasHeld = direction === 'in' && state === 'dropped' && hold !== null;
  return [
    ...(isAsked ? (['apply'] as const) : []),
    ...(state === 'stopped' ? (['retry'] as const) : []),
    ...(mayDrop ? (['drop'] as const) : []),
    ...(wasHeld ? (['undo'] as const) : []),
  ];
}

/** What staff decide about messages that need them. */
export class Decisions {
  constructor(private readonly parts: DecisionParts) {}

  /**
   * Applies, repeats or drops a message, or undoes the drop. Resolves to its row. Throws `not-found` when the
   * institution has no such message, `action-not-allowed` when its state does not allow it any more.
   */
  async decide(institution: string, messageId: string, action: MessageAction): Promise<BridgeMessageRow> {
    const row = await findMessage(this.parts.db, institution, messageId);
    if (row === undefined) throw new GatewayError('not-found', { detail: 'there is no such message' });
    const changed = choicesOf(row).includes(action) ? await this.#changed(row, action) : undefined;
    if (changed === undefined)
      throw new GatewayError('action-not-allowed', { detail: `the message is ${row.state}`, reason: 'wrong-state' });
    void this.parts.kick(institution).catch(this.parts.failed);
    return changed;
  }

  #changed(row: BridgeMessageRow, action: MessageAction): Promise<BridgeMessageRow | undefined> {
    const again = { state: 'waiting', attempts: 0, next_at: this.parts.now(), problem: null } as const;
    switch (action) {
      case 'apply':
        return changeMessage(this.parts.db, row, ['held'], { ...again, consented: true, hold: null });
      case 'retry':
        return changeMessage(this.parts.db, row, ['stopped'], again);
      case 'drop':
        return this.#dropped(row);
      case 'undo':
        // The worker judges it again, and holds it again where the reason still stands.
        return changeMessage(this.parts.db, row, ['dropped'], { ...again, hold: null, done_at: null });
    }
  }

  /** A wish of Alma that nobody has answered yet gets a No. The reason of a hold stays, so that it can be undone. */
  async #dropped(row: BridgeMessageRow): Promise<BridgeMessageRow | undefined> {
    const { db, now } = this.parts;
    const { content: message, direction, state, name } = row;
    const isOpen = direction === 'in' && state !== 'refused' && AWAITED.includes(name);
    if (message === null || !isOpen)
      return changeMessage(db, row, [state], { state: 'dropped', done_at: now(), next_at: null });
    const request = await snapshotOf(db, await transactionOf(db, row));
    const outcome = { how: 'refused', why: 'dropped', isLate: true } as const;
    return endMessage(db, row, message, { state: 'dropped', outcome, request }, this.parts);
  }
}
