import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readAccounts, readApiKeys, writeGatewayConfig } from './gateway-config';
import { demandFreePorts, HOST } from './ports';
import { Program, type ProgramSpec } from './processes';
import { lockStackFolder } from './stack-lock';

/** How long each may take to be ready, in milliseconds. A cold start of the gateway creates its database. */
const READY_LIMIT = 60_000;
const POLL = 50;

export interface StackOptions {
  readonly portBase: number;
  /** Folder that keeps the data of all three. */
  readonly dataFolder: string;
  /** Whether the NACSIS-ILL simulator's partners answer by themselves. */
  readonly partners: boolean;
  /** Without the transitions that the documents do not confirm, in simulator and gateway. */
  readonly isStrict?: boolean;
  /** Member file for the NACSIS-ILL simulator, in the shape of NII's own. */
  readonly membersFile?: string;
  /** Settings of the gateway towards NACSIS-ILL, such as `answerTimeoutMs`. */
  readonly nacsisSettings?: Readonly<Record<string, number>>;
  /** Its settings towards Alma, and those of the import job. */
  readonly almaSettings?: Readonly<Record<string, number>>;
  readonly importSettings?: Readonly<Record<string, number>>;
  /** false: the simulated Alma keeps its data in memory only. Default true. */
  readonly isAlmaKept?: boolean;
  readonly log: (line: string) => void;
}

export interface StackUrls {
  readonly nacsis: string;
  readonly alma: string;
  readonly gateway: string;
  /** Where the built app is served from. */
  readonly app: string;
}

/** Addresses of a stack: base = NACSIS-ILL, + 1 = Alma, + 2 = gateway, + 3 = the app. */
export function stackUrls(portBase: number): StackUrls {
  const at = (offset: number): string => `http://${HOST}:${String(portBase + offset)}`;
  return { nacsis: at(0), alma: at(1), gateway: at(2), app: at(3) };
}

/** The two simulators and the gateway, each a process of its own; none of their code is loaded here. */
export class Stack {
  readonly urls: StackUrls;
  #nacsis?: Program;
  #alma?: Program;
  #gateway?: Program;
  #configFile = '';
  #unlock?: () => Promise<void>;

  #isStopped = false;

  constructor(private readonly options: StackOptions) {
    this.urls = stackUrls(options.portBase);
  }

  /** @throws Error that names the busy port or the holder of the data, or says what the part that failed last said; nothing is left running */
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
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Path of the gateway's configuration; empty before it was written. */
  get configFile(): string {
    return this.#configFile;
  }

  /** Also after `killGateway`: on the same data and the same port. */
  async startGateway(): Promise<void> {
    if (this.#gateway?.isEnded === false) throw new Error('the gateway is running');
    const gateway = this.#launch({ name: 'gateway', entry: 'gateway/main.ts', args: ['--config', this.#configFile] });
    this.#gateway = gateway;
    await gateway.orDead(untilReady(`${this.urls.gateway}/readyz`, gateway), READY_LIMIT);
  }

  /** Ends the gateway as a power cut would. */
  async killGateway(): Promise<void> {
    await this.#gateway?.kill();
  }

  async stopGateway(): Promise<void> {
    await this.#gateway?.stop();
  }

  async stopNacsis(): Promise<void> {
    await this.#nacsis?.stop();
  }

  /** Again on the same data and the same port. */
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
    await this.#nacsis.line(readyLine, READY_LIMIT);
  }

  /** Resolves with a message when a part ends by itself. */
  async firstDeath(): Promise<string> {
    return Promise.race(this.#running().map(async (program) => program.obituary(await program.ended)));
  }

  /** The gateway first, so that it can finish what it is saying to the others. Also while it starts: `start` then throws. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#gateway?.stop();
    await Promise.all([this.#alma?.stop(), this.#nacsis?.stop()]);
    await this.#unlock?.();
  }

  async #startSimulators(): Promise<void> {
    await Promise.all([this.startNacsis(), this.#startAlma()]);
    const [accounts, apiKeys] = await Promise.all([readAccounts(this.urls.nacsis), readApiKeys(this.urls.alma)]);
    this.#configFile = await writeGatewayConfig({ ...this.options, urls: this.urls, accounts, apiKeys });
  }

  async #startAlma(): Promise<void> {
    const { portBase, dataFolder, isAlmaKept = true } = this.options;
    const args = [
      '--port',
      String(portBase + 1),
      '--app-port',
      String(portBase + 3),
      ...(isAlmaKept ? ['--data', join(dataFolder, 'alma')] : []),
      '--gateway',
      this.urls.gateway,
      '--app-dir',
      'build',
    ];
    this.#alma = this.#launch({ name: 'alma', entry: 'simulators/alma/main.ts', args });
    await this.#alma.line(readyLine, READY_LIMIT);
  }

  #launch(spec: ProgramSpec): Program {
    if (this.#isStopped) throw new Error('the stack was stopped');
    return Program.start(spec, this.options.log);
  }

  #running(): readonly Program[] {
    return [this.#nacsis, this.#alma, this.#gateway].filter((program) => program !== undefined);
  }
}

/** `{"ready": url}`, which the simulators print when they answer. */
function readyLine(line: string): string | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'ready' in value ? String(value.ready) : undefined;
  } catch {
    return undefined;
  }
}

async function untilReady(url: string, program: Program): Promise<void> {
  for (const start = performance.now(); !program.isEnded && performance.now() - start < READY_LIMIT;) {
    const answer = await fetch(url).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, POLL));
  }
}
