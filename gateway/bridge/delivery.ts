import { sql, type Kysely, type Selectable } from 'kysely';
import type { BridgeMessagesTable } from '../store/bridge-schema';
import type { Schema } from '../store/schema';
import { growingPause } from '../jobs/growing-pause';
import type { Delivery, PartnerPort } from './port';
import type { BridgeSettings } from './settings';

/** A message that is due, with the library whose Alma gets it. */
type DueMessage = Pick<Selectable<BridgeMessagesTable>, 'message_id' | 'content' | 'attempts'> & {
  readonly library: string;
};

/** Messages per round and library. */
const MOST = 40;
/** Messages of a library that are on their way at the same time, each of another transaction. */
const AT_A_TIME = 4;
/** Longest pause of a library's Alma that is down: one message a minute finds out whether it answers again. */
const LONGEST_DOWN_MS = 60_000;
const MINUTE_MS = 60_000;
/** Server errors in a row after which a library's Alma counts as down. One may be the fault of its message. */
const ERRORS_IN_A_ROW = 2;
/** Beyond the time limit of the call; a message whose gateway died is due again after both. */
const CLAIM_MARGIN_MS = 5_000;

interface DeliveryParts {
  readonly db: Kysely<Schema>;
  readonly partner: PartnerPort;
  readonly settings: Pick<BridgeSettings, 'deliveryAttempts' | 'deliveryPauseMinutes' | 'callTimeoutMs'>;
  readonly now: () => Date;
}

/** An Alma that does not answer: failures in a row, and when it is tried again (milliseconds). */
interface Down {
  readonly failures: number;
  readonly until: number;
}

/**
 * Delivers what waits in the outbox: in order within a transaction, where a later message waits for the earlier one and
 * a stopped one blocks the rest. A message without an answer is repeated as it is, with the same timestamp, after
 * growing pauses (iso18626.md 8.2); a refused one is not. An Alma that is down costs one message at a time its time-out:
 * each round begins with one message, and the others follow when that was answered.
 */
export class DeliveryWork {
  readonly #down = new Map<string, Down>();

  constructor(private readonly parts: DeliveryParts) {}

  /** True when something can be delivered now. */
  async isDue(institution: string, libraries: readonly string[]): Promise<boolean> {
    return (await this.#due(institution, this.#upOf(institution, libraries), 1)).length > 0;
  }

  /** One round. Resolves to true when more is due. */
  async deliver(institution: string, libraries: readonly string[], stopping: AbortSignal): Promise<boolean> {
    const up = stopping.aborted ? [] : this.#upOf(institution, libraries);
    const rounds = up.map((library) => this.#ofLibrary(institution, library, stopping));
    return (await Promise.all(rounds)).includes(true);
  }

  /** Libraries whose Alma is not waited for. */
  #upOf(institution: string, libraries: readonly string[]): readonly string[] {
    const now = this.parts.now().getTime();
    return libraries.filter((library) => (this.#down.get(keyOf(institution, library))?.until ?? 0) <= now);
  }

  async #ofLibrary(institution: string, library: string, stopping: AbortSignal): Promise<boolean> {
    const due = await this.#due(institution, [library], MOST);
    const [first, ...others] = due;
    if (first === undefined) return false;
    let errors = 0;
    const isUp = async (message: DueMessage): Promise<boolean> => {
      const how = await this.#one(institution, message);
      errors = how === 'server-error' ? errors + 1 : 0;
      return how === 'answered' || (how === 'server-error' && errors < ERRORS_IN_A_ROW);
    };
    if (!(await isUp(first))) return this.#isDown(institution, library);
    for (let at = 0; at < others.length && !stopping.aborted; at += AT_A_TIME) {
      const answers = await Promise.all(others.slice(at, at + AT_A_TIME).map(isUp));
      if (answers.includes(false)) return this.#isDown(institution, library);
    }
    if (errors > 0) return this.#isDown(institution, library);
    await this.#isUpAgain(institution, library);
    return others.length > 0 || (await this.#due(institution, [library], 1)).length > 0;
  }

  /** The oldest message of each transaction, unless it is stopped. */
  async #due(institution: string, libraries: readonly string[], limit: number): Promise<readonly DueMessage[]> {
    if (libraries.length === 0) return [];
    return (
      this.parts.db
        .selectFrom('bridge_messages as message')
        .innerJoin('bridge_transactions as transaction', 'transaction.transaction_id', 'message.transaction_id')
        .select(['message.message_id', 'message.content', 'message.attempts', 'transaction.library'])
        .where('message.institution', '=', institution)
        .where('message.direction', '=', 'out')
        .where('message.state', '=', 'waiting')
        .where('message.next_at', '<=', this.parts.now())
        .where('transaction.library', 'in', libraries)
        .where((row) =>
          row.not(
            row.exists(
              row
                .selectFrom('bridge_messages as earlier')
                .select('earlier.message_id')
                .whereRef('earlier.transaction_id', '=', 'message.transaction_id')
                .where('earlier.direction', '=', 'out')
                .where('earlier.state', 'in', ['waiting', 'stopped'])
                .whereRef('earlier.message_id', '<', 'message.message_id'),
            ),
          ),
        )
        // What Alma did not answer comes last, so that it neither holds up the others nor uses up its attempts alone.
        .orderBy('message.attempts')
        .orderBy('message.message_id')
        .limit(limit)
        .execute()
    );
  }

  async #one(institution: string, message: DueMessage): Promise<'answered' | 'server-error' | 'unanswered'> {
    const { db, partner, settings, now } = this.parts;
    const attempts = message.attempts + 1;
    const claimed = await db
      .updateTable('bridge_messages')
      .set({ attempts, next_at: new Date(now().getTime() + settings.callTimeoutMs + CLAIM_MARGIN_MS) })
      .where('message_id', '=', message.message_id)
      .where('state', '=', 'waiting')
      .where('attempts', '=', message.attempts)
      .returning('content')
      .executeTakeFirst();
    // Another gateway has it, or it was dropped.
    if (claimed === undefined) return 'answered';
    const delivery: Delivery =
      claimed.content === null
        ? { how: 'refused', code: 'unwritable' }
        : await partner.deliver({ institution, library: message.library }, claimed.content);
    await this.#keep(message.message_id, attempts, delivery);
    if (delivery.how !== 'unanswered') return 'answered';
    return delivery.code === 'server-error' ? 'server-error' : 'unanswered';
  }

  /** A message that was dropped while it was on its way has still arrived. */
  async #keep(messageId: string, attempts: number, delivery: Delivery): Promise<void> {
    const { db, now } = this.parts;
    const at = now();
    await db
      .updateTable('bridge_messages')
      .set(this.#changesAfter(delivery, attempts, at))
      .where('message_id', '=', messageId)
      .where('state', 'in', delivery.how === 'confirmed' ? ['waiting', 'dropped'] : ['waiting'])
      .execute();
  }

  #changesAfter(delivery: Delivery, attempts: number, at: Date) {
    if (delivery.how === 'confirmed') return { state: 'done', done_at: at, next_at: null, problem: null } as const;
    const { how, code } = delivery;
    if (how === 'refused') {
      const problem = JSON.stringify({ code, ...(delivery.detail === undefined ? {} : { detail: delivery.detail }) });
      return { state: 'refused', done_at: at, next_at: null, problem } as const;
    }
    const problem = JSON.stringify({ code });
    if (attempts >= this.parts.settings.deliveryAttempts) return { state: 'stopped', next_at: null, problem } as const;
    return { next_at: new Date(at.getTime() + this.#pauseAfter(attempts)), problem };
  }

  #isDown(institution: string, library: string): boolean {
    const key = keyOf(institution, library);
    const failures = (this.#down.get(key)?.failures ?? 0) + 1;
    const pause = Math.min(this.#pauseAfter(failures), LONGEST_DOWN_MS);
    this.#down.set(key, { failures, until: this.parts.now().getTime() + pause });
    return false;
  }

  /** What waits for its next attempt goes at once. */
  async #isUpAgain(institution: string, library: string): Promise<void> {
    if (!this.#down.delete(keyOf(institution, library))) return;
    const { db, now } = this.parts;
    await sql`update bridge_messages message set next_at = ${now()}
      from bridge_transactions transaction
      where transaction.transaction_id = message.transaction_id and message.institution = ${institution}
        and transaction.library = ${library} and message.direction = 'out' and message.state = 'waiting'
        and message.problem is not null and message.next_at > ${now()}`.execute(db);
  }

  #pauseAfter(failures: number): number {
    return growingPause(failures, this.parts.settings.deliveryPauseMinutes * MINUTE_MS);
  }
}

function keyOf(institution: string, library: string): string {
  return `${institution}\n${library}`;
}
