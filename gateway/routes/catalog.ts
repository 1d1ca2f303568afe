import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import {
  CatalogQuerySchema,
  CatalogRecordSchema,
  HoldingSchema,
  HoldingsQuerySchema,
  MemberSchema,
  MembersQuerySchema,
  pageOf,
  type CatalogQuery,
  type Page,
} from '#domain/api/catalog';
import { CATALOG_FILES, UNION_FILE } from '#domain/catalog/catalog-files';
import { parseIsbn, parseIssn, parseMemberId, parseNcid, type Parsed } from '#domain/catalog/identifiers';
import { libraryOf } from '../caller';
import { OF_NACSIS } from '../openapi/document-route';
import { GatewayError, invalidFields } from '../gateway-error';
import type { NacsisAccount } from '../nacsis/port';
import type { Services } from '../services';

const LibraryQuery = Type.Object({ library: Type.String() });
const NcidParams = Type.Object({ ncid: Type.String({ maxLength: 32 }) });
const MemberParams = Type.Object({ memberId: Type.String({ maxLength: 32 }) });

const tags = ['catalog'];
const SEARCHES = { problems: ['forbidden', 'invalid-fields', ...OF_NACSIS] } as const;
const READS = { problems: [...SEARCHES.problems, 'not-found'] } as const;
const SEARCH = {
  config: SEARCHES,
  schema: {
    tags,
    summary: 'Search NACSIS-CAT for books or serials',
    querystring: CatalogQuerySchema,
    response: { 200: pageOf(CatalogRecordSchema) },
  },
} as const;
const RECORD = {
  config: READS,
  schema: {
    tags,
    summary: 'A record of NACSIS-CAT',
    params: NcidParams,
    querystring: LibraryQuery,
    response: { 200: CatalogRecordSchema },
  },
} as const;
const HOLDINGS = {
  config: SEARCHES,
  schema: {
    tags,
    summary: 'Who holds a record, with the service flags of each',
    params: NcidParams,
    querystring: HoldingsQuerySchema,
    response: { 200: pageOf(HoldingSchema) },
  },
} as const;
const MEMBERS = {
  config: SEARCHES,
  schema: {
    tags,
    summary: 'Search the member libraries',
    querystring: MembersQuerySchema,
    response: { 200: pageOf(MemberSchema) },
  },
} as const;
const MEMBER = {
  config: READS,
  schema: {
    tags,
    summary: 'A member library, as NACSIS-CAT has it now',
    params: MemberParams,
    querystring: LibraryQuery,
    response: { 200: MemberSchema },
  },
} as const;

/** /catalog and /members: NACSIS-CAT. An error of NACSIS-CAT is an error here, never an empty list. */
export const catalogRoutes =
  ({ nacsis }: Services): FastifyPluginCallbackTypebox =>
  (app, _options, done) => {
    app.get('/catalog', SEARCH, async (request) =>
      mutable(await nacsis.searchCatalog(accountOf(request, request.query.library), withParsedIds(request.query))),
    );

    app.get('/catalog/:ncid', RECORD, async (request) => {
      const account = accountOf(request, request.query.library);
      const record = await nacsis.catalogRecord(account, identifier('ncid', parseNcid(request.params.ncid)).id);
      return copied(found(record, 'NACSIS-CAT has no record with this id'));
    });

    app.get('/catalog/:ncid/holdings', HOLDINGS, async (request) => {
      const account = accountOf(request, request.query.library);
      const ncid = identifier('ncid', parseNcid(request.params.ncid)).id;
      return mutable(await nacsis.holdings(account, ncid, request.query));
    });

    app.get('/members', MEMBERS, async (request) =>
      mutable(await nacsis.searchMembers(accountOf(request, request.query.library), request.query)),
    );

    app.get('/members/:memberId', MEMBER, async (request) => {
      const account = accountOf(request, request.query.library);
      const memberId = identifier('memberId', parseMemberId(request.params.memberId));
      const members = await nacsis.members(account, [memberId], { fresh: true });
      return copied(found(members.get(memberId), 'NACSIS-ILL has no member with this id'));
    });
    done();
  };

function accountOf(request: FastifyRequest, library: string): NacsisAccount {
  return libraryOf(request, library).account;
}

function withParsedIds(query: CatalogQuery): CatalogQuery {
  const { form, file = UNION_FILE[form] } = query;
  const filesOfForm: readonly string[] = CATALOG_FILES[form];
  if (!filesOfForm.includes(file)) throw invalidFields([{ field: 'file', code: 'unknown-code' }]);
  // The ids in a reference file are not NCIDs, and can be any text.
  const hasNcids = file === UNION_FILE[form];
  return {
    ...query,
    ...(isFilled(query.isbn) ? { isbn: identifier('isbn', parseIsbn(query.isbn)) } : {}),
    ...(isFilled(query.issn) ? { issn: identifier('issn', parseIssn(query.issn)) } : {}),
    ...(hasNcids && isFilled(query.ncid) ? { ncid: identifier('ncid', parseNcid(query.ncid)).id } : {}),
  };
}

type Writable<T> = T extends readonly (infer Item)[]
  ? Writable<Item>[]
  : T extends object
    ? { -readonly [key in keyof T]: Writable<T[key]> }
    : T;

/** Casts away readonly, which the serializer's types do not accept. */
export function copied<T>(value: T): Writable<T> {
  return value as Writable<T>;
}
function mutable<T>(page: Page<T>): { total: number; page: number; pageSize: number; items: Writable<T>[] } {
  return { ...page, items: page.items.map(copied) };
}

function isFilled(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== '';
}

function identifier<T>(field: string, parsed: Parsed<T>): T {
  if (!parsed.ok) throw invalidFields([{ field, code: parsed.error }]);
  return parsed.value;
}

function found<T>(value: T | undefined, detail: string): T {
  if (value === undefined) throw new GatewayError('not-found', { detail });
  return value;
}
