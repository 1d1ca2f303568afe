import type { Kysely } from 'kysely';
import type { Mode } from '#domain/ill/machine';
import type { NacsisPort } from '../nacsis/port';
import { JournalStore } from '../store/journal-store';
import type { Schema } from '../store/schema';
import { ActionService } from './action-service';
import { CommandOutcomes } from './command-outcomes';
import { CommandRunner } from './command-runner';
import { ForwardCheck } from './forward-check';
import { OrderCheck } from './order-check';
import { OrderService } from './order-service';
import type { RequestReader } from './request-reader';

interface CommandParts {
  readonly db: Kysely<Schema>;
  readonly nacsis: NacsisPort;
  readonly requests: RequestReader;
  readonly mode: Mode;
  /** Longest duration of a call to NACSIS-ILL, in milliseconds. */
  readonly callTimeoutMs: number;
  readonly settleSeconds: number;
  readonly now: () => Date;
}

/** What performs commands, for the routes and for the bridge: of the same process, so that a repeat joins its call. */
export interface Commands {
  readonly journal: JournalStore;
  readonly requests: RequestReader;
  readonly orders: OrderService;
  readonly actions: ActionService;
  readonly forwards: ForwardCheck;
}

export function commandsOf(parts: CommandParts): Commands {
  const { db, nacsis, requests, mode, now, callTimeoutMs, settleSeconds } = parts;
  const journal = new JournalStore(db);
  const outcomes = new CommandOutcomes(db, journal, nacsis, { settleSeconds }, now);
  const runner = new CommandRunner(journal, requests, nacsis, outcomes, { callTimeoutMs, mode }, now);
  const check = new OrderCheck(nacsis);
  const forwards = new ForwardCheck(nacsis);
  const actions = new ActionService(requests, runner, { orders: check, forwards }, mode);
  return { journal, requests, orders: new OrderService(runner, check), actions, forwards };
}
