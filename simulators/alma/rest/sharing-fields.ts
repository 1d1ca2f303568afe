import { isObject } from '../../shared/json-body';
import type { Coded, JsonObject } from '../model';
import { AlmaError } from './errors';

/** Keys of `user_resource_sharing_request` that a caller may send, grouped by value type. Alma sets all others. */
const TEXTS = [
  'external_id',
  'owner',
  'requested_media',
  'title',
  'author',
  'author_initials',
  'editor',
  'edition',
  'publisher',
  'place_of_publication',
  'year',
  'series_title_number',
  'isbn',
  'issn',
  'doi',
  'pmid',
  'oclc_number',
  'lcc_number',
  'other_standard_id',
  'remote_record_id',
  'journal_title',
  'volume',
  'issue',
  'part',
  'pages',
  'start_page',
  'end_page',
  'chapter',
  'chapter_title',
  'chapter_author',
  'call_number',
  'bib_note',
  'source',
  'mms_id',
  'barcode',
  'pickup_location_type',
  'reading_room',
  'last_interest_date',
  'need_patron_info',
  'text_email',
  'text_postal_1',
  'text_postal_2',
  'text_postal_3',
  'text_postal_4',
  'additional_person_name',
  'note',
] as const;
const CODES = [
  'partner',
  'format',
  'supplied_format',
  'citation_type',
  'level_of_service',
  'preferred_send_method',
  'requested_language',
  'pickup_location',
  'copyright_status',
  'fund',
] as const;
const FLAGS = [
  'specific_edition',
  'allow_other_formats',
  'willing_to_pay',
  'agree_to_copyright_terms',
  'use_alternative_address',
] as const;
const AMOUNTS = ['shipping_cost', 'request_cost', 'receive_cost', 'lost_damaged_fee'] as const;

/** Fields that Alma drops from a request with citation type `E_CR`. */
export const ARTICLE_FIELDS: readonly string[] = [
  'journal_title',
  'volume',
  'issue',
  'part',
  'pages',
  'start_page',
  'end_page',
  'author',
  'year',
];

export type SharingInput = Readonly<Partial<Record<(typeof TEXTS)[number], string>>> &
  Readonly<Partial<Record<(typeof CODES)[number], Coded>>> &
  Readonly<Partial<Record<(typeof FLAGS)[number], boolean>>> &
  JsonObject;

/**
 * Reads a request body. Refuses a known key of the wrong type, for example an owner wrapped in an object. Ignores
 * unknown keys and keys that only Alma sets. Accepts a code as `{value}` or, as in Alma's XML, as plain text.
 */
export function readSharingInput(body: unknown): SharingInput {
  if (!isObject(body)) throw new AlmaError('401652', 'the body is no object');
  const input: Record<string, unknown> = {};
  const take = (names: readonly string[], read: (value: unknown) => unknown): void => {
    for (const name of names) {
      const value = body[name];
      if (value === undefined || value === null) continue;
      const accepted = read(value);
      if (accepted === undefined) throw new AlmaError('401652', `${name} has the wrong type`);
      input[name] = accepted;
    }
  };
  take(TEXTS, (value) => (typeof value === 'string' ? value : undefined));
  take(CODES, readCode);
  take(FLAGS, (value) => (typeof value === 'boolean' ? value : undefined));
  take(AMOUNTS, readAmount);
  take(['maximum_fee'], (value) => (typeof value === 'number' ? value : undefined));
  take(['additional_barcode'], (value) =>
    Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined,
  );
  return input;
}

function readCode(value: unknown): unknown {
  if (typeof value === 'string') return { value };
  if (typeof value !== 'object' || value === null) return undefined;
  const { value: code } = value as { readonly value?: unknown };
  if (code === undefined) return {};
  return typeof code === 'string' ? { value: code } : undefined;
}

function readAmount(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const { sum, currency } = value as { readonly sum?: unknown; readonly currency?: unknown };
  const code = readCode(currency ?? 'JPY');
  return typeof sum === 'number' && Number.isFinite(sum) && sum >= 0 && code !== undefined
    ? { sum, currency: code }
    : undefined;
}
