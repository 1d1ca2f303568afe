import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { demandFreePorts, HOST } from '../test/support/ports';
import { Program, readyAddress, type ProgramSpec } from '../test/support/program';
import { linkWithAlma, readAccounts, readApiKeys, writeGatewayConfig, type ConfiguredLibrary } from './gateway-config';
import { inRoot } from './repository';
import { lockStackFolder } from './stack-lock';

/** Timeout in milliseconds for each process to be ready. A cold start of the gateway creates its database. */
const READY_LIMIT = 60_000;
/** The first compilation of the app, in milliseconds. */
const APP_LIMIT = 5 * 60_000;

interface StackOptions {
  readonly portBase: number;
  /** Folder for the data of all three processes. */
  readonly dataFolder: string;
  /** True when the NACSIS-ILL simulator's partners answer automatically. */
  readonly partners: boolean;
  /** Disables the transitions that the documents do not confirm, in simulator and gateway. */
  readonly isStrict?: boolean;
  /** Member file for the NACSIS-ILL simulator, in the form of NII's own. */
  readonly membersFile?: string;
  /** Address of NACSIS-ILL for the gateway, when a proxy is in front of the simulator. */
  readonly nacsisUrl?: string;
  /** Address of Alma's REST API for the gateway, when a proxy is in front of the simulator. */
  readonly almaUrl?: string;
  /** More libraries of the first institution. */
  readonly moreLibraries?: readonly ConfiguredLibrary[];
  /** The gateway's settings for NACSIS-ILL, such as `answerTimeoutMs`. */
  readonly nacsisSettings?: Readonly<Record<string, number>>;
  /** The gateway's settings for Alma and for the import. */
  readonly almaSettings?: Readonly<Record<string, number>>;
  readonly importSettings?: Readonly<Record<string, number>>;
  /** The gateway's settings for the bridge, and the address of Alma's ISO 18626, when a proxy is in front. */
  readonly bridgeSettings?: Readonly<Record<string, unknown>>;
  readonly isoUrl?: string;
  /** Who writes to Alma until a library saves its profile. */
  readonly writer?: string;
  /** With false the simulated Alma keeps its data in memory only. Default: true. */
  readonly isAlmaKept?: boolean;
  /** For work on the code: `ng serve` serves the app, and a program restarts when one of its files changes. */
  readonly isDevelopment?: boolean;
  readonly log: (line: string) => void;
}

export interface StackUrls {
  readonly nacsis: string;
  readonly alma: string;
  readonly gateway: string;
  /** Address of the built app. */
  readonly app: string;
}

/** Addresses of a stack: base for NACSIS-ILL, + 1 for Alma, + 2 for the gateway, + 3 for the app. */
export function stackUrls(portBase: number): StackUrls {
  const at = (offset: number): string => `http://${HOST}:${String(portBase + offset)}`;
  return { nacsis: at(0), alma: at(1), gateway: at(2), app: at(3) };
}

/** The two simulators and the gateway as separate processes. Loads none of their code. */
export class Stack {
  readonly urls: StackUrls;
  #nacsis?: Program;
  #alma?: Program;
  #gateway?: Program;
  #app?: Program;
  #configFile = '';
  #unlock?: () => Promise<void>;

  #isStopped = false;

  constructor(private readonly options: StackOptions) {
    this.urls = stackUrls(options.portBase);
  }

  /**
   * @throws Error that names the busy port, the holder of the data, or the last output of the part that failed; leaves
   * nothing running
   */
  async start(): Promise<void> {
    const { portBase, dataFolder } = this.options;
    const last = portBase + 3;
    await demandFreePorts([portBase, portBase + 1, portBase + 2, last]);
    await mkdir(dataFolder, { recursive: true });
    this.#unlock = await lockStackFolder(
      dataFolder,
      `the stack with process id ${process.pid} on ports ${portBase} to ${last}`,
    );
    try {
      await this.#startSimulators();
      await this.startGateway();
      if (this.options.isDevelopment === true) await this.#serveApp();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Path of the gateway's configuration; empty until it is written. */
  get configFile(): string {
    return this.#configFile;
  }

  /** Starts the gateway. After `killGateway`, restarts it with the same data and port. */
  async startGateway(): Promise<void> {
    if (this.#gateway?.isEnded === false) throw new Error('the gateway is running');
    const gateway = this.#launch({ name: 'gateway', entry: 'gateway/main.ts', args: ['--config', this.#configFile] });
    this.#gateway = gateway;
    await gateway.answers(`${this.urls.gateway}/readyz`, READY_LIMIT);
  }

  /** Kills the gateway as a power cut would. */
  async killGateway(): Promise<void> {
    await this.#gateway?.kill();
  }

  /** The process id of the gateway's database server, from PostgreSQL's own file; undefined when there is none. */
  async storeProcess(): Promise<number | undefined> {
    const file = join(this.options.dataFolder, 'gateway', 'store', 'postgres', 'postmaster.pid');
    const [id = ''] = (await readFile(file, 'utf8').catch(() => '')).split('\n');
    return id === '' ? undefined : Number(id);
  }

  async stopGateway(): Promise<void> {
    await this.#gateway?.stop();
  }

  async stopNacsis(): Promise<void> {
    await this.#nacsis?.stop();
  }

  /** Starts the NACSIS-ILL simulator, or restarts it with the same data and port. */
  async startNacsis(): Promise<void> {
    const { portBase, dataFolder, partners, membersFile, isStrict = false } = this.options;
    const args = [
      '--port',
      String(portBase),
      '--data',
      join(dataFolder, 'nacsis'),
      ...(partners ? ['--partners'] : []),
      ...(isStrict ? ['--strict'] : []),
      ...(membersFile === undefined ? [] : ['--members', membersFile]),
    ];
    this.#nacsis = this.#launch({ name: 'nacsis', entry: 'simulators/nacsis/main.ts', args });
    await this.#nacsis.line(readyAddress, READY_LIMIT);
  }

  /** Resolves with a message when a part ends unexpectedly. */
  async firstDeath(): Promise<string> {
    return Promise.race(this.#running().map(async (program) => program.obituary(await program.ended)));
  }

  /**
   * Stops the gateway first, so that it can finish its calls to the others. Can be called during `start`, which then
   * throws.
   */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all([this.#gateway?.stop(), this.#app?.stop()]);
    await Promise.all([this.#alma?.stop(), this.#nacsis?.stop()]);
    await this.#unlock?.();
  }

  async #startSimulators(): Promise<void> {
    await Promise.all([this.startNacsis(), this.startAlma()]);
    const [accounts, apiKeys] = await Promise.all([readAccounts(this.urls.nacsis), readApiKeys(this.urls.alma)]);
    this.#configFile = await writeGatewayConfig({ ...this.options, urls: this.urls, accounts, apiKeys });
    await linkWithAlma({ dataFolder: this.options.dataFolder, urls: this.urls });
  }

  async stopAlma(): Promise<void> {
    await this.#alma?.stop();
  }

  /** Starts the simulated Alma, or restarts it with the same data and port. */
  async startAlma(): Promise<void> {
    const { portBase, dataFolder, isAlmaKept = true, isDevelopment = false } = this.options;
    const args = [
      ...['--port', String(portBase + 1), '--gateway', this.urls.gateway],
      ...(isDevelopment
        ? ['--app-url', this.urls.app, '--app-dir', await manifestFolder()]
        : ['--app-port', String(portBase + 3), '--app-dir', 'build']),
      ...(isAlmaKept ? ['--data', join(dataFolder, 'alma')] : []),
    ];
    this.#alma = this.#launch({ name: 'alma', entry: 'simulators/alma/main.ts', args });
    await this.#alma.line(readyAddress, READY_LIMIT);
  }

  async #serveApp(): Promise<void> {
    const port = String(this.options.portBase + 3);
    const args = ['serve', '--host', HOST, '--port', port];
    const env = { NG_CLI_ANALYTICS: 'false' };
    this.#app = this.#launch({
      name: 'app',
      entry: 'node_modules/@angular/cli/bin/ng.js',
      args,
      env,
      isWatched: false,
    });
    await this.#app.answers(this.urls.app, APP_LIMIT);
  }

  #launch(spec: ProgramSpec): Program {
    if (this.#isStopped) throw new Error('the stack was stopped');
    const isWatched = this.options.isDevelopment === true;
    return Program.start({ isWatched, ...spec }, (line) => this.options.log(`[${spec.name}] ${line}`));
  }

  #running(): readonly Program[] {
    return [this.#nacsis, this.#alma, this.#gateway, this.#app].filter((program) => program !== undefined);
  }
}

/** Creates a folder with the manifest where a build has it, because `ng serve` writes no files. */
async function manifestFolder(): Promise<string> {
  const folder = inRoot('dist', 'dev');
  await mkdir(join(folder, 'assets'), { recursive: true });
  await copyFile(inRoot('manifest.json'), join(folder, 'assets', 'manifest.json'));
  return folder;
}
