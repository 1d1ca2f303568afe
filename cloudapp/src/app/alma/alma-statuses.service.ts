import { inject, Injectable } from '@angular/core';
import { catchError, forkJoin, map, of, shareReplay, type Observable } from 'rxjs';
import type { Side } from '../../domain/ill/kinds';
import { HostService } from '../core/host.service';

/** Code tables of the statuses (alma.md 2.3). */
const TABLES: Readonly<Record<Side, readonly string[]>> = {
  borrower: ['MandatoryBorrowingWorkflowSteps', 'OptionalBorrowingWorkflowSteps'],
  lender: ['MandatoryLendingWorkflowSteps', 'OptionalLendingWorkflowSteps'],
};

/** Alma's status names in the user's language; requests contain only the English ones. */
@Injectable({ providedIn: 'root' })
export class AlmaStatusesService {
  private readonly host = inject(HostService);
  private readonly known = new Map<string, Observable<ReadonlyMap<string, string>>>();

  /** Code → name. Read once; empty when the user may not read code tables. Never errors. */
  names(side: Side, language: string): Observable<ReadonlyMap<string, string>> {
    const key = `${side} ${language}`;
    const names = this.known.get(key) ?? this.read(side, language, key);
    this.known.set(key, names);
    return names;
  }

  private read(side: Side, language: string, key: string): Observable<ReadonlyMap<string, string>> {
    const tables = TABLES[side].map((name) =>
      this.host.read(`/conf/code-tables/${name}?lang=${encodeURIComponent(language)}`).pipe(
        map(rowsIn),
        catchError(() => {
          this.known.delete(key);
          return of([]);
        }),
      ),
    );
    return forkJoin(tables).pipe(
      map((rows) => new Map(rows.flat())),
      shareReplay(1),
    );
  }
}

function rowsIn(table: unknown): readonly (readonly [string, string])[] {
  const rows = typeof table === 'object' && table !== null ? (table as { readonly row?: unknown }).row : undefined;
  if (!Array.isArray(rows)) return [];
  return (rows as readonly unknown[]).flatMap((row): readonly (readonly [string, string])[] => {
    const { code, description } = (row ?? {}) as Readonly<Record<string, unknown>>;
    return typeof code === 'string' && typeof description === 'string' ? [[code, description]] : [];
  });
}
