import { DEFAULT_INTEGRATION } from '../../domain/imports/integration';
import type { BridgeMessage, BridgeQueue } from '../../domain/api/bridge';
import type { CreateRequest, Draft, Library, Me, RequestView } from '../../domain/api/requests';
import type { RequestList, RequestSummary } from '../../domain/api/work-list';
import type { Page } from '../../domain/api/catalog';
import type { Profile, RecentLenders, Template } from '../../domain/api/profile';
import type { CatalogRecord, Holding, Member } from '../../domain/catalog/catalog';
import { nacsisCheckCharacter } from '../../domain/catalog/identifiers';
import type { Side } from '../../domain/ill/kinds';
import type { Asking } from '../../domain/ill/lender-proposal';
import type { SourceRecord } from '../alma/alma-record.service';
import { DEFAULT_INSTITUTION, type InstitutionSettings } from '../core/institution-settings';
import { DEFAULT_USER, type UserSettings } from '../core/user-settings';
import { rowOf, type HoldingRow } from '../../domain/ill/rota';

/** Valid made-up test data of every kind; specs override what they test. */

const checked = (body: string): string => body + nacsisCheckCharacter(body);

/** FA numbers of non-existent libraries (they start with 09). */
export const memberIdOf = (number: number): string => checked(`FA09${String(number).padStart(3, '0')}`);
export const ncidOf = (number: number, prefix: 'BA' | 'AN' = 'BA'): string =>
  checked(prefix + String(number).padStart(7, '0'));

/** Valid numbers: two of books, one of a serial. */
export const ISBN = '9784000000017';
export const OTHER_ISBN = '9784000000024';
export const ISSN = '1234-5679';

export const LIBRARY: Library = { code: 'MAIN', name: '中央図書館', memberId: memberIdOf(1), writer: 'rest' };
export const BRANCH: Library = { code: 'MED', name: '医学図書館', memberId: memberIdOf(2), writer: 'rest' };

export function aMe(changes: Partial<Me> = {}): Me {
  const user = { id: 'staff001', mayRead: true, mayAct: true, mayManage: false };
  return { institution: 'LAB_INST', user, libraries: [LIBRARY], mode: 'lenient', ...changes };
}

export const anInstitution = (changes: Partial<InstitutionSettings> = {}): InstitutionSettings => ({
  ...DEFAULT_INSTITUTION,
  gatewayUrl: 'https://gateway.example',
  ...changes,
});

export const aUser = (changes: Partial<UserSettings> = {}): UserSettings => ({ ...DEFAULT_USER, ...changes });

/** A library that serves copies and loans. */
export function aMember(changes: Partial<Member> = {}): Member {
  return {
    memberId: memberIdOf(10),
    name: '館 A 大学附属図書館',
    participates: true,
    service: 'A',
    copyService: 'A',
    loanService: 'A',
    faxService: 'N',
    offset: false,
    policies: [],
    locations: [],
    ...changes,
  };
}

export const OWN_MEMBER: Member = aMember({
  memberId: LIBRARY.memberId,
  name: '自館',
  region: '13',
  zip: '000-0001',
  address: '東京都 1-1',
  tel: '03-0000-0001',
  fax: '03-0000-0002',
  illDepartment: '相互利用係',
  illStaff: '担当 A',
});

/** A holding of the library with this number, which takes part and serves. */
export function aHolding(number: number, changes: Partial<Holding> = {}): Holding {
  const memberId = memberIdOf(number);
  return {
    id: `H${String(number)}`,
    ncid: ncidOf(1),
    memberId,
    memberName: `館${String(number)}`,
    volumes: [],
    member: aMember({ memberId }),
    ...changes,
  };
}

/** Holdings of this many different libraries. */
export const holdings = (count: number, first = 10): readonly Holding[] =>
  Array.from({ length: count }, (_, at) => aHolding(first + at));

/** A request of the own library: a copy without a specific volume. */
export const anAsking = (changes: Partial<Asking> = {}): Asking => ({
  kind: 'copy',
  wanted: {},
  own: { memberId: LIBRARY.memberId },
  ...changes,
});

export function aRow(number: number, changes: Partial<Holding> = {}, asking: Partial<Asking> = {}): HoldingRow {
  return rowOf(aHolding(number, changes), anAsking(asking));
}

export function aRecord(changes: Partial<CatalogRecord> = {}): CatalogRecord {
  return {
    ncid: ncidOf(1),
    form: 'book',
    title: '図書館情報学入門',
    responsibility: '著者 A 著',
    publisher: '出版社 A',
    year: '2019',
    isbns: [ISBN],
    volumes: [],
    series: [],
    authors: [],
    subjects: [],
    notes: [],
    ...changes,
  };
}

export function aSource(changes: Partial<SourceRecord> = {}): SourceRecord {
  const citation = { title: '図書館情報学入門', isbns: [ISBN], year: '2019', series: [], form: 'book' } as const;
  return { citation, part: {}, isPartial: false, ...changes };
}

export function aPage<T>(items: readonly T[], changes: Partial<Page<T>> = {}): Page<T> {
  return { total: items.length, page: 1, pageSize: 200, items, ...changes };
}

export function anOrder(changes: Partial<CreateRequest> = {}): CreateRequest {
  return { library: LIBRARY.code, kind: 'copy', mode: 'order', fields: { payment: 'pb' }, ...changes };
}

export function aRequest(changes: Partial<RequestView> = {}): RequestView {
  return {
    id: 'LA0012345671',
    library: LIBRARY.code,
    side: 'borrower',
    kind: 'copy',
    state: 'UNPROCESSED',
    externalStatus: '未処理',
    fields: {},
    history: [],
    version: 1,
    seenAt: '2026-11-24T01:42:00.000Z',
    changedAt: '2026-11-24T01:42:00.000Z',
    partner: { id: memberIdOf(10), name: '館10' },
    actions: [],
    ...changes,
  };
}

export function aSummary(changes: Partial<RequestSummary> = {}): RequestSummary {
  const { id, library, side, kind, state, externalStatus, partner, version, seenAt, changedAt } = aRequest();
  return {
    id,
    library,
    side,
    kind,
    state,
    externalStatus,
    partner,
    version,
    seenAt,
    changedAt,
    title: '図書館情報学入門',
    citation: '',
    waitsForUs: false,
    allowed: [],
    ...changes,
  };
}

/** A page of the work list with facets computed from its rows; gone requests have no status. */
export function aList(items: readonly RequestSummary[] = [], changes: Partial<RequestList> = {}): RequestList {
  const delivered = items.filter(({ gone }) => gone === undefined);
  const waitingOn = (side: Side) => items.filter((item) => item.side === side && item.waitsForUs).length;
  const statuses = [...new Set(delivered.map(({ externalStatus }) => externalStatus))];
  return {
    total: items.length,
    page: 1,
    pageSize: 50,
    items: [...items],
    readAt: '2026-11-24T01:42:00.000Z',
    waiting: { borrower: waitingOn('borrower'), lender: waitingOn('lender') },
    facets: {
      externalStatus: statuses.map((value) => {
        const same = delivered.filter(({ externalStatus }) => externalStatus === value);
        const [first] = same;
        const waiting = same.filter(({ waitsForUs }) => waitsForUs).length;
        return { value, count: same.length, waiting, state: first?.state ?? null };
      }),
      gone: items.length - delivered.length,
      kind: [],
      partner: [],
    },
    ...changes,
  };
}

/** A message of Alma that waits for the other library. */
export function aMessage(changes: Partial<BridgeMessage> = {}): BridgeMessage {
  return {
    id: 'm1',
    library: LIBRARY.code,
    direction: 'in',
    name: 'Received',
    side: 'borrower',
    requestId: 'LA0012345671',
    externalId: 'EXT-1',
    title: '図書館情報学入門',
    state: 'held',
    hold: { reason: 'partner-first', since: '2026-11-24T01:00:00.000Z' },
    commands: [],
    at: '2026-11-24T01:00:00.000Z',
    attempts: 0,
    can: ['apply', 'drop'],
    ...changes,
  };
}

export function aQueue(items: readonly BridgeMessage[] = [], changes: Partial<BridgeQueue> = {}): BridgeQueue {
  const countOf = (state: BridgeMessage['state']) => items.filter((item) => item.state === state).length;
  return {
    total: items.length,
    page: 1,
    pageSize: 50,
    counts: {
      waiting: countOf('waiting'),
      held: countOf('held'),
      refused: countOf('refused'),
      stopped: countOf('stopped'),
    },
    items: [...items],
    ...changes,
  };
}

export const aTemplate = (name: string, changes: Partial<Template> = {}): Template => ({
  name,
  values: {},
  ...changes,
});

export const aProfile = (templates: readonly Template[] = [], changes: Partial<Profile> = {}): Profile => ({
  library: LIBRARY.code,
  version: 1,
  templates: [...templates],
  views: [],
  tariffs: [],
  integration: DEFAULT_INTEGRATION,
  ...changes,
});

export const recentLenders = (counts: RecentLenders['counts'] = {}): RecentLenders => ({ days: 90, counts });

export function aStoredDraft(changes: Partial<Draft> = {}): Draft {
  const content = { version: 1, source: 'new', typed: {}, comment: '', lenders: [], key: 'key-1' };
  return {
    draftId: 'draft-0001',
    library: LIBRARY.code,
    kind: 'copy',
    content,
    updatedAt: '2026-11-24T01:42:00.000Z',
    ...changes,
  };
}
