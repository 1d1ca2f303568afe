import { citationFromAlmaRequest } from '../../domain/alma/alma-request';
import { oneLine } from '../../domain/catalog/printed-text';
import { objectOf } from '../core/unknown-json';

/** A resource sharing request of Alma (alma.md 2.2), limited to what the app shows and compares. */
export interface AlmaRequest {
  /** Title of the book or journal; '' when absent. */
  readonly title: string;
  /** '' when absent. An imported request has NACSIS-ILL's id here (to be confirmed at a live Alma). */
  readonly externalId: string;
  /** The notes of the request and of its history, joined. */
  readonly notes: string;
  readonly status: {
    readonly code: string;
    /** Display name from Alma. */
    readonly words: string;
  };
  /** Last change in Alma, ISO 8601. */
  readonly changedAt?: string;
  /** Yen; absent when Alma uses another currency. */
  readonly shippingCost?: number;
}

const YEN = 'JPY';

/** Parses the JSON of the REST API. Every key may be missing, empty or of another type. */
export function almaRequestFrom(raw: unknown): AlmaRequest {
  const request = objectOf(raw);
  const code = textOf(objectOf(request['status'])['value']);
  const words = textOf(objectOf(request['status'])['desc']);
  const changedAt = timeIn(request);
  const shippingCost = yenIn(objectOf(request['shipping_cost']));
  return {
    title: citationFromAlmaRequest(raw).citation.title,
    externalId: textOf(request['external_id']),
    notes: notesIn(request),
    status: { code, words: words || code },
    ...(changedAt !== undefined && { changedAt }),
    ...(shippingCost !== undefined && { shippingCost }),
  };
}

function notesIn(request: Readonly<Record<string, unknown>>): string {
  const list = request['rs_note'];
  const notes = Array.isArray(list)
    ? (list as readonly unknown[]).map((each) => textOf(objectOf(each)['content']))
    : [];
  return [textOf(request['note']), ...notes].filter((note) => note !== '').join(' ');
}

/** Returns the time, which only newer Alma versions send, otherwise the date (`2025-08-20Z`). */
function timeIn(request: Readonly<Record<string, unknown>>): string | undefined {
  const names = ['last_modified_time', 'last_modified_date', 'created_time', 'created_date'];
  return names.map((name) => withoutDayZone(textOf(request[name]))).find((text) => !Number.isNaN(Date.parse(text)));
}

/** `2025-08-20Z` → `2025-08-20`, which Date can parse. */
function withoutDayZone(text: string): string {
  return text.replace(/^(\d{4}-\d\d-\d\d)Z$/, '$1');
}

/** A missing sum is 0; a sum in another currency is undefined. */
function yenIn(cost: Readonly<Record<string, unknown>>): number | undefined {
  const currency = textOf(objectOf(cost['currency'])['value']);
  if (currency !== '' && currency !== YEN) return undefined;
  const sum = Number(cost['sum'] ?? 0);
  return Number.isFinite(sum) ? sum : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? oneLine(value) : '';
}
