import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FieldError } from '#domain/errors';
import { isStorable, textFault } from '#domain/ill/sendable-text';
import { GatewayError, invalidFields } from './gateway-error';

/**
 * Maximum depth of a body, above that of any body of the API. Deeper input could exhaust the stack of code that
 * traverses it.
 */
const MAX_DEPTH = 32;
/** Maximum number of reported text faults. */
const MAX_NAMED = 20;

/**
 * Parts of a body that this check skips, because their own check also reports other faults: the fields of a request
 * (domain/ill/validation.ts), the profile (profiles/profile-check.ts), and a draft, which is stored as typed
 * (`refuseUnstorable`).
 */
const CHECKED_ELSEWHERE: readonly string[] = [
  ...['fields', 'params', 'comment', 'content'],
  ...['templates', 'views', 'tariffs', 'integration'],
];

type FaultOf = (text: string) => FieldError['code'] | undefined;

/**
 * Refuses what NACSIS-ILL or the store cannot accept, before a route sees it: `invalid-fields` with the name of every
 * parameter whose text cannot be sent, `invalid-request` for a body that is nested too deeply. For the hook
 * `preValidation`.
 */
export function checkInput(request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void {
  const { query, params, body } = request;
  if (isTooDeep(body)) {
    done(new GatewayError('invalid-request', { detail: 'the body is nested too deeply' }));
    return;
  }
  const faults = [
    ...faultsIn('', query, textFault),
    ...faultsIn('', params, textFault),
    ...(typeof body === 'object' ? faultsIn('', body, textFault, CHECKED_ELSEWHERE) : []),
  ];
  done(faults.length === 0 ? undefined : invalidFields(faults.slice(0, MAX_NAMED)));
}

/** Throws `invalid-fields` when a name or text in the value cannot be stored. Paths begin with `path`. */
export function refuseUnstorable(path: string, value: unknown): void {
  const faults = faultsIn(path, value, (text) => (isStorable(text) ? undefined : 'bad-format'));
  if (faults.length > 0) throw invalidFields(faults.slice(0, MAX_NAMED));
}

/** The faults of the texts in a value, and of the names of its members. */
function faultsIn(
  path: string,
  value: unknown,
  faultOf: FaultOf,
  except: readonly string[] = [],
): readonly FieldError[] {
  if (typeof value === 'string') return faults(path, faultOf(value));
  return entriesOf(value)
    .filter(([name]) => !except.includes(name))
    .flatMap(([name, item]) => {
      const field = path === '' || name.startsWith('[') ? path + name : `${path}.${name}`;
      return [...faults(field, faultOf(name)), ...faultsIn(field, item, faultOf, except)];
    });
}

function faults(field: string, code: FieldError['code'] | undefined): readonly FieldError[] {
  return code === undefined ? [] : [{ field, code }];
}

/** The members of an object, or the items of a list under names like `[0]`; empty for any other value. */
function entriesOf(value: unknown): readonly (readonly [name: string, value: unknown])[] {
  if (Array.isArray(value)) return value.map((item: unknown, at) => [`[${String(at)}]`, item]);
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

/** Checks one level after the other, without recursion. */
function isTooDeep(body: unknown): boolean {
  let level: readonly unknown[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap((value) => entriesOf(value).map(([, item]) => item));
  }
  return false;
}
