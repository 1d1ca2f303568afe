/** A request of the simulated Alma in the form of its REST API. */
export type AlmaRecord = Readonly<Record<string, unknown>> & { readonly request_id: string };

/** The side of a request in Alma's terms. */
export type AlmaSide = 'borrowing' | 'lending';

/** A request with what Alma exchanged with its ISO 18626 partner. Times are ISO 8601. */
export interface AlmaRequestView {
  readonly request: AlmaRecord & { readonly external_id: string; readonly status: { readonly value: string } };
  readonly exchange: {
    readonly requesterRequestId: string;
    readonly supplierRequestId?: string;
    /** yyyy-MM-dd. */
    readonly dueDate?: string;
    readonly hasAlert: boolean;
    /** Oldest first. */
    readonly generalMessages: readonly { readonly at: string; readonly from: AlmaParty; readonly text: string }[];
    readonly history: readonly {
      readonly at: string;
      readonly by: 'staff' | 'partner' | 'job';
      /** An action, or the name of a message. */
      readonly what: string;
      /** Alma's status afterwards. */
      readonly status: string;
      /** Why Alma did nothing. */
      readonly ignored?: string;
    }[];
    readonly result?: AlmaResult;
  };
  /** Actions that Alma offers now. */
  readonly actions: readonly string[];
}
type AlmaParty = 'library' | 'partner';

/** `detail`: the partner's error, or why the action is impossible. */
export interface AlmaResult {
  readonly how: 'confirmed' | 'refused' | 'unanswered' | 'held' | 'silent' | 'impossible';
  readonly detail?: string;
}

/** What staff enter on a request page. `dueDate`: yyyy-MM-dd. `cost`: yen. `barcodes`: with commas between. */
export interface AlmaInput {
  readonly note?: string;
  readonly reason?: string;
  readonly dueDate?: string;
  readonly cost?: number | string;
  readonly answer?: 'Y' | 'N';
  readonly barcodes?: string;
}

/** A message in Alma's log. */
export interface AlmaMessage {
  /** From 1, in the order of sending and receiving. */
  readonly number: number;
  readonly at: string;
  readonly direction: 'sent' | 'received';
  /** `Request`, an action or a status of ISO 18626, Notification, RenewResponse, CancelResponse, or `unreadable`. */
  readonly name: string;
  readonly side?: AlmaSide;
  readonly requestId?: string;
  readonly body: string;
  /** Number of the message that this one repeats. */
  readonly repeats?: number;
  /** Absent: there was no answer. */
  readonly answer?: {
    readonly status: number;
    readonly body: string;
    readonly messageStatus?: 'OK' | 'ERROR';
    readonly error?: { readonly type: string; readonly value?: string };
  };
  /** What Alma did with a received message: `done`, or why nothing. */
  readonly effect?: string;
  readonly fault?: string;
}

/** A fault of messages of ISO 18626. Without `name` and `externalId` it meets every message. */
export type AlmaMessageFault = {
  readonly name?: string;
  readonly externalId?: string;
  readonly after?: number;
  readonly times?: number;
  readonly ms?: number;
  readonly code?: number;
  readonly errorType?: string;
  /** With status, error, empty and html: Alma does what the message says before it answers so. */
  readonly applies?: boolean;
} & (
  | {
      readonly direction: 'received';
      readonly do: 'drop-before' | 'drop-after' | 'status' | 'error' | 'empty' | 'html' | 'delay';
    }
  | { readonly direction: 'sent'; readonly do: 'lost-before' | 'lost-after' | 'doubled' | 'reordered' | 'delay' }
);

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

  async counters(): Promise<Readonly<Record<string, number>>> {
    return (await this.#call('GET', '/_sim/counters')) as Readonly<Record<string, number>>;
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

  /** Enters the gateway as ISO 18626 partner of a library, or replaces what was entered. It survives a reset. */
  async linkPartner(link: {
    readonly institution?: string;
    readonly library: string;
    /** Of the gateway, with its secret. */
    readonly address: string;
    readonly almaSymbol: string;
    readonly partnerSymbol: string;
    /** Requests name their patron. Default: false. */
    readonly sendsRequester?: boolean;
    /** The expiry job takes the partner's lending requests. Default: false. */
    readonly expires?: boolean;
  }): Promise<void> {
    await this.#call('PUT', '/_sim/iso18626', link);
  }

  /** Lets requests to the partner name their patron, or not. */
  async nameRequesters(sendsRequester: boolean): Promise<void> {
    const links = (await this.#call('GET', '/_sim/iso18626')) as readonly object[];
    for (const link of links) await this.#call('PUT', '/_sim/iso18626', { ...link, sendsRequester });
  }

  /**
   * A borrowing request with the ISO 18626 partner as its rota, ready to be sent. `citation_type`: BK (default) or CR;
   * `partner`: code, by default the first; `user`: primary id; `rota`: codes of the partners after it.
   */
  async createBorrowing(fields: Readonly<Record<string, unknown>>): Promise<AlmaRequestView> {
    return (await this.#call('POST', '/_sim/borrowing', fields)) as AlmaRequestView;
  }

  /** The request by Alma's id. */
  async see(side: AlmaSide, requestId: string): Promise<AlmaRequestView> {
    return (await this.#call('GET', `/_sim/requests/${side}/${requestId}`)) as AlmaRequestView;
  }

  /** Alma's status code of a request. */
  async statusOf(side: AlmaSide, requestId: string): Promise<string> {
    return (await this.see(side, requestId)).request.status.value;
  }

  /** Alma's ids of the requests with this external id: Alma's own, or that of the requester for a lending request. */
  async idsOf(side: AlmaSide, externalId: string): Promise<readonly string[]> {
    const requests = (await this.#call('GET', '/_sim/requests')) as Readonly<
      Record<AlmaSide, readonly { readonly request: AlmaRequestView['request'] }[]>
    >;
    return requests[side]
      .filter(({ request }) => request.external_id === externalId)
      .map(({ request }) => request.request_id);
  }

  /** All lending requests, oldest first. */
  async lending(): Promise<readonly AlmaRequestView['request'][]> {
    const { lending } = (await this.#call('GET', '/_sim/requests')) as {
      readonly lending: readonly { readonly request: AlmaRequestView['request'] }[];
    };
    return lending.map(({ request }) => request);
  }

  /** Does what a button of the request page does. @throws Error when Alma does not offer the action now */
  async act(
    side: AlmaSide,
    requestId: string,
    action: string,
    input: AlmaInput = {},
  ): Promise<AlmaRequestView & { readonly result: AlmaResult }> {
    const answer = await this.#call('POST', `/_sim/requests/${side}/${requestId}/actions`, { action, ...input });
    return answer as AlmaRequestView & { readonly result: AlmaResult };
  }

  /** Sends a message of a request again: the last, or the one with this number among those of the request (from 1). */
  async repeat(side: AlmaSide, requestId: string, timestamp: 'same' | 'new', which?: number): Promise<AlmaResult> {
    const body = { timestamp, ...(which === undefined ? {} : { which }) };
    return (await this.#call('POST', `/_sim/requests/${side}/${requestId}/repeat`, body)) as AlmaResult;
  }

  /** The messages of both directions, oldest first. */
  async messages(query: Readonly<Record<string, string>> = {}): Promise<readonly AlmaMessage[]> {
    const parameters = new URLSearchParams(query).toString();
    return (await this.#call('GET', `/_sim/iso18626/messages?${parameters}`)) as readonly AlmaMessage[];
  }

  async addMessageFault(fault: AlmaMessageFault): Promise<void> {
    await this.#call('POST', '/_sim/iso18626/faults', fault);
  }

  async clearMessageFaults(): Promise<void> {
    await this.#call('DELETE', '/_sim/iso18626/faults');
  }

  /** Sends the messages that the fault `reordered` holds. */
  async release(): Promise<void> {
    await this.#call('POST', '/_sim/iso18626/release', {});
  }

  /** Runs the expiry job for these lending requests, or for all of partners whose requests expire. */
  async expire(requestIds?: readonly string[]): Promise<readonly string[]> {
    const body = requestIds === undefined ? {} : { requestIds };
    return ((await this.#call('POST', '/_sim/iso18626/expire', body)) as { readonly expired: readonly string[] })
      .expired;
  }

  /** Changes settings of the simulated Alma (`Settings` in simulators/alma/world.ts) until the next reset. */
  async changeSettings(settings: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#call('PUT', '/_sim/settings', settings);
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
