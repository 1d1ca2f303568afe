/** One fault of the NACSIS-ILL simulator; see its README table. */
export interface NacsisFault {
  readonly match: { readonly method?: string; readonly command?: string; readonly id?: string };
  readonly do: 'drop-before' | 'drop-after' | 'delay' | 'status';
  readonly times?: number;
  readonly ms?: number;
  readonly code?: number;
}

/** A record in the wire names of NACSIS-ILL. */
export type WireRecord = Readonly<Record<string, unknown>>;

/** The NACSIS-ILL simulator seen from outside: its `_sim` addresses. */
export class NacsisSim {
  constructor(readonly url: string) {}

  async record(id: string): Promise<WireRecord> {
    return (await this.#call('GET', `/_sim/records/${encodeURIComponent(id)}`)) as WireRecord;
  }

  async accounts(): Promise<readonly { readonly memberId: string }[]> {
    return (await this.#call('GET', '/_sim/accounts')) as readonly { readonly memberId: string }[];
  }

  /** Every request of the first library on the borrower's side. */
  async borrowed(): Promise<readonly WireRecord[]> {
    const [first] = await this.accounts();
    const answer = await this.#call('GET', `/_sim/records?member=${first?.memberId ?? ''}&side=borrower`);
    return (Array.isArray(answer) ? answer : (answer as { readonly records: unknown }).records) as readonly WireRecord[];
  }

  async addFault(fault: NacsisFault): Promise<void> {
    await this.#call('POST', '/_sim/faults', fault);
  }

  /** Data, faults, counters and handles as after a fresh start. */
  async reset(): Promise<void> {
    await this.#call('POST', '/_sim/reset', {});
  }

  async #call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }
}
