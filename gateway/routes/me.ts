import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { MeSchema } from '#domain/api';
import { callerOf } from '../caller';
import type { Services } from '../services';

const ME = {
  config: { problems: [] },
  schema: { tags: ['me'], summary: 'Who calls, and for which libraries', response: { 200: MeSchema } },
} as const;

/** /me: who calls, and which libraries they work for. */
export const meRoutes =
  ({ callers, mode }: Services): FastifyPluginCallbackTypebox =>
  (app, _options, done) => {
    app.get('/me', ME, async (request) => {
      const { institution, userId } = callerOf(request);
      const { mayAct, mayManage } = await callers.permissions(request);
      return {
        institution: institution.code,
        user: { id: userId, mayAct, mayManage },
        libraries: institution.libraries.map(({ code, name, memberId }) => ({ code, name, memberId })),
        mode,
      };
    });
    done();
  };
