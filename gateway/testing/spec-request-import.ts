import type { Integration } from '#domain/api-profile';
import type { Side } from '#domain/kinds';
import type { IllRequest, RequestFields } from '#domain/request';
import { STATES, type StateId } from '#domain/states';
import { saveLink } from '../commands/alma-link';
import type { ItemContext, ItemResult, Postponed, Settled } from '../imports/item';
import { RequestImport } from '../imports/request-import';
import { loadStatusMap } from '../imports/status-map';
import { findRequest, saveSnapshot, type StoredRequest } from '../store/requests-store';
import type { Store } from '../store/open-store';
import { SpecAlma } from './spec-alma';
import type { SpecStore } from './spec-stores';

export const INSTITUTION = '81SPEC_INST';
export const LIBRARY = 'RES_SHARE';
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
  readonly id?: string;
  readonly side?: Side;
  readonly kind?: IllRequest['kind'];
  /** null: 保留, which is in no table. */
  readonly state?: StateId | null;
  readonly fields?: RequestFields;
}
export type Options = Partial<Pick<ItemContext, 'dryRun' | 'full' | 'notAfter'>> & {
  readonly integration?: Partial<Integration>;
  readonly callTimeoutMs?: number;
};

/** The import of single requests over this store, an Alma of the specs, and a clock that stands still. */
export class SpecRequestImport {
  readonly alma = new SpecAlma();
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

  /** NACSIS-ILL delivers the request as it is now. */
  async deliver({
    id = 'LA0000000011',
    side = 'borrower',
    kind = 'copy',
    state = 'UNPROCESSED',
    fields = {},
  }: Given = {}) {
    const [borrowerId, lenderId] = side === 'borrower' ? [OWN_MEMBER, OTHER_MEMBER] : [OTHER_MEMBER, OWN_MEMBER];
    const names = { borrowerName: '見本大学図書館', lenderName: '見本研究所 図書室' };
    const request = {
      id,
      kind,
      state,
      externalStatus: state === null ? '保留' : STATES[state].wire,
      fields: { ...ARTICLE, borrowerId, lenderId, ...names, ...fields },
      history: [],
    };
    const snapshot = { institution: INSTITUTION, library: LIBRARY, memberId: OWN_MEMBER, side, request };
    return saveSnapshot(this.db, snapshot, new Date(this.clock));
  }

  /** One import, as one step of a run has it: its lookups are its own. */
  import({
    dryRun = false,
    full = false,
    notAfter = Infinity,
    integration = {},
    callTimeoutMs = 0,
  }: Options = {}): RequestImport {
    const library = { code: LIBRARY, name: '相互利用係', memberId: OWN_MEMBER, account: ACCOUNT };
    const context: ItemContext = {
      institution: { code: INSTITUTION, almaApiKey: 'spec-api-key', libraries: [library] },
      library,
      integration: {
        partner: { code: PARTNER, perMember: false },
        requester: { patronIdField: 'borrowerLocalData', patronIdPrefix: 'PID:', collectivePatron: COLLECTIVE },
        schedule: { every: 'off', at: '06:00', timeZone: 'Asia/Tokyo' },
        ...integration,
      },
      dryRun,
      full,
      notAfter,
    };
    const { db, alma } = this;
    const settings = { createSettleSeconds: SETTLE_SECONDS, callTimeoutMs };
    return new RequestImport({ db, alma, statusMap: STATUS_MAP, settings, now: () => new Date(this.clock), context });
  }

  /** Brings it and keeps what was learned, as the run does. */
  async bring(row: Pick<StoredRequest, 'side' | 'id'>, options: Options = {}): Promise<ItemResult> {
    return this.keep(await this.import(options).bring(await this.stored(row)));
  }

  async settled(row: Pick<StoredRequest, 'side' | 'id'>, options: Options = {}): Promise<Settled> {
    const result = await this.bring(row, options);
    if ('notBefore' in result) throw new Error(`postponed: ${result.detail ?? result.notBefore.toISOString()}`);
    return result;
  }

  async postponed(row: Pick<StoredRequest, 'side' | 'id'>, options: Options = {}): Promise<Postponed> {
    const result = await this.bring(row, options);
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

  /** Staff ties it by hand. */
  async tie(row: StoredRequest, requestId: string): Promise<void> {
    const link = row.side === 'borrower' ? { userId: PATRON, requestId } : { partnerCode: PARTNER, requestId };
    await saveLink(this.db, row, link);
  }

  async clear(): Promise<void> {
    for (const table of ['requests', 'alma_records', 'alma_seen'] as const) await this.db.deleteFrom(table).execute();
  }
}

/** To be called once in a `describe`: its specs share a store of this kind, and each has an import of its own on it, emptied. */
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
