import type { Integration } from '#domain/api/profile';
import type { RequestFields } from '#domain/ill/request';
import type { AlmaLookups } from './alma-lookups';
import { failed } from './item-stop';

type Lookups = Pick<AlmaLookups, 'partner'>;

/** Code of the partner for the lending request. Throws when the partner is missing or inactive. */
export async function lendingPartner(
  { borrowerId = '' }: RequestFields,
  rule: Integration['partner'],
  library: string,
  lookups: Lookups,
): Promise<string> {
  const name = rule.perMember ? borrowerId : rule.code;
  const partner = name === '' ? undefined : await lookups.partner(name);
  if (partner?.isActive === true) return name;
  const code = partner === undefined ? 'partner-missing' : 'partner-inactive';
  const fault = { code, ...(name === '' ? {} : { name }) } as const;
  throw failed(fault, { configuration: { library, ...fault } });
}

/** Code of the partner that a borrowing request names. When undefined, Alma finds one by its rota. */
export async function borrowingPartner(
  { lenderId = '' }: RequestFields,
  rule: Integration['partner'],
  lookups: Lookups,
): Promise<string | undefined> {
  const code = rule.perMember ? lenderId : rule.code;
  const partner = code === '' ? undefined : await lookups.partner(code);
  return partner?.isActive === true ? code : undefined;
}
