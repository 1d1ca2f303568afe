import { CatpError } from '#catp/errors';
import { formatHeader } from '#catp/header-block';
import { loginHeader } from '#catp/login';
import { textFault } from '#domain/ill/sendable-text';

/** Why a text is not valid for its setting, in English for whoever starts the gateway; undefined when it is valid. */
export type TextRule = (text: string) => string | undefined;

/** A web address. A path and a query are allowed; the host is required; an account is not allowed. */
export const webAddress: TextRule = (text) => {
  const url = /^https?:\/\/[^/\\?#\s]+/i.test(text) && textFault(text) === undefined ? parsed(text) : undefined;
  if (url === undefined || url.hostname === '' || url.port === '0') return 'is no address of the form http(s)://host';
  if (url.username !== '' || url.password !== '') return 'must not hold an account; secrets have settings of their own';
  return url.hash === '' ? undefined : 'must not hold a #';
};

/** Like `webAddress`, with the institution's code after the host. */
export const jwksAddress: TextRule = (text) => {
  const isBehindHost = /^[^/]*\/\/[^/?#{}]+[/?].*\{institution\}/.test(text);
  return (
    webAddress(text.replaceAll('{institution}', 'x')) ??
    (isBehindHost ? undefined : 'must have {institution} behind the host')
  );
};

/** An origin as browsers send it: scheme, host, and the port unless it is the default. */
export const webOrigin: TextRule = (text) => {
  const fault = webAddress(text);
  if (fault !== undefined) return fault;
  const { origin = '' } = parsed(text) ?? {};
  return origin === text ? undefined : `is no origin; browsers send ${origin}`;
};

/** The base of Alma's API, to which paths are appended. */
export const baseAddress: TextRule = (text) => {
  const fault = webAddress(text);
  return fault === undefined && text.includes('?') ? 'must not hold a ?' : fault;
};

/** A name that is shown or compared. */
export const plainName: TextRule = (text) => {
  if (textFault(text) !== undefined) return 'holds a control character';
  return text === text.trim() && text !== '' ? undefined : 'is blank, or begins or ends with a blank';
};

/** A code of an institution or library; it is part of URLs and of the command line's key. */
export const plainCode: TextRule = (text) =>
  /^[^\s\p{Cc}:/?#%]{1,64}$/u.test(text) && !/^\.{1,2}$/.test(text)
    ? plainName(text)
    : 'is no code (no blanks, no : / ? # %)';

/** The text after `apikey` in a header. */
export const apiKey: TextRule = (text) =>
  /^[\x21-\x7e]+$/.test(text) ? undefined : 'holds a character that no API key has';

/** CATP writes `user,password` into a header, and the first comma ends the user. */
export const catpUser: TextRule = (user) => loginFault({ user, password: 'x' });
export const catpPassword: TextRule = (password) => loginFault({ user: 'x', password });

function loginFault(login: Parameters<typeof loginHeader>[0]): string | undefined {
  const words = 'cannot stand in a login of CATP (plain ASCII, no blank at an end, no comma in the user)';
  try {
    formatHeader(loginHeader(login), ': ');
    return login.user === login.user.trim() && login.password === login.password.trim() ? undefined : words;
  } catch (error) {
    if (error instanceof CatpError) return words;
    throw error;
  }
}

function parsed(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
