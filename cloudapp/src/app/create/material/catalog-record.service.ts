import { inject, Injectable } from '@angular/core';
import { catchError, of, throwError, type Observable } from 'rxjs';
import type { CatalogRecord } from '../../../domain/catalog/catalog';
import { asAppError } from '../../core/app-error';
import { GatewayClient } from '../../core/gateway.client';

/** Reads the NACSIS-CAT record of a request. */
@Injectable({ providedIn: 'root' })
export class CatalogRecordService {
  private readonly gateway = inject(GatewayClient);

  /**
   * Reads the record by NCID. Returns undefined when the record no longer exists; the librarian then searches on the
   * form. Passes other errors on, because ordering would fail, too. @throws AppError
   */
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
