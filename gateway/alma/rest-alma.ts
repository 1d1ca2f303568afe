import { AlmaCaller, type AlmaRetries, type ObserveAlma } from './alma-caller';
import { allBorrowingIds, PAGE_LIMIT } from './borrowing-pages';
import type {
  AlmaAccess,
  AlmaBody,
  AlmaPartner,
  AlmaPort,
  AlmaRequest,
  BorrowingIds,
  BorrowingList,
  CreateOptions,
  TaskFilter,
  TaskList,
} from './port';
import { partnerFrom } from './partner-answer';
import { objectFrom, requestFrom, taskListFrom, textFrom } from './request-answer';
import type { AlmaSettings } from './settings';

/** Alma's error codes for a missing partner, user or request (alma.md 2.1). */
const NO_PARTNER = ['402118'];
const NO_USER = ['401861', '401890'];
const NO_REQUEST = ['40166450', '40166412'];

/** Alma over its REST API, with an institution's API key. */
export class RestAlma implements AlmaPort {
  readonly #caller: AlmaCaller;

  /** `now`: milliseconds, the clock of `notAfter`. */
  constructor(settings: AlmaSettings, observe?: ObserveAlma, now?: () => number, retries?: AlmaRetries) {
    this.#caller = new AlmaCaller(settings, observe, now, retries);
  }

  async partner(access: AlmaAccess, code: string): Promise<AlmaPartner | undefined> {
    const call = { name: 'partner', method: 'GET', path: ['partners', code] } as const;
    const json = await this.#caller.find(access, call, NO_PARTNER);
    return json === undefined ? undefined : partnerFrom(json, code);
  }

  /**
   * Alma finds a user by any identifier and ignores case. Only an equal primary id proves that it is the requested
   * user.
   */
  async hasUser(access: AlmaAccess, userId: string): Promise<boolean> {
    const call = { name: 'hasUser', method: 'GET', path: ['users', userId], confidential: userId } as const;
    const json = await this.#caller.find(access, call, NO_USER);
    return json !== undefined && textFrom(objectFrom(json), 'primary_id') === userId;
  }

  async borrowingIds(access: AlmaAccess, userId: string, list: BorrowingList): Promise<BorrowingIds> {
    const path = ['users', userId, 'requests'];
    const call = { name: 'borrowingIds', method: 'GET', path, confidential: userId } as const;
    return allBorrowingIds((offset) =>
      this.#caller.call(access, {
        ...call,
        query: { status: list, limit: String(PAGE_LIMIT), offset: String(offset) },
      }),
    );
  }

  async borrowing(access: AlmaAccess, userId: string, requestId: string): Promise<AlmaRequest | undefined> {
    const call = { name: 'borrowing', method: 'GET', ...oneOf(userId, requestId) } as const;
    const json = await this.#caller.find(access, call, [...NO_REQUEST, ...NO_USER]);
    return json === undefined ? undefined : requestFrom(json, requestId);
  }

  /**
   * Overrides blocks: the request exists in NACSIS-ILL, whatever the institution holds and the patron may borrow
   * (401604).
   */
  async createBorrowing(
    access: AlmaAccess,
    userId: string,
    body: AlmaBody,
    { notAfter }: CreateOptions = {},
  ): Promise<AlmaRequest> {
    const query = { override_blocks: 'true' };
    const call = { name: 'createBorrowing', method: 'POST', ...allOf(userId), query, body, notAfter } as const;
    return requestFrom(await this.#caller.call(access, call));
  }

  async cancelBorrowing(access: AlmaAccess, userId: string, requestId: string): Promise<void> {
    const query = { remove_request: 'false', notify_user: 'false' };
    await this.#caller.call(access, { name: 'cancelBorrowing', method: 'DELETE', ...oneOf(userId, requestId), query });
  }

  async setShippingCost(access: AlmaAccess, userId: string, requestId: string, yen: number): Promise<AlmaRequest> {
    const query = { op: 'update_shipping', shipping_cost: String(yen) };
    const call = { name: 'setShippingCost', method: 'POST', ...oneOf(userId, requestId), query, body: {} } as const;
    return requestFrom(await this.#caller.call(access, call), requestId);
  }

  async taskList(access: AlmaAccess, library: string, filter: TaskFilter = {}): Promise<TaskList> {
    const query = { library, ...filter };
    const path = ['task-lists', 'rs', 'lending-requests'];
    return taskListFrom(await this.#caller.call(access, { name: 'taskList', method: 'GET', path, query }));
  }

  async lending(access: AlmaAccess, partnerCode: string, requestId: string): Promise<AlmaRequest | undefined> {
    const path = ['partners', partnerCode, 'lending-requests', requestId];
    const json = await this.#caller.find(access, { name: 'lending', method: 'GET', path }, NO_REQUEST);
    return json === undefined ? undefined : requestFrom(json, requestId);
  }

  async createLending(
    access: AlmaAccess,
    partnerCode: string,
    body: AlmaBody,
    { notAfter }: CreateOptions = {},
  ): Promise<AlmaRequest> {
    const path = ['partners', partnerCode, 'lending-requests'];
    return requestFrom(
      await this.#caller.call(access, { name: 'createLending', method: 'POST', path, body, notAfter }),
    );
  }

  async close(): Promise<void> {
    await this.#caller.close();
  }
}

function allOf(userId: string): { readonly path: readonly string[]; readonly confidential: string } {
  return { path: ['users', userId, 'resource-sharing-requests'], confidential: userId };
}

function oneOf(userId: string, requestId: string): { readonly path: readonly string[]; readonly confidential: string } {
  const { path, confidential } = allOf(userId);
  return { path: [...path, requestId], confidential };
}
