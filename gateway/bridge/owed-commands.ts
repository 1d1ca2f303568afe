import { sql, type Kysely, type Selectable } from 'kysely';
import type { Action } from '#domain/ill/commands';
import type { StateId } from '#domain/ill/states';
import type { ActionService } from '../commands/action-service';
import type { RequestReader } from '../commands/request-reader';
import type { InstitutionConfig } from '../config';
import { GatewayError } from '../gateway-error';
import { NacsisError } from '../nacsis/port';
import type { BridgeMessagesTable } from '../store/bridge-schema';
import type { Schema } from '../store/schema';
import { growingPause } from '../jobs/growing-pause';
import { BRIDGE_USER } from './new-request';

const MOST = 20;

/** A command that failed: how often, and when it is tried again (milliseconds). */
interface Failing {
  readonly failures: number;
  readonly until: number;
}

type OwedMessage = Pick<Selectable<BridgeMessagesTable>, 'message_id' | 'commands'> & {
  readonly request_id: string | null;
};

/** What is owed: the action, and the states in which it is still wanted. */
interface Owed {
  readonly action: Action;
  readonly from: readonly StateId[];
}

interface OwedParts {
  readonly db: Kysely<Schema>;
  readonly actions: Pick<ActionService, 'act'>;
  readonly requests: Pick<RequestReader, 'read'>;
  readonly now: () => Date;
  readonly failed: (error: unknown) => void;
}

/**
 * Commands that the gateway owes NACSIS-ILL once Alma was told: accepting the lender's answer to a renewal (RECEIVE),
 * and closing the record after the last refusal (RECEIVE + CANCEL). They are columns of the message to Alma, so a
 * killed gateway forgets none, and their keys come from the message and the version, so none is done twice. One that
 * fails is tried again after growing pauses, and keeps no other one waiting.
 */
export class OwedCommands {
  /** By message. */
  readonly #failing = new Map<string, Failing>();

  constructor(private readonly parts: OwedParts) {}

  async isDue(institution: string): Promise<boolean> {
    return (await this.#owed(institution, 1)).length > 0;
  }

  async work(institution: InstitutionConfig, stopping: AbortSignal): Promise<void> {
    for (const message of await this.#owed(institution.code, MOST)) {
      if (stopping.aborted) return;
      if (await this.#isSettled(institution, message)) await this.#done(message);
      else this.#pause(message);
    }
  }

  #pause({ message_id: id }: OwedMessage): void {
    const failures = (this.#failing.get(id)?.failures ?? 0) + 1;
    this.#failing.set(id, { failures, until: this.parts.now().getTime() + growingPause(failures) });
  }

  #owed(institution: string, limit: number): Promise<readonly OwedMessage[]> {
    const now = this.parts.now().getTime();
    const paused = [...this.#failing].filter(([, { until }]) => until > now).map(([id]) => id);
    return (
      this.parts.db
        .selectFrom('bridge_messages as message')
        .innerJoin('bridge_transactions as transaction', 'transaction.transaction_id', 'message.transaction_id')
        .select(['message.message_id', 'message.commands', 'transaction.request_id'])
        .where('message.institution', '=', institution)
        // As in the index.
        .where(sql<boolean>`message.direction = 'out' and message.commands_done < jsonb_array_length(message.commands)`)
        .$if(paused.length > 0, (query) => query.where('message.message_id', 'not in', paused))
        .orderBy('message.message_id')
        .limit(limit)
        .execute()
    );
  }

  /** False when the outcome is open: the command is tried again later. */
  async #isSettled(institution: InstitutionConfig, message: OwedMessage): Promise<boolean> {
    const { requests, failed } = this.parts;
    const id = message.request_id;
    if (id === null) return true;
    try {
      const request = await requests.read(institution, 'borrower', id, 'now');
      const { action, from } = owedBy(message);
      // Staff, or another program of the library, was quicker.
      if (request.gone !== null || request.state === null || !from.includes(request.state)) return true;
      await this.#act(institution, message, action, { id, version: request.version });
      return true;
    } catch (error) {
      if (isRefusal(error)) return true;
      if (!(error instanceof GatewayError || error instanceof NacsisError)) failed(error);
      return false;
    }
  }

  async #act(
    institution: InstitutionConfig,
    { message_id: messageId }: OwedMessage,
    action: Action,
    { id, version }: { readonly id: string; readonly version: number },
  ): Promise<void> {
    const key = `iso18626 ${messageId} v${String(version)}`;
    const actor = { institution, userId: BRIDGE_USER, key };
    await this.parts.actions.act(actor, action, { side: 'borrower', id, version, fields: {} });
  }

  async #done({ message_id: id }: OwedMessage): Promise<void> {
    this.#failing.delete(id);
    await this.parts.db
      .updateTable('bridge_messages')
      .set({ commands_done: sql<number>`jsonb_array_length(commands)` })
      .where('message_id', '=', id)
      .execute();
  }
}

function owedBy({ commands }: OwedMessage): Owed {
  return commands.includes('CANCEL')
    ? { action: 'cancel', from: ['NEW_INQUIRY', 'INQUIRY'] }
    : { action: 'accept', from: ['RETURN_CLAIMED'] };
}

/** NACSIS-ILL, or the table, does not allow it any more: it stays with staff, who see the request. */
function isRefusal(error: unknown): boolean {
  return error instanceof GatewayError && ['action-not-allowed', 'nacsis-rejected', 'not-found'].includes(error.code);
}
