import { computed, inject, Injectable, signal } from '@angular/core';
import { sourceKey, type Source } from '../../alma/source';
import { SessionService } from '../../core/session.service';
import { GatewayClient } from '../../core/gateway.client';
import { remoteQuery } from '../../core/remote';
import { SpareDraftsService } from '../../core/spare-drafts.service';
import { draftFrom, isAskedAbout, type OrderDraft } from './order-draft';
import { OrderFormStore } from './order-form.store';
import { SubmissionStore } from '../submit/submission.store';

/** Saved drafts for this source and library, from the gateway or the browser. */
@Injectable()
export class KeptDraftsStore {
  private readonly session = inject(SessionService);
  private readonly gateway = inject(GatewayClient);
  private readonly spare = inject(SpareDraftsService);
  private readonly form = inject(OrderFormStore);
  private readonly sending = inject(SubmissionStore);
  readonly source = signal<Source | undefined>(undefined);
  readonly isAnswered = signal(false);

  private readonly query = remoteQuery(this.session.library$, () => this.gateway.drafts());
  /** Empty when the saved drafts cannot be read. */
  readonly here = computed<readonly OrderDraft[]>(() => {
    const [wanted, library] = [this.source(), this.session.library()?.code];
    const drafts = this.spare
      .merged(this.query.value() ?? [])
      .filter((draft) => draft.library === library)
      .map(draftFrom)
      .filter((draft) => draft !== undefined);
    return wanted === undefined ? [] : drafts.filter(({ source }) => source === sourceKey(wanted));
  });

  /** The unsent draft of this source, until the user resumes or discards it. */
  readonly offered = computed<OrderDraft | undefined>(() =>
    this.isAnswered() || this.form.isDirty() ? undefined : this.here()[0],
  );

  /**
   * The draft to resume without a click: the requested one; otherwise one from this record whose recently sent order
   * has an unknown outcome. A page without a record never resumes such an order.
   */
  toResume(draftId: string | undefined): OrderDraft | undefined {
    if (this.isAnswered()) return undefined;
    if (draftId !== undefined) return this.here().find((draft) => draft.draftId === draftId);
    const isBegun = this.form.isDirty() || this.sending.submission().state !== 'editing';
    if (isBegun || this.source()?.type === 'new') return undefined;
    return this.here().find((draft) => isAskedAbout(draft));
  }
}
