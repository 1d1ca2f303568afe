import type { Readable } from 'node:stream';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { ImportedRequestSchema, ImportReportSchema, ImportRunSchema, type ImportRun } from '#domain/api/imports';
import { today } from '#domain/ill/dates';
import { isFinal } from '#domain/imports/import';
import { callerOf } from '../caller';
import { RunEventStream } from '../runs/run-watch';
import { reportCsv } from '../reports/report-csv';
import { reportJson } from '../reports/report-json';
import { REPORT_LANGUAGES, type ReportLanguage } from '../reports/report-messages';
import type { Services } from '../services';
import { RunParams } from './imports';

const JSON_TYPE = 'application/json';
const CSV_TYPE = 'text/csv';
const EVENTS_TYPE = 'text/event-stream';
const streamed = (mediaType: string, schema: Type.TSchema) => ({
  content: { [mediaType]: { schema: Type.Unsafe<Readable>(schema) } },
});

const tags = ['imports'];
const config = { forOperator: true, problems: ['not-found'] } as const;
const AS_JSON = {
  config,
  schema: {
    tags,
    summary: 'The report as a file: the run with every failed request and every request, without patrons',
    params: RunParams,
    response: {
      200: streamed(
        JSON_TYPE,
        Type.Intersect([ImportReportSchema, Type.Object({ requests: Type.Array(ImportedRequestSchema) })]),
      ),
    },
  },
} as const;
const AS_CSV = {
  config,
  schema: {
    tags,
    summary: 'The report for a spreadsheet (UTF-8 with BOM), without patrons',
    params: RunParams,
    querystring: Type.Object(
      { lang: Type.Optional(Type.Unsafe<ReportLanguage>(Type.Enum([...REPORT_LANGUAGES]))) },
      { additionalProperties: false },
    ),
    response: { 200: streamed(CSV_TYPE, Type.String()) },
  },
} as const;
const EVENTS = {
  config,
  schema: {
    tags,
    summary: 'A run as it goes on: server-sent events named run, at once and after every change, up to its end',
    description: 'The id of an event is the revision of the run; Last-Event-ID takes a cut stream up again.',
    params: RunParams,
    response: { 200: streamed(EVENTS_TYPE, ImportRunSchema) },
  },
} as const;

/** A run as a stream: its events while it is running, its report as a file. */
export const importReportRoutes =
  (services: Services): FastifyPluginCallbackTypebox =>
  (app, _options, done) => {
    const { imports, runWatch, now } = services;
    app.addHook('preClose', (closed) => {
      runWatch.close();
      closed();
    });

    app.get('/imports/:runId/report.json', AS_JSON, async (request, reply) => {
      const { institution, runId, run } = await asked(services, request, request.params.runId);
      asFile(reply, JSON_TYPE, `${fileName(run)}.json`);
      return reply.send(reportJson(run, () => imports.every(institution.code, runId)));
    });

    app.get('/imports/:runId/report.csv', AS_CSV, async (request, reply) => {
      const { institution, runId, run } = await asked(services, request, request.params.runId);
      asFile(reply, `${CSV_TYPE}; charset=utf-8`, `${fileName(run)}.csv`);
      const { lang = 'ja' } = request.query;
      const options = { lang, libraries: institution.libraries, now: now() };
      return reply.send(reportCsv(run, imports.every(institution.code, runId), options));
    });

    app.get('/imports/:runId/events', EVENTS, async (request, reply) => {
      const { code } = callerOf(request).institution;
      const { runId } = request.params;
      const news = await runWatch.read(code, runId);
      // Disables proxy buffering and caching.
      void reply.type(EVENTS_TYPE).headers({ 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' });
      const stream = new RunEventStream(lastSeen(request));
      stream.told(news);
      if (!isFinal(news.run.state)) stream.onLeave(runWatch.follow(code, runId, stream));
      return reply.send(stream);
    });
    done();
  };

async function asked({ imports }: Services, request: FastifyRequest, runId: string) {
  const { institution } = callerOf(request);
  return { institution, runId, run: await imports.run(institution.code, runId) };
}

function asFile(reply: FastifyReply, type: string, name: string): void {
  void reply
    .type(type)
    .headers({ 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' });
}

/** Name of the report file. Contains the day on which the run was requested, in Japan. */
function fileName({ runId, requestedAt }: ImportRun): string {
  return `nacsis-import-${runId}-${today(() => new Date(requestedAt))}`;
}

/** Ignores a Last-Event-ID that is not a revision. */
function lastSeen({ headers }: FastifyRequest): { readonly lastSeen?: number } {
  const id = headers['last-event-id'];
  return typeof id === 'string' && /^\d{1,15}$/.test(id) ? { lastSeen: Number(id) } : {};
}
