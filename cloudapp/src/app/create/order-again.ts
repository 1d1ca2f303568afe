import type { RequestView } from '../../domain/api/requests';
import type { CatalogRecord } from '../../domain/catalog/catalog';
import { PATRON_FIELDS } from '../../domain/ill/fields';
import { UNKNOWN_VOLUME } from '../../domain/ill/validation';
import { presetsFrom } from './form/field-defaults';
import type { OrderDraft } from './form/order-draft';
import { FIELD_GROUPS, isForKind, type OrderField } from './form/order-fields';
import type { Typed } from './form/order-form.store';

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

export interface OrderAgain {
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

/** Skips values that the record presets, so that they change when the librarian chooses another record. */
function typedFrom({ kind, fields }: OrderAgain['request'], catalogRecord: CatalogRecord | undefined): Typed {
  const presets = presetsFrom({ kind, ...(catalogRecord && { catalogRecord }) });
  const typed = TAKEN_OVER.filter((name) => isForKind(name, kind)).flatMap((name) => {
    const value = fields[name] ?? '';
    const isOwn = value !== '' && value !== presets[name]?.value;
    // The form itself sends this value when nothing is typed.
    const isUnknown = name === 'volume' && value === UNKNOWN_VOLUME;
    return isOwn && !isUnknown ? [[name, value] as const] : [];
  });
  return Object.fromEntries(typed);
}
