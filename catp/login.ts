import { CatpError } from './errors';
import { headerValue } from './header-block';
import { HEADER } from './names';
import type { CatpHeaders } from './types';

interface Login {
  readonly user: string;
  readonly password: string;
}

/**
 * The header of GETHANDLE with the account. The first comma ends the user, so a user with a comma is `unencodable`.
 * @unconfirmed I: NACSIS-ILL takes it as Authenticate, which the known client sends; the specification calls it Authentication-info (JS 4).
 * Confirm: log in with each of the two names.
 */
export function loginHeader({ user, password }: Login): CatpHeaders[number] {
  if (user === '' || user.includes(','))
    throw new CatpError('unencodable', 'the user of the account cannot be written');
  return [HEADER.authenticate, `${user},${password}`];
}

/**
 * Reads the account from the headers of a GETHANDLE request. Accepts both header names; undefined when neither is
 * present.
 */
export function loginIn(headers: CatpHeaders): Login | undefined {
  const value = headerValue(headers, HEADER.authenticate) ?? headerValue(headers, HEADER.authenticationInfo);
  const [, user, password] = /^([^,]+),(.*)$/.exec(value ?? '') ?? [];
  return user === undefined || password === undefined ? undefined : { user: user.trim(), password: password.trim() };
}
