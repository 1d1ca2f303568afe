import { computed, inject, Injectable, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { switchMap } from 'rxjs';
import { sourceKey, type Source } from '../alma/source';
import { DeskService } from '../core/desk.service';
import { GatewayClient } from '../core/gateway.client';
import { IDLE, toRemote, valueOf } from '../core/remote';
import { SpareDraftsService } from '../core/spare-drafts.service';
import { draftFrom, type OrderDraft } from './order-draft';

/** The drafts that were kept of this source for this library, in the gateway or spare in the browser. */
@Injectable()
export class KeptDraftsStore {
  private readonly desk = inject(DeskService);
  private readonly gateway = inject(GatewayClient);
  private readonly spare = inject(SpareDraftsService);
  readonly source = signal<Source | undefined>(undefined);

  private readonly remote = toSignal(this.desk.library$.pipe(switchMap(() => toRemote(this.gateway.drafts()))), {
    initialValue: IDLE,
  });
  /** None where what was kept cannot be read. */
  readonly here = computed<readonly OrderDraft[]>(() => {
    const [wanted, library] = [this.source(), this.desk.library()?.code];
    const drafts = this.spare
      .merged(valueOf(this.remote()) ?? [])
      .filter((draft) => draft.library === library)
      .map(draftFrom)
      .filter((draft) => draft !== undefined);
    return wanted === undefined ? [] : drafts.filter(({ source }) => source === sourceKey(wanted));
  });
}
