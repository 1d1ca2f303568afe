import { CatpClient, type WireRecord } from '../catp-client/catp-client';

export interface Account {
  readonly memberId: string;
  readonly user: string;
  readonly password: string;
}

/** Access to the simulator's test controls: `/_sim`. */
export class BackDoor {
  constructor(readonly url: string) {}

  async accounts(): Promise<readonly Account[]> {
    return (await this.get('accounts')) as readonly Account[];
  }

  async record(id: string): Promise<WireRecord> {
    return (await this.get(`records/${id}`)) as WireRecord;
  }

  /** Ids of all records that the library sees. */
  async recordIds(member: string): Promise<readonly unknown[]> {
    const records = (await this.get(`records?member=${member}`)) as readonly WireRecord[];
    return records.map((record) => record['ID']);
  }

  /** Adds a request to NACSIS-ILL as given. Returns the resulting record. */
  async seed(record: WireRecord): Promise<WireRecord> {
    return (await this.call('POST', 'records', record)) as WireRecord;
  }

  /** Adds many requests at once. Returns the records in the same order. */
  async seedAll(records: readonly WireRecord[]): Promise<readonly WireRecord[]> {
    return (await this.call('POST', 'records', records)) as readonly WireRecord[];
  }

  /** Calls of each method and command. */
  async counters(): Promise<Readonly<Record<string, number>>> {
    return (await this.get('counters')) as Readonly<Record<string, number>>;
  }

  /** Changes fields of a member's record. */
  async changeMember(memberId: string, fields: Readonly<Record<string, string>>): Promise<void> {
    await this.call('PUT', `members/${memberId}`, fields);
  }

  /** A client that is logged in for the library of this account. */
  async logIn({ user, password }: Account): Promise<CatpClient> {
    const client = new CatpClient(`${this.url}/catp`);
    const { status } = await client.login(user, password);
    if (status !== '200') throw new Error(`${user} could not log in: ${status}`);
    return client;
  }

  private async get(path: string): Promise<unknown> {
    return this.call('GET', path);
  }

  private async call(method: string, path: string, body?: object): Promise<unknown> {
    const json =
      body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const answer = await fetch(`${this.url}/_sim/${path}`, { method, ...json });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: HTTP ${String(answer.status)} ${text}`);
    return JSON.parse(text) as unknown;
  }
}

/** Counters of methods that change nothing, and of the records read. */
const READING = ['GETHANDLE', 'SEARCH', 'RETRIEVE', 'RECORDS'];

/** Only the counters of commands. */
export function withoutReading(counters: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(counters).filter(([name]) => !READING.includes(name)));
}
