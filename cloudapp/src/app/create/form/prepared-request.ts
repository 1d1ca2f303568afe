import type { CreateRequest, RequestView } from '../../../domain/api/requests';
import type { CatalogRecord } from '../../../domain/catalog/catalog';
import type { RequestFields } from '../../../domain/ill/request';
import type { OrderDraft } from './order-draft';
import { isForKind, ORDER_FIELDS } from './order-fields';
import { isRequiredByOrder, type Typed } from './order-form.store';

interface Editing {
  readonly request: RequestView;
  /** The NACSIS-CAT record of the request. */
  readonly catalogRecord?: CatalogRecord;
  /** True when a message of Alma created the request. */
  readonly isFromAlma?: boolean;
  readonly draftId: string;
  /** Idempotency key of the command that will be sent. */
  readonly key: string;
}

/**
 * A draft with every field of the request as a typed value, including empty ones, so that presets do not apply. A field
 * that an order requires and that is empty, such as the order date of a request from Alma, takes its preset.
 */
export function draftOfPrepared({ request, catalogRecord, isFromAlma = false, draftId, key }: Editing): OrderDraft {
  const { id, version, kind, fields } = request;
  const typed: Typed = Object.fromEntries(
    ORDER_FIELDS.filter((name) => isForKind(name, kind))
      .map((name) => [name, fields[name] ?? ''] as const)
      .filter(([name, value]) => value !== '' || !isRequiredByOrder(name, kind)),
  );
  return {
    draftId,
    key,
    kind,
    source: 'new',
    typed,
    comment: '',
    lenders: fields.lenders ?? [],
    prepared: { id, version, ...(isFromAlma && { isFromAlma }) },
    ...(catalogRecord && { catalogRecord }),
  };
}

/** All fields of the form; empty ones are sent as empty texts, which delete stored values. */
export function fieldsToStore({ kind, fields }: CreateRequest): RequestFields {
  const empty = Object.fromEntries(ORDER_FIELDS.filter((name) => isForKind(name, kind)).map((name) => [name, '']));
  return { ...empty, lenders: [], ...fields };
}
