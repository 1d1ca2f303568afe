import { institutionFor, parseImportArguments, USAGE, WrongUsage } from './command-line/import-arguments';
import { GatewayClient, NotNow } from './command-line/gateway-client';
import { findGateway } from './command-line/find-gateway';
import { runImport } from './command-line/run-import';
import { terminal } from './command-line/terminal';
import { ConfigError, loadConfig } from './config';
import { openOwnGateway } from './own-gateway';
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
async function main(): Promise<number> {
  const args = parseImportArguments(process.argv.slice(2), process.env);
  if (args.config === undefined)
    throw new WrongUsage('--config or GATEWAY_CONFIG: names the configuration of the gateway; no stack runs here');
  const config = loadConfig(args.config);
  const institution = institutionFor(config, args);
  if (args.institution === undefined && config.institutions.length > 1)
    terminal.note(`institution ${institution.code} (--institution chooses another)`);
  const openOwn = () => openOwnGateway(config, (error) => terminal.note(textOf(error)));
  const gateway = await findGateway(config, { wait: args.wait, openOwn });
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      terminal.note('the run goes on in the gateway, or when it is started next');
      void gateway.close().finally(() => process.exit(EXIT_AFTER[signal]));
    });
  try {
    const client = new GatewayClient(gateway, institution.code);
    return await runImport(client, args, terminal, institution.libraries);
  } finally {
    await gateway.close();
  }
}

function exitCodeOf(error: unknown): number {
  if (error instanceof WrongUsage) return EXIT_USAGE;
  if (error instanceof ConfigError) return EXIT_CONFIG;
  return error instanceof NotNow || error instanceof DataFolderInUse ? EXIT_NOT_NOW : 1;
}

function textOf(error: unknown): string {
  return String(error instanceof Error ? error.stack : error);
}

try {
  process.exitCode = await main();
} catch (error) {
  process.exitCode = exitCodeOf(error);
  const isKnown = process.exitCode !== 1;
  terminal.note(isKnown && error instanceof Error ? error.message : textOf(error));
  if (error instanceof WrongUsage) terminal.note(USAGE);
}
