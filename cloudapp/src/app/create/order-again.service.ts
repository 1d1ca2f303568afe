import { inject, Injectable } from '@angular/core';
import { map, switchMap, type Observable } from 'rxjs';
import type { RequestView } from '../../domain/api/requests';
import type { CatalogRecord } from '../../domain/catalog/catalog';
import { PATRON_FIELDS } from '../../domain/ill/fields';
import { UNKNOWN_VOLUME } from '../../domain/ill/validation';
import { GatewayClient } from '../core/gateway.client';
import { newKey } from '../core/new-key';
import { presetsFrom } from './form/field-defaults';
import { contentOf, type OrderDraft } from './form/order-draft';
import { FIELD_GROUPS, isForKind, type OrderField } from './form/order-fields';
import type { Typed } from './form/order-form.store';
import { CatalogRecordService } from './material/catalog-record.service';

/**
 * Fields that a new order copies. Not copied: ids and numbers of the old request, dates, staff and address (taken
 * anew), and local data (about the old request).
 */
const TAKEN_OVER: readonly OrderField[] = [
  ...FIELD_GROUPS.part,
  ...FIELD_GROUPS.terms,
  ...FIELD_GROUPS.bibliography,
  ...PATRON_FIELDS,
  'electronicAddress',
  'permitNumber',
  'borrowerAccountData',
];

interface OrderAgain {
  readonly request: Pick<RequestView, 'kind' | 'fields'>;
  /** The NACSIS-CAT record of the request; when absent, the librarian searches for it. */
  readonly catalogRecord?: CatalogRecord;
  /** True copies the old rota; otherwise a new one is proposed. */
  readonly withLenders: boolean;
  readonly draftId: string;
  /** Idempotency key of the new order. */
  readonly key: string;
}

/** A new draft from a borrower's request in any state. */
export function draftAgain({ request, catalogRecord, withLenders, draftId, key }: OrderAgain): OrderDraft {
  return {
    draftId,
    key,
    kind: request.kind,
    source: 'new',
    typed: typedFrom(request, catalogRecord),
    comment: '',
    lenders: withLenders ? (request.fields.lenders ?? []) : [],
    ...(catalogRecord && { catalogRecord }),
  };
}

/**
 * Returns the values to copy. Skips values that the record presets, so that these change when the librarian chooses
 * another record.
 */
function typedFrom({ kind, fields }: OrderAgain['request'], catalogRecord: CatalogRecord | undefined): Typed {
  const presets = presetsFrom({ kind, ...(catalogRecord && { catalogRecord }) });
  const typed = TAKEN_OVER.filter((name) => isForKind(name, kind)).flatMap((name) => {
    const value = fields[name] ?? '';
    const isOwn = value !== '' && value !== presets[name]?.value;
    // The form itself sends this value when no volume is typed.
    const isUnknown = name === 'volume' && value === UNKNOWN_VOLUME;
    return isOwn && !isUnknown ? [[name, value] as const] : [];
  });
  return Object.fromEntries(typed);
}

/** Saves a draft of a new order, copied from a request, in the gateway. To undo this, discard the draft. */
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
