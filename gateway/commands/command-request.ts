import { createHash } from 'node:crypto';
import type { AlmaBorrowing } from '#domain/api/requests';
import type { Command } from '#domain/ill/commands';
import type { Kind, Side } from '#domain/ill/kinds';
import type { RequestFields } from '#domain/ill/request';
import type { NacsisAccount } from '../nacsis/port';
import type { StoredRequest } from '../store/requests-store';

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
  /** A repeat sends the command again after a refusal of NACSIS-ILL, and does not return the refusal. */
  readonly retriesRefusals?: true;
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
