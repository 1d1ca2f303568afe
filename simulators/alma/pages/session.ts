import type { AlmaUser, Institution } from '../model';
import type { Query } from '../rest/query';
import { DEFAULT_USER } from '../sim/sim-routes';
import type { AlmaWorld } from '../world';
import { wordsFor, type Words } from './words';

/** Colours that Alma may name in INIT_DATA. */
export const COLORS = [
  'blue',
  'brown',
  'cerise',
  'charcoal',
  'dark_blue',
  'dark_brown',
  'denim_blue',
  'gold',
  'green',
  'maroon',
  'new_blue',
  'orange',
  'pine_green',
  'purple',
  'red',
  'teal_green',
  'violet',
] as const;
const DEFAULT_COLOR = 'blue';
export const LANGUAGES = ['ja', 'en', 'jp', 'ja_JP', 'fr'] as const;

/** The user of a page and the display settings. Read from the query only, so that two tabs can differ. */
export interface Session {
  readonly institution: Institution;
  readonly user: AlmaUser;
  /** Passed to the app unchanged. */
  readonly lang: string;
  readonly color: string;
  readonly words: Words;
  /** Builds an address in the simulated Alma that keeps the session. Escapes query values. */
  readonly link: (path: string, query?: Readonly<Record<string, string>>) => string;
}

export interface SessionDefaults {
  readonly institution?: string;
  readonly lang: string;
}

/**
 * Reads the session from the query. Replaces unknown values by the default, because a link may come from another stack.
 */
export function sessionOf(world: AlmaWorld, query: Query, defaults: SessionDefaults): Session {
  const first = world.institution(defaults.institution ?? '') ?? world.institutions[0];
  const institution = world.institution(query['institution'] ?? '') ?? first;
  if (!institution) throw new Error('there is no institution');
  const user = world.findUser(institution.code, query['user'] ?? '') ?? world.findUser(institution.code, DEFAULT_USER);
  if (!user) throw new Error('there is no user');
  const lang = query['lang'] ?? defaults.lang;
  const color = COLORS.find((candidate) => candidate === query['color']) ?? DEFAULT_COLOR;
  const kept = Object.fromEntries(
    Object.entries({
      institution: institution === first ? '' : institution.code,
      user: user.primaryId === DEFAULT_USER ? '' : user.primaryId,
      lang: lang === defaults.lang ? '' : lang,
      color: color === DEFAULT_COLOR ? '' : color,
    }).filter(([, value]) => value !== ''),
  );
  const link = (path: string, more: Readonly<Record<string, string>> = {}): string => {
    const parameters = new URLSearchParams({ ...more, ...kept }).toString();
    return parameters === '' ? path : `${path}?${parameters}`;
  };
  return { institution, user, lang, color, words: wordsFor(lang), link };
}

/** INIT_DATA for the app. `isAdmin` means General System Administrator. */
export function initDataOf(world: AlmaWorld, session: Session): object {
  const { user, institution, lang, color } = session;
  return {
    user: {
      firstName: user.firstName,
      lastName: user.lastName,
      primaryId: user.primaryId,
      currentlyAtLibCode: 'RES_SHARE',
      currentlyAtCircDesk: 'DEFAULT_CIRC_DESK',
      currentlyAtDept: '',
      isAdmin: user.roles.includes('26'),
    },
    lang,
    instCode: institution.code,
    urls: { alma: `${world.url}/` },
    color,
  };
}
