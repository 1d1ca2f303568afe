import type { AlmaLink } from '#domain/api';
import type { Change } from '#domain/api-import';
import { AlmaError, type AlmaAccess, type AlmaPort, type AlmaRequest } from '../alma/port';
import { saveLink } from '../commands/alma-link';
import type { StoredRequest } from '../store/requests-store';
import type { AlmaRecord, AlmaRecordsStore } from './alma-records-store';
import { changeOf, stepsFor, tellAlma } from './alma-telling';
import { changesOf, outcomeOf, type How } from './brought-changes';
import { citationBody, present } from './citation-body';
import type { CitedWork } from './cited-work';
import type { ItemContext, Settled } from './item';
import { timeOver } from './item-stop';
import { keptFields } from './kept-fields';
import type { SeenRequests } from './seen-requests';
import type { StatusMap } from './status-map';

/** A request that Alma has, and how it came there. */
export interface InAlma {
  readonly how: How;
  readonly alma: AlmaRequest;
  readonly link: AlmaLink;
  /** What else was done about it. */
  readonly changes?: readonly Change[];
}
export interface Work {
  readonly row: StoredRequest;
  readonly record: AlmaRecord | undefined;
  readonly cited: CitedWork;
}

interface Told {
  readonly alma: AlmaRequest;
  readonly changes: readonly Change[];
  /** Whether Alma was told everything; `cut`: the time was over; `refused`: it did not take something. */
  readonly how: 'whole' | 'cut' | 'refused';
}

/** Tells Alma what it can be told, says what changed, and keeps what Alma's API has no way in for. */
export class RequestSettling {
  constructor(
    private readonly port: AlmaPort,
    private readonly access: AlmaAccess,
    private readonly stores: { readonly records: AlmaRecordsStore; readonly seen: SeenRequests },
    private readonly statusMap: StatusMap,
    private readonly context: ItemContext,
    private readonly now: () => Date,
  ) {}

  async settled({ row, record, cited }: Work, { how, alma: found, link, changes = [] }: InAlma): Promise<Settled> {
    const { dryRun } = this.context;
    const told = await this.#tell(row, found, link, how);
    const wanted = this.statusMap.row(row.side, row.kind, row.external_status)?.alma ?? null;
    const kept = keptFields(comparedBody(row, cited), told.alma);
    const requestId = dryRun ? {} : { requestId: link.requestId };
    const isCancelled = told.changes.some(({ what }) => what === 'cancelled');
    const standing = { how, row, record, alma: told.alma, ...requestId, wanted, isCancelled, kept };
    const all = [...changesOf(standing), ...changes, ...told.changes];
    const isCut = told.how === 'cut' ? ({ isCut: true } as const) : {};
    const settled = { outcome: outcomeOf(standing, all), changes: all, ...isCut };
    if (dryRun) return settled;
    const { status } = told.alma;
    const brought = {
      version: told.how === 'whole' ? row.version : null,
      externalStatus: row.external_status,
      wantedStatus: wanted,
      ...(status === undefined ? {} : { status }),
      kept,
      at: this.now(),
    };
    return {
      ...settled,
      save: async (transaction) => {
        if (how !== 'tied') await saveLink(transaction, row, link);
        if (how === 'created' && 'userId' in link)
          await this.stores.seen.remember(link.userId, [{ almaId: link.requestId, nacsisIds: [row.id] }], transaction);
        await this.stores.records.save(transaction, row, brought);
      },
    };
  }

  /**
   * What Alma does not take of a request that is tied already is said of that request. One that is tied only now is tied in any case; Alma
   * is told the rest in another step where the time was over, and by the next run where it did not take it.
   */
  async #tell(row: StoredRequest, found: AlmaRequest, link: AlmaLink, how: How): Promise<Told> {
    const steps = stepsFor(row, found, this.statusMap);
    if (this.context.dryRun || !('userId' in link)) return { alma: found, changes: steps.map(changeOf), how: 'whole' };
    let alma = found;
    const changes: Change[] = [];
    for (const step of steps) {
      if (this.now().getTime() > this.context.notAfter) {
        if (how === 'tied') throw timeOver(this.now());
        return { alma, changes, how: 'cut' };
      }
      try {
        // Any key may be missing in an answer.
        alma = { ...alma, ...(await tellAlma(step, link, this.port, this.access)), texts: alma.texts };
      } catch (error) {
        if (how === 'tied' || !(error instanceof AlmaError)) throw error;
        return { alma, changes, how: 'refused' };
      }
      changes.push(changeOf(step));
    }
    return { alma, changes, how: 'whole' };
  }
}

/** What NACSIS-ILL has of what Alma shows. */
function comparedBody({ side, record: { fields } }: StoredRequest, cited: CitedWork): Readonly<Record<string, string>> {
  const name = side === 'lender' ? fields.borrowerName : undefined;
  return { ...citationBody(cited), ...present({ additional_person_name: name }) };
}
