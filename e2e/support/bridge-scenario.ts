import { relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { BridgeMessage } from '#domain/api/bridge';
import type { Integration } from '#domain/api/profile';
import type { Side } from '#domain/ill/kinds';
import { historyIn, textIn, type WireRecord as CatpRecord } from '../../test/catp-client/catp-client';
import { ROOT } from '../../tools/repository';
import { AlmaPage } from './alma-page';
import { AlmaScreens, type AlmaButtonLabel } from './alma-screens';
import { BRIDGED, BridgeStack, messagesAbout, queueOf, refresh } from './bridge-stack';
import type { AlmaInput, AlmaRequestView, AlmaSide } from './alma-sim';
import type { TestSettings } from './stack';
import { TestBrowser, type BrowserOptions } from './test-browser';

/** Time limit of a scenario in milliseconds. */
const LIMIT = 240_000;
/** Time in milliseconds in which a message must have had its effect, on a busy machine. */
const PATIENCE_MS = 60_000;
const POLL_MS = 200;

/** Labels of Alma's buttons, by the action that each performs. */
const BUTTONS = {
  'send': '送信',
  'receive': '受領',
  'lend': '利用者に貸出',
  'renew': '更新',
  'return': '返却',
  'cancel': '取消',
  'general-message': '一般メッセージ',
  'will-supply': '提供予定',
  'ship': '発送',
  'conditional': '条件付き',
  'reject': '謝絶',
  'renew-answer': '更新への回答',
  'check-in': 'チェックイン',
} as const satisfies Readonly<Record<string, AlmaButtonLabel>>;
/** Alma's statuses in Japanese, by code. */
const STATUSES = {
  REQUEST_SENT: '相手館に送信済み',
  WILL_SUPPLY: '提供予定',
  SHIPPED_PHYSICALLY: '現物発送済み',
  SHIPPED_DIGITALLY: '電子的に送付済み',
  RENEWED: '更新済み',
  RENEW_NOT_ACCEPTED: '更新不可',
  RENEW_REQUESTED: '更新請求中',
  CANCELLED: '相手館による取消',
  CANCELLED_BY_STAFF: '館員による取消',
  CANCEL_NOT_ACCEPTED: '取消不可',
  REQUEST_COMPLETED: '完了',
  RECEIVED_BY_PARTNER: '相手館で受領済み',
  RETURNED_BY_PARTNER: '相手館が返却済み',
} as const;
type AlmaStatus = keyof typeof STATUSES;

/** A request on its page in Alma. */
export class AlmaRequest {
  readonly #screens: AlmaScreens;

  constructor(
    private readonly world: BridgeWorld,
    readonly side: AlmaSide,
    readonly requestId: string,
    readonly externalId: string,
  ) {
    this.#screens = new AlmaScreens(world.alma);
  }

  /** Presses a button of the request's page, after its form is filled in. */
  async press(action: keyof typeof BUTTONS, input: AlmaInput = {}): Promise<void> {
    await this.#screens.open(this.side, this.requestId);
    await this.#screens.press(BUTTONS[action], input);
  }

  /** Waits until Alma has this status, and shows it. */
  async isIn(status: AlmaStatus): Promise<AlmaRequestView> {
    const view = await this.world.until(
      `${this.externalId} in ${status}`,
      () => this.view(),
      (seen) => seen.request.status.value === status,
      ({ request }) => request.status.value,
    );
    await this.#screens.open(this.side, this.requestId);
    await this.#screens.isIn(this.side === 'lending' && status === 'CANCELLED' ? '取消' : STATUSES[status]);
    return view;
  }

  /** Waits until staff of Alma see a general message with this text. */
  async isTold(text: string | RegExp): Promise<void> {
    await this.world.until(
      `${this.externalId} told ${String(text)}`,
      () => this.notes(),
      (notes) => notes.some((note) => (typeof text === 'string' ? note.includes(text) : text.test(note))),
      (notes) => notes.join(' / '),
    );
  }

  /** The partner's general messages, oldest first. */
  async notes(): Promise<readonly string[]> {
    const { exchange } = await this.view();
    return exchange.generalMessages.flatMap(({ from, text }) => (from === 'partner' ? [text] : []));
  }

  view(): Promise<AlmaRequestView> {
    return this.world.bridge.alma.see(this.side, this.requestId);
  }
}

/** The environment of a scenario of the bridge. */
export class BridgeWorld {
  readonly alma: AlmaPage;

  constructor(
    readonly bridge: BridgeStack,
    readonly browser: TestBrowser,
  ) {
    this.alma = new AlmaPage(browser.page, bridge.stack.urls.alma);
  }

  get nacsis(): BridgeStack['nacsis'] {
    return this.bridge.nacsis;
  }

  /** Staff create a borrowing request for the partner; its page shows Send. Keys are names of the form's inputs. */
  async borrow(fields: Readonly<Record<string, string>>): Promise<AlmaRequest> {
    const requestId = await new AlmaScreens(this.alma).createBorrowing(fields);
    const { request } = await this.bridge.alma.see('borrowing', requestId);
    return new AlmaRequest(this, 'borrowing', requestId, request.external_id);
  }

  /** The lending request that the bridge made in Alma. */
  async lend(externalId: string): Promise<AlmaRequest> {
    const found = await this.until(
      `a lending request ${externalId}`,
      async () => (await this.bridge.alma.lending()).find((each) => each.external_id === externalId),
      (each) => each !== undefined,
    );
    return new AlmaRequest(this, 'lending', found?.request_id ?? '', externalId);
  }

  /** The NACSIS-ILL request that the bridge saved for Alma's request. */
  async idOf({ externalId }: AlmaRequest): Promise<string> {
    const found = await this.until(
      `a NACSIS-ILL request for ${externalId}`,
      () =>
        this.bridge.librarian.get<{ readonly requestId?: string }>(
          `/requests/by-external-id?side=borrower&externalId=${externalId}`,
        ),
      ({ requestId }) => requestId !== undefined,
    );
    return found.requestId ?? '';
  }

  /** The other library sends this command by its own CATP client. */
  async other(command: string, id: string, fields: CatpRecord = {}): Promise<void> {
    const record = await this.nacsis.record(id);
    const isBorrower = textIn(record, 'OMLID') !== this.bridge.memberId;
    await this.nacsis.perform(textIn(record, isBorrower ? 'OMLID' : 'AMLID'), command, id, fields);
    await this.read();
  }

  /** Makes the gateway read NACSIS-ILL now; otherwise it does so every few minutes. */
  async read(): Promise<void> {
    await refresh(this.bridge.librarian);
  }

  /** Waits until NACSIS-ILL has the request in this state; resolves to the record. */
  async inState(id: string, state: string): Promise<Readonly<Record<string, unknown>>> {
    return this.until(
      `${id} in ${state}`,
      () => this.nacsis.record(id),
      (record) => textIn(record, 'STAT') === state,
      (record) => `${textIn(record, 'STAT')}: ${this.commandsIn(record).join(' ')}`,
    );
  }

  commandsIn(record: Readonly<Record<string, unknown>>): readonly string[] {
    return historyIn(record).map(({ SENDCMND = '' }) => SENDCMND);
  }

  /** Waits until a message of Alma about the request has this state; resolves to it. */
  async message(of: { readonly side: Side; readonly id: string }, name: string, state: string): Promise<BridgeMessage> {
    const found = await this.until(
      `${name} of ${of.id} ${state}`,
      async () => (await messagesAbout(this.bridge.librarian, of.side, of.id)).items,
      (items) => items.some((each) => each.name === name && each.state === state),
      (items) => items.map((each) => `${each.direction} ${each.name} ${each.state}`).join(', '),
    );
    const last = found.findLast((each) => each.name === name && each.state === state);
    if (last === undefined) throw new Error(`${name} is gone`);
    return last;
  }

  /** What the panel says about Alma; empty when Alma agrees. */
  async contradiction(side: Side, id: string): Promise<string> {
    const { contradiction } = await messagesAbout(this.bridge.librarian, side, id);
    return contradiction === undefined ? '' : [contradiction.what, ...contradiction.buttons].join(' ');
  }

  async queue(): Promise<readonly BridgeMessage[]> {
    return (await queueOf(this.bridge.librarian)).items;
  }

  /** Waits until `read` returns what is expected. `shown`: what the error tells about the last value. */
  async until<T>(
    what: string,
    read: () => Promise<T>,
    is: (value: T) => boolean,
    shown: (value: T) => string = String,
  ): Promise<T> {
    for (const begun = performance.now(); ;) {
      const value = await read();
      if (is(value)) return value;
      if (performance.now() - begun > PATIENCE_MS) throw new Error(`no ${what}, but ${shown(value)}`);
      await pause(POLL_MS);
    }
  }
}

/** Call once in a `describe`; all its scenarios share one stack and its data. Returns what defines a scenario. */
export function useBridge(
  integration: Integration = BRIDGED,
  settings: TestSettings = {},
): (title: string, run: (world: BridgeWorld) => Promise<void>, options?: BrowserOptions) => void {
  let bridge: BridgeStack | undefined;
  beforeAll(async () => {
    bridge = await BridgeStack.start(settings, integration);
  }, LIMIT);
  afterAll(async () => {
    await TestBrowser.quit();
    await bridge?.stop();
  }, LIMIT);

  return (title, run, options) => {
    it(
      title,
      async () => {
        if (bridge === undefined) throw new Error('the stack did not start');
        await play(bridge, title, run, options);
      },
      LIMIT,
    );
  };
}

async function play(
  bridge: BridgeStack,
  title: string,
  run: (world: BridgeWorld) => Promise<void>,
  options?: BrowserOptions,
): Promise<void> {
  const browser = await TestBrowser.open(options);
  try {
    await run(new BridgeWorld(bridge, browser));
    expect(browser.complaints).withContext('complaints of the browser').toEqual([]);
  } catch (error) {
    const picture = await browser.screenshot(title).catch(() => undefined);
    const seen = [
      ...(picture === undefined ? [] : [`screenshot: ${relative(ROOT, picture)}`]),
      ...browser.complaints,
      bridge.lastWords,
    ];
    process.stderr.write(`\n${title}\n  ${seen.join('\n  ')}\n`);
    throw error;
  } finally {
    await browser.close();
  }
}
