import { catalogRecordFrom } from '#catp/catalog-record';
import { holdingFrom } from '#catp/holding-record';
import { CATALOG_SEARCH, HOLDINGS_SEARCH, indexSpec } from '#catp/indexes';
import { and, prefixTerm, term, type Query } from '#catp/query';
import type { CatalogQuery, HoldingsQuery, Page } from '#domain/api-catalog';
import type { CatalogRecord, Form, Holding } from '#domain/catalog';
import { UNION_FILE, type CatalogFile as CatalogFileName } from '#domain/catalog-files';
import { parseNcid } from '#domain/identifiers';
import type { CatpCaller } from './catp-caller';
import type { MemberDirectory } from './member-directory';
import type { NacsisAccount } from './port';
import { reading } from './reading';
import { searchPage } from './search';

const HOLDINGS = { book: 'BHOLD', serial: 'SHOLD' } as const satisfies Record<Form, string>;

type Filter = Exclude<keyof typeof HOLDINGS_SEARCH, 'ncid'>;

/** NACSIS-CAT as interlibrary loan needs it: records and who holds them. */
export class CatalogFile {
  readonly #caller: CatpCaller;
  readonly #members: MemberDirectory;

  constructor(caller: CatpCaller, members: MemberDirectory) {
    this.#caller = caller;
    this.#members = members;
  }

  /** A search without any condition finds nothing. */
  async search(account: NacsisAccount, query: CatalogQuery): Promise<Page<CatalogRecord>> {
    const { page = 1, pageSize = 20, form, file = UNION_FILE[form] } = query;
    const expression = catalogQuery(query, file);
    if (expression === undefined) return { total: 0, page, pageSize, items: [] };
    const range = { start: (page - 1) * pageSize + 1, size: pageSize };
    const { count, records } = await this.#caller.session(account, (send) =>
      searchPage(send, [file], expression, range),
    );
    return {
      total: count,
      page,
      pageSize,
      items: reading(() => records.map((record) => catalogRecordFrom(record, form, file))),
    };
  }

  async record(account: NacsisAccount, ncid: string): Promise<CatalogRecord | undefined> {
    const form = formOf(ncid);
    const query = term(CATALOG_SEARCH.ncid, ncid);
    const { records } = await this.#caller.session(account, (send) =>
      searchPage(send, [UNION_FILE[form]], query, { start: 1, size: 1 }),
    );
    return reading(() =>
      records.map((record) => catalogRecordFrom(record, form)).find((record) => record.ncid === ncid),
    );
  }

  async holdings(account: NacsisAccount, ncid: string, query: HoldingsQuery): Promise<Page<Holding>> {
    const { page = 1, pageSize = 20 } = query;
    const form = formOf(ncid);
    const range = { start: (page - 1) * pageSize + 1, size: pageSize };
    const { count, records } = await this.#caller.session(account, (send) =>
      searchPage(send, [HOLDINGS[form]], holdingsQuery(ncid, form, query), range),
    );
    const holdings = reading(() => records.map(holdingFrom));
    const holders = holdings.map((holding) => holding.memberId);
    const members = await this.#members.members(account, holders, { fresh: false });
    return {
      total: count,
      page,
      pageSize,
      items: holdings.map((holding) => withMember(holding, members.get(holding.memberId))),
    };
  }
}

function withMember(holding: Holding, member: Holding['member']): Holding {
  return member === undefined ? holding : { ...holding, memberName: holding.memberName ?? member.name, member };
}

/** The prefix tells the file; a text that is no NCID is looked for among the books and found nowhere. */
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
    return [spec.prefix && name !== 'ncid' ? prefixTerm(index, value) : term(index, value)];
  });
  return terms.length === 0 ? undefined : and(...terms);
}

function holdingsQuery(ncid: string, form: Form, query: HoldingsQuery): Query {
  const filters = (Object.keys(HOLDINGS_SEARCH) as (keyof typeof HOLDINGS_SEARCH)[]).filter(
    (name): name is Filter => name !== 'ncid',
  );
  const terms = filters.flatMap((name) => {
    const value = query[name]?.trim() ?? '';
    const target = HOLDINGS_SEARCH[name];
    const index = typeof target === 'string' ? target : target[form];
    if (value === '' || index === undefined) return [];
    return [indexSpec(HOLDINGS[form], index)?.prefix === true ? prefixTerm(index, value) : term(index, value)];
  });
  return and(term(HOLDINGS_SEARCH.ncid, ncid), ...terms);
}
