import { writeFileSync } from 'node:fs';
import Jasmine from 'jasmine';

import { CountingReporter, COUNTS_FILE } from './counts';
import { ROOT } from './repository';

/**
 * Runs spec files under Node: `run-specs.ts CONFIG GLOB…`. Globs replace those of the config.
 * Prints like jasmine and writes the counts to the file in TEST_COUNTS_FILE.
 */
const [config, ...globs] = process.argv.slice(2);
if (config === undefined) throw new Error('usage: run-specs.ts CONFIG [GLOB…]');

/**
 * Default timeout of a spec or a preparation in milliseconds. Stores and applications start slowly on a busy machine.
 */
const DEFAULT_LIMIT = 60_000;

const runner = new Jasmine({ projectBaseDir: ROOT });
const reporter = new CountingReporter();
runner.exitOnCompletion = false;
runner.showColors(process.stdout.isTTY);
runner.loadConfigFile(config);
jasmine.DEFAULT_TIMEOUT_INTERVAL = DEFAULT_LIMIT;
runner.addReporter(reporter);
const { overallStatus } = await runner.execute([...globs]);

const file = process.env[COUNTS_FILE];
if (file !== undefined) writeFileSync(file, JSON.stringify(reporter.counts));
process.exit(overallStatus === 'passed' ? 0 : 1); // a spec may have left something open
