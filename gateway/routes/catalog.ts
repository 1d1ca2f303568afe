import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import {
  CatalogQuerySchema, CatalogRecordSchema, HoldingSchema, HoldingsQuerySchema, MemberSchema, MembersQuerySchema, pageOf, type Page,
} from '#domain/api';
import { parseIsbn, parseIssn, parseMemberId, parseNcid, type Parsed } from '#domain/identifiers';
import { libraryOf } from '../caller';
import { fromNacsis, GatewayError, invalidFields } from '../gateway-error';
import { NacsisError } from '../nacsis/port';
import type { Services } from '../services';

const LibraryQuery = Type.Object({ library: Type.String() });
const NcidParams = Type.Object({ ncid: Type.String({ maxLength: 32 }) });
const MemberParams = Type.Object({ memberId: Type.String({ maxLength: 32 }) });

/** /catalog and /members: NACSIS-CAT. An error of NACSIS-CAT is an error here, never an empty list. */
export const catalogRoutes = ({ nacsis }: Services): FastifyPluginCallbackTypebox => (app, _options, done) => {
  app.get('/catalog', { schema: { querystring: CatalogQuerySchema, response: { 200: pageOf(CatalogRecordSchema) } } }, async (request) => {
    const { account } = libraryOf(request, request.query.library);
    const query = { ...request.query };
    if (filled(query.isbn)) query.isbn = identifier('isbn', parseIsbn(query.isbn));
    if (filled(query.issn)) query.issn = identifier('issn', parseIssn(query.issn));
    if (filled(query.ncid)) query.ncid = identifier('ncid', parseNcid(query.ncid)).id;
    return mutable(await nacsis.searchCatalog(account, query).catch(rethrown));
  });

  app.get('/catalog/:ncid', { schema: { params: NcidParams, querystring: LibraryQuery, response: { 200: CatalogRecordSchema } } }, async (request) => {
    const { account } = libraryOf(request, request.query.library);
    const record = await nacsis.catalogRecord(account, identifier('ncid', parseNcid(request.params.ncid)).id).catch(rethrown);
    if (record === undefined) throw new GatewayError('not-found', { detail: 'NACSIS-CAT has no record with this id' });
    return copied(record);
  });

  app.get('/catalog/:ncid/holdings', { schema: { params: NcidParams, querystring: HoldingsQuerySchema, response: { 200: pageOf(HoldingSchema) } } }, async (request) => {
    const { account } = libraryOf(request, request.query.library);
    const ncid = identifier('ncid', parseNcid(request.params.ncid)).id;
    return mutable(await nacsis.holdings(account, ncid, request.query).catch(rethrown));
  });

  app.get('/members', { schema: { querystring: MembersQuerySchema, response: { 200: pageOf(MemberSchema) } } }, async (request) => {
    const { account } = libraryOf(request, request.query.library);
    return mutable(await nacsis.searchMembers(account, request.query).catch(rethrown));
  });

  app.get('/members/:memberId', { schema: { params: MemberParams, querystring: LibraryQuery, response: { 200: MemberSchema } } }, async (request) => {
    const { account } = libraryOf(request, request.query.library);
    const member = await nacsis.member(account, identifier('memberId', parseMemberId(request.params.memberId))).catch(rethrown);
    if (member === undefined) throw new GatewayError('not-found', { detail: 'NACSIS-ILL has no member with this id' });
    return copied(member);
  });
  done();
};

type Writable<T> = T extends readonly (infer Item)[] ? Writable<Item>[] : T extends object ? { -readonly [key in keyof T]: Writable<T[key]> } : T;

/** The serialiser's types know no readonly. */
function copied<T>(value: T): Writable<T> {
  return value as Writable<T>;
}
function mutable<T>(page: Page<T>): { total: number; page: number; pageSize: number; items: Writable<T>[] } {
  return { ...page, items: page.items.map(copied) };
}

function filled(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== '';
}

function identifier<T>(field: string, parsed: Parsed<T>): T {
  if (!parsed.ok) throw invalidFields([{ field, code: parsed.error }]);
  return parsed.value;
}

function rethrown(error: unknown): never {
  throw error instanceof NacsisError ? fromNacsis(error) : error;
}
