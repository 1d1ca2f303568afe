import { inject, Injectable } from '@angular/core';
import { catchError, forkJoin, map, of, switchMap, type Observable } from 'rxjs';
import type { RequestView } from '../../../domain/api/requests';
import { GatewayClient } from '../../core/gateway.client';
import { newKey } from '../../core/new-key';
import { CatalogRecordService } from '../material/catalog-record.service';
import { contentOf, draftFrom } from './order-draft';
import { draftOfPrepared } from './prepared-request';

/** Opens a request in 準備中 in the form. */
@Injectable({ providedIn: 'root' })
export class EditRequestService {
  private readonly gateway = inject(GatewayClient);
  private readonly records = inject(CatalogRecordService);

  /**
   * Returns the id of the draft to resume at `/create/new?draft=…`: the existing draft for this version, or a new one.
   * @throws AppError
   */
  prepare(request: RequestView): Observable<string> {
    return this.gateway.drafts().pipe(
      map((drafts) => drafts.map(draftFrom).find((draft) => isOf(request, draft?.prepared))?.draftId),
      switchMap((begun) => (begun === undefined ? this.begin(request) : of(begun))),
    );
  }

  private begin(request: RequestView): Observable<string> {
    const { library, kind, fields } = request;
    const draftId = newKey();
    return forkJoin([this.records.byNcid(library, fields.bibId), this.isFromAlma(request)]).pipe(
      switchMap(([catalogRecord, isFromAlma]) => {
        const known = { request, isFromAlma, draftId, key: newKey() };
        const draft = draftOfPrepared({ ...known, ...(catalogRecord && { catalogRecord }) });
        return this.gateway.putDraft(draftId, { library, kind, content: contentOf(draft) });
      }),
      map(() => draftId),
    );
  }

  /** Whether messages of Alma are about this request. Without an answer it counts as made here. */
  private isFromAlma({ id, side }: RequestView): Observable<boolean> {
    return this.gateway.requestMessages(id, side).pipe(
      map(({ items }) => items.length > 0),
      catchError(() => of(false)),
    );
  }
}

function isOf({ id, version }: RequestView, prepared: { readonly id: string; readonly version: number } | undefined) {
  return prepared?.id === id && prepared.version === version;
}
