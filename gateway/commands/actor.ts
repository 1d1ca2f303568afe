import type { InstitutionConfig, LibraryConfig } from '../config';
import type { CommandRequest } from './command-request';

/** Who asks for a command, and the key under which it is done once. */
export interface Actor {
  readonly institution: InstitutionConfig;
  readonly userId: string;
  readonly key: string;
}

/** What every command of this actor for this library has in common. */
export function callOf(
  { institution, userId, key }: Actor,
  { code: library, account }: LibraryConfig,
): Pick<CommandRequest, 'institution' | 'key' | 'userId' | 'library' | 'account'> {
  return { institution: institution.code, key, userId, library, account };
}
