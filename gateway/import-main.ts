import { parseImportArguments, USAGE, WrongUsage } from './command-line/import-arguments';
import { NotNow, type OpenImportEngine } from './command-line/import-runner';
import { openEngine } from './command-line/open-engine';
import { institutionFor, openRunner } from './command-line/open-runner';
import { runImport } from './command-line/run-import';
import { terminal } from './command-line/terminal';
import { ConfigError, loadConfig } from './config';
import { DataFolderInUse } from './store/data-folder-lock';

/**
 * Exit codes in addition to those of `runImport`: wrong usage; not now (sysexits EX_TEMPFAIL); wrong configuration
 * (EX_CONFIG); like a shell after SIGINT and SIGTERM.
 */
const EXIT_USAGE = 2;
const EXIT_NOT_NOW = 75;
const EXIT_CONFIG = 78;
const EXIT_AFTER = { SIGINT: 130, SIGTERM: 143 } as const;

/** `npm run import`: runs one import and prints its report to stdout. */
async function main(open: OpenImportEngine): Promise<number> {
  const args = parseImportArguments(process.argv.slice(2), process.env);
  if (args.config === undefined)
    throw new WrongUsage('--config or GATEWAY_CONFIG: names the configuration of the gateway; no stack runs here');
  const config = loadConfig(args.config);
  const institution = institutionFor(config, args);
  if (args.institution === undefined && config.institutions.length > 1)
    terminal.note(`institution ${institution.code} (--institution chooses another)`);
  const runner = await openRunner(config, institution, { wait: args.wait, openEngine: open });
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      terminal.note('the run goes on in the gateway, or when it is started next');
      void runner.close().finally(() => process.exit(EXIT_AFTER[signal]));
    });
  try {
    return await runImport(runner, args, terminal, institution.libraries);
  } finally {
    await runner.close();
  }
}

function exitCodeOf(error: unknown): number {
  if (error instanceof WrongUsage) return EXIT_USAGE;
  if (error instanceof ConfigError) return EXIT_CONFIG;
  return error instanceof NotNow || error instanceof DataFolderInUse ? EXIT_NOT_NOW : 1;
}

try {
  process.exitCode = await main(
    openEngine((error) => {
      terminal.note(String(error instanceof Error ? error.stack : error));
    }),
  );
} catch (error) {
  process.exitCode = exitCodeOf(error);
  const isKnown = process.exitCode !== 1;
  terminal.note(
    isKnown && error instanceof Error ? error.message : String(error instanceof Error ? error.stack : error),
  );
  if (error instanceof WrongUsage) terminal.note(USAGE);
}
