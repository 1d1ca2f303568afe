import { parseArgs } from 'node:util';
import { configPath, type GatewayConfig, type InstitutionConfig } from '../config';
import type { ReportLanguage } from '../reports/report-messages';

export const USAGE = `usage: npm run import -- [--library CODE] [--full] [--dry-run] [--json | --csv]
                         [--institution CODE] [--config FILE] [--no-wait] [--lang ja|en]

  --library      the library; without it every library of the institution
  --full         compares everything with Alma, not only what changed since the last run
  --dry-run      says what would be done, and changes nothing in Alma
  --json, --csv  the report as a file on stdout, instead of in words
  --institution  the institution, where several have such a library
  --config       the gateway's configuration (else GATEWAY_CONFIG, else that of the stack that runs on this machine)
  --no-wait      prints the number of the run and does not wait for its end`;

export interface ImportArguments {
  /** Path of the configuration. */
  readonly config: string | undefined;
  readonly institution: string | undefined;
  readonly library: string | undefined;
  readonly full: boolean;
  readonly dryRun: boolean;
  readonly wait: boolean;
  readonly form: 'words' | 'json' | 'csv';
  readonly lang: ReportLanguage;
}

/** The command line is invalid; the message says why. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}

/** Throws `WrongUsage`. */
export function parseImportArguments(args: readonly string[], env: NodeJS.ProcessEnv): ImportArguments {
  const { config, institution, library, lang, ...flags } = parsed(args);
  return {
    config: configPath(config, env),
    institution,
    library,
    full: flags.full,
    dryRun: flags['dry-run'],
    ...reportOf(flags),
    lang: lang === undefined ? languageOf(env) : languageNamed(lang),
  };
}

/** Whether to wait for the report, and its form. */
function reportOf({
  json,
  csv,
  wait,
  'no-wait': noWait,
}: Readonly<Record<'json' | 'csv' | 'wait' | 'no-wait', boolean>>): Pick<ImportArguments, 'wait' | 'form'> {
  if (json && csv) throw new WrongUsage('--json and --csv: choose one');
  if (wait && noWait) throw new WrongUsage('--wait and --no-wait: choose one');
  if (noWait && (json || csv)) throw new WrongUsage('--no-wait: there is no report before the end of the run');
  return { wait: !noWait, form: json ? 'json' : csv ? 'csv' : 'words' };
}

function languageNamed(lang: string): ReportLanguage {
  if (lang !== 'ja' && lang !== 'en') throw new WrongUsage('--lang: ja or en');
  return lang;
}

function parsed(args: readonly string[]) {
  const boolean = { type: 'boolean', default: false } as const;
  const string = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        'config': string,
        'institution': string,
        'library': string,
        'full': boolean,
        'dry-run': boolean,
        'json': boolean,
        'csv': boolean,
        'wait': boolean,
        'no-wait': boolean,
        'lang': string,
      },
    }).values;
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** The named institution, else the first one that has the library. Throws `WrongUsage`. */
export function institutionFor(
  { institutions }: Pick<GatewayConfig, 'institutions'>,
  { institution, library }: Pick<ImportArguments, 'institution' | 'library'>,
): InstitutionConfig {
  const named = institutions.filter(({ code }) => institution === undefined || code === institution);
  if (named.length === 0) throw new WrongUsage(`--institution: ${institution ?? ''} is not in the configuration`);
  const found = named.find(({ libraries }) => library === undefined || libraries.some(({ code }) => code === library));
  if (found === undefined) throw new WrongUsage(`--library: ${library ?? ''} is not in the configuration`);
  return found;
}

/** The language of the terminal. */
function languageOf(env: NodeJS.ProcessEnv): ReportLanguage {
  const locale = env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? '';
  return locale.startsWith('ja') ? 'ja' : 'en';
}
