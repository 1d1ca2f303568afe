import { almaSteps, statusesAgreeing, type AlmaStep } from '#domain/alma/alma-steps';
import type { Change } from '#domain/api/imports';
import type { Writer } from '#domain/api/profile';
import type { AlmaLink } from '#domain/api/requests';
import { plain } from '#domain/catalog/identifiers';
import type { Outcome } from '#domain/imports/import';
import type { AlmaAccess, AlmaPort, AlmaRequest } from '../alma/port';
import { saveLink } from '../commands/alma-link';
import type { StatusMap } from '../profiles/status-map';
import type { StoredRequest } from '../store/requests-store';
import type { AlmaRecord, AlmaRecordsStore } from './alma-records';
import type { CitedWork } from './cited-work';
import { isResult, otherWriter, timeOver, type ItemContext, type ItemResult, type Postponed } from './item';
import { comparedBody, keptFields, type KeptField } from './kept-fields';
import { namedIds } from './named-ids';
import { leftChange, type Rights } from './writing';

/** How the request got into Alma: linked before, found there, or created by the import. */
type How = 'was-linked' | 'linked' | 'created';

/** A request that Alma has, and how it got there. */
interface InAlma {
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
  readonly rights: Rights;
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
    { row, record, cited, rights }: Work,
    { how, alma: found, link, changes = [], madeAt }: InAlma,
  ): Promise<ItemResult> {
    const { dryRun, integration } = this.context;
    const { steps, left } = dividedBy(rights, stepsFor(row, found, this.statusMap));
    const leftSteps = leftChanges(left, { row, record }, integration.writer);
    const isCut = how !== 'was-linked' && steps.length > 0 && !dryRun;
    const told = isCut ? { alma: found, changes: [] } : await this.#tell(steps, leftSteps, found, link);
    if (isResult(told)) return told;
    const wanted = this.#wantedStatus(row);
    const kept = keptFields(comparedBody(row, cited), told.alma);
    const requestId = dryRun ? {} : { requestId: link.requestId };
    const isCancelled = steps.some((step) => step.do === 'cancel');
    const standing = { how, row, record, alma: told.alma, ...requestId, wanted, isCancelled, kept };
    const all = [...changesOf(standing), ...changes, ...told.changes];
    const settled = { outcome: outcomeOf(standing, all), changes: all, ...(isCut ? ({ isCut } as const) : {}) };
    if (dryRun) return settled;
    const { status } = told.alma;
    const synced = {
      version: isCut ? null : row.version,
      externalStatus: row.external_status,
      wantedStatus: wanted,
      ...(status === undefined ? {} : { status }),
      kept,
      at: this.now(),
      leftTo: left.length === 0 ? null : integration.writer,
      ...(madeAt === undefined ? {} : { madeAt }),
      ...(namesOnly(found, row.id) ? { namesNoOther: link.requestId } : {}),
    };
    return {
      ...settled,
      save: async (transaction) => {
        if (how !== 'was-linked') await saveLink(transaction, row, link);
        await this.records.save(transaction, row, synced);
      },
    };
  }

  #wantedStatus({ side, kind, external_status: status }: StoredRequest): string | null {
    return this.statusMap.row(side, kind, status)?.alma ?? null;
  }

  /** Sends the updates, and says which were left to the writer. */
  async #tell(
    steps: readonly AlmaStep[],
    left: readonly Change[],
    found: AlmaRequest,
    link: AlmaLink,
  ): Promise<Told | Postponed> {
    const changes = [...steps.map(changeOf), ...left];
    if (this.context.dryRun || !('userId' in link)) return { alma: found, changes };
    let alma = found;
    for (const step of steps) {
      if (this.now().getTime() > this.context.notAfter) return timeOver(this.now());
      const other = await otherWriter(this.context, this.now());
      if (other !== undefined) return other;
      // An answer may lack any key.
      alma = { ...alma, ...(await tellAlma(step, link, this.port, this.access)), texts: alma.texts };
    }
    return { alma, changes };
  }
}

interface Divided {
  readonly steps: readonly AlmaStep[];
  /** The steps of the library's writer. */
  readonly left: readonly AlmaStep[];
}

function dividedBy({ tells }: Rights, all: readonly AlmaStep[]): Divided {
  const isOurs = (step: AlmaStep) => tells.includes(step.do);
  return { steps: all.filter(isOurs), left: all.filter((step) => !isOurs(step)) };
}

/** What is left to the writer now, without what was left to it before. */
function leftChanges(
  left: readonly AlmaStep[],
  { row, record }: Pick<Work, 'row' | 'record'>,
  writer: Writer,
): readonly Change[] {
  const isKnown = record?.imported_version === row.version && record.left_to === writer;
  return isKnown ? [] : left.map((step) => leftChange(writer, step.do));
}

/** True when Alma's request names no other NACSIS id than this one. */
function namesOnly(alma: AlmaRequest, id: string): boolean {
  const own = plain(id);
  const { externalId = own, mark = own, mentions } = namedIds(alma);
  return externalId === own && mark === own && mentions.length === 0;
}

/**
 * Returns the updates that the status map wants, that Alma's API accepts, and that Alma does not have yet
 * (domain/alma/alma-steps).
 */
function stepsFor(row: StoredRequest, alma: AlmaRequest, statusMap: StatusMap): readonly AlmaStep[] {
  if (alma.status === undefined) return [];
  const { total } = row.record.fields;
  const standing = { side: row.side, state: row.state, fields: total === undefined ? {} : { total } };
  const { status, shippingCost } = alma;
  const mayCancel = statusMap.row(row.side, row.kind, row.external_status)?.applied === 'cancel';
  return almaSteps(standing, {
    status: status.code,
    ...(shippingCost === undefined ? {} : { shippingCost }),
  }).filter((step) => step.do !== 'cancel' || mayCancel);
}

function changeOf(step: AlmaStep): Change {
  return step.do === 'cancel' ? { what: 'cancelled' } : { what: 'cost', to: String(step.yen) };
}

/** Sends an update and resolves to the request as Alma then has it. Safe to repeat. */
async function tellAlma(
  step: AlmaStep,
  { userId, requestId }: Extract<AlmaLink, { readonly userId: string }>,
  port: AlmaPort,
  access: AlmaAccess,
): Promise<AlmaRequest | undefined> {
  if (step.do === 'shipping-cost') return port.setShippingCost(access, userId, requestId, step.yen);
  await port.cancelBorrowing(access, userId, requestId);
  return port.borrowing(access, userId, requestId);
}

interface Standing {
  readonly how: How;
  readonly row: StoredRequest;
  /** State after the last import. */
  readonly record: AlmaRecord | undefined;
  readonly alma: AlmaRequest;
  /** Absent in a dry run. */
  readonly requestId?: string;
  readonly wanted: string | null;
  /** True when this import cancels the request in Alma, or in a dry run would cancel it. */
  readonly isCancelled: boolean;
  readonly kept: readonly KeptField[];
}

/** Changes since the last import, without those that were reported then. */
function changesOf({ how, row, record, alma, requestId, wanted, isCancelled, kept }: Standing): readonly Change[] {
  const from = record?.imported_status ?? null;
  const before = new Map(record?.kept.map(({ field, value }) => [field, value]));
  return [
    ...(how === 'was-linked' ? [] : [{ what: how, ...(requestId === undefined ? {} : { to: requestId }) }]),
    ...(from === row.external_status
      ? []
      : [{ what: 'status', ...(from === null ? {} : { from }), to: row.external_status } as const]),
    ...(wanted === null || isCancelled || wanted === (record?.wanted_status ?? null) || agrees(row, alma, wanted)
      ? []
      : [{ what: 'alma-status', to: wanted } as const]),
    ...kept
      .filter(({ field, value }) => before.get(field) !== value)
      .map(({ field, value }) => ({ what: 'kept', field, to: value }) as const),
  ];
}

function outcomeOf(
  { how, row, record }: Pick<Standing, 'how' | 'row' | 'record'>,
  changes: readonly Change[],
): Outcome {
  if (how === 'created') return 'created';
  const before = record?.imported_status ?? null;
  if (before !== null && before !== row.external_status) return 'status-changed';
  return changes.length > 0 ? 'updated' : 'unchanged';
}

/** True when Alma has the status that the map names, or an equivalent one. */
function agrees({ side, state }: StoredRequest, { status }: AlmaRequest, wanted: string): boolean {
  if (status === undefined || state === null) return false;
  return status.code === wanted || statusesAgreeing(side, state).includes(status.code);
}
