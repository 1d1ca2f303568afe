import type { NacsisScenario, PartnerScript } from '../../simulators/scenarios';
import { CatpClient, type WireRecord as CatpRecord } from '../../test/catp-client/catp-client';
import { dayFromNow, wireRequest, type WireRequestOptions } from '../../test/support/wire-request';

/** One fault of the NACSIS-ILL simulator; see docs/training.md. */
interface NacsisFault {
  readonly match: { readonly method?: string; readonly command?: string; readonly id?: string };
  readonly do: 'drop-before' | 'drop-after' | 'delay' | 'status';
  readonly times?: number;
  readonly ms?: number;
  readonly code?: number;
}

export interface NacsisAccount {
  readonly memberId: string;
  readonly user: string;
  readonly password: string;
}

/**
 * A request of the first library to seed, on this side. `partners`: member ids, of which the first is the borrower, or
 * the candidates in order.
 */
export interface SeedOptions extends Omit<WireRequestOptions, 'borrower' | 'lenders'> {
  readonly side: 'borrower' | 'lender';
  readonly partners?: readonly string[];
}

/** A record in NACSIS-ILL's wire names. */
export type WireRecord = Readonly<Record<string, unknown>>;

/** Access to the `_sim` addresses of the NACSIS-ILL simulator. */
export class NacsisSim {
  constructor(readonly url: string) {}

  async record(id: string): Promise<WireRecord> {
    return (await this.#call('GET', `/_sim/records/${encodeURIComponent(id)}`)) as WireRecord;
  }

  /**
   * Returns the accounts. The first is the library of the first institution. This library and the next eleven lend
   * copies and loans.
   */
  async accounts(): Promise<readonly NacsisAccount[]> {
    return (await this.#call('GET', '/_sim/accounts')) as readonly NacsisAccount[];
  }

  /** Makes NACSIS-ILL deliver this request with these fields, valid or not. An empty text removes a field. */
  async deliver(id: string, fields: WireRecord): Promise<void> {
    await this.#call('PUT', `/_sim/records/${id}`, fields);
  }

  /** All requests of the first library as borrower. */
  async borrowed(): Promise<readonly WireRecord[]> {
    return this.#requests('borrower');
  }

  /** All requests of the first library as lender. */
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

  /** Adds requests to NACSIS-ILL, given in wire names. Returns the resulting records in the same order. */
  async seed(records: readonly WireRecord[]): Promise<readonly WireRecord[]> {
    return (await this.#call('POST', '/_sim/records', records)) as readonly WireRecord[];
  }

  /** Adds requests of the first library with realistic fields, dates and history. Returns their ids. */
  async seedIn(...wanted: readonly SeedOptions[]): Promise<readonly string[]> {
    const [me = '', ...others] = (await this.accounts()).map(({ memberId }) => memberId);
    const records = wanted.map(({ side, partners = others.slice(0, 3), ...rest }) =>
      wireRequest(
        side === 'borrower'
          ? { ...rest, borrower: me, lenders: partners }
          : { ...rest, borrower: partners[0] ?? '', lenders: [me, ...partners.slice(1)] },
      ),
    );
    return (await this.seed(records)).map((record) => String(record['ID']));
  }

  /**
   * Makes the other library take the next step of `script` at once; without `script`, of the running script or of the
   * straight one. Returns the record.
   */
  async step(id: string, script?: PartnerScript): Promise<WireRecord> {
    return (await this.#call('POST', '/_sim/partners/step', { id, ...(script && { script }) })) as WireRecord;
  }

  /** Makes the other library act automatically, for all requests from now on or for those with these ids. */
  async script(
    script: PartnerScript,
    options: { readonly requests?: readonly string[]; readonly afterSeconds?: number } = {},
  ): Promise<void> {
    await this.#call('POST', '/_sim/partners', { script, ...options });
  }

  async stopScripts(): Promise<void> {
    await this.#call('DELETE', '/_sim/partners');
  }

  /** Makes other libraries order from the first one, or from `lender`. Returns the new records. */
  async order(orders: {
    readonly kind: 'copy' | 'loan';
    readonly lender?: string;
    readonly count?: number;
  }): Promise<readonly WireRecord[]> {
    return (await this.#call('POST', '/_sim/partners/order', orders)) as readonly WireRecord[];
  }

  /**
   * Sends this command as another library over the wire, with its own handle. `fields`: wire names, with `_COMMENT_`
   * for the comment. Fields that the command requires get default values. Returns the record. Throws when NACSIS-ILL
   * refuses.
   */
  async perform(memberId: string, command: string, id: string, fields: CatpRecord = {}): Promise<WireRecord> {
    const account = (await this.accounts()).find((each) => each.memberId === memberId);
    if (account === undefined) throw new Error(`there is no member ${memberId}`);
    const record = await this.record(id);
    const isBorrower = record['OMLID'] === memberId;
    const database = `${record['SRVCE'] === 'L' ? 'LOAN' : 'COPY'}${isBorrower ? 'O' : 'S'}`;
    const client = new CatpClient(`${this.url}/catp`);
    await client.login(account.user, account.password);
    const body = { ...requiredBy(command, record), ...fields, ID: id };
    const { status, reason, records } = await client.command(database, command, body);
    await client.logout();
    if (status !== '200') throw new Error(`${memberId} ${command} ${id}: ${status} ${reason}`);
    return records[0] ?? {};
  }

  /** Starts one of the named scenarios. */
  async play(scenario: NacsisScenario): Promise<void> {
    await this.#call('POST', `/_sim/scenarios/${scenario}`, {});
  }

  async addFault(fault: NacsisFault): Promise<void> {
    await this.#call('POST', '/_sim/faults', fault);
  }

  /** Calls of each method and command since the last reset. `RECORDS`: number of records read. */
  async counters(): Promise<Readonly<Record<string, number>>> {
    return (await this.#call('GET', '/_sim/counters')) as Readonly<Record<string, number>>;
  }

  /** The last messages as sent on the wire. */
  async log(): Promise<readonly { readonly request: string; readonly answer: string }[]> {
    return (await this.#call('GET', '/_sim/log?last=200')) as readonly {
      readonly request: string;
      readonly answer: string;
    }[];
  }

  /** A member's record. */
  async member(memberId: string): Promise<WireRecord> {
    return (await this.#call('GET', `/_sim/members/${memberId}`)) as WireRecord;
  }

  /** Overwrites fields of a member's record, for example `{ STAT: 'N' }`. */
  async changeMember(memberId: string, change: WireRecord): Promise<void> {
    const member = await this.member(memberId);
    await this.#call('PUT', `/_sim/members/${memberId}`, { ...member, ...change });
  }

  /** The FA number of a library with this name or abbreviation. */
  async memberIdOf(name: string): Promise<string> {
    for (const { memberId } of await this.accounts()) {
      const member = await this.member(memberId);
      if (member['RYAKU'] === name || member['NAME'] === name) return memberId;
    }
    throw new Error(`no member is called ${name}`);
  }

  async clearFaults(): Promise<void> {
    await this.#call('DELETE', '/_sim/faults');
  }

  /** Restores data, faults, counters and handles to the initial state. */
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

/** The fields that the command requires in this state (dossier 10). */
function requiredBy(command: string, record: WireRecord): CatpRecord {
  const today = dayFromNow(0);
  const comment = { _COMMENT_: 'よろしくお願いいたします。' };
  switch (`${command} ${String(record['STAT'])}`) {
    case 'RECEIVE 未処理':
      return { ADATE: today };
    case 'SEND 処理中':
      return { SDATE: today, SUM: '870', ...(record['SRVCE'] === 'L' && { DDATE: dayFromNow(30) }) };
    case 'SENDBACK 借用中':
      return { BDATE: today };
    case 'RECEIVE 返送':
      return { KDATE: today };
    default:
      return ['INQUIRE', 'PARDON', 'CLAIM', 'ANSWER', 'RENEW'].includes(command) ? comment : {};
  }
}
