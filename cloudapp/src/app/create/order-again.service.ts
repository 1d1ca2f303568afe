import { inject, Injectable } from '@angular/core';
import { catchError, map, of, switchMap, throwError, type Observable } from 'rxjs';
import type { RequestView } from '../../domain/api';
import type { CatalogRecord } from '../../domain/catalog';
import { asAppError } from '../core/app-error';
import { GatewayClient } from '../core/gateway.client';
import { newKey } from '../core/new-key';
import { draftAgain } from './order-again';
import { contentOf } from './order-draft';

/** Puts a draft of a new order into the gateway, made from a request. It is taken back by discarding the draft. */
@Injectable({ providedIn: 'root' })
export class OrderAgainService {
  private readonly gateway = inject(GatewayClient);

  /** The id of the draft, to be resumed at `/create/new?draft=…`. @throws AppError */
  prepare(request: RequestView, withLenders: boolean): Observable<string> {
    const draftId = newKey();
    return this.recordOf(request).pipe(
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

  /** By its NCID. A record that is no longer there is looked for on the form; any other trouble is told, for then nothing could be ordered either. */
  private recordOf({ library, fields: { bibId = '' } }: RequestView): Observable<CatalogRecord | undefined> {
    if (bibId === '') return of(undefined);
    return this.gateway.catalogRecord(library, bibId).pipe(
      catchError((thrown: unknown) => {
        const { code } = asAppError(thrown);
        return code === 'not-found' || code === 'invalid-fields' || code === 'invalid-request'
          ? of(undefined)
          : throwError(() => thrown);
      }),
    );
  }
}
