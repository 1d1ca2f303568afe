import { citationFromAlmaRequest } from '../../domain/alma-request';
import { oneLine } from '../../domain/printed-text';

/** A resource sharing request as Alma has it (alma.md 2.2): what the app shows of it, and what it compares. */
export interface AlmaRequest {
  /** Of the book or journal; '' where Alma has none. */
  readonly title: string;
  /** '' where it has none. An imported request carries NACSIS-ILL's id here (to be confirmed at a live Alma). */
  readonly externalId: string;
  /** The note of the request and those of its history, one after the other. */
  readonly notes: string;
  readonly status: {
    readonly code: string;
    /** In Alma's words. */
    readonly words: string;
  };
  /** ISO 8601: when Alma last changed it. */
  readonly changedAt?: string;
  /** In yen; absent where Alma counts in another currency. */
  readonly shippingCost?: number;
}

const YEN = 'JPY';

/** From the JSON of the REST API. Every key may be missing or empty, or hold something else. */
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

/** The time is there in newer Almas only; else the day (`2025-08-20Z`). */
function timeIn(request: Readonly<Record<string, unknown>>): string | undefined {
  const names = ['last_modified_time', 'last_modified_date', 'created_time', 'created_date'];
  return names.map((name) => withoutDayZone(textOf(request[name]))).find((text) => !Number.isNaN(Date.parse(text)));
}

/** `2025-08-20Z` → `2025-08-20`, which Date reads. */
function withoutDayZone(text: string): string {
  return text.replace(/^(\d{4}-\d\d-\d\d)Z$/, '$1');
}

/** No sum is no cost; a sum in another currency is not known in yen. */
function yenIn(cost: Readonly<Record<string, unknown>>): number | undefined {
  const currency = textOf(objectOf(cost['currency'])['value']);
  if (currency !== '' && currency !== YEN) return undefined;
  const sum = Number(cost['sum'] ?? 0);
  return Number.isFinite(sum) ? sum : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? oneLine(value) : '';
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}
