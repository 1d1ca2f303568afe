import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { UpkeepSchema } from '#domain/api/upkeep';
import type { Services } from '../services';
import { UpkeepStore } from '../store/upkeep-store';
import { upkeepView } from '../upkeep/upkeep-state';

const UPKEEP = {
  config: { problems: ['forbidden'] },
  schema: {
    tags: ['operation'],
    summary: 'How the nightly work stands: erasure of names, drafts and old reports',
    response: { 200: UpkeepSchema },
  },
} as const;

/** /upkeep: for users who may manage. */
export const upkeepRoutes =
  ({ db, callers, now }: Services): FastifyPluginCallbackTypebox =>
  (app, _options, done) => {
    app.get('/upkeep', UPKEEP, async (request) => {
      await callers.mustManage(request);
      return upkeepView(await new UpkeepStore(db).all(), now());
    });
    done();
  };
