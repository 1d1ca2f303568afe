import { Agent, errors, request } from 'undici';
import { withProgress } from '../body-progress';
import type { AlmaBody, AlmaPort } from './port';
import type { AlmaSettings } from './settings';

/** One call of Alma's REST API. */
export interface AlmaCall {
  /** The port method that makes the call; metrics use this name. */
  readonly name: keyof AlmaPort;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path segments below `/almaws/v1`, not yet encoded. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: AlmaBody;
  /** Milliseconds; the call is not sent after this time. */
  readonly notAfter?: number;
  /** Text of the call that must not appear in an error: a user id. */
  readonly confidential?: string;
}

/**
 * Result of one sending of a call.
 * - unreached: certainly no byte reached Alma
 * - timeout, cut: the call may have reached Alma; no whole answer came
 * - unreadable: the answer is not HTTP, or it is too large
 */
export type Exchange =
  | { readonly how: 'answered'; readonly status: number; readonly text: string }
  | {
      readonly how: 'unreached' | 'timeout' | 'cut' | 'unreadable';
      /** Code of the network error, such as ECONNREFUSED. */
      readonly code: string;
    };

const CONNECT_TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 16_777_216;

/** One exchange with Alma over HTTP. Never repeats a call, and never throws. */
export class AlmaTransport {
  readonly #base: string;
  readonly #timeoutMs: number;
  readonly #agent: Agent;

  constructor({ url, callTimeoutMs }: Pick<AlmaSettings, 'url' | 'callTimeoutMs'>) {
    this.#base = url.replace(/\/$/, '');
    this.#timeoutMs = callTimeoutMs;
    this.#agent = new Agent({
      connect: { timeout: Math.min(CONNECT_TIMEOUT_MS, callTimeoutMs) },
      // Only the time limit of the whole call applies.
      headersTimeout: 0,
      bodyTimeout: 0,
      maxResponseSize: MAX_ANSWER_BYTES,
      pipelining: 1,
    });
  }

  async exchange(apiKey: string, call: AlmaCall): Promise<Exchange> {
    const body = call.body === undefined ? undefined : Buffer.from(JSON.stringify(call.body));
    const progress = { sent: body === undefined };
    try {
      const answer = await request(this.#address(call), {
        method: call.method,
        dispatcher: this.#agent,
        headers: { authorization: `apikey ${apiKey}`, accept: 'application/json', ...headersOf(body) },
        body: body === undefined ? null : withProgress(body, progress),
        signal: AbortSignal.timeout(this.#timeoutMs),
      });
      return { how: 'answered', status: answer.statusCode, text: await answer.body.text() };
    } catch (error) {
      return failure(error, progress.sent);
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  #address({ path, query = {} }: AlmaCall): string {
    const parameters = new URLSearchParams(query).toString();
    const address = [this.#base, 'almaws/v1', ...path.map(encodeURIComponent)].join('/');
    return parameters === '' ? address : `${address}?${parameters}`;
  }
}

function headersOf(body: Uint8Array | undefined): Record<string, string> {
  return body === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(body.length) };
}

/** Drops the network error itself: some errors quote what was sent or received. */
function failure(error: unknown, sent: boolean): Exchange {
  const code = codeOf(error);
  if (!sent || isWithoutConnection(error)) return { how: 'unreached', code };
  if (error instanceof errors.HTTPParserError || error instanceof errors.ResponseExceededMaxSizeError)
    return { how: 'unreadable', code };
  return { how: code === 'TimeoutError' ? 'timeout' : 'cut', code };
}

/**
 * True when there certainly was no connection. Needed for a call without a body, which cannot record when it was sent.
 */
function isWithoutConnection(error: unknown): boolean {
  if (error instanceof errors.ConnectTimeoutError) return true;
  // For a host with several addresses, Node.js reports all failures in one error.
  const [first = error] = error instanceof AggregateError ? (error.errors as readonly unknown[]) : [];
  return first instanceof Error && 'syscall' in first && ['connect', 'getaddrinfo'].includes(String(first.syscall));
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
