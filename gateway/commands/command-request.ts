import { createHash } from 'node:crypto';
import type { AlmaBorrowing } from '#domain/api/requests';
import type { Command } from '#domain/ill/commands';
import type { Kind, Side } from '#domain/ill/kinds';
import type { RequestFields } from '#domain/ill/request';
import type { InstitutionConfig } from '../config';
import type { NacsisAccount } from '../nacsis/port';
import type { StoredRequest } from '../store/requests-store';

/** The caller of a command, and the idempotency key of the call. */
export interface Actor {
  readonly institution: InstitutionConfig;
  readonly userId: string;
  readonly key: string;
  /**
   * When set, a repeat under this key tries the command again instead of returning an earlier refusal of NACSIS-ILL.
   */
  readonly retriesRefusals?: true;
}

/**
 * Returns the key for one of several commands of a call. It contains a blank, and callers' keys do not, so it cannot
 * equal the key of another call.
 */
export function partKey(key: string, part: string): string {
  return `${key} ${part}`;
}

/** One ILL command, checked and complete, with its idempotency key. */
export interface CommandRequest {
  readonly institution: string;
  readonly key: string;
  /**
   * Hash of what the caller asked for, before defaults were added. A repeat with the same key must have the same hash.
   */
  readonly payloadHash: string;
  readonly userId: string;
  readonly library: string;
  readonly account: NacsisAccount;
  readonly kind: Kind;
  readonly side: Side;
  readonly command: Command;
  /** The snapshot that the command was checked against; absent for a new record. */
  readonly before?: StoredRequest;
  readonly fields: RequestFields;
  readonly comment?: string;
  readonly almaRequest?: AlmaBorrowing;
}

/** Hash of what was asked, independent of the order of keys. It is no secret, and its input cannot be recovered. */
export function payloadHash(asked: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(asked)))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, each]) => [key, sorted(each)]);
}
