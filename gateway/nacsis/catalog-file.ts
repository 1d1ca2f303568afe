import { catalogRecordFrom } from '#catp/catalog-record';
import { holdingFrom } from '#catp/holding-record';
import { CATALOG_SEARCH, HOLDINGS_OF_RECORD, indexSpec } from '#catp/indexes';
import { and, prefixTerm, term, type Query } from '#catp/query';
import type { CatalogQuery, HoldingsQuery, Page } from '#domain/api/catalog';
import type { CatalogRecord, Holding } from '#domain/catalog/catalog';
import type { Form } from '#domain/catalog/catalog-files';
import { UNION_FILE, type CatalogFile as CatalogFileName } from '#domain/catalog/catalog-files';
import { parseNcid } from '#domain/catalog/identifiers';
import type { CatpCaller } from './catp-caller';
import { holderFilter, holdingFilter } from './holding-filter';
import type { MemberDirectory } from './member-directory';
import type { NacsisAccount } from './port';
import { readable, readEvery } from './read-records';
import { unreadable } from './reading';
import type { Range } from './result-set-reading';
import { readAll, searchPage } from './search';

const HOLDINGS = { book: 'BHOLD', serial: 'SHOLD' } as const satisfies Record<Form, string>;
/**
 * Upper limit for the holdings of a record: more than a record can have, with about 1,300 libraries of a few locations
 * each.
 */
const MAX_HOLDINGS = 20_000;

/** Search fields whose value is a complete id, searched without truncation. */
const WHOLE: readonly (keyof typeof CATALOG_SEARCH)[] = ['ncid', 'parentId'];

/** NACSIS-CAT as interlibrary loan needs it: records and their holders. */
export class CatalogFile {
  readonly #caller: CatpCaller;
  readonly #members: MemberDirectory;

  constructor(caller: CatpCaller, members: MemberDirectory) {
    this.#caller = caller;
    this.#members = members;
  }

  /** A search without a condition finds nothing. */
  async search(account: NacsisAccount, query: CatalogQuery): Promise<Page<CatalogRecord>> {
    const { page = 1, pageSize = 20, form, file = UNION_FILE[form] } = query;
    const expression = catalogQuery(query, file);
    if (expression === undefined) return { total: 0, page, pageSize, items: [] };
    const { count, records } = await this.#caller.session(account, (send) =>
      searchPage(send, [file], expression, rangeOf(page, pageSize)),
    );
    return { total: count, page, pageSize, ...readable(records, (record) => catalogRecordFrom(record, form, file)) };
  }

  async record(account: NacsisAccount, ncid: string): Promise<CatalogRecord | undefined> {
    const form = formOf(ncid);
    const query = term(CATALOG_SEARCH.ncid, ncid);
    const { records } = await this.#caller.session(account, (send) =>
      searchPage(send, [UNION_FILE[form]], query, { start: 1, size: 1 }),
    );
    return readEvery(records, (record) => catalogRecordFrom(record, form)).find((record) => record.ncid === ncid);
  }

  /**
   * With a condition, reads all holdings of the record and filters them here, because NACSIS-CAT searches holdings by
   * record only (ADR 0009). Then reads the members of the remaining holdings; when the condition is on members, reads
   * the members first.
   */
  async holdings(account: NacsisAccount, ncid: string, query: HoldingsQuery): Promise<Page<Holding>> {
    const { page = 1, pageSize = 20 } = query;
    const form = formOf(ncid);
    const [ofHolding, ofHolder] = [holdingFilter(query, form), holderFilter(query)];
    if (ofHolding === undefined && ofHolder === undefined) {
      const { count, records } = await this.#caller.session(account, (send) =>
        searchPage(send, [HOLDINGS[form]], term(HOLDINGS_OF_RECORD, ncid), rangeOf(page, pageSize)),
      );
      // Without this limit, a client that reads page after page would never finish.
      if (count > MAX_HOLDINGS) throw unreadable('NACSIS-CAT reports more holdings than a record can have');
      const { items, ...left } = readable(records, holdingFrom);
      return { total: count, page, pageSize, items: await this.#withMembers(account, items), ...left };
    }
    const records = await this.#caller.session(account, (send) =>
      readAll(send, [HOLDINGS[form]], term(HOLDINGS_OF_RECORD, ncid), MAX_HOLDINGS),
    );
    const { items, ...left } = readable(records, holdingFrom);
    const own = ofHolding === undefined ? items : items.filter(ofHolding);
    const wanted = ofHolder && (await this.#withMembers(account, own)).filter(({ member }) => ofHolder(member));
    const { start, size } = rangeOf(page, pageSize);
    const shown = (wanted ?? own).slice(start - 1, start - 1 + size);
    const total = (wanted ?? own).length;
    return { total, page, pageSize, items: wanted ? shown : await this.#withMembers(account, shown), ...left };
  }

  async #withMembers(account: NacsisAccount, holdings: readonly Holding[]): Promise<readonly Holding[]> {
    const holders = holdings.map((holding) => holding.memberId);
    const members = await this.#members.members(account, holders, { fresh: false });
    return holdings.map((holding) => withMember(holding, members.get(holding.memberId)));
  }
}

function rangeOf(page: number, pageSize: number): Range {
  return { start: (page - 1) * pageSize + 1, size: pageSize };
}

function withMember(holding: Holding, member: Holding['member']): Holding {
  return member === undefined ? holding : { ...holding, memberName: holding.memberName ?? member.name, member };
}

/** The prefix determines the file; a text that is not an NCID is searched among the books and not found. */
function formOf(ncid: string): Form {
  const parsed = parseNcid(ncid);
  return parsed.ok ? parsed.value.form : 'book';
}

function catalogQuery(query: CatalogQuery, file: CatalogFileName): Query | undefined {
  const terms = (Object.keys(CATALOG_SEARCH) as (keyof typeof CATALOG_SEARCH)[]).flatMap((name) => {
    const value = query[name]?.trim() ?? '';
    const index = CATALOG_SEARCH[name];
    const spec = indexSpec(file, index);
    if (value === '' || spec === undefined) return [];
    return [spec.prefix && !WHOLE.includes(name) ? prefixTerm(index, value) : term(index, value)];
  });
  return terms.length === 0 ? undefined : and(...terms);
}
