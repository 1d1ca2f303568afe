import { AlmaError, type AlmaBody, type AlmaRequest } from '../alma/port';
import type { StoredRequest } from '../store/requests-store';
import type { AlmaRecordsStore } from './alma-records-store';
import type { AlmaSide, Owner } from './alma-side';
import type { Settled } from './item';
import { postponed, timeOver, type ItemStop } from './item-stop';
import type { RequestImportParts } from './request-import';
import type { RequestSettling, Work } from './request-settling';

/** Alma's statuses of what was just made (alma.md 2.3). */
const NEW_STATUS = { borrower: 'REQUEST_CREATED_BOR', lender: 'REQUEST_CREATED_LEND' } as const;

/** Makes requests in Alma. The claim to it is committed before Alma is called, and only one process can have it. */
export class RequestMaking {
  constructor(
    private readonly records: AlmaRecordsStore,
    private readonly settling: RequestSettling,
    private readonly parts: Pick<RequestImportParts, 'context' | 'settings' | 'now'>,
  ) {}

  /** By then everything that was sent under a claim of this time has reached Alma and shows there, or never will. */
  settledAt(claimedAt: Date): Date {
    const { createSettleSeconds, callTimeoutMs = 0 } = this.parts.settings;
    return new Date(claimedAt.getTime() + createSettleSeconds * 1000 + callTimeoutMs);
  }

  /** `instead`: when the claim was made that this one replaces. */
  async made(work: Work, side: AlmaSide, owner: Owner, instead: Date | null): Promise<Settled> {
    const { row } = work;
    const body = await side.body(row, work.cited, owner.name);
    const alma = this.parts.context.dryRun
      ? wouldBe(row, body)
      : await this.#create(row, side, { owner: owner.name, body, instead });
    const { changes } = owner;
    return this.settling.settled(work, { how: 'created', alma, link: side.link(owner.name, alma.requestId), changes });
  }

  async #create(
    row: StoredRequest,
    side: AlmaSide,
    { owner, body, instead }: { readonly owner: string; readonly body: AlmaBody; readonly instead: Date | null },
  ): Promise<AlmaRequest> {
    const { notAfter } = this.parts.context;
    const at = this.parts.now();
    if (at.getTime() > notAfter) throw timeOver(at);
    if (!(await this.records.claim(row, { at, for: owner, instead }))) throw await this.#later(row);
    try {
      return await side.create(owner, body, notAfter);
    } catch (error) {
      if (!(error instanceof AlmaError)) throw error;
      if (error.fault === 'unknown' || error.fault === 'malformed') throw postponed(this.settledAt(at), 'claimed');
      await this.records.giveBack(row, at);
      const now = this.parts.now();
      if (error.fault === 'unavailable' && now.getTime() > notAfter) throw timeOver(now);
      throw error;
    }
  }

  /** Another process is at it, or has done it. */
  async #later(row: StoredRequest): Promise<ItemStop> {
    const record = await this.records.find(row);
    const claimedAt = record?.claimed_at ?? null;
    if (claimedAt === null) return postponed(this.parts.now(), 'overtaken');
    return postponed(this.settledAt(claimedAt), 'claimed');
  }
}

/** The request as Alma would have it; for a dry run. */
function wouldBe({ side }: StoredRequest, body: AlmaBody): AlmaRequest {
  const texts = Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  return { requestId: '', status: { code: NEW_STATUS[side] }, shippingCost: 0, texts };
}
