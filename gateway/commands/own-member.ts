import type { Member } from '#domain/catalog';
import { addressLine, staffLine } from '#domain/member';
import type { RequestFields } from '#domain/request';
import type { NacsisAccount, NacsisPort } from '../nacsis/port';

/** Fills the staff and address of the ordering library from its own member record where they are left empty. */
export async function withOwnMember(nacsis: NacsisPort, account: NacsisAccount, fields: RequestFields): Promise<RequestFields> {
  if (isFilled(fields.borrowerStaff) && isFilled(fields.borrowerAddress)) return fields;
  const member: Member | undefined = await nacsis.member(account, account.memberId);
  if (member === undefined) return fields;
  return {
    ...fields,
    borrowerStaff: isFilled(fields.borrowerStaff) ? fields.borrowerStaff : staffLine(member),
    borrowerAddress: isFilled(fields.borrowerAddress) ? fields.borrowerAddress : addressLine(member),
  };
}

function isFilled(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== '';
}
