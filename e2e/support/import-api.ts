import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type {
  ImportedPage,
  ImportedRequest,
  ImportReport,
  ImportRun,
  Runs,
  StartedImport,
  StartImport,
} from '#domain/api/imports';
import type { RequestList } from '#domain/api/work-list';
import type { Integration, Profile } from '#domain/api/profile';
import type { Outcome } from '#domain/imports/import';
import { LIBRARY } from '../../tools/gateway-config';

const MANAGER = 'manager001';
const POLL_MS = 50;
const PATIENT_MS = 1_000;

/**
 * Profile that reads the patron from the local data of the request and otherwise uses the collective patron. Has no
 * scheduled runs.
 */
export const INTEGRATION: Integration = {
  writer: 'rest',
  partner: { code: 'NACSIS', perMember: false },
  requester: { patronIdField: 'borrowerLocalData', patronIdPrefix: 'ID=', collectivePatron: 'ILL000' },
  schedule: { every: 'off', at: '06:00', timeZone: 'Asia/Tokyo' },
};

/** The gateway's import API, used as the manager of the first institution. */
export class ImportApi {
  constructor(private readonly urls: { readonly gateway: string; readonly alma: string }) {}

  /** Sets how the import works for the library. */
  async saveProfile(changes: Partial<Integration> = {}): Promise<void> {
    const path = `/profiles/${LIBRARY.code}`;
    const { version } = await this.#call<Profile>('GET', path);
    await this.#call('PUT', path, { version, integration: { ...INTEGRATION, ...changes } });
  }

  async start(order: StartImport = {}): Promise<string> {
    return (await this.#call<StartedImport>('POST', '/imports', order)).runId;
  }

  /** The run that was requested last. */
  async newest(): Promise<ImportRun> {
    const { items } = await this.#call<Runs>('GET', '/imports');
    const [run] = items;
    if (run === undefined) throw new Error('nothing was run yet');
    return run;
  }

  /** Newest first. */
  runs(): Promise<Runs> {
    return this.#call('GET', '/imports');
  }

  report(runId: string): Promise<ImportReport> {
    return this.#call('GET', `/imports/${runId}`);
  }

  /** Every request of the run with this outcome. */
  async requests(runId: string, outcome: Outcome): Promise<readonly ImportedRequest[]> {
    const found: ImportedRequest[] = [];
    for (let page = 1; ; page += 1) {
      const path = `/imports/${runId}/requests?outcome=${outcome}&page=${String(page)}`;
      const { items, total } = await this.#call<ImportedPage>('GET', path);
      found.push(...items);
      if (items.length === 0 || found.length >= total) return found;
    }
  }

  /** The requests linked to this Alma request. */
  async linkedTo(almaId: string): Promise<RequestList['items']> {
    return (await this.#call<RequestList>('GET', `/requests?almaRequestId=${almaId}`)).items;
  }

  /** Waits until `is` holds for the run or the run has ended. */
  async until(runId: string, is: (run: ImportRun) => boolean, pollMs = POLL_MS): Promise<ImportReport> {
    for (;;) {
      const report = await this.report(runId);
      if (report.finishedAt !== undefined || is(report)) return report;
      await pause(pollMs);
    }
  }

  /** Starts a run and waits for its end. */
  async runThrough(order: StartImport = {}): Promise<ImportReport> {
    return this.ended(await this.start(order));
  }

  /** Waits for the end of the run. Polls rarely, because answering takes time from the import. */
  ended(runId: string): Promise<ImportReport> {
    return this.until(runId, () => false, PATIENT_MS);
  }

  async #call<T>(method: string, path: string, body?: object): Promise<T> {
    const { token } = (await (await fetch(`${this.urls.alma}/_sim/token?user=${MANAGER}`)).json()) as { token: string };
    const response = await fetch(`${this.urls.gateway}/api/v1${path}`, {
      method,
      headers: {
        'authorization': `Bearer ${token}`,
        'idempotency-key': randomUUID(),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)} ${text}`);
    return JSON.parse(text) as T;
  }
}
