import type { RequestView } from '../../domain/api';
import type { CatalogRecord } from '../../domain/catalog';
import { PATRON_FIELDS } from '../../domain/fields';
import { UNKNOWN_VOLUME } from '../../domain/validation';
import { presetsFrom } from './field-defaults';
import type { OrderDraft } from './order-draft';
import { FIELD_GROUPS, isForKind, type OrderField } from './order-fields';
import type { Typed } from './order-form.store';

/**
 * What a new order takes over. Not: ids and numbers of the old one, dates, staff and address (they are today's), local data (it is
 * about the old request).
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
  /** The record of NACSIS-CAT behind the request; without it the librarian looks for it. */
  readonly catalogRecord?: CatalogRecord;
  /** The old rota once more; else it is proposed anew. */
  readonly withLenders: boolean;
  readonly draftId: string;
  /** Idempotency key of the new order. */
  readonly key: string;
}

/** A new draft from a request of the borrower's side, in whatever state that is. */
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

/** What the record says by itself is not typed: so it changes with the record when the librarian takes another one. */
function typedFrom({ kind, fields }: OrderAgain['request'], catalogRecord: CatalogRecord | undefined): Typed {
  const presets = presetsFrom({ kind, ...(catalogRecord && { catalogRecord }) });
  const typed = TAKEN_OVER.filter((name) => isForKind(name, kind)).flatMap((name) => {
    const value = fields[name] ?? '';
    const isOwn = value !== '' && value !== presets[name]?.value;
    // The form puts it there itself where nothing is typed.
    const isUnknown = name === 'volume' && value === UNKNOWN_VOLUME;
    return isOwn && !isUnknown ? [[name, value] as const] : [];
  });
  return Object.fromEntries(typed);
}
