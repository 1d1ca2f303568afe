import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Side } from '../model';

/** A message that Alma sent or received. Times are ISO 8601. */
export interface LoggedMessage {
  /** From 1, in the order of sending and receiving. */
  readonly number: number;
  readonly at: string;
  readonly direction: 'sent' | 'received';
  /** Kind of the message by what it says, for example `Request`, `Loaned`; `unreadable` for a body that is none. */
  readonly name: string;
  /** Absent for a received message whose request Alma does not know. */
  readonly side?: Side;
  readonly requestId?: string;
  readonly body: string;
  /** Number of the message that this one repeats. */
  readonly repeats?: number;
  /** The HTTP answer; absent when there was none. */
  readonly answer?: Answer;
  /** What Alma did with a received message: `done`, or why it did nothing. */
  readonly effect?: string;
  /** The fault that met it. */
  readonly fault?: string;
}

interface Answer {
  /** HTTP status. */
  readonly status: number;
  readonly body: string;
  /** Absent when the body is no confirmation. */
  readonly messageStatus?: 'OK' | 'ERROR';
  readonly error?: { readonly type: string; readonly value?: string };
}

/**
 * All messages of both directions. Kept in a file of their own, one line for each writing of a message, because a
 * document of all of them would be rewritten at every message.
 */
export class MessageLog {
  private messages: LoggedMessage[] = [];
  private readonly path: string | undefined;

  constructor(folder: string | undefined) {
    this.path = folder === undefined ? undefined : join(folder, 'iso18626-messages.jsonl');
    if (folder === undefined || this.path === undefined) return;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!existsSync(this.path)) return;
    for (const line of readFileSync(this.path, 'utf8').split('\n')) {
      const message = readLine(line);
      if (message) this.messages[message.number - 1] = message;
    }
  }

  all(): readonly LoggedMessage[] {
    return this.messages;
  }

  /** The messages that Alma sent for a request, without repeats, oldest first. */
  sentFor(side: Side, requestId: string): readonly LoggedMessage[] {
    return this.messages.filter(
      (each) =>
        each.direction === 'sent' && each.side === side && each.requestId === requestId && each.repeats === undefined,
    );
  }

  add(message: Omit<LoggedMessage, 'number'>): LoggedMessage {
    const added = { number: this.messages.length + 1, ...message };
    this.write(added);
    return added;
  }

  /** Adds what became of a message. Does nothing after a reset. */
  complete(message: LoggedMessage, outcome: Pick<LoggedMessage, 'answer' | 'fault'>): void {
    if (this.messages[message.number - 1] === message) this.write({ ...message, ...outcome });
  }

  clear(): void {
    this.messages = [];
    if (this.path !== undefined) rmSync(this.path, { force: true });
  }

  private write(message: LoggedMessage): void {
    this.messages[message.number - 1] = message;
    if (this.path !== undefined) appendFileSync(this.path, `${JSON.stringify(message)}\n`, { mode: 0o600 });
  }
}

/** A line of the file; undefined for the last line of a process that was killed while it wrote. */
function readLine(line: string): LoggedMessage | undefined {
  try {
    return JSON.parse(line) as LoggedMessage;
  } catch {
    return undefined;
  }
}
