import type { AlmaBody, AlmaRequest } from '../alma/port';

interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** Returns the refusal of a borrowing request that lacks parts that Alma requires (alma.md 2.1 U1). */
export function missingOfBorrowing(body: AlmaBody): Refusal | undefined {
  if (text(body['owner']) === '') return { code: '401607', message: 'owner is missing' };
  if (body['agree_to_copyright_terms'] !== true) return { code: '401897', message: 'copyright terms not agreed to' };
  const pickup = coded(body['pickup_location']);
  if (coded(body['format']) === 'PHYSICAL' && pickup === '') return { code: '401929', message: 'no pickup location' };
  const article = ['journal_title', 'year', 'author'].filter((key) => text(body[key]) === '');
  if (coded(body['citation_type']) !== 'CR' || article.length === 0) return undefined;
  return { code: '401930', message: `an article needs journal_title, year and author; missing: ${article.join()}` };
}

/** Returns the refusal of a lending request that lacks parts that Alma requires (P6). */
export function missingOfLending(body: AlmaBody): Refusal | undefined {
  const missing = ['external_id', 'owner', 'title'].filter((key) => text(body[key]) === '');
  const uncoded = ['partner', 'format', 'citation_type'].filter((key) => coded(body[key]) === '');
  const all = [...missing, ...uncoded];
  return all.length === 0 ? undefined : { code: '40166411', message: `missing: ${all.join()}` };
}

/**
 * The request as Alma returns it. For a borrowing request Alma discards the external id that was sent and assigns its
 * own.
 */
export function madeRequest(requestId: string, body: AlmaBody, partnerCode: string | undefined): AlmaRequest {
  const texts = Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  const partner = partnerCode ?? coded(body['partner']);
  return {
    requestId,
    externalId: partnerCode === undefined ? `972SPEC${requestId}` : text(body['external_id']),
    status:
      partnerCode === undefined
        ? { code: 'REQUEST_CREATED_BOR', name: 'Created borrowing request' }
        : { code: 'REQUEST_CREATED_LEND', name: 'Created lending request' },
    note: text(body['note']),
    ...(partner === '' ? {} : { partnerCode: partner }),
    shippingCost: 0,
    texts,
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

function coded(value: unknown): string {
  return typeof value === 'object' && value !== null && 'value' in value ? text(value.value) : '';
}
