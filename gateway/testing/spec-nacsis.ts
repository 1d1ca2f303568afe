import type { Page } from '#domain/api/catalog';
import type { Member } from '#domain/catalog/catalog';
import { addDays, today } from '#domain/ill/dates';
import type { Kind, Side } from '#domain/ill/kinds';
import type { MemberValues } from '#domain/ill/own-record';
import { markOf } from '#domain/ill/order-mark';
import { stepFor } from '#domain/ill/machine';
import { NEW_RECORD, situationOf, type IllRequest } from '#domain/ill/request';
import { STATES, type StateId } from '#domain/ill/states';
import {
  NacsisError,
  type CommandCall,
  type FileReading,
  type NacsisAccount,
  type NacsisPort,
  type UnreadableRecord,
} from '../nacsis/port';

/** Fate of the next command: it is done or not, and its answer arrives or not. */
export type Fate =
  'answered' | 'refused' | 'unreachable' | 'cut-before' | 'cut-after' | 'timeout-before' | 'timeout-after';

/** A NACSIS-ILL for specs of the gateway: it really stores what is ordered, and loses answers as told. */
export class SpecNacsis implements NacsisPort {
  readonly stored = new Map<string, IllRequest>();
  readonly calls: CommandCall[] = [];
  fates: Fate[] = [];
  readable = true;
  /** Commands lead where the transition table says, and are refused where it has no edge. */
  followsTable = false;
  /** Runs between the arrival of a command and its answer. */
  during: () => Promise<void> = () => Promise.resolve();
  /** Changes the record that the sender of a command gets as the answer. */
  answer: (request: IllRequest) => IllRequest = (request) => request;
  /** The requests that were read, with their kind if it was known. */
  readonly requestReads: { readonly id: string; readonly kind: Kind | undefined }[] = [];
  /** The file readings, and the number of records per page. */
  readonly fileReadings: FileReading[] = [];
  filePage = 100;
  readonly fileCounts: FileReading[] = [];
  /** Stored requests with unreadable records, and the report on each. */
  readonly broken = new Map<string, UnreadableRecord>();
  /** Number of records after which a file reading breaks off. */
  readableRecords = Infinity;
  readonly countReads: { readonly memberId: string; readonly kind: Kind; readonly side: Side }[] = [];
  readonly recordSearches: { readonly memberId: string; readonly kind: Kind; readonly bibId: string }[] = [];
  /** Reads of the member directory. */
  readonly memberReads: { readonly ids: readonly string[]; readonly fresh: boolean }[] = [];
  /** Members by id that differ from the open member of all other ids; undefined: unknown to NACSIS-CAT. */
  readonly changedMembers = new Map<string, Partial<Member> | undefined>();
  /** Members as the directory's cache still has them. */
  readonly remembered = new Map<string, Member>();

  perform = async (account: NacsisAccount, call: CommandCall): Promise<IllRequest> => {
    this.calls.push(call);
    const fate = this.fates.shift() ?? 'answered';
    refuseBefore(fate);
    await this.during();
    const request = this.#done(account, call);
    loseAfter(fate);
    return this.answer(request);
  };

  readRequest: NacsisPort['readRequest'] = (_account, _side, id, kind) => {
    this.requestReads.push({ id, kind });
    this.#mustBeReadable();
    const request = this.stored.get(id);
    return Promise.resolve(kind === undefined || request?.kind === kind ? request : undefined);
  };

  requestsOfRecord: NacsisPort['requestsOfRecord'] = (account, kind, bibId) => {
    this.recordSearches.push({ memberId: account.memberId, kind, bibId });
    this.#mustBeReadable();
    const own = [...this.stored.values()].filter(({ fields }) => fields.borrowerId === account.memberId);
    const requests = own.filter((request) => request.kind === kind && request.fields.bibId === bibId);
    return Promise.resolve({ requests, isComplete: true });
  };

  requestsCreatedSince: NacsisPort['requestsCreatedSince'] = (account, kind, since) => {
    this.#mustBeReadable();
    const own = [...this.stored.values()].filter(
      (request) => request.kind === kind && request.fields.borrowerId === account.memberId,
    );
    return Promise.resolve(own.filter((request) => (request.fields.createdOn ?? '') >= since));
  };

  readFile: NacsisPort['readFile'] = async (account, wanted, save) => {
    this.fileReadings.push(wanted);
    const found = this.#inFile(account, wanted);
    for (let at = 0; at < found.length || at === 0; at += this.filePage) {
      this.#mustBeReadable();
      if (at > 0 && at >= this.readableRecords)
        throw new NacsisError('nacsis-unavailable', 'unknown', 'cut', { how: 'cut' });
      const page = found.slice(at, at + this.filePage);
      const unreadable = page.flatMap(({ id }) => this.broken.get(id) ?? []);
      await save({ requests: page.filter(({ id }) => !this.broken.has(id)), unreadable });
    }
  };

  countInFile: NacsisPort['countInFile'] = (account, wanted) => {
    this.fileCounts.push(wanted);
    return this.#answer(this.#inFile(account, wanted).length);
  };

  members: NacsisPort['members'] = (_account, ids, { fresh }) => {
    this.memberReads.push({ ids, fresh });
    this.#mustBeReadable();
    const found = ids.flatMap((id) => {
      const member = (fresh ? undefined : this.remembered.get(id)) ?? this.#member(id);
      return member === undefined ? [] : [[id, member] as const];
    });
    return Promise.resolve(new Map(found));
  };

  countsByStatus: NacsisPort['countsByStatus'] = ({ memberId }, kind, side) => {
    this.countReads.push({ memberId, kind, side });
    const counts = new Map<string, number>();
    for (const request of this.stored.values()) {
      const { borrowerId, lenderId } = request.fields;
      if (request.kind !== kind || (side === 'borrower' ? borrowerId : lenderId) !== memberId) continue;
      counts.set(request.externalStatus, (counts.get(request.externalStatus) ?? 0) + 1);
    }
    return this.#answer(counts);
  };
  searchCatalog: NacsisPort['searchCatalog'] = (_account, query) => this.#answer(emptyPage(query));
  catalogRecord: NacsisPort['catalogRecord'] = () => this.#answer(undefined);
  holdings: NacsisPort['holdings'] = (_account, _ncid, query) => this.#answer(emptyPage(query));
  searchMembers: NacsisPort['searchMembers'] = (_account, query) => this.#answer(emptyPage(query));
  /** Changes of own member records, with the fates of commands. */
  readonly memberUpdates: MemberValues[] = [];
  updateMember: NacsisPort['updateMember'] = async ({ memberId }, changes) => {
    this.memberUpdates.push(changes);
    const fate = this.fates.shift() ?? 'answered';
    refuseBefore(fate);
    await this.during();
    this.changeMember(memberId, changes);
    loseAfter(fate);
    const member = this.#member(memberId);
    if (member === undefined) throw new Error(`no member ${memberId}`);
    return member;
  };

  /** Changes a member record, as its library does elsewhere. */
  changeMember(memberId: string, changes: MemberValues): void {
    this.changedMembers.set(memberId, { ...this.changedMembers.get(memberId), ...changes });
  }

  close: NacsisPort['close'] = () => Promise.resolve();

  /** Number of requests in NACSIS-ILL with this mark. */
  withMark(mark: string): number {
    return [...this.stored.values()].filter((request) => markOf(request.fields.borrowerLocalData) === mark).length;
  }

  /** Acts on the record as another library or client. */
  actElsewhere(
    id: string,
    command: string,
    state: IllRequest['state'],
    externalStatus: string,
    memberId = 'FA090018',
    { comment, ...fields }: CommandCall['fields'] & { readonly comment?: string } = {},
  ): void {
    const request = this.stored.get(id);
    if (request === undefined) throw new Error(`no request ${id}`);
    const entry = { command, memberId, ...(comment === undefined ? {} : { comment }) };
    const history = [...request.history, entry];
    this.stored.set(id, { ...request, state, externalStatus, fields: { ...request.fields, ...fields }, history });
  }

  #inFile({ memberId }: NacsisAccount, wanted: FileReading): readonly IllRequest[] {
    const { kind, side, since = '', status, updatedIn = '' } = wanted;
    return [...this.stored.values()].filter(({ kind: own, externalStatus, fields }) => {
      const { updatedOn = '', borrowerId, lenderId } = fields;
      const isOwn = own === kind && (side === 'borrower' ? borrowerId : lenderId) === memberId;
      const isThen = updatedOn >= since && updatedOn.startsWith(updatedIn);
      return isOwn && isThen && (status === undefined || externalStatus === status);
    });
  }

  #done(account: NacsisAccount, call: CommandCall): IllRequest {
    const id = call.id ?? `LA${String(this.stored.size + 1).padStart(10, '0')}`;
    const before = this.stored.get(id);
    const lender = (call.fields.lenders ?? before?.fields.lenders)?.[0];
    const [state, externalStatus] = this.followsTable
      ? stateAfter(call, before)
      : (STATE_AFTER[call.command] ?? ['UNPROCESSED', '未処理']);
    const request: IllRequest = {
      id,
      kind: call.kind,
      state,
      externalStatus,
      fields: {
        ...before?.fields,
        ...call.fields,
        ...(call.command === 'ORDER' && lender !== undefined ? { lenderId: lender.memberId } : {}),
        id,
        borrowerId: (this.followsTable ? before?.fields.borrowerId : undefined) ?? account.memberId,
        createdOn: before?.fields.createdOn ?? addDays(today(), 0),
      },
      history: [
        ...(before?.history ?? []),
        {
          command: call.command,
          memberId: account.memberId,
          ...(call.comment === undefined ? {} : { comment: call.comment }),
        },
      ],
    };
    this.stored.set(id, request);
    return request;
  }

  #member(memberId: string): Member | undefined {
    const changes = this.changedMembers.get(memberId);
    return changes === undefined && this.changedMembers.has(memberId) ? undefined : openMember(memberId, changes);
  }

  async #answer<T>(value: T): Promise<T> {
    this.#mustBeReadable();
    return Promise.resolve(value);
  }

  #mustBeReadable(): void {
    if (!this.readable) throw new NacsisError('nacsis-unavailable', 'nothing', 'not reached');
  }
}

/** Throws when the call does not reach NACSIS-ILL, or is refused or lost there. */
function refuseBefore(fate: Fate): void {
  if (fate === 'unreachable') throw new NacsisError('nacsis-unavailable', 'nothing', 'not reached');
  if (fate === 'refused')
    throw new NacsisError('nacsis-rejected', 'nothing', 'refused', {
      nacsis: { status: '422', message: 'FA090018 does not serve' },
    });
  if (fate === 'cut-before') throw new NacsisError('nacsis-unavailable', 'unknown', 'cut', { how: 'cut' });
  if (fate === 'timeout-before') throw new NacsisError('nacsis-unavailable', 'unknown', 'late', { how: 'timeout' });
}

/** Throws when the answer is lost after the call was done. */
function loseAfter(fate: Fate): void {
  if (fate === 'cut-after') throw new NacsisError('nacsis-unavailable', 'unknown', 'cut', { how: 'cut' });
  if (fate === 'timeout-after') throw new NacsisError('nacsis-unavailable', 'unknown', 'late', { how: 'timeout' });
}

/** A member that accepts every request. */
export function openMember(memberId: string, changes: Partial<Member> = {}): Member {
  return {
    memberId,
    name: '見本大学図書館',
    participates: true,
    service: 'A',
    copyService: 'A',
    loanService: 'A',
    faxService: 'N',
    offset: false,
    policies: [],
    locations: [],
    zip: '100-0000',
    address: '東京都',
    tel: '03-0000-0000',
    illDepartment: '相互利用係',
    illStaff: '担当 A',
    ...changes,
  };
}

function stateAfter({ kind, side, command }: CommandCall, before: IllRequest | undefined): readonly [StateId, string] {
  const step = stepFor(before === undefined ? NEW_RECORD(kind) : situationOf(before), side, command);
  if (step.allowed) return [step.edge.to, STATES[step.edge.to].wire];
  throw new NacsisError('nacsis-rejected', 'nothing', 'refused', { nacsis: { status: '422', message: step.refusal } });
}

function emptyPage({ page = 1, pageSize = 20 }: { readonly page?: number; readonly pageSize?: number }): Page<never> {
  return { total: 0, page, pageSize, items: [] };
}

const STATE_AFTER: Readonly<Partial<Record<string, readonly [NonNullable<IllRequest['state']>, string]>>> = {
  SAVE: ['PREPARING', '準備中'],
  ORDER: ['UNPROCESSED', '未処理'],
  CALLBACK: ['PREPARING', '準備中'],
  CANCEL: ['CANCELLED', 'CANCEL'],
};
