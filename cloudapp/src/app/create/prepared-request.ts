import type { CreateRequest, RequestView } from '../../domain/api';
import type { CatalogRecord } from '../../domain/catalog';
import type { RequestFields } from '../../domain/request';
import type { OrderDraft } from './order-draft';
import { isForKind, ORDER_FIELDS } from './order-fields';
import type { Typed } from './order-form.store';

/** A request in 準備中 that is being edited: what is sent goes to it, and makes no new one. `version`: as it was when the editing began. */
export interface Prepared {
  readonly id: string;
  readonly version: number;
}

export interface Editing {
  readonly request: RequestView;
  /** The record of NACSIS-CAT behind the request. */
  readonly catalogRecord?: CatalogRecord;
  readonly draftId: string;
  /** Idempotency key of what will be sent. */
  readonly key: string;
}

/** A draft in which every field holds what the request has, also the empty ones, so that no preset comes into them. */
export function draftOfPrepared({ request, catalogRecord, draftId, key }: Editing): OrderDraft {
  const { id, version, kind, fields } = request;
  const typed: Typed = Object.fromEntries(
    ORDER_FIELDS.filter((name) => isForKind(name, kind)).map((name) => [name, fields[name] ?? '']),
  );
  return {
    draftId,
    key,
    kind,
    source: 'new',
    typed,
    comment: '',
    lenders: fields.lenders ?? [],
    prepared: { id, version },
    ...(catalogRecord && { catalogRecord }),
  };
}

/** Everything of the form, an emptied field as an empty text: it takes the stored one away. */
export function fieldsToStore({ kind, fields }: CreateRequest): RequestFields {
  const empty = Object.fromEntries(ORDER_FIELDS.filter((name) => isForKind(name, kind)).map((name) => [name, '']));
  return { ...empty, lenders: [], ...fields };
}
