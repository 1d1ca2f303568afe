import { hasEndedInAlma } from '#domain/alma/alma-steps';
import { requestIdsIn } from '#domain/catalog/identifiers';
import type { Side } from '#domain/ill/kinds';
import {
  AlmaError,
  type AlmaBody,
  type AlmaPartner,
  type AlmaPort,
  type AlmaRequest,
  type CreateOptions,
  type TaskFilter,
} from '../alma/port';
import { madeRequest, missingOfBorrowing, missingOfLending } from './spec-alma-body';

/**
 * Fate of the next call. A create or change is done or not, and its answer arrives or not; with `unknown-late` Alma
 * saves it only when `arrive` is called. A read with `unknown-…` gets no answer; `malformed-done` is an unreadable
 * answer.
 */
type AlmaFate =
  | 'answered'
  | 'refused'
  | 'unavailable'
  | 'unknown-not-done'
  | 'unknown-done'
  | 'unknown-late'
  | 'malformed-done'
  | 'daily-threshold'
  | 'key-refused';

type Method = keyof AlmaPort;
type AlmaOwner = { readonly userId: string } | { readonly partnerCode: string };
interface StoredInAlma {
  readonly owner: AlmaOwner;
  readonly library: string;
  readonly request: AlmaRequest;
  /** Format code; a lending request of others is PHYSICAL. */
  readonly format?: string;
}

/** Maximum length of Alma's task list (T1). */
const TASK_LIST = 100;

/**
 * An Alma for specs of the gateway: it really stores what it receives, has Alma's limits, and loses answers as told.
 */
export class SpecAlma implements AlmaPort {
  readonly users = new Set<string>();
  readonly partners = new Map<string, AlmaPartner>();
  /** By Alma's id, in the order of creation. */
  readonly stored = new Map<string, StoredInAlma>();
  /** Every call in order, including unanswered ones. */
  readonly calls: { readonly method: Method; readonly about: string }[] = [];
  /** Fates of the next creates and changes, and of the next reads. */
  fates: AlmaFate[] = [];
  readFates: AlmaFate[] = [];
  /** The error of a refused call. */
  refusal = { code: '401652', message: 'General error' };
  /** Runs between the arrival of a create and its execution. */
  during: () => Promise<void> = () => Promise.resolve();
  now: () => number = () => Date.now();
  /** True when its lists show ended requests only if these are asked for. */
  hidesEnded = false;
  /** True when its task list ignores all filters. */
  ignoresFilters = false;
  /** True when the count of a list does not match its rows. */
  isUncounted = false;
  /** Alma ids of requests that exist but do not appear in its lists yet. */
  readonly behind = new Set<string>();
  #late: (() => unknown)[] = [];
  #made = 0;

  partner: AlmaPort['partner'] = (_access, code) => this.#read('partner', code, () => this.partners.get(code));

  hasUser: AlmaPort['hasUser'] = (_access, userId) => this.#read('hasUser', userId, () => this.users.has(userId));

  borrowingIds: AlmaPort['borrowingIds'] = (_access, userId, list) =>
    this.#read('borrowingIds', userId, () => {
      this.#mustHaveUser(userId);
      const all = this.#ownedBy({ userId }).filter(({ request }) => !this.behind.has(request.requestId));
      const listed = all.filter((each) => this.#isListed(each, 'borrower') === (list === 'active'));
      return { ids: listed.map(({ request }) => request.requestId), isComplete: !this.isUncounted };
    });

  borrowing: AlmaPort['borrowing'] = (_access, userId, requestId) =>
    this.#read('borrowing', requestId, () => this.#find({ userId }, requestId)?.request);

  createBorrowing: AlmaPort['createBorrowing'] = (_access, userId, body, options) =>
    this.#create('createBorrowing', { userId }, body, options, () => {
      this.#mustHaveUser(userId);
      mustBe(missingOfBorrowing(body));
    });

  cancelBorrowing: AlmaPort['cancelBorrowing'] = async (_access, userId, requestId) => {
    await this.#change('cancelBorrowing', requestId, () =>
      this.#set({ userId }, requestId, { status: { code: 'CANCELLED', name: 'Cancelled' } }),
    );
  };

  setShippingCost: AlmaPort['setShippingCost'] = (_access, userId, requestId, yen) =>
    this.#change('setShippingCost', requestId, () => this.#set({ userId }, requestId, { shippingCost: yen }));

  taskList: AlmaPort['taskList'] = (_access, library, filter = {}) =>
    this.#read('taskList', library, () => {
      const found = [...this.stored.values()].filter(
        (each) => 'partnerCode' in each.owner && each.library === library && this.#fits(each, filter),
      );
      const requests = found.slice(0, TASK_LIST).map(({ request }) => request);
      const total = found.length;
      return { requests, total, isComplete: total === requests.length && total < TASK_LIST && !this.isUncounted };
    });

  lending: AlmaPort['lending'] = (_access, partnerCode, requestId) =>
    this.#read('lending', requestId, () => this.#find({ partnerCode }, requestId)?.request);

  createLending: AlmaPort['createLending'] = (_access, partnerCode, body, options) =>
    this.#create('createLending', { partnerCode }, body, options, () => {
      if (!this.partners.has(partnerCode)) refuse('402118', 'Partner not found');
      mustBe(missingOfLending(body));
    });

  /** Number of calls of these methods; of all methods by default. */
  count(...methods: readonly Method[]): number {
    return this.calls.filter(({ method }) => methods.length === 0 || methods.includes(method)).length;
  }

  /** Requests in Alma with this NACSIS id. */
  withNacsisId(id: string): readonly StoredInAlma[] {
    return [...this.stored.values()].filter(({ request: { externalId = '', note = '' } }) =>
      requestIdsIn(`${externalId} ${note}`).includes(id),
    );
  }

  /** Adds a request that others created in Alma. */
  add(owner: AlmaOwner, library: string, request: Partial<AlmaRequest> = {}): AlmaRequest {
    const requestId = request.requestId ?? this.#nextId();
    const made = { texts: {}, ...request, requestId };
    this.stored.set(requestId, { owner, library, request: made });
    return made;
  }

  /** Changes a request as another person or Alma itself would. */
  change(requestId: string, changes: Partial<AlmaRequest>): void {
    const found = this.stored.get(requestId);
    if (found === undefined) throw new Error(`no request ${requestId} in Alma`);
    this.stored.set(requestId, { ...found, request: { ...found.request, ...changes } });
  }

  /** Saves now what was sent with `unknown-late`. */
  arrive(): void {
    for (const done of this.#late.splice(0)) done();
  }

  #fits(each: StoredInAlma, { status, requested_format: format, printed = 'N', reported = 'N' }: TaskFilter): boolean {
    const { request, format: own = 'PHYSICAL' } = each;
    if (this.ignoresFilters) return this.#isListed(each, 'lender');
    const hasStatus = status === undefined ? this.#isListed(each, 'lender') : request.status?.code === status;
    return hasStatus && (format === undefined || format === own) && printed === 'N' && reported === 'N';
  }

  /** True when a list shows the request without a query for the history or for the request's status. */
  #isListed({ request: { requestId, status } }: StoredInAlma, side: Side): boolean {
    const hasEnded = status !== undefined && hasEndedInAlma(side, status.code);
    return !this.behind.has(requestId) && !(this.hidesEnded && hasEnded);
  }

  #ownedBy(owner: AlmaOwner): readonly StoredInAlma[] {
    return [...this.stored.values()].filter((each) => JSON.stringify(each.owner) === JSON.stringify(owner));
  }

  #find(owner: AlmaOwner, requestId: string): StoredInAlma | undefined {
    return this.#ownedBy(owner).find(({ request }) => request.requestId === requestId);
  }

  #set(owner: AlmaOwner, requestId: string, changes: Partial<AlmaRequest>): AlmaRequest {
    if (this.#find(owner, requestId) === undefined) refuse('401694', 'Request not found');
    this.change(requestId, changes);
    return { requestId, texts: {}, ...this.#find(owner, requestId)?.request };
  }

  #mustHaveUser(userId: string): void {
    if (!this.users.has(userId)) refuse('401890', 'User not found');
  }

  async #create(
    method: Method,
    owner: AlmaOwner,
    body: AlmaBody,
    { notAfter = Infinity }: CreateOptions = {},
    check: () => void,
  ): Promise<AlmaRequest> {
    if (this.now() > notAfter) throw new AlmaError('unavailable', 'too late to send it');
    await this.during();
    return this.#change(method, 'userId' in owner ? owner.userId : owner.partnerCode, () => {
      check();
      const requestId = this.#nextId();
      const request = madeRequest(requestId, body, 'userId' in owner ? undefined : owner.partnerCode);
      this.stored.set(requestId, { owner, library: String(body['owner']), request, ...formatIn(body) });
      return request;
    });
  }

  async #change<T>(method: Method, about: string, done: () => T): Promise<T> {
    this.calls.push({ method, about });
    const fate = this.fates.shift() ?? 'answered';
    this.#failNothingDone(fate);
    if (fate === 'unknown-late') this.#late.push(done);
    if (fate === 'unknown-late' || fate === 'unknown-not-done') throw new AlmaError('unknown', 'no answer');
    const answer = done();
    if (fate === 'unknown-done') throw new AlmaError('unknown', 'no answer');
    if (fate === 'malformed-done') throw new AlmaError('malformed', 'an answer without request_id');
    return Promise.resolve(answer);
  }

  async #read<T>(method: Method, about: string, read: () => T): Promise<T> {
    this.calls.push({ method, about });
    const fate = this.readFates.shift() ?? 'answered';
    this.#failNothingDone(fate);
    if (fate === 'malformed-done') throw new AlmaError('malformed', 'an answer without what it must have');
    if (fate !== 'answered') throw new AlmaError('unavailable', 'no answer');
    return Promise.resolve(read());
  }

  #failNothingDone(fate: AlmaFate): void {
    if (fate === 'refused') refuse(this.refusal.code, this.refusal.message);
    if (fate === 'unavailable' || fate === 'daily-threshold' || fate === 'key-refused')
      throw new AlmaError(fate, `Alma: ${fate}`);
  }

  #nextId(): string {
    this.#made += 1;
    return String(this.#made).padStart(6, '0') + '04146';
  }
}

function formatIn({ format }: AlmaBody): { readonly format?: string } {
  const isCoded = typeof format === 'object' && format !== null && 'value' in format;
  return isCoded ? { format: String(format.value) } : {};
}

function mustBe(missing: { readonly code: string; readonly message: string } | undefined): void {
  if (missing !== undefined) refuse(missing.code, missing.message);
}

function refuse(code: string, message: string): never {
  throw new AlmaError('refused', `Alma refused: ${code}`, { status: 400, code, message });
}
