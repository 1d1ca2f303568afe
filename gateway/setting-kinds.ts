import { isIP } from 'node:net';
import Type, { type TObjectOptions, type TProperties, type TSchemaOptions } from 'typebox';
import { textFault } from '#domain/ill/sendable-text';
import { MAX_DAYS } from './days-before';

/**
 * Settings of one object of the configuration; an unknown one is a fault. `title` begins a section of docs/operate.md. A
 * group with the default `{}` may be absent.
 */
export function group<P extends TProperties>(properties: P, options: TObjectOptions = {}) {
  return Type.Object(properties, { additionalProperties: false, ...options });
}

/** Limits other than those of the unit. */
interface Limits {
  readonly minimum?: number;
  readonly maximum?: number;
}

/**
 * Whole numbers, at least 1 unless the limits say otherwise. The largest values are below the limit of a timer
 * (2,147,483,647 ms; a longer one fires at once). More than an hour for one call, or a day for a pause, is a typing
 * error.
 */
const numbersIn =
  (unit: string, largest: number) =>
  (value: number, description: string, limits: Limits = {}) =>
    Type.Integer({ minimum: 1, maximum: largest, ...limits, default: value, description, unit });
export const milliseconds = numbersIn('ms', 3_600_000);
export const seconds = numbersIn('s', 86_400);
export const minutes = numbersIn('min', 20_160);
export const hours = numbersIn('h', 336);
export const days = numbersIn('days', MAX_DAYS);
export const bytes = numbersIn('bytes', 1_073_741_824);
export const count = numbersIn('', 1_000);

/** Why a text is not valid for its setting, in English for whoever starts the gateway; undefined when it is valid. */
export type TextRule = (text: string) => string | undefined;

export function text(rule: TextRule, description?: string, options: TSchemaOptions = {}) {
  const schema = Type.String(description === undefined ? options : { description, ...options });
  return Type.Refine(
    schema,
    (value: string) => rule(value) === undefined,
    (value: string) => rule(value) ?? '',
  );
}

/** A web address. A path and a query are allowed; the host is required; an account is not allowed. */
export const webAddress: TextRule = (address) => {
  const hasForm = /^https?:\/\/[^/\\?#\s]+/i.test(address) && textFault(address) === undefined;
  const url = hasForm ? parsed(address) : undefined;
  if (url === undefined || url.hostname === '' || url.port === '0') return 'is no address of the form http(s)://host';
  if (url.username !== '' || url.password !== '') return 'must not hold an account; secrets have settings of their own';
  return url.hash === '' ? undefined : 'must not hold a #';
};

/** Like `webAddress`, with the institution's code after the host. */
export const jwksAddress: TextRule = (address) => {
  const isBehindHost = /^[^/]*\/\/[^/?#{}]+[/?].*\{institution\}/.test(address);
  return (
    webAddress(address.replaceAll('{institution}', 'x')) ??
    (isBehindHost ? undefined : 'must have {institution} behind the host')
  );
};

/** An origin as browsers send it: scheme, host, and the port unless it is the default. */
export const webOrigin: TextRule = (address) => {
  const fault = webAddress(address);
  if (fault !== undefined) return fault;
  const { origin = '' } = parsed(address) ?? {};
  return origin === address ? undefined : `is no origin; browsers send ${origin}`;
};

/** The base of Alma's API, to which paths are appended. */
export const baseAddress: TextRule = (address) => {
  const fault = webAddress(address);
  return fault === undefined && address.includes('?') ? 'must not hold a ?' : fault;
};

/** An IP address, or a range `address/bits`. */
export const ipRange: TextRule = (range) => {
  const [address = '', bits, ...rest] = range.split('/');
  const version = isIP(address);
  const isRange = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
  return version > 0 && isRange && rest.length === 0 ? undefined : 'is no IP address or range';
};

/** A name that is shown or compared. */
export const plainName: TextRule = (name) => {
  if (textFault(name) !== undefined) return 'holds a control character';
  return name === name.trim() && name !== '' ? undefined : 'is blank, or begins or ends with a blank';
};

/** A code of an institution or library; it is part of URLs and of the command line's key. */
export const plainCode: TextRule = (code) =>
  /^[^\s\p{Cc}:/?#%]{1,64}$/u.test(code) && !/^\.{1,2}$/.test(code)
    ? plainName(code)
    : 'is no code (no blanks, no : / ? # %)';

function parsed(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}
