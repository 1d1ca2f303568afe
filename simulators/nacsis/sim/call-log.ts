import { METHODS } from '#catp/names';
import { commandByWire } from '#domain/ill/commands';
import { Counters } from '../../shared/counters';
import type { CatpCall } from '../service/catp-call';

export interface Exchange {
  readonly at: string;
  readonly request: string;
  /** Empty when the connection was cut. */
  readonly answer: string;
}

const KEPT = 200;
const LONGEST = 20_000;
const UNKNOWN = 'UNKNOWN';
/** Name of the counter for records in the answers to SEARCH, SCAN and RETRIEVE. */
const RECORDS = 'RECORDS';
const PASSWORD = /^(Authenticat[a-z-]*\s*:[^,\r\n]*,).*$/gim;

/** Call counts of each method and ILL command, the number of records read, and the last exchanges as text. */
export class CallLog {
  private readonly counts = new Counters();
  private exchanges: readonly Exchange[] = [];

  /**
   * Counts the method and, for an ILL call, its command, for example `SERVERPROCEDURECALL` and `ORDER`. Counts names
   * unknown to CATP as `UNKNOWN`.
   */
  count({ echo, command }: CatpCall): void {
    const method = METHODS.find((name) => name === echo.method) ?? UNKNOWN;
    const names = command === undefined ? [method] : [method, commandByWire(command) ?? UNKNOWN];
    for (const name of names) this.counts.count(name);
  }

  countRecords(number: number): void {
    if (number > 0) this.counts.count(RECORDS, number);
  }

  counters(): Readonly<Record<string, number>> {
    return this.counts.all();
  }

  record(at: Date, request: Uint8Array, answer: Uint8Array | undefined): void {
    const exchange = {
      at: at.toISOString(),
      request: masked(request),
      answer: answer === undefined ? '' : masked(answer),
    };
    this.exchanges = [...this.exchanges, exchange].slice(-KEPT);
  }

  last(count: number): readonly Exchange[] {
    return this.exchanges.slice(-count);
  }

  clear(): void {
    this.counts.clear();
    this.exchanges = [];
  }
}

function masked(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8').slice(0, LONGEST).replace(PASSWORD, '$1***');
}
