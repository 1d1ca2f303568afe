import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import {
  ImportedPageSchema,
  ImportedQuerySchema,
  ImportReportSchema,
  ImportRunSchema,
  RetryImportSchema,
  RunsQuerySchema,
  RunsSchema,
  StartedImportSchema,
  StartImportSchema,
  StatusMapSchema,
  type StartImport,
} from '#domain/api/imports';
import { callerOf, idempotencyKeyOf, libraryOf } from '../caller';
import { payloadHash } from '../commands/command-request';
import type { ImportOrder } from '../runs/runs-store';
import type { Services } from '../services';

export const RunParams = Type.Object({ runId: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }) });

const tags = ['imports'];
const forOperator = true;
const claimsKey = true;
const STARTS = ['forbidden', 'missing-idempotency-key', 'idempotency-key-reused'] as const;
const START = {
  config: { forOperator, claimsKey, problems: STARTS },
  schema: {
    tags,
    summary: 'Run the import, or join a run that does at least the same',
    body: StartImportSchema,
    response: { 202: StartedImportSchema },
  },
} as const;
const LIST = {
  config: { forOperator, problems: ['forbidden'] },
  schema: {
    tags,
    summary: 'Runs, newest first; retries of single requests are left out unless asked for',
    querystring: RunsQuerySchema,
    response: { 200: RunsSchema },
  },
} as const;
const STATUS_MAP = {
  config: { forOperator },
  schema: {
    tags,
    summary: 'Which status of Alma stands for which of NACSIS-ILL',
    response: { 200: StatusMapSchema },
  },
} as const;
const REPORT = {
  config: { forOperator, problems: ['not-found'] },
  schema: {
    tags,
    summary: 'A run with its totals and its first failed requests',
    params: RunParams,
    response: { 200: ImportReportSchema },
  },
} as const;
const REQUESTS = {
  config: { forOperator, problems: ['not-found'] },
  schema: {
    tags,
    summary: 'The requests of a run, in its order, a page at a time',
    params: RunParams,
    querystring: ImportedQuerySchema,
    response: { 200: ImportedPageSchema },
  },
} as const;
const CANCEL = {
  config: { forOperator, claimsKey, problems: [...STARTS, 'not-found'] },
  schema: {
    tags,
    summary: 'End a run after the requests that it is at',
    params: RunParams,
    response: { 200: ImportRunSchema },
  },
} as const;
const RETRY = {
  config: { forOperator, claimsKey, problems: [...STARTS, 'not-found'] },
  schema: {
    tags,
    summary: 'Try one failed request again, in a run of its own',
    params: RunParams,
    body: RetryImportSchema,
    response: { 202: StartedImportSchema },
  },
} as const;

/**
 * The import job: start, follow, cancel, read reports. Reading needs the right to read; the rest needs the right to
 * manage.
 */
export const importRoutes =
  (services: Services): FastifyPluginCallbackTypebox =>
  (app, _options, done) => {
    const { imports, callers, statusMap, usedKeys, now } = services;

    app.post('/imports', START, async (request, reply) => {
      const order = orderOf(request, request.body);
      await callers.mustManage(request);
      const started = await imports.start(callerOf(request).institution, order);
      return reply.code(202).send(started);
    });

    app.get('/imports', LIST, (request) => {
      const { library } = request.query;
      if (library !== undefined) libraryOf(request, library);
      return imports.list(institutionOf(request), request.query);
    });

    app.get('/imports/status-map', STATUS_MAP, () => ({ rows: [...statusMap] }));

    app.get('/imports/:runId', REPORT, (request) => imports.report(institutionOf(request), request.params.runId));

    app.get('/imports/:runId/requests', REQUESTS, (request) =>
      imports.requests(institutionOf(request), request.params.runId, request.query),
    );

    app.post('/imports/:runId/cancel', CANCEL, async (request) => {
      const of = { institution: institutionOf(request), key: idempotencyKeyOf(request) };
      await callers.mustManage(request);
      const { runId } = request.params;
      await usedKeys.claim(of, { payloadHash: payloadHash({ cancel: runId }) }, now());
      return imports.cancel(of.institution, runId);
    });

    app.post('/imports/:runId/retry', RETRY, async (request, reply) => {
      const key = idempotencyKeyOf(request);
      await callers.mustManage(request);
      const { institution, userId } = callerOf(request);
      const started = await imports.retry(institution, request.params.runId, request.body, userId, key);
      return reply.code(202).send(started);
    });
    done();
  };

function orderOf(request: FastifyRequest, { library, ...how }: StartImport): ImportOrder {
  const key = idempotencyKeyOf(request);
  const { userId, isOperator } = callerOf(request);
  return {
    ...how,
    ...(library === undefined ? {} : { libraries: [libraryOf(request, library).code] }),
    trigger: isOperator === true ? 'command-line' : 'staff',
    startedBy: userId,
    key,
  };
}

function institutionOf(request: FastifyRequest): string {
  return callerOf(request).institution.code;
}
