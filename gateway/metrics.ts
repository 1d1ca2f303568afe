import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { RUN_STATES } from '#domain/imports/import';
import { UPKEEP_STEPS, type UpkeepStep } from '#domain/imports/upkeep';
import type { ObserveAlma } from './alma/alma-caller';
import { QUEUED, type MessageCount } from './bridge/message-views';
import type { Delivery } from './bridge/port';
import type { Outcome } from './nacsis/transport';
import type { ImportCounts } from './store/import-counts';
import type { JournalState } from './store/schema';
import type { UpkeepRow } from './store/upkeep-store';
import { ageOf } from './upkeep/upkeep-state';

/** The gateway's metrics, in Prometheus' text format at /metrics. */
export class Metrics {
  readonly registry = new Registry();
  readonly #http = new Histogram({
    name: 'gateway_http_seconds',
    help: 'Answers of the API by route and status',
    labelNames: ['method', 'route', 'status'],
    registers: [this.registry],
  });
  readonly #nacsis = new Histogram({
    name: 'gateway_nacsis_seconds',
    help: 'CATP exchanges by method and outcome',
    labelNames: ['method', 'outcome'],
    registers: [this.registry],
  });
  readonly #alma = new Histogram({
    name: 'gateway_alma_seconds',
    help: "Calls of the import to Alma's REST API, by call and outcome",
    labelNames: ['call', 'outcome'],
    registers: [this.registry],
  });
  readonly #errors = new Counter({
    name: 'gateway_errors_total',
    help: 'Errors answered, by code of the catalogue',
    labelNames: ['code'],
    registers: [this.registry],
  });
  readonly #journal = new Gauge({
    name: 'gateway_journal_rows',
    help: 'Commands in the journal, by state',
    labelNames: ['state'],
    registers: [this.registry],
  });

  readonly #readings = new Gauge({
    name: 'gateway_reading_age_seconds',
    help: 'Time since the role files of a library were last read to the end',
    labelNames: ['institution', 'library'],
    registers: [this.registry],
  });

  readonly #runs = new Gauge({
    name: 'gateway_import_runs',
    help: 'Runs of the import job that are kept, by state',
    labelNames: ['state'],
    registers: [this.registry],
  });
  readonly #importFailed = new Gauge({
    name: 'gateway_import_failed_requests',
    help: 'Requests that failed in the last import of a library that has ended',
    labelNames: ['institution', 'library'],
    registers: [this.registry],
  });
  readonly #importAge = new Gauge({
    name: 'gateway_import_age_seconds',
    help: 'Time since an import of a library was last completed',
    labelNames: ['institution', 'library'],
    registers: [this.registry],
  });

  readonly #deliveries = new Histogram({
    name: 'gateway_bridge_delivery_seconds',
    help: 'Deliveries of messages to Alma (ISO 18626), by outcome',
    labelNames: ['outcome'],
    registers: [this.registry],
  });
  readonly #messages = new Gauge({
    name: 'gateway_bridge_messages',
    help: 'Messages exchanged with Alma (ISO 18626), by direction (from the gateway), name and state',
    labelNames: ['direction', 'name', 'state'],
    registers: [this.registry],
  });
  readonly #bridgeQueue = new Gauge({
    name: 'gateway_bridge_queue',
    help: 'Messages of the bridge that wait, are held, were refused or stopped',
    labelNames: ['state'],
    registers: [this.registry],
  });

  readonly #closuresFailing = new Gauge({
    name: 'gateway_closures_failing',
    help: 'Planned closures whose switch of the service failed and is tried again',
    labelNames: ['institution', 'library'],
    registers: [this.registry],
  });

  readonly #upkeepFailures = new Counter({
    name: 'gateway_upkeep_failures_total',
    help: 'Steps of the nightly work (erasure of names, drafts, old reports) that failed',
    labelNames: ['step'],
    registers: [this.registry],
  });
  readonly #upkeepAge = new Gauge({
    name: 'gateway_upkeep_age_seconds',
    help: 'Time since a step of the nightly work was last done; since the store knows of it where it never was',
    labelNames: ['step'],
    registers: [this.registry],
  });

  constructor() {
    // Starts the count of each step at 0, which distinguishes 0 from no data.
    for (const step of UPKEEP_STEPS) this.#upkeepFailures.inc({ step }, 0);
  }

  readonly observeNacsis = (method: string, outcome: Outcome, seconds: number): void => {
    this.#nacsis.observe({ method, outcome }, seconds);
  };

  readonly observeAlma: ObserveAlma = (call, outcome, seconds) => {
    this.#alma.observe({ call, outcome }, seconds);
  };

  readonly observeDelivery = (outcome: Delivery['how'], seconds: number): void => {
    this.#deliveries.observe({ outcome }, seconds);
  };

  setBridge(counts: readonly MessageCount[]): void {
    this.#messages.reset();
    for (const { count, ...labels } of counts) this.#messages.set(labels, count);
    // Sets every state, so that an empty queue is 0 and not unknown.
    for (const state of QUEUED) {
      const queued = counts.filter((each) => each.state === state);
      this.#bridgeQueue.set(
        { state },
        queued.reduce((sum, { count }) => sum + count, 0),
      );
    }
  }

  readonly setClosures = (
    failing: readonly { readonly institution: string; readonly library: string; readonly count: number }[],
  ): void => {
    this.#closuresFailing.reset();
    for (const { count, ...labels } of failing) this.#closuresFailing.set(labels, count);
  };

  observeHttp(method: string, route: string, status: number, seconds: number): void {
    this.#http.observe({ method, route, status: String(status) }, seconds);
  }

  countError(code: string): void {
    this.#errors.inc({ code });
  }

  setReadings(
    readings: readonly { readonly institution: string; readonly library: string; readonly readAt: Date }[],
    now: Date,
  ): void {
    this.#readings.reset();
    for (const { readAt, ...labels } of readings) this.#readings.set(labels, (now.getTime() - readAt.getTime()) / 1000);
  }

  setImports({ runs, libraries }: ImportCounts, now: Date): void {
    for (const gauge of [this.#runs, this.#importFailed, this.#importAge]) gauge.reset();
    // Sets every state, so that a state without a run is 0 and not unknown.
    for (const state of RUN_STATES) this.#runs.set({ state }, runs.find((each) => each.state === state)?.count ?? 0);
    for (const { failed, completedAt, ...labels } of libraries) {
      this.#importFailed.set(labels, failed);
      if (completedAt !== null) this.#importAge.set(labels, (now.getTime() - completedAt.getTime()) / 1000);
    }
  }

  readonly countUpkeepFailure = (step: UpkeepStep): void => {
    this.#upkeepFailures.inc({ step });
  };

  setUpkeep(rows: readonly UpkeepRow[], now: Date): void {
    this.#upkeepAge.reset();
    for (const row of rows) this.#upkeepAge.set({ step: row.step }, ageOf(row, now) / 1000);
  }

  readonly setJournal = (counts: readonly { readonly state: JournalState; readonly count: number }[]): void => {
    this.#journal.reset();
    for (const { state, count } of counts) this.#journal.set({ state }, count);
  };
}
