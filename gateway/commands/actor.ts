import type { InstitutionConfig, LibraryConfig } from '../config';
import type { CommandRequest } from './command-request';

/** The caller of a command, and the idempotency key of the call. */
export interface Actor {
  readonly institution: InstitutionConfig;
  readonly userId: string;
  readonly key: string;
  /** A repeat under this key does not return an earlier refusal of NACSIS-ILL but tries the command again. */
  readonly retriesRefusals?: true;
}

/**
 * The key for one of several commands of a call. Callers' keys contain no blank, so it cannot equal the key of another
 * call.
 */
export function partKey(key: string, part: string): string {
  return `${key} ${part}`;
}

/** The properties that all commands of this actor for this library share. */
export function callOf(
  { institution, userId, key, retriesRefusals }: Actor,
  { code: library, account }: LibraryConfig,
): Pick<CommandRequest, 'institution' | 'key' | 'userId' | 'library' | 'account' | 'retriesRefusals'> {
  const retries = retriesRefusals === undefined ? {} : { retriesRefusals };
  return { institution: institution.code, key, userId, library, account, ...retries };
}
