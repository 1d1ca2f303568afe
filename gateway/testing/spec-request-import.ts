import { randomUUID } from 'node:crypto';
import type { Integration, Writer } from '#domain/api/profile';
import type { Side } from '#domain/ill/kinds';
import type { IllRequest, RequestFields } from '#domain/ill/request';
import { STATES, type StateId } from '#domain/ill/states';
import { saveLink } from '../commands/alma-link';
import type { ItemContext, ItemResult, Postponed, Settled } from '../alma-sync/item';
import { RequestImport } from '../alma-sync/request-import';
import { loadStatusMap } from '../profiles/status-map';
import { wholeOutcome } from '../runs/run-sync';
import { findRequest, saveSnapshot, type StoredRequest } from '../store/requests-store';
import type { Store } from '../store/open-store';
import { SpecAlma } from './spec-alma';
import type { SpecStore } from './spec-stores';

export const INSTITUTION = '81SPEC_INST';
export const LIBRARY = 'RES_SHARE';
/** Another library of the same institution. */
export const BRANCH = 'BRANCH_SHARE';
export const BRANCH_MEMBER = 'FA09003X';
export const OWN_MEMBER = 'FA090007';
export const OTHER_MEMBER = 'FA090018';
export const COLLECTIVE = 'ILL-GUEST';
export const PATRON = 'U-001';
export const PARTNER = 'NACSIS';
export const SETTLE_SECONDS = 30;

const STATUS_MAP = loadStatusMap();
const ACCOUNT = { memberId: OWN_MEMBER, user: 'spec', password: 'spec-password' };
const ARTICLE: RequestFields = {
  bibId: 'AN00000011',
  bibNote: '見本学会誌. -- 東京 : 見本学会, 1990-',
  standardNumber: 'ISSN=0000-0019',
  volume: '12(3)',
  pages: '10-24',
  year: '2001',
  article: '著者 001 : 見本の論文',
  copyType: '電子複写',
  sendingMethod: '普通',
  borrowerLocalData: `PID:${PATRON}`,
};

export interface Given {
  /** The library whose file delivers the request. */
  readonly library?: string;
  readonly id?: string;
  readonly side?: Side;
  readonly kind?: IllRequest['kind'];
  /** null: 保留, which no table contains. */
  readonly state?: StateId | null;
  readonly fields?: RequestFields;
}
type Options = Partial<Pick<ItemContext, 'dryRun' | 'full' | 'notAfter' | 'runId'>> & {
  readonly integration?: Partial<Integration>;
  readonly callTimeoutMs?: number;
  readonly library?: string;
};

/** The import of single requests on this store, with an Alma of the specs and a clock that stands still. */
export class SpecRequestImport {
  readonly alma = new SpecAlma();
  /** The writer that staff choose while a step works; undefined: they do not. */
  writer: Writer | undefined;
  clock = new Date('2026-11-27T01:00:00Z').getTime();

  constructor(readonly store: Pick<Store, 'db'>) {
    this.alma.now = () => this.clock;
    for (const user of [PATRON, COLLECTIVE]) this.alma.users.add(user);
    this.alma.partners.set(PARTNER, { code: PARTNER, name: 'NACSIS-ILL', isActive: true });
  }

  get db() {
    return this.store.db;
  }

  pass(seconds: number): void {
    this.clock += seconds * 1000;
  }

  /** Delivers the request from NACSIS-ILL as it is now. */
  async deliver({
    library = LIBRARY,
    id = 'LA0000000011',
    side = 'borrower',
    kind = 'copy',
    state = 'UNPROCESSED',
    fields = {},
  }: Given = {}) {
    const memberId = memberOf(library);
    const [borrowerId, lenderId] = side === 'borrower' ? [memberId, OTHER_MEMBER] : [OTHER_MEMBER, memberId];
    const names = { borrowerName: '見本大学図書館', lenderName: '見本研究所 図書室' };
    const request = {
      id,
      kind,
      state,
      externalStatus: state === null ? '保留' : STATES[state].wire,
      fields: { ...ARTICLE, borrowerId, lenderId, ...names, ...fields },
      history: [],
    };
    const snapshot = { institution: INSTITUTION, library, memberId, side, request };
    return saveSnapshot(this.db, snapshot, new Date(this.clock));
  }

  /** A run of the import; its steps share its stock. */
  async run(): Promise<string> {
    const runId = `run-${randomUUID()}`;
    await this.db
      .insertInto('import_runs')
      .values({
        ...{ institution: INSTITUTION, run_id: runId, trigger: 'staff', state: 'running', full: false, dry_run: false },
        ...{ libraries: '[]', libraries_read: '[]', configuration: '[]', requested_at: new Date(this.clock) },
        ...{ cancelling: false, resumed: 0, records_read: 0, wait_count: 0, revision: 0 },
      })
      .execute();
    return runId;
  }

  /** One step of a run, with its own lookups. */
  import({
    runId = '',
    dryRun = false,
    full = false,
    notAfter = Infinity,
    integration = {},
    callTimeoutMs = 0,
    library: code = LIBRARY,
  }: Options = {}): RequestImport {
    const library = { code, name: '相互利用係', memberId: memberOf(code), account: ACCOUNT };
    const context: ItemContext = {
      institution: { code: INSTITUTION, almaApiKey: 'spec-api-key', libraries: [library] },
      library,
      integration: {
        writer: 'rest',
        partner: { code: PARTNER, perMember: false },
        requester: { patronIdField: 'borrowerLocalData', patronIdPrefix: 'PID:', collectivePatron: COLLECTIVE },
        schedule: { every: 'off', at: '06:00', timeZone: 'Asia/Tokyo' },
        ...integration,
      },
      runId,
      dryRun,
      full,
      notAfter,
      writerNow: () => Promise.resolve(this.writer ?? integration.writer ?? 'rest'),
    };
    const { db, alma } = this;
    const settings = { createSettleSeconds: SETTLE_SECONDS, callTimeoutMs };
    return new RequestImport({ db, alma, statusMap: STATUS_MAP, settings, now: () => new Date(this.clock), context });
  }

  /**
   * Brings a request to Alma, in a new run unless one is named, and saves what was learned, like a run does. Includes
   * the work that remains after a new link.
   */
  async sync(row: Pick<StoredRequest, 'side' | 'id'>, options: Options = {}): Promise<ItemResult> {
    const step = this.import({ runId: options.runId ?? (await this.run()), ...options });
    let before: Settled['changes'] = [];
    for (;;) {
      const result = await this.keep(await step.sync(await this.stored(row)));
      if (!('outcome' in result)) return result;
      const whole = { ...result, ...wholeOutcome(before, result) };
      if (result.isCut === undefined) return whole;
      before = whole.changes;
    }
  }

  async settled(row: Pick<StoredRequest, 'side' | 'id'>, options: Options = {}): Promise<Settled> {
    const result = await this.sync(row, options);
    if ('notBefore' in result) throw new Error(`postponed: ${result.detail ?? result.notBefore.toISOString()}`);
    return result;
  }

  async postponed(row: Pick<StoredRequest, 'side' | 'id'>, options: Options = {}): Promise<Postponed> {
    const result = await this.sync(row, options);
    if ('outcome' in result) throw new Error(`settled: ${result.outcome}`);
    return result;
  }

  async keep(result: ItemResult): Promise<ItemResult> {
    const save = 'outcome' in result ? result.save : undefined;
    if (save !== undefined) await this.db.transaction().execute(save);
    return result;
  }

  async stored({ side, id }: Pick<StoredRequest, 'side' | 'id'>): Promise<StoredRequest> {
    const row = await findRequest(this.db, INSTITUTION, side, id);
    if (row === undefined) throw new Error(`no request ${id}`);
    return row;
  }

  async record({ side, id }: Pick<StoredRequest, 'side' | 'id'>) {
    const records = this.db.selectFrom('alma_records').selectAll().where('institution', '=', INSTITUTION);
    return records.where('side', '=', side).where('id', '=', id).executeTakeFirst();
  }

  /** Links the request by hand, as staff does. */
  async link(row: StoredRequest, requestId: string): Promise<void> {
    const link = row.side === 'borrower' ? { userId: PATRON, requestId } : { partnerCode: PARTNER, requestId };
    await saveLink(this.db, row, link);
  }

  async clear(): Promise<void> {
    for (const table of ['import_runs', 'requests', 'alma_records', 'alma_left'] as const)
      await this.db.deleteFrom(table).execute();
  }
}

function memberOf(library: string): string {
  return library === BRANCH ? BRANCH_MEMBER : OWN_MEMBER;
}

/**
 * Call once in a `describe`: its specs share a store of this kind. Each spec has its own import on the emptied store.
 */
export function useSpecRequestImport(open: SpecStore['open'], take: (spec: SpecRequestImport) => void): void {
  let opened: Awaited<ReturnType<SpecStore['open']>>;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.drop());
  beforeEach(async () => {
    const spec = new SpecRequestImport(opened.store);
    await spec.clear();
    take(spec);
  });
}
