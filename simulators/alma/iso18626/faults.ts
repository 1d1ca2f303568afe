/**
 * What happens to messages that reach Alma:
 * - drop-before, drop-after: no answer; nothing is done, or the message is
 * - status: HTTP `code`, default 500
 * - error: an ERROR confirmation with `errorType`
 * - empty, html: HTTP 200 without a confirmation
 * - delay: `ms` later
 */
const RECEIVED_FAULTS = ['drop-before', 'drop-after', 'status', 'error', 'empty', 'html', 'delay'] as const;
/**
 * What happens to messages that Alma sends:
 * - lost-before, lost-after: the partner does not get it, or gets it and Alma gets no answer
 * - doubled: the partner gets it twice, with the same timestamp
 * - reordered: the partner gets it after the next message, or after `POST /_sim/iso18626/release`
 * - delay: `ms` later
 */
const SENT_FAULTS = ['lost-before', 'lost-after', 'doubled', 'reordered', 'delay'] as const;

/** A fault of messages. It is removed after `times` uses. */
export type IsoFault = {
  /** Name of the message, for example `Loaned`; absent: every message. */
  readonly name?: string;
  /** requestingAgencyRequestId; absent: every request. */
  readonly externalId?: string;
  /** Number of matching messages that pass before the fault takes effect. */
  readonly after?: number;
  /** Number of uses. Unlimited until the next reset when absent. */
  readonly times?: number;
  readonly ms?: number;
  readonly code?: number;
  readonly errorType?: string;
  /** With status, error, empty and html: the message is done before the fault answers. */
  readonly applies?: boolean;
} & (
  | { readonly direction: 'received'; readonly do: (typeof RECEIVED_FAULTS)[number] }
  | { readonly direction: 'sent'; readonly do: (typeof SENT_FAULTS)[number] }
);

const TEXTS = ['name', 'externalId', 'errorType'] as const;
const NUMBERS = ['after', 'times', 'ms', 'code'] as const;

/** Reads a fault from a request body; returns an error message when the body is invalid. */
export function readIsoFault(body: unknown): IsoFault | string {
  if (typeof body !== 'object' || body === null) return 'The body must be an object.';
  const given = body as Readonly<Record<string, unknown>>;
  const { direction, do: kind, applies } = given;
  if (direction !== 'sent' && direction !== 'received') return 'direction must be sent or received.';
  const kinds: readonly string[] = direction === 'sent' ? SENT_FAULTS : RECEIVED_FAULTS;
  if (typeof kind !== 'string' || !kinds.includes(kind)) return `do must be one of ${kinds.join(', ')}.`;
  const text = TEXTS.find((name) => given[name] !== undefined && typeof given[name] !== 'string');
  if (text !== undefined) return `${text} must be a text.`;
  const number = NUMBERS.find((name) => given[name] !== undefined && !isWhole(given[name]));
  if (number !== undefined) return `${number} must be a whole number.`;
  if (given['times'] === 0) return 'times must be at least 1.';
  if (applies !== undefined && typeof applies !== 'boolean') return 'applies must be true or false.';
  const unknown = Object.keys(given).find((name) => !isKey(name));
  return unknown === undefined ? (given as unknown as IsoFault) : `There is no key ${unknown}.`;
}

function isKey(name: string): boolean {
  return [...TEXTS, ...NUMBERS, 'direction', 'do', 'applies'].includes(name);
}

function isWhole(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0;
}
