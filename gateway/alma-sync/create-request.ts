import { AlmaError, type AlmaBody, type AlmaRequest } from '../alma/port';
import type { AlmaSettings } from '../alma/settings';
import type { StoredRequest } from '../store/requests-store';
import type { AlmaRecordsStore, Claim } from './alma-records';
import type { AlmaSide, Owner } from './alma-side';
import { isResult, otherWriter, postponed, timeOver, type ItemContext, type ItemResult, type Postponed } from './item';
import type { RequestSettling, Work } from './settle-request';

/** Alma's statuses of new requests (alma.md 2.3). */
const NEW_STATUS = { borrower: 'REQUEST_CREATED_BOR', lender: 'REQUEST_CREATED_LEND' } as const;

export interface RequestCreationParts {
  /** With `callTimeoutMs`, the time to settle includes the longest duration of the create itself. */
  readonly settings: Pick<AlmaSettings, 'createSettleSeconds'> & Partial<Pick<AlmaSettings, 'callTimeoutMs'>>;
  readonly now: () => Date;
  readonly context: ItemContext;
}

/** Creates requests in Alma. The claim is committed before Alma is called, and only one process can hold it. */
export class RequestCreation {
  constructor(
    private readonly records: AlmaRecordsStore,
    private readonly settling: RequestSettling,
    private readonly parts: RequestCreationParts,
  ) {}

  /** The time by which everything sent under a claim is visible in Alma, or never will be. */
  settledAt(claimedAt: Date): Date {
    const { createSettleSeconds, callTimeoutMs = 0 } = this.parts.settings;
    return new Date(claimedAt.getTime() + createSettleSeconds * 1000 + callTimeoutMs);
  }

  /** `instead`: the claim to replace. */
  async created(work: Work, side: AlmaSide, owner: Owner, instead?: Claim): Promise<ItemResult> {
    const { row } = work;
    const body = await side.body(row, work.cited, owner.name);
    const alma = this.parts.context.dryRun
      ? wouldBe(row, body)
      : await this.#create(row, side, { owner: owner.name, body, instead });
    if (isResult(alma)) return alma;
    const { changes } = owner;
    const link = side.link(owner.name, alma.requestId);
    return this.settling.settled(work, { how: 'created', alma, link, changes, madeAt: this.parts.now() });
  }

  /** Throws an AlmaError when Alma certainly did not create the request. */
  async #create(
    row: StoredRequest,
    side: AlmaSide,
    { owner, body, instead }: { readonly owner: string; readonly body: AlmaBody; readonly instead: Claim | undefined },
  ): Promise<AlmaRequest | Postponed> {
    const { notAfter } = this.parts.context;
    const at = this.parts.now();
    if (at.getTime() > notAfter) return timeOver(at);
    const other = await otherWriter(this.parts.context, at);
    if (other !== undefined) return other;
    if (!(await this.records.claim(row, { at, for: owner, instead }))) return this.#later(row);
    try {
      return await side.create(owner, body, notAfter);
    } catch (error) {
      if (!(error instanceof AlmaError)) throw error;
      if (error.fault === 'unknown' || error.fault === 'malformed') return postponed(this.settledAt(at), 'claimed');
      await this.records.giveBack(row, at, instead);
      const now = this.parts.now();
      if (error.fault === 'unavailable' && now.getTime() > notAfter) return timeOver(now);
      throw error;
    }
  }

  /** Postpones the request, because another process is working on it or has finished it. */
  async #later(row: StoredRequest): Promise<Postponed> {
    const record = await this.records.find(row);
    const claimedAt = record?.claimed_at ?? null;
    if (claimedAt === null) return postponed(this.parts.now(), 'overtaken');
    return postponed(this.settledAt(claimedAt), 'claimed');
  }
}

/** The request as Alma would have it, for a dry run. */
function wouldBe({ side }: StoredRequest, body: AlmaBody): AlmaRequest {
  const texts = Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  return { requestId: '', status: { code: NEW_STATUS[side] }, shippingCost: 0, texts };
}
