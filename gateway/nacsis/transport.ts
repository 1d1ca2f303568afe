import { Agent, errors, request, type Dispatcher } from 'undici';
import { CatpError } from '#catp/errors';
import { decodeResponse, encodeRequest } from '#catp/framing';
import type { CatpRequest, CatpResponse } from '#catp/types';
import { withProgress } from '../body-progress';
import { NacsisError } from './port';
import type { NacsisSettings } from './settings';

type TransportSettings = Pick<
  NacsisSettings,
  'url' | 'connectTimeoutMs' | 'firstByteTimeoutMs' | 'answerTimeoutMs' | 'maxAnswerBytes'
>;

/** Result of a call to NACSIS-ILL, for metrics. */
export type Outcome = 'answered' | 'unavailable' | 'malformed';
export type Observe = (method: string, outcome: Outcome, seconds: number) => void;

/**
 * One CATP exchange over HTTP POST. Never repeats a request. A failure says whether the request can have reached the
 * server: until its first byte is handed to the connection nothing has happened; after that the outcome is unknown.
 */
export class CatpTransport {
  readonly #settings: TransportSettings;
  readonly #observe: Observe;
  readonly #agent: Agent;

  constructor(settings: TransportSettings, observe: Observe = () => undefined) {
    this.#settings = settings;
    this.#observe = observe;
    this.#agent = new Agent({
      connect: { timeout: settings.connectTimeoutMs },
      headersTimeout: settings.firstByteTimeoutMs,
      bodyTimeout: settings.answerTimeoutMs,
      pipelining: 1,
    });
  }

  async exchange(message: CatpRequest): Promise<CatpResponse> {
    const started = performance.now();
    const observed = (outcome: Outcome) => {
      this.#observe(message.method, outcome, (performance.now() - started) / 1000);
    };
    try {
      const answer = await this.#post(encode(message), message);
      observed('answered');
      return answer;
    } catch (error) {
      observed(error instanceof NacsisError && error.code === 'nacsis-malformed' ? 'malformed' : 'unavailable');
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #post(bytes: Uint8Array, message: CatpRequest): Promise<CatpResponse> {
    const progress = { sent: false };
    try {
      const response = await request(this.#settings.url, {
        method: 'POST',
        dispatcher: this.#agent,
        headers: { 'content-type': 'application/octet-stream', 'content-length': String(bytes.length) },
        body: withProgress(bytes, progress),
        signal: AbortSignal.timeout(this.#settings.answerTimeoutMs),
      });
      const answer = await this.#read(response);
      return decode(answer, message);
    } catch (error) {
      if (error instanceof NacsisError) throw error;
      throw failure(error, progress.sent);
    }
  }

  async #read(response: Dispatcher.ResponseData): Promise<Uint8Array> {
    if (response.statusCode !== 200) {
      await response.body.dump();
      throw notCatp(response.statusCode);
    }
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      length += chunk.length;
      if (length > this.#settings.maxAnswerBytes) throw malformed('the answer is larger than allowed');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }
}

function encode(message: CatpRequest): Uint8Array {
  try {
    return encodeRequest(message);
  } catch (error) {
    throw new NacsisError('nacsis-malformed', 'nothing', 'the request cannot be written in CATP', { cause: error });
  }
}

function decode(bytes: Uint8Array, message: CatpRequest): CatpResponse {
  try {
    return decodeResponse(bytes, message);
  } catch (error) {
    const why = error instanceof CatpError ? ` (${error.code})` : '';
    throw malformed(`the answer of NACSIS-ILL cannot be read${why}`, error);
  }
}

function malformed(message: string, cause?: unknown): NacsisError {
  return new NacsisError('nacsis-malformed', 'unknown', message, { how: 'malformed', cause });
}

/**
 * Returns the error for an HTTP answer without CATP. After 5xx a proxy or the server gave up, and NACSIS-ILL behind it
 * may still be working.
 */
function notCatp(status: number): NacsisError {
  const message = `the server answered with HTTP status ${String(status)}`;
  return status >= 500
    ? new NacsisError('nacsis-unavailable', 'unknown', message, { how: 'timeout' })
    : malformed(message);
}

function failure(error: unknown, sent: boolean): NacsisError {
  if (!sent) {
    const details = { how: 'unreached', cause: error } as const;
    return new NacsisError('nacsis-unavailable', 'nothing', 'NACSIS-ILL cannot be reached', details);
  }
  const how = isTimeout(error) ? 'timeout' : 'cut';
  const message = how === 'timeout' ? 'NACSIS-ILL did not answer in time' : 'the connection to NACSIS-ILL was cut';
  return new NacsisError('nacsis-unavailable', 'unknown', message, { how, cause: error });
}

function isTimeout(error: unknown): boolean {
  if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError) return true;
  return error instanceof Error && error.name === 'TimeoutError';
}
