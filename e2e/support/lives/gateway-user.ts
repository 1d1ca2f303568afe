import { setTimeout as pause } from 'node:timers/promises';
import type { Problem } from '#domain/api/problem';
import type { RequestView } from '#domain/api/requests';
import type { LivesStack } from './lives-stack';

/** The parts of the gateway's answers that the driver uses. */
interface Body extends Partial<Pick<Problem, 'code' | 'detail' | 'reason' | 'changes' | 'retryAfterSeconds'>> {
  readonly request?: RequestView;
  readonly from?: string | null;
  readonly to?: string | null;
  /** For a row of a batch. */
  readonly externalStatus?: string;
}
export interface Answer<T = Body> {
  readonly status: number;
  readonly body: T & Body;
}
export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: object;
  readonly key?: string;
}
/** The answers to a call until its outcome is known. */
export interface Known<T = Body> {
  /** undefined: the caller gave up, or the gateway never told the outcome. */
  readonly answer: Answer<T> | undefined;
  /** Code or status of every answer in order. */
  readonly told: readonly string[];
}

/** Codes that ask the client to repeat the call. */
const REPEATED = ['outcome-unknown', 'command-in-progress', 'nacsis-unavailable', 'store-unavailable'];
/** Codes permitted with a status from 500. Any other answer with such a status is a fault of the gateway. */
const LEGAL_ABOVE_500 = ['nacsis-unavailable', 'outcome-unknown', 'store-unavailable'];
/**
 * Number of attempts before the client considers the gateway broken. The client waits before each attempt as long as
 * the gateway says.
 */
const MOST_TRIES = 25;
const PAUSE_MS = 150;
/** Longest waiting time of the client in seconds. */
const LONGEST_WAIT = 15;
const TOKEN_AGE_MS = 600_000;
const HANGS_AFTER_MS = 40_000;

/** A user of one institution who repeats calls with the same key, as an app should. */
export class GatewayUser {
  #token: { readonly text: Promise<string>; readonly at: number } | undefined;

  constructor(
    private readonly stack: LivesStack,
    readonly institution: string,
  ) {}

  /** Makes one call; undefined when the gateway disconnected before answering. */
  async once<T = Body>({ method, path, body, key }: Call): Promise<Answer<T> | undefined> {
    await this.stack.up();
    const headers = {
      authorization: `Bearer ${await this.#authorization()}`,
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    try {
      const init = { method, headers, signal: AbortSignal.timeout(HANGS_AFTER_MS) };
      const text = body === undefined ? {} : { body: JSON.stringify(body) };
      const response = await fetch(`${this.stack.urls.gateway}/api/v1${path}`, { ...init, ...text });
      return { status: response.status, body: read(await response.text()) as T & Body };
    } catch (error) {
      if (error instanceof Error && error.name === 'TimeoutError') throw new Error(`${method} ${path} hangs`);
      return undefined;
    }
  }

  /**
   * Repeats the call until its outcome is known. Passes each answer that leads to a repetition to `between`; the user
   * gives up when `between` returns true.
   */
  async known<T = Body>(call: Call, between?: (answer: Answer<T> | undefined) => Promise<boolean>): Promise<Known<T>> {
    const told: string[] = [];
    while (told.length < MOST_TRIES) {
      const answer = await this.once<T>(call);
      told.push(answer === undefined ? 'no answer' : (answer.body.code ?? String(answer.status)));
      if (answer !== undefined && !isRepeated(answer)) return { answer, told };
      if ((await between?.(answer)) === true) return { answer: undefined, told };
      await pause(waitAfter(answer, told.length));
    }
    return { answer: undefined, told };
  }

  async #authorization(): Promise<string> {
    if (this.#token === undefined || performance.now() - this.#token.at > TOKEN_AGE_MS)
      this.#token = { text: this.#newToken(), at: performance.now() };
    return this.#token.text;
  }

  async #newToken(): Promise<string> {
    const response = await fetch(`${this.stack.urls.alma}/_sim/token?institution=${this.institution}&user=staff001`);
    return ((await response.json()) as { readonly token: string }).token;
  }
}

/** True when such an answer is permitted. */
export function isLegal({ status, body }: Pick<Answer, 'status' | 'body'>): boolean {
  return status < 500 ? body.code !== 'internal' : LEGAL_ABOVE_500.includes(body.code ?? '');
}

/**
 * Waiting time in milliseconds, as told by the answer. Shorter for a command in progress, which usually ends long
 * before its limit.
 */
function waitAfter(answer: Answer<unknown> | undefined, tries: number): number {
  const { retryAfterSeconds = 0, code } = answer?.body ?? {};
  const seconds = code === 'command-in-progress' ? Math.min(retryAfterSeconds, 1) : retryAfterSeconds;
  return seconds * 1_000 || PAUSE_MS * Math.min(tries, 5);
}

function isRepeated({ body }: Answer<unknown>): boolean {
  const { code = '', retryAfterSeconds = 0 } = body;
  return REPEATED.includes(code) || (code !== '' && retryAfterSeconds > 0 && retryAfterSeconds <= LONGEST_WAIT);
}

/** Reads JSON or lines of JSON. */
function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const lines = text.split('\n').filter((line) => line !== '');
    try {
      return { lines: lines.map((line) => JSON.parse(line) as unknown) };
    } catch {
      return { code: `no JSON: ${text.slice(0, 80)}` };
    }
  }
}
