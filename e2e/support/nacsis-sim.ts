import type { NacsisScenario } from '../../simulators/scenarios';

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
    return this.#requests('borrower');
  }

  /** Every request of the first library on the lender's side. */
  async lent(): Promise<readonly WireRecord[]> {
    return this.#requests('lender');
  }

  async #requests(side: 'borrower' | 'lender'): Promise<readonly WireRecord[]> {
    const [first] = await this.accounts();
    const answer = await this.#call('GET', `/_sim/records?member=${first?.memberId ?? ''}&side=${side}`);
    return (
      Array.isArray(answer) ? answer : (answer as { readonly records: unknown }).records
    ) as readonly WireRecord[];
  }

  /** Begins one of the named scenarios. */
  async play(scenario: NacsisScenario): Promise<void> {
    await this.#call('POST', `/_sim/scenarios/${scenario}`, {});
  }

  async addFault(fault: NacsisFault): Promise<void> {
    await this.#call('POST', '/_sim/faults', fault);
  }

  /** How often each method and each command has arrived since the last reset. */
  async counters(): Promise<Readonly<Record<string, number>>> {
    return (await this.#call('GET', '/_sim/counters')) as Readonly<Record<string, number>>;
  }

  /** The last messages as they stood on the wire. */
  async log(): Promise<readonly { readonly request: string; readonly answer: string }[]> {
    return (await this.#call('GET', '/_sim/log?last=200')) as readonly {
      readonly request: string;
      readonly answer: string;
    }[];
  }

  /** Writes over fields of a member's record, such as `{ STAT: 'N' }`. */
  async changeMember(memberId: string, change: WireRecord): Promise<void> {
    const member = (await this.#call('GET', `/_sim/members/${memberId}`)) as WireRecord;
    await this.#call('PUT', `/_sim/members/${memberId}`, { ...member, ...change });
  }

  /** The FA number behind an abbreviated name. */
  async memberIdOf(name: string): Promise<string> {
    for (const { memberId } of await this.accounts()) {
      const member = (await this.#call('GET', `/_sim/members/${memberId}`)) as WireRecord;
      if (member['RYAKU'] === name || member['NAME'] === name) return memberId;
    }
    throw new Error(`no member is called ${name}`);
  }

  async clearFaults(): Promise<void> {
    await this.#call('DELETE', '/_sim/faults');
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
