import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ImportedQuery, ImportedRequest, ImportRun, StartedImport, StartImport } from '#domain/api/imports';
import type { InstitutionConfig } from '../config';
import { isFinal } from '../imports/run-event-stream';
import { reportCsv } from '../reports/report-csv';
import { reportJson } from '../reports/report-json';
import type { ReportLanguage } from '../reports/report-words';
import type { ImportEngine, ImportRunner } from './import-runner';

const POLL_MS = 500;

/** Runs imports in this process: when no gateway uses the data, or when all share a PostgreSQL server. */
export class EngineRunner implements ImportRunner {
  readonly #engine: ImportEngine;
  readonly #institution: InstitutionConfig;
  readonly #pollMs: number;

  constructor(engine: ImportEngine, institution: InstitutionConfig, { pollMs = POLL_MS }: { pollMs?: number } = {}) {
    this.#engine = engine;
    this.#institution = institution;
    this.#pollMs = pollMs;
  }

  start({ library, ...how }: StartImport): Promise<StartedImport> {
    return this.#engine.jobs.start(this.#institution, {
      ...how,
      ...(library === undefined ? {} : { libraries: [library] }),
      trigger: 'command-line',
      startedBy: 'operator',
      key: randomUUID(),
    });
  }

  async *follow(runId: string): AsyncGenerator<ImportRun, void, undefined> {
    const { jobs } = this.#engine;
    const { code } = this.#institution;
    for (let seen = -1; ;) {
      const revision = await jobs.revision(code, runId);
      if (revision !== seen) {
        const run = await jobs.run(code, runId);
        yield run;
        if (isFinal(run.state)) return;
      }
      seen = revision;
      await pause(this.#pollMs);
    }
  }

  async *requests(
    runId: string,
    { outcome }: Pick<ImportedQuery, 'outcome'>,
  ): AsyncGenerator<ImportedRequest, void, undefined> {
    for await (const request of this.#engine.jobs.every(this.#institution.code, runId))
      if (outcome === undefined || request.outcome === outcome) yield request;
  }

  async *file(
    runId: string,
    form: 'json' | 'csv',
    lang: ReportLanguage,
  ): AsyncGenerator<Uint8Array | string, void, undefined> {
    const { code, libraries } = this.#institution;
    const { jobs } = this.#engine;
    const run = await jobs.run(code, runId);
    const every = () => jobs.every(code, runId);
    const stream: AsyncIterable<Uint8Array | string> =
      form === 'json' ? reportJson(run, every) : reportCsv(run, every(), { lang, libraries, now: new Date() });
    for await (const part of stream) yield part;
  }

  close(): Promise<void> {
    return this.#engine.close();
  }
}
