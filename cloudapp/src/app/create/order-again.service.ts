import { inject, Injectable } from '@angular/core';
import { map, switchMap, type Observable } from 'rxjs';
import type { RequestView } from '../../domain/api/requests';
import { GatewayClient } from '../core/gateway.client';
import { newKey } from '../core/new-key';
import { CatalogRecordService } from './material/catalog-record.service';
import { draftAgain } from './order-again';
import { contentOf } from './form/order-draft';

/** Saves a draft of a new order, copied from a request, in the gateway. Discard the draft to undo it. */
@Injectable({ providedIn: 'root' })
export class OrderAgainService {
  private readonly gateway = inject(GatewayClient);
  private readonly records = inject(CatalogRecordService);

  /** Returns the id of the draft to resume at `/create/new?draft=…`. @throws AppError */
  prepare(request: RequestView, withLenders: boolean): Observable<string> {
    const draftId = newKey();
    return this.records.byNcid(request.library, request.fields.bibId).pipe(
      switchMap((catalogRecord) => {
        const draft = draftAgain({
          request,
          withLenders,
          draftId,
          key: newKey(),
          ...(catalogRecord && { catalogRecord }),
        });
        const { library, kind } = request;
        return this.gateway.putDraft(draftId, { library, kind, content: contentOf(draft) });
      }),
      map(() => draftId),
    );
  }
}
