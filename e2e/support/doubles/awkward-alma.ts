import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Chronicle } from '../lives/chronicle';
import { callFrom, type AlmaAnswer, type AlmaCall } from './alma-call';
import { isList, readList, type ListPage } from './alma-list';

/** Forwards the call to Alma, even if the caller disconnects. */
export type Pass = (call?: AlmaCall) => Promise<AlmaAnswer>;
/** The result for the caller: an answer, or a connection that is cut without one. */
export type Played = AlmaAnswer | 'cut';

/** One kind of unusual behaviour of Alma. */
export interface Awkwardness {
  readonly name: string;
  readonly fits: (call: AlmaCall) => boolean;
  /**
   * Returns undefined to forward the call unchanged. `page` is the requested page of a list, without the requests that
   * the list does not show yet.
   */
  readonly play: (call: AlmaCall, pass: Pass, page?: ListPage) => Promise<Played | undefined> | Played | undefined;
}

const HOST = '127.0.0.1';

/** A proxy between the gateway and Alma's REST API that imitates Alma's unusual answers. */
export class AwkwardAlma {
  awkward: readonly Awkwardness[] = [];
  /** True when the lists already show this request. */
  shows: (almaId: string) => boolean = () => true;
  /** NACSIS ids whose create did not get a proper answer. */
  readonly inDoubt = new Set<string>();
  /** Called when a create for this id was saved but its caller was not told. */
  unanswered: (nacsisId: string, almaId: string) => void = () => undefined;
  /** The current step of the test, for the chronicle. */
  step = '';
  #upstream = '';
  readonly #server: Server;
  readonly #underway = new Set<Promise<unknown>>();

  private constructor(private readonly chronicle: Chronicle) {
    this.#server = createServer((message, response) => void this.#serve(message, response));
  }

  static async start(chronicle: Chronicle): Promise<AwkwardAlma> {
    const proxy = new AwkwardAlma(chronicle);
    proxy.#server.listen(0, HOST);
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://${HOST}:${String((this.#server.address() as AddressInfo).port)}`;
  }

  /** `url`: address of the simulator. */
  passTo(url: string): void {
    this.#upstream = url;
  }

  /** Resolves when no call to Alma is in progress. */
  async quiet(): Promise<void> {
    while (this.#underway.size > 0) await Promise.allSettled([...this.#underway]);
  }

  async stop(): Promise<void> {
    await this.quiet();
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const call = await callFrom(message);
      const played = await this.#played(call);
      if (played === 'cut') return void response.destroy();
      response.writeHead(played.status, { 'content-type': 'application/json;charset=UTF-8' });
      response.end(played.text);
    } catch {
      response.destroy(); // the simulator or the caller is gone
    }
  }

  async #played(call: AlmaCall): Promise<Played> {
    const pass: Pass = (changed = call) => this.#noted(this.#pass(changed));
    const secretly: Pass = async () => {
      const answer = await pass();
      const { request_id: almaId } = JSON.parse(answer.text) as { readonly request_id?: string };
      if (almaId !== undefined) this.unanswered(call.nacsisId ?? '', almaId);
      return answer;
    };
    const page = isList(call) ? await readList(call, pass, this.shows) : undefined;
    for (const each of this.awkward.filter(({ fits }) => fits(call))) {
      const played = await each.play(call, call.kind === 'create' ? secretly : pass, page);
      if (played === undefined) continue;
      this.#told(call, each.name);
      if (call.nacsisId !== undefined) this.inDoubt.add(call.nacsisId);
      return played;
    }
    if (page === undefined) return pass();
    return { status: page.status, text: JSON.stringify(page.honest) };
  }

  async #pass(call: AlmaCall): Promise<AlmaAnswer> {
    const { method, path, headers, body, kind, nacsisId } = call;
    const sent = body.length === 0 ? {} : { body: new Uint8Array(body) };
    const response = await fetch(`${this.#upstream}${path}`, { method, headers, ...sent });
    const answer = { status: response.status, text: await response.text() };
    if (kind === 'tell') this.#tell(call.almaId, `${method} ${path.replace(/^.*\//, '')}: ${String(answer.status)}`);
    if (kind === 'create') {
      const { request_id: almaId } = JSON.parse(answer.text) as { readonly request_id?: string };
      this.#tell(nacsisId, `create for ${call.owner}: ${almaId ?? `${String(answer.status)} ${answer.text}`}`);
    }
    return answer;
  }

  #told({ kind, owner, almaId, nacsisId }: AlmaCall, name: string): void {
    this.chronicle.count(`Alma: ${name}`);
    this.#tell(nacsisId ?? almaId ?? owner, `Alma (${kind} of ${owner}): ${name}`);
  }

  #tell(id: string | undefined, words: string): void {
    if (id !== undefined) this.chronicle.tell(this.step, id, words);
  }

  #noted<T>(work: Promise<T>): Promise<T> {
    this.#underway.add(work);
    return work.finally(() => this.#underway.delete(work));
  }
}
