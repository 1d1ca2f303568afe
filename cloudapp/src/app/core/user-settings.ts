import { KINDS, type Kind } from '../../domain/kinds';

/** What a user chose last, offered the next time; kept in Alma's SETTINGS. Wire values; '' = nothing chosen yet. */
export interface UserSettings {
  readonly version: 1;
  /** Code of the resource sharing library. */
  readonly library: string;
  readonly kind: Kind;
  readonly payment: string;
  readonly copyType: string;
  readonly sendingMethod: string;
}

export const DEFAULT_USER: UserSettings = { version: 1, library: '', kind: 'copy', payment: '', copyType: '', sendingMethod: '' };

/** Never refuses: a personal choice that cannot be read is a choice not made. */
export function readUser(raw: unknown): UserSettings {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return DEFAULT_USER;
  const stored = raw as Readonly<Record<string, unknown>>;
  if (stored['version'] !== 1) return DEFAULT_USER;
  const text = (name: keyof UserSettings): string => {
    const value = stored[name];
    return typeof value === 'string' && value.length <= 100 ? value : '';
  };
  return {
    version: 1,
    library: text('library'),
    kind: KINDS.find((kind) => kind === stored['kind']) ?? DEFAULT_USER.kind,
    payment: text('payment'),
    copyType: text('copyType'),
    sendingMethod: text('sendingMethod'),
  };
}
