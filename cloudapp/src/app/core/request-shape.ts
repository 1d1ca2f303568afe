import type { RequestView } from '../../domain/api/requests';
import { ACTIONS } from '../../domain/ill/commands';
import { KINDS, SIDES } from '../../domain/ill/kinds';
import { STATE_IDS } from '../../domain/ill/states';
import type { Change } from './app-error';

type Raw = Readonly<Record<string, unknown>>;

/**
 * The request contained in an error response, if it has a valid shape; otherwise undefined. Checks everything that
 * callers read, because a proxy may have answered instead of the gateway.
 */
export function requestFrom(value: unknown): RequestView | undefined {
  if (!isObject(value)) return undefined;
  const { side, kind, state, version, fields, partner, history, actions } = value;
  const isWhole =
    ['id', 'library', 'externalStatus', 'seenAt', 'changedAt'].every((name) => typeof value[name] === 'string') &&
    isOneOf(SIDES, side) &&
    isOneOf(KINDS, kind) &&
    (state === null || isOneOf(STATE_IDS, state)) &&
    Number.isInteger(version) &&
    isObject(partner) &&
    areFields(fields) &&
    isArrayOf(history, isObject) &&
    isArrayOf(actions, isOffer);
  return isWhole ? (value as unknown as RequestView) : undefined;
}

/** History entries; invalid ones are dropped. */
export function changesIn(value: unknown): readonly Change[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly unknown[]).filter(isObject).map((entry) => {
    const texts = ['command', 'memberId', 'comment', 'at'].flatMap((name) =>
      typeof entry[name] === 'string' ? [[name, entry[name]]] : [],
    );
    return Object.fromEntries(texts) as Change;
  });
}

function areFields(value: unknown): boolean {
  return isObject(value) && ['lenders', 'charges'].every((name) => isAbsentOr(value[name], isObject));
}

function isOffer(value: unknown): boolean {
  return isObject(value) && isStep(value) && isFlag(value['allowed']) && isFlag(value['primary']) && isThen(value);
}

function isThen({ then }: Raw): boolean {
  return then === undefined || (isObject(then) && isStep(then));
}

function isStep({ action, command, params, possibleIn }: Raw): boolean {
  return (
    isOneOf(ACTIONS, action) &&
    isArrayOf(command, (each) => typeof each === 'string') &&
    isArrayOf(params, isParam) &&
    isAbsentOr(possibleIn, (each) => isOneOf(STATE_IDS, each))
  );
}

function isParam(value: unknown): boolean {
  return isObject(value) && typeof value['name'] === 'string' && isFlag(value['required']);
}

function isFlag(value: unknown): boolean {
  return typeof value === 'boolean';
}

function isOneOf(known: readonly string[], value: unknown): boolean {
  return typeof value === 'string' && known.includes(value);
}

function isArrayOf(value: unknown, isElement: (each: unknown) => boolean): boolean {
  return Array.isArray(value) && (value as readonly unknown[]).every(isElement);
}

/** True when absent or a list of valid elements. */
function isAbsentOr(value: unknown, isElement: (each: unknown) => boolean): boolean {
  return value === undefined || isArrayOf(value, isElement);
}

function isObject(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
