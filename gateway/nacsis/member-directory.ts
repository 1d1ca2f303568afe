import { memberFrom, memberUpdateOf } from '#catp/member-record';
import { MEMBERS_SEARCH } from '#catp/indexes';
import { EDIT_TYPE, HEADER } from '#catp/names';
import { and, or, prefixTerm, term, type Query } from '#catp/query';
import { decodeRecords, encodeRecord } from '#catp/record';
import type { MembersQuery, Page } from '#domain/api/catalog';
import type { Member } from '#domain/catalog/catalog';
import type { MemberValues } from '#domain/ill/own-record';
import type { CatpCaller } from './catp-caller';
import type { NacsisAccount } from './port';
import { reading, unreadable } from './reading';
import { mustBeNone, readable, readEach } from './read-records';
import { searchPage } from './search';

const DATABASE = ['MEMBER'] as const;
/** Members per query. */
const CHUNK = 20;
const MAX_CACHED = 5_000;

interface Cached {
  readonly member: Member | undefined;
  readonly until: number;
}

/** The MEMBER file. Caches single records for a while, since every page of holdings and every order needs some. */
export class MemberDirectory {
  readonly #caller: CatpCaller;
  readonly #cacheSeconds: number;
  readonly #now: () => number;
  readonly #cache = new Map<string, Cached>();

  constructor(caller: CatpCaller, cacheSeconds: number, now: () => number = Date.now) {
    this.#caller = caller;
    this.#cacheSeconds = cacheSeconds;
    this.#now = now;
  }

  /**
   * Resolves to the members with these ids, without ids unknown to NACSIS-CAT. Reads uncached members, or all with
   * `fresh`, in searches of 20. A member whose record cannot be read is absent and not cached; with `fresh` it is an
   * error, since the caller must not take the member for unknown.
   */
  async members(
    account: NacsisAccount,
    ids: readonly string[],
    { fresh }: { readonly fresh: boolean },
  ): Promise<ReadonlyMap<string, Member>> {
    const found = new Map<string, Member | undefined>();
    for (const id of fresh ? [] : ids) {
      const cached = this.#cache.get(id);
      if (cached !== undefined && cached.until > this.#now()) found.set(id, cached.member);
    }
    const wanted = [...new Set(ids)].filter((id) => !found.has(id));
    for (let at = 0; at < wanted.length; at += CHUNK)
      for (const member of await this.#read(account, wanted.slice(at, at + CHUNK), fresh))
        found.set(member.memberId, member);
    return new Map(
      ids.flatMap((id) => {
        const member = found.get(id);
        return member === undefined ? [] : [[id, member] as const];
      }),
    );
  }

  async search(account: NacsisAccount, query: MembersQuery): Promise<Page<Member>> {
    const { page = 1, pageSize = 20 } = query;
    const range = { start: (page - 1) * pageSize + 1, size: pageSize };
    const { count, records } = await this.#caller.session(account, (send) =>
      searchPage(send, DATABASE, queryOf(query), range),
    );
    return { total: count, page, pageSize, ...readable(records, memberFrom) };
  }

  /** UPDATE of the library's own record, which sends only what changes (SPC 3). Never repeated. */
  async update(account: NacsisAccount, changes: MemberValues, notAfter: number): Promise<Member> {
    const answer = await this.#caller.call(account, {
      method: 'UPDATE',
      headers: [
        [HEADER.databaseNames, DATABASE[0]],
        [HEADER.returnedEditType, EDIT_TYPE.full],
      ],
      body: encodeRecord(memberUpdateOf(account.memberId, changes)),
      notAfter,
    });
    const member = reading(() => {
      const [record, ...more] = decodeRecords(answer.body);
      if (record === undefined || more.length > 0) throw unreadable('the answer to a change does not hold one record');
      return memberFrom(record);
    });
    if (member.memberId !== account.memberId) throw unreadable('the answer to a change holds another member');
    this.#cache.set(member.memberId, { member, until: this.#now() + this.#cacheSeconds * 1000 });
    return member;
  }

  async #read(account: NacsisAccount, ids: readonly string[], fresh: boolean): Promise<readonly Member[]> {
    const query = or(...ids.map((id) => term(MEMBERS_SEARCH.memberId, id)));
    const { records } = await this.#caller.session(account, (send) =>
      searchPage(send, DATABASE, query, { start: 1, size: ids.length }),
    );
    const { items, broken } = readEach(records, memberFrom);
    const found = new Map(items.map((member) => [member.memberId, member]));
    const missing = ids.filter((id) => !found.has(id));
    if (fresh && missing.length > 0) mustBeNone(broken);
    if (this.#cache.size + ids.length > MAX_CACHED) this.#cache.clear();
    for (const id of broken.length > 0 ? found.keys() : ids)
      this.#cache.set(id, { member: found.get(id), until: this.#now() + this.#cacheSeconds * 1000 });
    return items;
  }
}

function queryOf(query: MembersQuery): Query {
  const terms = (Object.keys(MEMBERS_SEARCH) as (keyof typeof MEMBERS_SEARCH)[]).flatMap((name) => {
    const value = name === 'participates' ? undefined : query[name];
    if (value === undefined || value.trim() === '') return [];
    return [name === 'name' ? prefixTerm(MEMBERS_SEARCH[name], value) : term(MEMBERS_SEARCH[name], value)];
  });
  // Without a condition, finds every member, since all ids have the same beginning.
  return terms.length === 0 ? prefixTerm(MEMBERS_SEARCH.memberId, 'FA') : and(...terms);
}
