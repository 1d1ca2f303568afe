import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import {
  CLOSURE_ACTIONS,
  ClosureDaysSchema,
  ClosureRequestsSchema,
  ClosureSchema,
  ClosuresSchema,
  MAX_CLOSURE_REQUESTS,
  MemberAnswerSchema,
  PutClosureSchema,
  PutMemberSchema,
  type PutMember,
  type ClosureAction,
} from '#domain/api/members';
import { closureFaults } from '#domain/ill/closure';
import { today } from '#domain/ill/dates';
import type { MemberValues } from '#domain/ill/own-record';
import { actorOf, callerOf, libraryOf } from '../caller';
import { refuseFaults } from '../commands/field-check';
import { requestsAtClosure } from '../members/closure-requests';
import { OF_NACSIS } from '../openapi/document-route';
import type { Services } from '../services';
import { summaryOf } from '../worklist/summary';
import { copied } from './catalog';

const LibraryParams = Type.Object({ library: Type.String() });
const ClosureParams = Type.Object({ library: Type.String(), closureId: Type.String({ maxLength: 64 }) });

const tags = ['members'];
const OF_A_CHANGE = ['forbidden', 'invalid-fields', 'stale-version'] as const;
const OF_A_KEY = ['missing-idempotency-key', 'idempotency-key-reused'] as const;
const CHANGE = {
  config: {
    claimsKey: true,
    problems: [
      ...OF_A_CHANGE,
      ...OF_A_KEY,
      ...(['not-found', 'command-in-progress', 'outcome-unknown', 'payload-too-large', ...OF_NACSIS] as const),
    ],
  },
  schema: {
    tags,
    summary: "Change the library's own member record in NACSIS-ILL",
    params: LibraryParams,
    body: PutMemberSchema,
    response: { 200: MemberAnswerSchema },
  },
} as const;
const LIST = {
  config: { problems: ['forbidden'] },
  schema: { tags, summary: 'Planned closures of a library', params: LibraryParams, response: { 200: ClosuresSchema } },
} as const;
const PLAN = {
  config: { claimsKey: true, problems: ['forbidden', 'invalid-fields', ...OF_A_KEY] },
  schema: {
    tags,
    summary: 'Plan a closure, which the gateway carries out',
    params: LibraryParams,
    body: ClosureDaysSchema,
    response: { 201: ClosureSchema },
  },
} as const;
const MOVE = {
  config: { problems: [...OF_A_CHANGE, 'action-not-allowed', 'not-found'] },
  schema: {
    tags,
    summary: 'Change the days of a closure',
    params: ClosureParams,
    body: PutClosureSchema,
    response: { 200: ClosureSchema },
  },
} as const;
const SUMMARIES: Readonly<Record<ClosureAction, string>> = {
  cancel: 'Cancel a planned closure',
  end: 'End a running closure now',
};
const ending = (action: ClosureAction) =>
  ({
    config: {
      claimsKey: true,
      problems: ['forbidden', 'stale-version', 'action-not-allowed', 'not-found', ...OF_A_KEY],
    },
    schema: {
      tags,
      summary: SUMMARIES[action],
      params: ClosureParams,
      body: Type.Object({ version: Type.Integer() }),
      response: { 200: ClosureSchema },
    },
  }) as const;
const REQUESTS = {
  config: { problems: ['forbidden', 'invalid-fields'] },
  schema: {
    tags,
    summary: 'Open requests that wait for the library or are due on these days',
    params: LibraryParams,
    querystring: ClosureDaysSchema,
    response: { 200: ClosureRequestsSchema },
  },
} as const;

/** A library's own member record, and its planned closures. Managers change them; all others may read. */
export const memberRoutes =
  (services: Services): FastifyPluginCallbackTypebox =>
  (app, _options, done) => {
    const { callers, closures, db, memberChanges, mode, now, readings } = services;

    app.put('/libraries/:library/member', CHANGE, async (request) => {
      const planner = await plannerOf(services, request, request.params.library);
      // Their values are checked as fields, with their own errors.
      const { before, changes } = request.body as PutMember;
      return { member: copied(await memberChanges.change({ ...planner, before, changes: trimmed(changes) })) };
    });

    app.get('/libraries/:library/closures', LIST, async (request) => {
      const library = libraryOf(request, request.params.library);
      const items = await closures.list(callerOf(request).institution.code, library);
      return { today: today(now), items: [...items] };
    });

    app.post('/libraries/:library/closures', PLAN, async (request, reply) => {
      const planner = await plannerOf(services, request, request.params.library);
      return reply.code(201).send(await closures.plan(planner, request.body));
    });

    app.put('/libraries/:library/closures/:closureId', MOVE, async (request) => {
      const library = libraryOf(request, request.params.library);
      await callers.mustManage(request);
      return closures.move(callerOf(request), library, request.params.closureId, request.body);
    });

    for (const action of CLOSURE_ACTIONS)
      app.post(`/libraries/:library/closures/:closureId/${action}`, ending(action), async (request) => {
        const { library, closureId } = request.params;
        return closures.end(await plannerOf(services, request, library), closureId, request.body.version, action);
      });

    app.get('/libraries/:library/closures/requests', REQUESTS, async (request) => {
      const { code: library } = libraryOf(request, request.params.library);
      const institution = callerOf(request).institution.code;
      const { from, to } = request.query;
      // The days of a closure that runs began earlier; only their form and order matter here.
      refuseFaults(closureFaults({ from, to }, { today: '', others: [] }));
      const wanted = { institution, library, from, to, limit: MAX_CLOSURE_REQUESTS };
      const { total, rows } = await requestsAtClosure(db, wanted);
      const readAt = (await readings.find(institution, library)).read_at;
      const items = rows.map((row) => summaryOf(row, mode));
      return { total, items, ...(readAt === null ? {} : { readAt: readAt.toISOString() }) };
    });
    done();
  };

/** NACSIS-ILL keeps no blanks around a text; a lost answer is found again by its values. */
function trimmed(changes: MemberValues): MemberValues {
  const texts = Object.entries(changes).map(([name, value]: [string, string | readonly string[]]) => [
    name,
    typeof value === 'string' ? value.trim() : value.map((line) => line.trim()),
  ]);
  return Object.fromEntries(texts) as MemberValues;
}

async function plannerOf({ callers }: Services, request: FastifyRequest, code: string) {
  const library = libraryOf(request, code);
  const actor = actorOf(request);
  await callers.mustManage(request);
  return { actor, library };
}
