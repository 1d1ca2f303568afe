import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { MeSchema, type Library } from '#domain/api/requests';
import { callerOf } from '../caller';
import type { LibraryConfig } from '../config';
import { ProfilesStore } from '../profiles/profiles-store';
import type { Services } from '../services';

const ME = {
  config: { needsNoRole: true, problems: [] },
  schema: { tags: ['me'], summary: 'Who calls, and for which libraries', response: { 200: MeSchema } },
} as const;

/** /me: the caller, and the libraries they work for. */
export const meRoutes =
  ({ callers, db, mode }: Services): FastifyPluginCallbackTypebox =>
  (app, _options, done) => {
    app.get('/me', ME, async (request) => {
      const { institution, userId } = callerOf(request);
      const profiles = new ProfilesStore(db, institution.code);
      const { mayRead, mayAct, mayManage } = await callers.permissions(request, 'reading');
      return {
        institution: institution.code,
        user: { id: userId, mayRead, mayAct, mayManage },
        libraries: await Promise.all(institution.libraries.map((library) => withWriter(profiles, library))),
        mode,
      };
    });
    done();
  };

async function withWriter(profiles: ProfilesStore, library: LibraryConfig): Promise<Library> {
  const { code, name, memberId } = library;
  return { code, name, memberId, writer: (await profiles.integration(library)).writer };
}
