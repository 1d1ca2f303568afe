import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import {
  type ImportedPage,
  type ImportedQuery,
  type ImportedRequest,
  type ImportRun,
  type StartedImport,
  type StartImport,
} from '#domain/api/imports';
import type { Problem } from '#domain/api/problem';
import { isFinal } from '#domain/imports/import';
import { operatorAuthorization, readOperatorKey } from '../auth/operator-key';
import type { ReportLanguage } from '../reports/report-messages';

/** How long to wait for a gateway that does not answer, and the time between two attempts, in milliseconds. */
const PATIENCE_MS = 60_000;
const RETRY_MS = 1_000;

export interface GatewayAccess {
  /** Address without the path. */
  readonly url: string;
  /** The operator key, or the folder in which the gateway writes it. */
  readonly key: string | { readonly dataDir: string };
}

/** The work cannot be done now, and nobody made a mistake; the message says what to do. */
export class NotNow extends Error {
  override readonly name = 'NotNow';
}

/** The gateway does not answer, or cannot work now. */
class Gone extends NotNow {}

/** Runs imports of an institution (its code) through the API of a gateway. */
export class GatewayClient {
  readonly #patienceMs: number;
  readonly #retryMs: number;

  constructor(
    private readonly access: GatewayAccess,
    private readonly institution: string,
    { patienceMs = PATIENCE_MS, retryMs = RETRY_MS } = {},
  ) {
    this.#patienceMs = patienceMs;
    this.#retryMs = retryMs;
  }

  async start(order: StartImport): Promise<StartedImport> {
    const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
    const response = await this.#call('', { method: 'POST', headers, body: JSON.stringify(order) });
    return (await response.json()) as StartedImport;
  }

  /**
   * Yields the run as it is now and after each change; the last one has a final state. Resumes a broken stream where it
   * ended. Throws `NotNow` when the gateway does not come back.
   */
  async *follow(runId: string): AsyncGenerator<ImportRun, void, undefined> {
    let seen = '';
    let goneSince: number | undefined;
    for (;;) {
      try {
        for await (const { id, data } of await this.#events(runId, seen)) {
          goneSince = undefined;
          seen = id ?? seen;
          const run = JSON.parse(data) as ImportRun;
          yield run;
          if (isFinal(run.state)) return;
        }
      } catch (error) {
        if (error instanceof NotNow && !(error instanceof Gone)) throw error;
        goneSince ??= Date.now();
        if (Date.now() - goneSince > this.#patienceMs)
          throw new NotNow(`the gateway does not answer any more; run ${runId} goes on when it is started again`, {
            cause: error,
          });
      }
      await pause(this.#retryMs);
    }
  }

  async *requests(
    runId: string,
    { outcome }: Pick<ImportedQuery, 'outcome'>,
  ): AsyncGenerator<ImportedRequest, void, undefined> {
    const filter = outcome === undefined ? '' : `&outcome=${outcome}`;
    for (let page = 1, count = 0; ; page += 1) {
      const response = await this.#call(`/${runId}/requests?page=${String(page)}${filter}`);
      const { items, total } = (await response.json()) as ImportedPage;
      yield* items;
      count += items.length;
      if (items.length === 0 || count >= total) return;
    }
  }

  /** The report as a file, in the format of the API. */
  async *file(runId: string, form: 'json' | 'csv', lang: ReportLanguage): AsyncGenerator<Uint8Array, void, undefined> {
    const { body } = await this.#call(`/${runId}/report.${form}${form === 'csv' ? `?lang=${lang}` : ''}`);
    if (body !== null) for await (const part of body as unknown as AsyncIterable<Uint8Array>) yield part;
  }

  async #events(runId: string, seen: string) {
    const { body } = await this.#call(`/${runId}/events`, seen === '' ? {} : { headers: { 'last-event-id': seen } });
    if (body === null) throw new Error('the events have no body');
    // The types of Node and the DOM disagree on whether a stream is iterable.
    const events: unknown = body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
    return events as AsyncIterable<{ readonly id?: string; readonly data: string }>;
  }

  /** Throws `NotNow` when the gateway refuses, `Gone` when it does not answer. */
  async #call(path: string, init: RequestInit = {}): Promise<Response> {
    const key = await this.#key();
    const response = await this.#send(path, init, key);
    if (response.ok) return response;
    const { code = '', detail = '' } = (await response.json().catch(() => ({}))) as Partial<Problem>;
    if (response.status >= 500) throw new Gone(`the gateway answered ${response.status} ${code}`);
    if (response.status !== 401)
      throw new NotNow(`the gateway refused: ${String(response.status)} ${code} ${detail}`.trim());
    // A gateway that restarted between the reading of the key and the call has a new key.
    if ((await this.#key()) !== key) return this.#call(path, init);
    const place = typeof this.access.key === 'string' ? '' : ` in ${this.access.key.dataDir}`;
    throw new NotNow(
      `the gateway at ${this.access.url} does not take the key${place}: it has other data or another configuration`,
    );
  }

  /** Reads the key for each call, because a restarted gateway has a new one. */
  async #key(): Promise<string> {
    const { key } = this.access;
    return typeof key === 'string' ? key : ((await readOperatorKey(key.dataDir)) ?? '');
  }

  async #send(path: string, init: RequestInit, key: string): Promise<Response> {
    const { url } = this.access;
    const authorization = operatorAuthorization(this.institution, key);
    const headers = { ...(init.headers as Record<string, string>), authorization };
    return fetch(`${url}/api/v1/imports${path}`, { ...init, headers }).catch((error: unknown) => {
      throw new Gone(`the gateway at ${url} does not answer`, { cause: error });
    });
  }
}
