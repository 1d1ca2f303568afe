import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Outcome } from './nacsis/transport';
import type { JournalState } from './store/schema';

/** The gateway's metrics, in Prometheus' text form at /metrics. */
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

  readonly observeNacsis = (method: string, outcome: Outcome, seconds: number): void => {
    this.#nacsis.observe({ method, outcome }, seconds);
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

  readonly setJournal = (counts: readonly { readonly state: JournalState; readonly count: number }[]): void => {
    this.#journal.reset();
    for (const { state, count } of counts) this.#journal.set({ state }, count);
  };
}
