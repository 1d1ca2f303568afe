import { parseArgs } from 'node:util';
import { configPath } from '../config';
import type { ReportLanguage } from '../reports/report-words';

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
  const { values } = parsed(args);
  const { json = false, csv = false, wait = false, lang } = values;
  const noWait = values['no-wait'] ?? false;
  if (json && csv) throw new WrongUsage('--json and --csv: choose one');
  if (wait && noWait) throw new WrongUsage('--wait and --no-wait: choose one');
  if (noWait && (json || csv)) throw new WrongUsage('--no-wait: there is no report before the end of the run');
  if (lang !== undefined && lang !== 'ja' && lang !== 'en') throw new WrongUsage('--lang: ja or en');
  return {
    config: configPath(values.config, env),
    institution: values.institution,
    library: values.library,
    full: values.full ?? false,
    dryRun: values['dry-run'] ?? false,
    wait: !noWait,
    form: json ? 'json' : csv ? 'csv' : 'words',
    lang: lang ?? languageOf(env),
  };
}

function parsed(args: readonly string[]) {
  const boolean = { type: 'boolean' } as const;
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
    });
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** The language of the terminal. */
function languageOf(env: NodeJS.ProcessEnv): ReportLanguage {
  const locale = env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? '';
  return locale.startsWith('ja') ? 'ja' : 'en';
}
