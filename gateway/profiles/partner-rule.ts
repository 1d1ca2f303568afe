import type { ConfigurationError } from '#domain/api/imports';
import type { Integration } from '#domain/api/profile';
import type { RequestFields } from '#domain/ill/request';
import type { AlmaPartner } from '../alma/port';

/** The partners of Alma. */
interface Partners {
  partner(code: string): Promise<AlmaPartner | undefined>;
}

/**
 * Resolves to the code of the partner for the lending request, or to the fault when the partner is missing or inactive.
 */
export async function lendingPartner(
  { borrowerId = '' }: RequestFields,
  rule: Integration['partner'],
  library: string,
  partners: Partners,
): Promise<string | ConfigurationError> {
  const name = rule.perMember ? borrowerId : rule.code;
  const partner = name === '' ? undefined : await partners.partner(name);
  if (partner?.isActive === true) return name;
  const code = partner === undefined ? 'partner-missing' : 'partner-inactive';
  return { library, code, ...(name === '' ? {} : { name }) };
}

/**
 * Resolves to the code of the partner that a borrowing request names. Without a code, Alma finds a partner by its rota.
 */
export async function borrowingPartner(
  { lenderId = '' }: RequestFields,
  rule: Integration['partner'],
  partners: Partners,
): Promise<string | undefined> {
  const code = rule.perMember ? lenderId : rule.code;
  const partner = code === '' ? undefined : await partners.partner(code);
  return partner?.isActive === true ? code : undefined;
}
