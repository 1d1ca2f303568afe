import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { MeSchema } from '#domain/api/requests';
import { callerOf } from '../caller';
import type { Services } from '../services';

const ME = {
  config: { needsNoRole: true, problems: [] },
  schema: { tags: ['me'], summary: 'Who calls, and for which libraries', response: { 200: MeSchema } },
} as const;

/** /me: the caller, and the libraries they work for. */
export const meRoutes =
  ({ callers, mode }: Services): FastifyPluginCallbackTypebox =>
  (app, _options, done) => {
    app.get('/me', ME, async (request) => {
      const { institution, userId } = callerOf(request);
      const { mayRead, mayAct, mayManage } = await callers.permissions(request, 'reading');
      return {
        institution: institution.code,
        user: { id: userId, mayRead, mayAct, mayManage },
        libraries: institution.libraries.map(({ code, name, memberId }) => ({ code, name, memberId })),
        mode,
      };
    });
    done();
  };
