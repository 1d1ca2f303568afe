import { computed, inject, Injectable, signal } from '@angular/core';
import { toObservable } from '@angular/core/rxjs-interop';
import { combineLatest, filter, map } from 'rxjs';
import type { CatalogRecord } from '../../../domain/catalog/catalog';
import { searchKeysOf } from '../../../domain/alma/citation';
import { AlmaRecordService } from '../../alma/alma-record.service';
import type { Source } from '../../alma/source';
import { SessionService } from '../../core/session.service';
import { GatewayClient } from '../../core/gateway.client';
import { remoteQuery, valueOf } from '../../core/remote';
import { findInCatalog } from './catalog-match';

/** The record on the Alma page and its NACSIS-CAT record, found automatically or chosen by the librarian. */
@Injectable()
export class RecordStore {
  private readonly session = inject(SessionService);
  private readonly alma = inject(AlmaRecordService);
  private readonly gateway = inject(GatewayClient);

  readonly source = signal<Source | undefined>(undefined);
  private readonly recordQuery = remoteQuery(
    combineLatest([toObservable(this.source).pipe(filter((source) => source !== undefined)), this.session.ready$]),
    ([source, { institution }]) => this.alma.load(source, institution.ncidPrefixes),
  );
  readonly record = this.recordQuery.remote;

  private readonly matchQuery = remoteQuery(
    combineLatest([
      this.recordQuery.remote$.pipe(
        map((record) => valueOf(record)),
        filter((record) => record !== undefined),
      ),
      this.session.library$,
    ]).pipe(map(([{ citation }, { code }]) => (searchKeysOf(citation).length === 0 ? undefined : { citation, code }))),
    ({ citation, code }) => findInCatalog(this.gateway, code, citation),
  );
  readonly match = this.matchQuery.remote;

  /** The librarian's choice: a record, or null to search for another one. */
  private readonly choice = signal<CatalogRecord | null | undefined>(undefined);
  private lastNcid: string | undefined;
  readonly chosen = computed<CatalogRecord | undefined>(() => {
    const choice = this.choice();
    return choice === undefined ? valueOf(this.match())?.record : (choice ?? undefined);
  });
  readonly isChosenByHand = computed(() => this.choice() !== null && this.choice() !== undefined);

  /**
   * Applies the librarian's choice; null when the librarian wants another record. Returns true when the record is a
   * different work than the last one.
   */
  choose(record: CatalogRecord | null): boolean {
    this.lastNcid = this.chosen()?.ncid ?? this.lastNcid;
    this.choice.set(record);
    return record !== null && this.lastNcid !== undefined && this.lastNcid !== record.ncid;
  }

  reload(): void {
    this.recordQuery.reload();
  }

  matchAgain(): void {
    this.choice.set(undefined);
    this.matchQuery.reload();
  }
}
