import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import {
  CountsSchema,
  ListQuerySchema,
  RefreshAnswerSchema,
  RefreshSchema,
  RequestListSchema,
  type ListQuery,
  type RequestList,
} from '#domain/api/work-list';
import { callerOf, libraryOf } from '../caller';
import type { LibraryConfig } from '../config';
import { OF_NACSIS } from '../openapi/document-route';
import type { Services } from '../services';
import { countWaiting } from '../store/list-facets';
import { ReadingsStore } from '../store/readings-store';
import { countNews, listRequests } from '../store/request-list';
import { facetsView } from '../worklist/facets';
import { checkedQuery, type CheckedQuery } from '../worklist/list-query';
import { summaryOf } from '../worklist/summary';

const tags = ['requests'];
const LIST = {
  config: { problems: ['forbidden', 'invalid-fields'] },
  schema: {
    tags,
    summary: 'The work list, with facets',
    querystring: ListQuerySchema,
    response: { 200: RequestListSchema },
  },
} as const;
const COUNTS = {
  config: { problems: ['forbidden', ...OF_NACSIS] },
  schema: {
    tags,
    summary: 'Requests per state as NACSIS-ILL counts them now',
    querystring: Type.Object({ library: Type.String() }),
    response: { 200: CountsSchema },
  },
} as const;
const REFRESH = {
  config: { problems: ['forbidden'] },
  schema: {
    tags,
    summary: 'Read the files of NACSIS-ILL: what changed since the last reading, or everything',
    body: RefreshSchema,
    response: { 200: RefreshAnswerSchema },
  },
} as const;

/** The work list: requests, counts, and reading from NACSIS-ILL. All of it needs only the right to read. */
export const workListRoutes =
  (services: Services): FastifyPluginCallbackTypebox =>
  (app, _options, done) => {
    const { reading, statusCounts } = services;

    app.get('/requests', LIST, (request) => listed(services, request, request.query));

    app.get('/requests/counts', COUNTS, (request) => statusCounts.of(libraryOf(request, request.query.library)));

    app.post('/requests/refresh', REFRESH, async (request) => {
      const { library, full } = request.body;
      const { institution } = callerOf(request);
      const wanted = librariesOf(request, library);
      const failed = (error: unknown) => {
        request.log.error({ err: error }, 'a reading failed after its answer');
      };
      const libraries = await Promise.all(wanted.map((each) => reading.refreshOrTell(institution, each, full, failed)));
      for (const { library: code, failure, unreadable } of libraries) {
        if (failure !== undefined)
          request.log.warn({ library: code, code: failure }, 'the files were not read to the end');
        if (unreadable > 0) request.log.warn({ library: code, unreadable }, 'records of NACSIS-ILL cannot be read');
      }
      return { libraries };
    });
    done();
  };

async function listed(services: Services, request: FastifyRequest, query: ListQuery): Promise<RequestList> {
  const { db, mode } = services;
  const libraries = librariesOf(request, query.library);
  const checked = checkedQuery(query);
  const isPartial = !(await upToDate(services, request, libraries, checked));
  const { filter, newSince, onlyNew, page, pageSize, sort } = checked;
  const institution = callerOf(request).institution.code;
  const codes = libraries.map(({ code }) => code);
  const among = { ...filter, institution, libraries: codes };
  const news = newSince !== undefined && onlyNew ? { newsAfter: newSince } : {};
  // One state of the store, even while a reading changes it: a number never contradicts the rows or their age.
  const { rows, total, waiting, newCount, readAt, ...facets } = await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (one) => ({
      ...(await listRequests(one, { ...among, ...news }, { page, pageSize, sort })),
      waiting: await countWaiting(one, among),
      newCount: newSince === undefined || onlyNew ? undefined : await countNews(one, among, newSince),
      readAt: await new ReadingsStore(one).oldest(institution, codes),
    }));
  return {
    total,
    page,
    pageSize,
    items: rows.map((row) => summaryOf(row, mode)),
    ...(isPartial ? { isPartial } : {}),
    ...(readAt === undefined ? {} : { readAt: readAt.toISOString() }),
    ...(newSince === undefined ? {} : { newCount: newCount ?? total }),
    waiting,
    facets: facetsView({ total, ...facets }),
  };
}

/**
 * Updates the data that the query needs; false when NACSIS-ILL did not return everything. A query for certain requests
 * does not wait for the whole list.
 */
async function upToDate(
  services: Services,
  request: FastifyRequest,
  libraries: readonly LibraryConfig[],
  checked: CheckedQuery,
): Promise<boolean> {
  const { bibId, ids, almaRequestId } = checked.filter;
  if (bibId !== undefined) return refreshedRecord(services, request, libraries, checked);
  if (ids !== undefined || almaRequestId !== undefined) return true;
  const { institution } = callerOf(request);
  return services.freshness.ensure(institution, libraries, (error) => {
    request.log.error({ err: error }, 'a reading failed');
  });
}

/**
 * For a list about one record, reads the borrower's requests of that record from NACSIS-ILL; false when it did not
 * return everything.
 */
async function refreshedRecord(
  { ofRecord }: Services,
  request: FastifyRequest,
  libraries: readonly LibraryConfig[],
  { filter: { bibId, side, kind } }: CheckedQuery,
): Promise<boolean> {
  if (bibId === undefined || side === 'lender') return true;
  const wanted = { institution: callerOf(request).institution.code, libraries, bibId };
  const { isComplete, failures } = await ofRecord.refresh({ ...wanted, ...(kind === undefined ? {} : { kind }) });
  for (const { code, message } of failures) request.log.warn({ code, detail: message }, 'the list is partial');
  return isComplete;
}

/** Returns the named library of the caller's institution; without a name, all of its libraries. */
function librariesOf(request: FastifyRequest, code: string | undefined): readonly LibraryConfig[] {
  return code === undefined ? callerOf(request).institution.libraries : [libraryOf(request, code)];
}
