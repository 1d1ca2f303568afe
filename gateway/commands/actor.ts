import type { InstitutionConfig, LibraryConfig } from '../config';
import type { CommandRequest } from './command-request';

/** Who asks for a command, and the key under which it is done once. */
export interface Actor {
  readonly institution: InstitutionConfig;
  readonly userId: string;
  readonly key: string;
  /** A refusal of NACSIS-ILL under this key is not answered again: the command is tried again. */
  readonly retriesRefusals?: true;
}

/** What every command of this actor for this library has in common. */
export function callOf(
  { institution, userId, key, retriesRefusals }: Actor,
  { code: library, account }: LibraryConfig,
): Pick<CommandRequest, 'institution' | 'key' | 'userId' | 'library' | 'account' | 'retriesRefusals'> {
  const retries = retriesRefusals === undefined ? {} : { retriesRefusals };
  return { institution: institution.code, key, userId, library, account, ...retries };
}
