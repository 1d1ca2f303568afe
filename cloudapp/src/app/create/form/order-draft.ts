import type { CreateRequest, Draft } from '../../../domain/api/requests';
import type { CatalogRecord } from '../../../domain/catalog/catalog';
import { LENDER_PARTS, MAX_LENDERS } from '../../../domain/ill/fields';
import { KINDS, type Kind } from '../../../domain/ill/kinds';
import type { Lender } from '../../../domain/ill/request';
import { ORDER_FIELDS } from './order-fields';
import type { Typed } from './order-form.store';

/** The request in 準備中 that is edited instead of creating a new one. `version`: its version when editing began. */
export interface Prepared {
  readonly id: string;
  readonly version: number;
  /** True when a message of Alma created the request. */
  readonly isFromAlma?: boolean;
}

/** An unfinished order as the gateway stores it. */
export interface OrderDraft {
  readonly draftId: string;
  readonly kind: Kind;
  /** `sourceKey` of the source record. */
  readonly source: string;
  readonly typed: Typed;
  readonly comment: string;
  readonly lenders: readonly Lender[];
  readonly catalogRecord?: CatalogRecord;
  /** Idempotency key of the order; replaced only after a definite refusal. */
  readonly key: string;
  /** A sent order with unknown outcome; it is repeated exactly as it is. */
  readonly pending?: CreateRequest;
  /** The request in 準備中 that is being edited; absent for a new order. */
  readonly prepared?: Prepared;
  /** ISO 8601; absent before the first save. */
  readonly updatedAt?: string;
}

const VERSION = 1;

/**
 * Milliseconds within which the app asks automatically about an order with unknown outcome. Asking sends the order
 * again when NACSIS-ILL does not have it, and after a longer time the librarian may have changed plans.
 */
const ASKED_WITHIN = 15 * 60_000;

/** True when the draft holds a recently sent order with unknown outcome. `now`: milliseconds since the epoch. */
export function isAskedAbout({ pending, updatedAt }: OrderDraft, now = Date.now()): boolean {
  return pending !== undefined && updatedAt !== undefined && now - Date.parse(updatedAt) < ASKED_WITHIN;
}

export function contentOf(draft: OrderDraft): Record<string, unknown> {
  const { source, typed, comment, lenders, catalogRecord, key, pending, prepared } = draft;
  return {
    version: VERSION,
    source,
    typed,
    comment,
    lenders,
    key,
    ...(catalogRecord && { catalogRecord }),
    ...(pending && { pending }),
    ...(prepared && { prepared }),
  };
}

/** Reads a draft from the gateway; undefined for another version or when required parts are missing. */
export function draftFrom({ draftId, kind, content, updatedAt }: Draft): OrderDraft | undefined {
  if (!isObject(content)) return undefined;
  const { version, source, typed, comment, lenders, catalogRecord, key, pending, prepared } = content;
  const known = KINDS.find((each) => each === kind);
  if (version !== VERSION || known === undefined || typeof source !== 'string' || typeof key !== 'string' || key === '')
    return undefined;
  return {
    draftId,
    kind: known,
    source,
    key,
    updatedAt,
    typed: typedFrom(typed),
    comment: typeof comment === 'string' ? comment : '',
    // An order with unknown outcome shows the libraries that it was sent to, even if they came from the proposal.
    lenders: lendersFrom((isOrder(pending) ? pending.fields.lenders : undefined) ?? lenders),
    ...(isCatalogRecord(catalogRecord) && { catalogRecord }),
    ...(isOrder(pending) && { pending }),
    ...(isPrepared(prepared) && { prepared }),
  };
}

function typedFrom(raw: unknown): Typed {
  const values = isObject(raw) ? raw : {};
  return Object.fromEntries(
    ORDER_FIELDS.flatMap((name) => (typeof values[name] === 'string' ? [[name, values[name]]] : [])),
  );
}

function lendersFrom(raw: unknown): readonly Lender[] {
  if (!Array.isArray(raw)) return [];
  return (raw as readonly unknown[]).slice(0, MAX_LENDERS).flatMap((each): readonly Lender[] => {
    if (!isObject(each) || typeof each['memberId'] !== 'string') return [];
    const parts = Object.entries(each).filter(([name, value]) => name in LENDER_PARTS && typeof value === 'string');
    return [{ memberId: each['memberId'], ...Object.fromEntries(parts) }];
  });
}

function isCatalogRecord(raw: unknown): raw is CatalogRecord {
  return (
    isObject(raw) &&
    typeof raw['ncid'] === 'string' &&
    typeof raw['title'] === 'string' &&
    ['isbns', 'volumes', 'series', 'authors', 'subjects', 'notes'].every((name) => Array.isArray(raw[name]))
  );
}

function isOrder(raw: unknown): raw is CreateRequest {
  return (
    isObject(raw) &&
    typeof raw['library'] === 'string' &&
    isObject(raw['fields']) &&
    (raw['mode'] === 'order' || raw['mode'] === 'save')
  );
}

function isPrepared(raw: unknown): raw is Prepared {
  return isObject(raw) && typeof raw['id'] === 'string' && Number.isInteger(raw['version']);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
