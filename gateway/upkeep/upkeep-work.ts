import type { Kysely } from 'kysely';
import type { GatewayConfig } from '../config';
import { daysBefore } from '../days-before';
import { ImportRunsStore } from '../runs/runs-store';
import { ProfilesStore } from '../profiles/profiles-store';
import { eraseRequests, type IsPatronNumber } from '../store/names';
import { eraseDrafts, eraseJournal, eraseMessages, eraseOfAlma, eraseReports } from '../store/names-beside';
import type { Schema } from '../store/schema';
import type { UpkeepWork } from './upkeep';

interface WorkParts {
  readonly db: Kysely<Schema>;
  readonly config: Pick<GatewayConfig, 'imports' | 'drafts' | 'institutions'>;
  readonly now: () => Date;
}

/** The nightly upkeep according to the settings. 0 days mean never; the step then does nothing. */
export function upkeepWork({ db, config, now }: WorkParts): UpkeepWork {
  const { keepDays, eraseNamesDays } = config.imports;
  const after = (days: number, work: (before: Date) => Promise<number>) => () =>
    days > 0 ? work(daysBefore(now(), days)) : Promise.resolve(0);
  return {
    names: after(eraseNamesDays, async (before) => eraseRequests(db, before, await patronNumbers(db, config))),
    journal: after(eraseNamesDays, (before) => eraseJournal(db, before)),
    alma: after(eraseNamesDays, (before) => eraseOfAlma(db, before)),
    reports: after(eraseNamesDays, (before) => eraseReports(db, before)),
    messages: after(eraseNamesDays, (before) => eraseMessages(db, before)),
    drafts: after(config.drafts.keepDays, (before) => eraseDrafts(db, before)),
    runs: after(keepDays, (before) => new ImportRunsStore(db, now).deleteBefore(before)),
    keys: after(keepDays, async (before) => {
      const { numDeletedRows } = await db.deleteFrom('used_keys').where('used_at', '<', before).executeTakeFirst();
      return Number(numDeletedRows);
    }),
  };
}

/** Libraries that write the patron's id where others write their own request number. */
async function patronNumbers(
  db: Kysely<Schema>,
  { institutions }: Pick<GatewayConfig, 'institutions'>,
): Promise<IsPatronNumber> {
  const found = new Set<string>();
  for (const { code, libraries } of institutions)
    for (const library of libraries) {
      const { requester } = await new ProfilesStore(db, code).integration(library);
      if (requester.patronIdField === 'borrowerNumber') found.add(`${code}\n${library.code}`);
    }
  return ({ institution, library }) => found.has(`${institution}\n${library}`);
}
