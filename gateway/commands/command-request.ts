import { createHash } from 'node:crypto';
import type { AlmaBorrowing } from '#domain/api';
import type { Command } from '#domain/commands';
import type { Kind, Side } from '#domain/kinds';
import type { RequestFields } from '#domain/request';
import type { NacsisAccount } from '../nacsis/port';
import type { StoredRequest } from '../store/requests-store';

/** One ILL-command, checked and filled in, with the key under which it is done once. */
export interface CommandRequest {
  readonly institution: string;
  readonly key: string;
  /** Hash of what the caller asked for, before any default was filled in: a repeat with the same key must ask the same. */
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
  /** A repeat of what NACSIS-ILL refused is sent again instead of being given the same refusal. */
  readonly retriesRefusals?: true;
}

/** The hash of what was asked: the same words, the same hash, in whatever order the keys come. No secret, and nothing to read back from. */
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
