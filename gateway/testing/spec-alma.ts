import { requestIdsIn } from '#domain/identifiers';
import {
  AlmaError,
  type AlmaBody,
  type AlmaPartner,
  type AlmaPort,
  type AlmaRequest,
  type CreateOptions,
} from '../alma/port';
import { madeRequest, missingOfBorrowing, missingOfLending } from './spec-alma-body';

/**
 * What happens to the next call. Of a create or a change: it is done or not, and its answer comes or not; `unknown-late`: Alma saves it
 * only when `arrive` is called. A read that is `unknown-…` was simply not answered, `malformed-done` is an answer of which nothing can be read.
 */
export type AlmaFate =
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
export type AlmaOwner = { readonly userId: string } | { readonly partnerCode: string };
export interface StoredInAlma {
  readonly owner: AlmaOwner;
  readonly library: string;
  readonly request: AlmaRequest;
}

/** As many as the task list of Alma shows (T1). */
const TASK_LIST = 100;

/** An Alma for specs of the gateway: it really keeps what it was sent, has Alma's limits, and loses answers as told. */
export class SpecAlma implements AlmaPort {
  readonly users = new Set<string>();
  readonly partners = new Map<string, AlmaPartner>();
  /** By Alma's id, in the order in which they were made. */
  readonly stored = new Map<string, StoredInAlma>();
  /** Every call, in its order, also those that were not answered. */
  readonly calls: { readonly method: Method; readonly about: string }[] = [];
  /** Of the next creates and changes, and of the next reads. */
  fates: AlmaFate[] = [];
  readFates: AlmaFate[] = [];
  /** What a call that is refused is told. */
  refusal = { code: '401652', message: 'General error' };
  /** Runs between the arrival of a create and its being done. */
  during: () => Promise<void> = () => Promise.resolve();
  now: () => number = () => Date.now();
  #late: (() => unknown)[] = [];
  #made = 0;

  partner: AlmaPort['partner'] = (_access, code) => this.#read('partner', code, () => this.partners.get(code));

  hasUser: AlmaPort['hasUser'] = (_access, userId) => this.#read('hasUser', userId, () => this.users.has(userId));

  borrowingIds: AlmaPort['borrowingIds'] = (_access, userId) =>
    this.#read('borrowingIds', userId, () => {
      this.#mustHaveUser(userId);
      return this.#ownedBy({ userId }).map(({ request }) => request.requestId);
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

  taskList: AlmaPort['taskList'] = (_access, library, partnerCode) =>
    this.#read('taskList', library, () => {
      const found = [...this.stored.values()].filter(
        ({ owner, library: of }) =>
          'partnerCode' in owner && of === library && (partnerCode === undefined || owner.partnerCode === partnerCode),
      );
      const requests = found.slice(0, TASK_LIST).map(({ request }) => request);
      return { requests, isComplete: found.length <= TASK_LIST };
    });

  lending: AlmaPort['lending'] = (_access, partnerCode, requestId) =>
    this.#read('lending', requestId, () => this.#find({ partnerCode }, requestId)?.request);

  createLending: AlmaPort['createLending'] = (_access, partnerCode, body, options) =>
    this.#create('createLending', { partnerCode }, body, options, () => {
      if (!this.partners.has(partnerCode)) refuse('402118', 'Partner not found');
      mustBe(missingOfLending(body));
    });

  /** How often one of these was called; all calls where none is named. */
  count(...methods: readonly Method[]): number {
    return this.calls.filter(({ method }) => methods.length === 0 || methods.includes(method)).length;
  }

  /** Requests of Alma that carry this NACSIS id. */
  withNacsisId(id: string): readonly StoredInAlma[] {
    return [...this.stored.values()].filter(({ request: { externalId = '', note = '' } }) =>
      requestIdsIn(`${externalId} ${note}`).includes(id),
    );
  }

  /** Made in Alma by others. */
  add(owner: AlmaOwner, library: string, request: Partial<AlmaRequest> = {}): AlmaRequest {
    const requestId = request.requestId ?? this.#nextId();
    const made = { texts: {}, ...request, requestId };
    this.stored.set(requestId, { owner, library, request: made });
    return made;
  }

  /** Somebody, or Alma itself, changes it. */
  change(requestId: string, changes: Partial<AlmaRequest>): void {
    const found = this.stored.get(requestId);
    if (found === undefined) throw new Error(`no request ${requestId} in Alma`);
    this.stored.set(requestId, { ...found, request: { ...found.request, ...changes } });
  }

  /** What was sent `unknown-late` is saved now. */
  arrive(): void {
    for (const done of this.#late.splice(0)) done();
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
      this.stored.set(requestId, { owner, library: String(body['owner']), request });
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

function mustBe(missing: { readonly code: string; readonly message: string } | undefined): void {
  if (missing !== undefined) refuse(missing.code, missing.message);
}

function refuse(code: string, message: string): never {
  throw new AlmaError('refused', `Alma refused: ${code}`, { status: 400, code, message });
}
