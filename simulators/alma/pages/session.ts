import type { AlmaUser, Institution } from '../model';
import type { Query } from '../rest/query';
import { DEFAULT_USER } from '../sim/sim-routes';
import type { AlmaWorld } from '../world';
import { wordsFor, type Words } from './words';

/** The colours that Alma may name in INIT_DATA. */
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

/** Who looks at the page, and how; all of it from the query, so that two tabs may differ. */
export interface Session {
  readonly institution: Institution;
  readonly user: AlmaUser;
  /** Passed to the app as it is. */
  readonly lang: string;
  readonly color: string;
  readonly words: Words;
  /** An address inside the simulated Alma that keeps the session; query values are escaped. */
  readonly link: (path: string, query?: Readonly<Record<string, string>>) => string;
}

export interface SessionDefaults {
  readonly institution?: string;
  readonly lang: string;
}

/** Values that do not exist fall back to the default, as a link from another stack may name them. */
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

/** INIT_DATA as the app gets it. `isAdmin` = General System Administrator. */
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
