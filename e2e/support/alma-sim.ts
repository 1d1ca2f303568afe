/** A request of the simulated Alma in the form of its REST API. */
export type AlmaRecord = Readonly<Record<string, unknown>> & { readonly request_id: string };

/** Access to the `_sim` addresses of the Alma simulator. */
export class AlmaSim {
  constructor(readonly url: string) {}

  /** Adds a request to Alma or changes the one with this `request_id`, as staff could in Alma's own screens. */
  async putRequest(body: Readonly<Record<string, unknown>>): Promise<AlmaRecord> {
    return (await this.#call('POST', '/_sim/requests', body)) as AlmaRecord;
  }

  async borrowing(requestId: string): Promise<AlmaRecord> {
    const { borrowing } = (await this.#call('GET', '/_sim/requests')) as {
      readonly borrowing: readonly { readonly request: AlmaRecord }[];
    };
    const found = borrowing.find(({ request }) => request.request_id === requestId);
    if (found === undefined) throw new Error(`Alma has no borrowing request ${requestId}`);
    return found.request;
  }

  /** Number of calls or messages since the last reset, for example `message RELOAD_PAGE`. */
  async counter(name: string): Promise<number> {
    return ((await this.#call('GET', '/_sim/counters')) as Readonly<Record<string, number>>)[name] ?? 0;
  }

  /** Makes calls of Alma's API or host messages fail. */
  async addFault(fault: {
    readonly match: { readonly method?: string; readonly path?: string; readonly message?: string };
    readonly do: 'drop-before' | 'drop-after' | 'delay' | 'status';
    readonly times?: number;
    readonly ms?: number;
    readonly code?: number;
    /** Alma's error code. */
    readonly errorCode?: string;
  }): Promise<void> {
    await this.#call('POST', '/_sim/faults', fault);
  }

  async clearFaults(): Promise<void> {
    await this.#call('DELETE', '/_sim/faults');
  }

  async #call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)} ${await response.text()}`);
    return response.json();
  }
}
