import { DatePipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { MatAnchor } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { of } from 'rxjs';
import draftsMessages from '../../i18n/drafts.json';
import { routeOf, sourceFromKey } from '../alma/source';
import { SessionService } from '../core/session.service';
import { remoteQuery } from '../core/remote';
import { GatewayClient } from '../core/gateway.client';
import { PageMessages } from '../core/page-messages';
import { draftFrom, type OrderDraft } from '../create/form/order-draft';
import { SpareDraftsService } from '../core/spare-drafts.service';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { PageHeaderComponent } from '../ui/page-header.component';
import { DraftDiscards } from './draft-discards';

/** Unsent drafts: resume, or discard with undo. */
@Component({
  standalone: true,
  imports: [DatePipe, ErrorMessageComponent, MatAnchor, PageHeaderComponent, RouterLink, TranslatePipe],
  providers: [DraftDiscards],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './drafts.page.html',
  styles: `
    .draft {
      flex-wrap: nowrap;
      padding-block: 0.5rem;
    }
    .draft a,
    .draft button {
      flex: none;
    }
  `,
  host: { class: 'stack' },
})
export class DraftsPage {
  private readonly gateway = inject(GatewayClient);
  protected readonly session = inject(SessionService);
  protected readonly discards = inject(DraftDiscards);
  private readonly spare = inject(SpareDraftsService);
  private readonly list = remoteQuery(of(true), () => this.gateway.drafts());

  protected readonly isLoading = this.list.isLoading;
  protected readonly error = this.list.error;
  protected readonly drafts = computed(() =>
    this.spare
      .merged(this.list.value() ?? [])
      .filter(({ draftId }) => !this.discards.hidden().has(draftId))
      .flatMap((kept) => {
        const draft = draftFrom(kept);
        return draft === undefined
          ? []
          : [{ ...draft, kept, title: titleOf(draft), route: [...routeOf(sourceFromKey(draft.source))] }];
      }),
  );

  constructor() {
    inject(PageMessages).add(draftsMessages);
  }

  protected reload(): void {
    this.list.reload();
  }
}

function titleOf({ catalogRecord, typed }: OrderDraft): string {
  return catalogRecord?.title ?? typed.bibNote ?? typed.article ?? '';
}
