import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import {
  ProfileSchema,
  PutProfileSchema,
  RECENT_LENDER_DAYS,
  RecentLendersSchema,
  type Profile,
  type PutProfile,
} from '#domain/api/profile';
import { addDays, today } from '#domain/ill/dates';
import { callerOf, libraryOf } from '../caller';
import { refuseFaults } from '../commands/field-check';
import { GatewayError } from '../gateway-error';
import { nextRunAt } from '../runs/schedule-times';
import type { Services } from '../services';
import { countRecentLenders } from '../store/recent-lenders';
import { ProfilesStore } from '../profiles/profiles-store';
import { checkProfile } from '../profiles/profile-check';

const LibraryParams = Type.Object({ library: Type.String() });

const tags = ['libraries'];
const READ = {
  config: { problems: ['forbidden'] },
  schema: { tags, summary: 'What the library shares', params: LibraryParams, response: { 200: ProfileSchema } },
} as const;
const PUT = {
  config: { problems: ['forbidden', 'invalid-fields', 'stale-version', 'payload-too-large'] },
  schema: {
    tags,
    summary: 'Change what the library shares',
    params: LibraryParams,
    body: PutProfileSchema,
    response: { 200: ProfileSchema },
  },
} as const;
const RECENT = {
  config: { problems: ['forbidden'] },
  schema: {
    tags,
    summary: 'How often the library asked each member lately',
    params: LibraryParams,
    response: { 200: RecentLendersSchema },
  },
} as const;

/** Data of a library: its profile, and the members it asked lately. */
export const libraryRoutes =
  (services: Services): FastifyPluginCallbackTypebox =>
  (app, _options, done) => {
    const { db, now } = services;

    app.get('/profiles/:library', READ, async (request) => {
      const library = libraryOf(request, request.params.library);
      return withNextRun(await profilesFor(services, request).read(library), now());
    });

    app.put('/profiles/:library', PUT, (request) => changed(services, request, request.params.library, request.body));

    app.get('/libraries/:library/recent-lenders', RECENT, async (request) => {
      const { code } = libraryOf(request, request.params.library);
      const since = addDays(today(now), -RECENT_LENDER_DAYS);
      const counts = await countRecentLenders(db, {
        institution: callerOf(request).institution.code,
        library: code,
        since,
      });
      return { days: RECENT_LENDER_DAYS, counts };
    });
    done();
  };

async function changed(services: Services, request: FastifyRequest, code: string, body: PutProfile): Promise<Profile> {
  const library = libraryOf(request, code);
  await services.callers.mustManage(request);
  refuseFaults(checkProfile(body, library));
  const change = { ...body, by: callerOf(request).userId, at: services.now() };
  const profile = await profilesFor(services, request).put(library, change);
  if (profile === undefined)
    throw new GatewayError('stale-version', { detail: 'the profile is not of that version any more' });
  if (body.integration !== undefined)
    await services.imports.schedule(callerOf(request).institution.code, library.code, profile.integration);
  return withNextRun(profile, services.now());
}

function withNextRun(profile: Profile, now: Date): Profile {
  const next = nextRunAt(profile.integration.schedule, now);
  return next === undefined ? profile : { ...profile, nextRunAt: next.toISOString() };
}

function profilesFor({ db }: Services, request: FastifyRequest): ProfilesStore {
  return new ProfilesStore(db, callerOf(request).institution.code);
}
