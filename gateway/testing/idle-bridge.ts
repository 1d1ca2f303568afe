import type { Kysely } from 'kysely';
import type { BridgeServices } from '../bridge/bridge';
import { Decisions } from '../bridge/decisions';
import { BRIDGE_DEFAULTS } from '../bridge/settings';
import type { Schema } from '../store/schema';

/** A bridge on this store that takes no messages and does no work; only the decisions of staff are real. */
export function idleBridge(db: Kysely<Schema>, now: () => Date): BridgeServices {
  return {
    partners: { withSecret: () => undefined, takesFrom: () => false },
    reception: { receive: () => Promise.reject(new Error('the bridge of this spec takes no messages')) },
    decisions: new Decisions({
      ...{ db, settings: BRIDGE_DEFAULTS, now },
      ...{ kick: () => Promise.resolve(), failed: () => undefined },
    }),
    nudge: () => undefined,
  };
}
