import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ActionAnswer, RequestView } from '#domain/api/requests';
import type { BatchResult } from '#domain/api/batch';
import type { RefreshAnswer } from '#domain/api/work-list';
import type { Side } from '#domain/ill/kinds';

/** A command for the gateway, below `/api/v1`. */
export interface GatewayCall {
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly body: object;
}

/** The gateway's answer to a command. */
export interface Reply {
  /** HTTP status; 0 when the gateway was unreachable or disconnected. */
  readonly status: number;
  /** Empty on success. */
  readonly code: string;
  readonly retryAfterSeconds?: number;
  readonly request?: RequestView;
  readonly detail?: string;
  /** Of a refresh. */
  readonly libraries?: RefreshAnswer['libraries'];
}

/**
 * done: NACSIS-ILL executed the command. not-done: nothing was done and the call may be repeated. open: the outcome is
 * unknown or the command is in progress. refused: nothing was done, and nothing will be. fault: an answer that the
 * gateway must never give.
 */
type Meaning = 'done' | 'not-done' | 'open' | 'refused' | 'fault';

const UNREACHABLE: Reply = { status: 0, code: 'gateway-unreachable' };
const OPEN: readonly string[] = ['outcome-unknown', 'command-in-progress', UNREACHABLE.code];
const NOT_DONE: readonly string[] = [
  'nacsis-unavailable',
  'nacsis-login-refused',
  'nacsis-malformed',
  'store-unavailable',
];

export function meaningOf({ status, code }: Reply): Meaning {
  if (status >= 200 && status < 300) return 'done';
  if (OPEN.includes(code)) return 'open';
  if (NOT_DONE.includes(code)) return 'not-done';
  return status === 500 ? 'fault' : 'refused';
}

/** Receives every reply as it arrives. */
type Heard = (reply: Reply) => Promise<void> | void;

/** Longest pause between two attempts, in milliseconds. */
const LONGEST_PAUSE = 5_000;
const SHORT_PAUSE = 300;
/** Time limit for learning the outcome of one command, in milliseconds. */
const PATIENCE = 120_000;
/** Time limit of one call in milliseconds. */
const CALL_LIMIT = 60_000;
const TOKEN_AGE = 60_000;

/** A user of the gateway's API who repeats uncertain calls with the same key, as the app does. */
export class Librarian {
  #token: { readonly value: Promise<string>; readonly at: number } | undefined;

  constructor(
    private readonly urls: { readonly gateway: string; readonly alma: string },
    private readonly user = 'staff001',
  ) {}

  /**
   * Reads the request; undefined when there is no such request. With `fresh` false the gateway answers from its last
   * known state.
   */
  async read(side: Side, id: string, fresh?: boolean): Promise<RequestView | undefined> {
    const query = fresh === undefined ? '' : `&fresh=${String(fresh)}`;
    const path = `/requests/${id}?side=${side}${query}`;
    return (await this.find<{ readonly request: RequestView }>(path))?.request;
  }

  /** Reads this address below `/api/v1`; undefined when there is nothing. */
  async find<T>(path: string): Promise<T | undefined> {
    const response = await this.#fetch('GET', path, {});
    if (response.status === 404) return undefined;
    const text = await response.text();
    if (!response.ok) throw new Error(`GET ${path}: ${String(response.status)} ${text}`);
    return JSON.parse(text) as T;
  }

  /** Reads this address below `/api/v1`. Throws when there is nothing. */
  async get<T>(path: string): Promise<T> {
    const found = await this.find<T>(path);
    if (found === undefined) throw new Error(`GET ${path}: 404`);
    return found;
  }

  async once({ method, path, body }: GatewayCall, key: string): Promise<Reply> {
    try {
      const response = await this.#fetch(method, path, { 'idempotency-key': key }, body);
      return replyOf(response.status, (await response.json()) as object);
    } catch {
      return UNREACHABLE;
    }
  }

  /** The answered rows of a batch by id. Contains fewer rows when the batch breaks off. */
  async batch(body: object, key: string): Promise<ReadonlyMap<string, Reply>> {
    const replies = new Map<string, Reply>();
    try {
      const response = await this.#fetch('POST', '/actions', { 'idempotency-key': key }, body);
      const text = await response.text();
      for (const line of text.split('\n').filter((each) => each !== '')) {
        const row = JSON.parse(line) as BatchResult;
        if ('id' in row)
          replies.set(row.id, row.ok ? { status: 200, code: '' } : replyOf(row.problem.status, row.problem));
      }
    } catch {
      // the rows answered so far count
    }
    return replies;
  }

  /**
   * Repeats with the same key until the command is done or refused, or until a meaning in `stop`. Returns the last
   * reply.
   */
  async persist(
    call: GatewayCall,
    key: string,
    heard: Heard,
    { stop = [] }: { readonly stop?: readonly Meaning[] } = {},
  ): Promise<Reply> {
    for (const begun = performance.now(); ;) {
      const reply = await this.once(call, key);
      await heard(reply);
      const meaning = meaningOf(reply);
      if (meaning === 'done' || meaning === 'refused' || stop.includes(meaning)) return reply;
      if (performance.now() - begun > PATIENCE) return reply;
      await pause(pauseAfter(reply));
    }
  }

  /**
   * Makes this many calls at once with the same key, repeatedly and ignoring the gateway's pauses, until one is done or
   * refused.
   */
  async insist(call: GatewayCall, key: string, heard: Heard, times = 10): Promise<Reply> {
    for (const begun = performance.now(); ;) {
      const replies = await Promise.all(Array.from({ length: times }, () => this.once(call, key)));
      for (const reply of replies) await heard(reply);
      const last = replies.find((reply) => ['done', 'refused'].includes(meaningOf(reply)));
      if (last !== undefined || performance.now() - begun > PATIENCE) return last ?? replies[0]!;
      await pause(SHORT_PAUSE);
    }
  }

  newKey(): string {
    return randomUUID();
  }

  async #fetch(method: string, path: string, headers: Record<string, string>, body?: object): Promise<Response> {
    const json: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    return fetch(`${this.urls.gateway}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${await this.#currentToken()}`, ...json, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(CALL_LIMIT),
    });
  }

  async #currentToken(): Promise<string> {
    if (this.#token === undefined || performance.now() - this.#token.at > TOKEN_AGE)
      this.#token = { value: this.#newToken(), at: performance.now() };
    const { value } = this.#token;
    try {
      return await value;
    } catch (error) {
      // Alma was down; the next call asks again.
      if (this.#token.value === value) this.#token = undefined;
      throw error;
    }
  }

  async #newToken(): Promise<string> {
    const response = await fetch(`${this.urls.alma}/_sim/token?user=${this.user}`);
    return ((await response.json()) as { readonly token: string }).token;
  }
}

/** Pause in milliseconds: as the gateway requests, otherwise a short one. */
export function pauseAfter({ retryAfterSeconds }: Reply): number {
  return Math.min(LONGEST_PAUSE, retryAfterSeconds === undefined ? SHORT_PAUSE : retryAfterSeconds * 1000);
}

function replyOf(status: number, json: object): Reply {
  const { code = '', retryAfterSeconds, request, detail, libraries } = json as Partial<Reply & ActionAnswer>;
  return {
    status,
    code,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(request === undefined ? {} : { request }),
    ...(detail === undefined ? {} : { detail }),
    ...(libraries === undefined ? {} : { libraries }),
  };
}
