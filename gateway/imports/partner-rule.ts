import type { Integration } from '#domain/api-profile';
import type { RequestFields } from '#domain/request';
import type { AlmaLookups } from './alma-lookups';
import { failed } from './item-stop';

type Lookups = Pick<AlmaLookups, 'partner'>;

/** Code of the partner to whom the lending request is made. Stops where there is none, or one that is not active. */
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

/** Code of the partner that is named in a borrowing request. It may be absent: Alma then finds one by its rota. */
export async function borrowingPartner(
  { lenderId = '' }: RequestFields,
  rule: Integration['partner'],
  lookups: Lookups,
): Promise<string | undefined> {
  const code = rule.perMember ? lenderId : rule.code;
  const partner = code === '' ? undefined : await lookups.partner(code);
  return partner?.isActive === true ? code : undefined;
}
