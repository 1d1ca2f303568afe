import { CatpError } from './errors';
import { headerValue } from './header-block';
import { HEADER } from './names';
import type { CatpHeaders } from './types';

export interface Login {
  readonly user: string;
  readonly password: string;
}

/** The header of GETHANDLE that carries the account. The first comma ends the user, so a user with a comma is `unencodable`. */
export function loginHeader({ user, password }: Login): CatpHeaders[number] {
  if (user === '' || user.includes(','))
    throw new CatpError('unencodable', 'the user of the account cannot be written');
  return [HEADER.authenticate, `${user},${password}`];
}

/** The account in the headers of a GETHANDLE request, under either name of the header; undefined when there is none. */
export function loginIn(headers: CatpHeaders): Login | undefined {
  const value = headerValue(headers, HEADER.authenticate) ?? headerValue(headers, HEADER.authenticationInfo);
  const [, user, password] = /^([^,]+),(.*)$/.exec(value ?? '') ?? [];
  return user === undefined || password === undefined ? undefined : { user: user.trim(), password: password.trim() };
}
