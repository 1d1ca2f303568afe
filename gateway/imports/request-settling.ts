import type { AlmaLink } from '#domain/api/requests';
import type { Change } from '#domain/api/imports';
import type { AlmaAccess, AlmaPort, AlmaRequest } from '../alma/port';
import { saveLink } from '../commands/alma-link';
import type { StoredRequest } from '../store/requests-store';
import type { AlmaRecord, AlmaRecordsStore } from './alma-records-store';
import type { AlmaStep } from '#domain/alma/alma-steps';
import { plain } from '#domain/catalog/identifiers';
import { changeOf, stepsFor, tellAlma } from './alma-telling';
import { changesOf, outcomeOf, type How } from './brought-changes';
import { citationBody, present } from './citation-body';
import type { CitedWork } from './cited-work';
import type { ItemContext, Settled } from './item';
import { timeOver } from './item-stop';
import { keptFields } from './kept-fields';
import { namedIds } from './named-ids';
import type { StatusMap } from './status-map';

/** A request that Alma has, and how it got there. */
export interface InAlma {
  readonly how: How;
  readonly alma: AlmaRequest;
  readonly link: AlmaLink;
  /** Further changes made. */
  readonly changes?: readonly Change[];
  /** When Alma answered the create. */
  readonly madeAt?: Date;
}
export interface Work {
  readonly row: StoredRequest;
  readonly record: AlmaRecord | undefined;
  readonly cited: CitedWork;
}

interface Told {
  readonly alma: AlmaRequest;
  readonly changes: readonly Change[];
}

/**
 * Links what Alma has, sends the updates that Alma's API accepts, reports changes, and keeps the values that the API
 * cannot take. Only linked requests are updated: a new link is saved first, and the rest follows when the request is
 * processed again.
 */
export class RequestSettling {
  constructor(
    private readonly port: AlmaPort,
    private readonly access: AlmaAccess,
    private readonly records: AlmaRecordsStore,
    private readonly statusMap: StatusMap,
    private readonly context: ItemContext,
    private readonly now: () => Date,
  ) {}

  async settled(
    { row, record, cited }: Work,
    { how, alma: found, link, changes = [], madeAt }: InAlma,
  ): Promise<Settled> {
    const { dryRun } = this.context;
    const steps = stepsFor(row, found, this.statusMap);
    const isCut = how !== 'tied' && steps.length > 0 && !dryRun;
    const told = isCut ? { alma: found, changes: [] } : await this.#tell(steps, found, link);
    const wanted = this.statusMap.row(row.side, row.kind, row.external_status)?.alma ?? null;
    const kept = keptFields(comparedBody(row, cited), told.alma);
    const requestId = dryRun ? {} : { requestId: link.requestId };
    const isCancelled = steps.some((step) => step.do === 'cancel');
    const standing = { how, row, record, alma: told.alma, ...requestId, wanted, isCancelled, kept };
    const all = [...changesOf(standing), ...changes, ...told.changes];
    const settled = { outcome: outcomeOf(standing, all), changes: all, ...(isCut ? ({ isCut } as const) : {}) };
    if (dryRun) return settled;
    const { status } = told.alma;
    const { externalId, mark, mentions } = namedIds(found);
    const isSole = mentions.length === 0 && [externalId, mark].every((id = plain(row.id)) => id === plain(row.id));
    const brought = {
      version: isCut ? null : row.version,
      externalStatus: row.external_status,
      wantedStatus: wanted,
      ...(status === undefined ? {} : { status }),
      kept,
      at: this.now(),
      ...(madeAt === undefined ? {} : { madeAt }),
      ...(isSole ? { namesNoOther: link.requestId } : {}),
    };
    return {
      ...settled,
      save: async (transaction) => {
        if (how !== 'tied') await saveLink(transaction, row, link);
        await this.records.save(transaction, row, brought);
      },
    };
  }

  /** Sends the updates. An error of Alma becomes the result of the request. */
  async #tell(steps: readonly AlmaStep[], found: AlmaRequest, link: AlmaLink): Promise<Told> {
    if (this.context.dryRun || !('userId' in link)) return { alma: found, changes: steps.map(changeOf) };
    let alma = found;
    for (const step of steps) {
      if (this.now().getTime() > this.context.notAfter) throw timeOver(this.now());
      // An answer may lack any key.
      alma = { ...alma, ...(await tellAlma(step, link, this.port, this.access)), texts: alma.texts };
    }
    return { alma, changes: steps.map(changeOf) };
  }
}

/** The values of NACSIS-ILL for the keys that Alma shows. */
function comparedBody({ side, record: { fields } }: StoredRequest, cited: CitedWork): Readonly<Record<string, string>> {
  const name = side === 'lender' ? fields.borrowerName : undefined;
  return { ...citationBody(cited), ...present({ additional_person_name: name }) };
}
