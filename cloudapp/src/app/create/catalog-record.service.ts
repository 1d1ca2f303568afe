import { inject, Injectable } from '@angular/core';
import { catchError, of, throwError, type Observable } from 'rxjs';
import type { CatalogRecord } from '../../domain/catalog';
import { asAppError } from '../core/app-error';
import { GatewayClient } from '../core/gateway.client';

/** The record of NACSIS-CAT that a request names. */
@Injectable({ providedIn: 'root' })
export class CatalogRecordService {
  private readonly gateway = inject(GatewayClient);

  /** By its NCID. undefined: it is not there (any more), and is looked for on the form. Any other trouble is told, for then nothing could be ordered either. @throws AppError */
  byNcid(library: string, ncid = ''): Observable<CatalogRecord | undefined> {
    if (ncid === '') return of(undefined);
    return this.gateway.catalogRecord(library, ncid).pipe(
      catchError((thrown: unknown) => {
        const { code } = asAppError(thrown);
        return code === 'not-found' || code === 'invalid-fields' || code === 'invalid-request'
          ? of(undefined)
          : throwError(() => thrown);
      }),
    );
  }
}
