import type { FastifyInstance } from 'fastify';
import type { Integration } from '#domain/api/profile';
import type { IllRequest } from '#domain/ill/request';
import { STATES, type StateId } from '#domain/ill/states';
import type { Header, Message } from '#iso18626/message';
import { writeMessage } from '#iso18626/write';
import { buildApp } from '../app';
import { loadBridgeMap } from '../bridge/bridge-map';
import {
  lockTransaction,
  insertTransaction,
  type BridgeMessageRow,
  type BridgeTransaction,
} from '../bridge/bridge-store';
import { Decisions } from '../bridge/decisions';
import { Inbox } from '../bridge/inbox';
import { ISO18626 } from '../bridge/iso-format';
import { NewRequest } from '../bridge/new-request';
import { Partners } from '../bridge/partners';
import { Reception } from '../bridge/reception';
import { BRIDGE_DEFAULTS, type BridgeSettings } from '../bridge/settings';
import { Callers } from '../caller';
import { commandsOf } from '../commands/commands';
import type { InstitutionConfig, PartnerConfig } from '../config';
import { loggerOptions } from '../logger-options';
import { Metrics } from '../metrics';
import { readersOf, servicesOf } from '../services';
import type { Store } from '../store/open-store';
import { findRequest, saveSnapshot, type StoredRequest } from '../store/requests-store';
import { PreparedRuns } from './prepared-runs';
import { LENDER_IDS, OWN_ID, SETTLE_SECONDS } from './spec-app';
import { SpecNacsis } from './spec-nacsis';

/** Secrets of the two institutions' addresses. */
export const SECRET = 'first-secret_0123456789abcdefghij';
export const OTHER_SECRET = 'other-secret_0123456789abcdefghij';
export const SECURITY_CODE = 'security-code-of-alma';
const [GATEWAY, ALMA, OTHER_ALMA] = ['ISIL:JP-NACSIS', 'ISIL:JP-Alma1', 'ISIL:JP-Alma2'];
/** The member on the other side of every request. */
export const PARTNER_ID = LENDER_IDS[0];

interface BridgeOptions {
  readonly settings?: Partial<BridgeSettings>;
  readonly partner?: Partial<PartnerConfig>;
  readonly integration?: Partial<Integration>;
}

interface Posted {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

let ids = 0;
/** A new external id of Alma. */
export function newExternalId(): string {
  return `81ALMA${String((ids += 1)).padStart(6, '0')}`;
}

/**
 * The inbound half of the bridge, with the application and a NACSIS-ILL that follows the transition table. Two
 * institutions have one library each; nothing works by itself.
 */
export class SpecInbound {
  readonly nacsis = new SpecNacsis();
  /** Every log line, from level debug. */
  readonly log: string[] = [];
  /** Errors that a worker would log. */
  readonly failures: unknown[] = [];
  /** Institutions whose worker was kicked. */
  readonly kicked: string[] = [];
  readonly institutions: readonly [InstitutionConfig, InstitutionConfig];
  readonly inbox: Inbox;
  /** Another inbox, with this access to the store. */
  readonly inboxOn: (db: Store['db']) => Inbox;
  readonly decisions: Decisions;
  app!: FastifyInstance;
  #skipped = 0;
  readonly #build: () => Promise<FastifyInstance>;

  private constructor(
    readonly store: Store,
    { settings: changes = {}, partner = {}, integration = {} }: BridgeOptions,
  ) {
    const { db } = store;
    const now = () => this.now();
    const settings = { ...BRIDGE_DEFAULTS, ...changes };
    this.institutions = [
      institution('81SIM_INST', OWN_ID, { ...partnerOf(SECRET, ALMA), ...partner }, integration),
      institution('81SIM2_INST', 'FA090051', partnerOf(OTHER_SECRET, OTHER_ALMA), {}),
    ];
    this.nacsis.followsTable = true;
    const readers = readersOf({ db, nacsis: this.nacsis, now });
    const limits = { callTimeoutMs: 20_000, settleSeconds: SETTLE_SECONDS, mode: 'lenient' } as const;
    const commands = commandsOf({ db, nacsis: this.nacsis, now, requests: readers.requests, ...limits });
    const { actions, orders, requests } = commands;
    const judging = { db, map: loadBridgeMap(), settings, mode: limits.mode, now };
    const failed = (error: unknown) => void this.failures.push(error);
    const kick = (code: string) => Promise.resolve(void this.kicked.push(code));
    const newRequest = new NewRequest({ db, nacsis: this.nacsis, orders, actions, now });
    this.inboxOn = (other) => new Inbox({ ...judging, actions, requests, newRequest, failed, db: other });
    this.inbox = this.inboxOn(db);
    this.decisions = new Decisions({ db, settings, now, kick, failed });
    const secretFault = (fault: string) => failed(new Error(fault));
    const bridge = {
      partners: new Partners(this.institutions, secretFault),
      reception: new Reception({ ...judging, format: ISO18626, kick, failed, secretFault }),
      decisions: this.decisions,
      nudge: () => undefined,
    };
    const callers = new Callers(
      { verify: () => Promise.reject(new Error('nobody calls')) },
      { permissionsOf: () => Promise.reject(new Error('nobody calls')) },
    );
    const parts = { db, nacsis: this.nacsis, callers, metrics: new Metrics(), now, ...limits, readers, commands };
    const services = servicesOf({ ...parts, imports: new PreparedRuns(), bridge, statusMap: [] });
    const logger = { ...loggerOptions('debug'), stream: { write: (line: string) => void this.log.push(line) } };
    this.#build = () => buildApp(services, { corsOrigins: [], logger });
  }

  static async start(store: Store, options: BridgeOptions = {}): Promise<SpecInbound> {
    const bridge = new SpecInbound(store, options);
    bridge.app = await bridge.#build();
    return bridge;
  }

  now(): Date {
    return new Date(Date.now() + this.#skipped);
  }

  /** Moves the clock forward. */
  pass(seconds: number): void {
    this.#skipped += seconds * 1000;
  }

  /** Sends a body as Alma does. */
  async post(body: string | Buffer, secret = SECRET, headers: Readonly<Record<string, string>> = {}): Promise<Posted> {
    const response = await this.app.inject({
      method: 'POST',
      url: `/iso18626/${secret}`,
      headers: { 'content-type': 'application/xml; charset="utf-8"', ...headers },
      payload: body,
    });
    return { status: response.statusCode, headers: response.headers, body: response.body };
  }

  /** Sends a message, and resolves to what its confirmation says: `OK`, or the error. */
  async send(message: Message, secret = SECRET): Promise<string> {
    const { status, body } = await this.post(writeMessage(message), secret);
    const reading = ISO18626.read(Buffer.from(body));
    if (status !== 200 || reading.is !== 'confirmation') throw new Error(`${String(status)} ${body}`);
    const { messageStatus, error } = reading.confirmation;
    return error === undefined ? messageStatus : `${error.type} ${error.value ?? ''}`.trim();
  }

  /** Lets the worker of the first institution work until nothing is due. */
  async work(of = this.institutions[0]): Promise<Awaited<ReturnType<Inbox['step']>>> {
    const step = await this.inbox.step(of, new AbortController().signal);
    return step.isMore ? this.work(of) : step;
  }

  async messages(): Promise<readonly BridgeMessageRow[]> {
    return this.store.db.selectFrom('bridge_messages').selectAll().orderBy('message_id').execute();
  }

  /** State of each message of Alma, oldest first: `Received done RECEIVE+BORROW 2`. */
  async inbound(): Promise<readonly string[]> {
    const rows = await this.messages();
    return rows
      .filter(({ direction }) => direction === 'in')
      .map(({ name, state, hold, commands, commands_done: done }) =>
        [
          name,
          state,
          ...(hold === null ? [] : [hold]),
          ...(commands.length === 0 ? [] : [commands.join('+'), done]),
        ].join(' '),
      );
  }

  /** What Alma is told: `CancelResponse N`. */
  async outbound(): Promise<readonly string[]> {
    const rows = await this.messages();
    return rows.flatMap(({ direction, name, content }) => {
      if (direction === 'in') return [];
      const answer = content?.kind === 'supplyingAgencyMessage' ? content.messageInfo.answerYesNo : undefined;
      return answer === undefined ? [name] : [`${name} ${answer}`];
    });
  }

  transactions(): Promise<readonly BridgeTransaction[]> {
    return this.store.db.selectFrom('bridge_transactions').selectAll().orderBy('created_at').execute();
  }

  /** Commands that NACSIS-ILL did. */
  commands(): readonly string[] {
    return this.nacsis.calls.map(({ command }) => command);
  }

  /** Adds a request in this state to NACSIS-ILL and to the store, and the transaction by which Alma knows it. */
  async seed(
    state: StateId,
    { side = 'borrower', kind = 'loan', told, ...changes }: Partial<IllRequest> & SeedOptions = {},
  ): Promise<{ readonly id: string; readonly externalId: string }> {
    const id = `LA${String((ids += 1)).padStart(10, '0')}`;
    const [borrowerId, lenderId] = side === 'borrower' ? [OWN_ID, PARTNER_ID] : [PARTNER_ID, OWN_ID];
    const request: IllRequest = {
      ...{ id, kind, state, externalStatus: STATES[state].wire },
      history: changes.history ?? [{ command: 'ORDER', memberId: borrowerId }],
      fields: {
        ...{ id, borrowerId, lenderId, bibNote: '見本の資料', payment: 'pb', dueDate: '20991231' },
        lenders: [{ memberId: lenderId }],
        ...changes.fields,
      },
    };
    this.nacsis.stored.set(id, request);
    const row = await this.#snapshot(request, side);
    const externalId = side === 'borrower' ? newExternalId() : id;
    const [code, requester, supplier] =
      side === 'borrower' ? (['81SIM_INST', ALMA, GATEWAY] as const) : (['81SIM_INST', GATEWAY, ALMA] as const);
    await this.store.db.transaction().execute(async (db) => {
      const key = { institution: code, library: 'RES_SHARE', side, requester, requesterRequestId: externalId };
      await lockTransaction(db, key);
      const of = { ...key, supplier, requestId: id, kind, title: row.title };
      await insertTransaction(
        db,
        { ...of, toldVersion: row.version, ...(told === undefined ? {} : { told }) },
        this.now(),
      );
    });
    return { id, externalId };
  }

  /** NACSIS-ILL's record changes, and the gateway reads it. */
  async happens(id: string, command: string, state: StateId, side: 'borrower' | 'lender' = 'borrower'): Promise<void> {
    this.nacsis.actElsewhere(id, command, state, STATES[state].wire, PARTNER_ID);
    const request = this.nacsis.stored.get(id);
    if (request !== undefined) await this.#snapshot(request, side);
  }

  stored(id: string, side: 'borrower' | 'lender' = 'borrower'): Promise<StoredRequest | undefined> {
    return findRequest(this.store.db, '81SIM_INST', side, id);
  }

  #snapshot(request: IllRequest, side: 'borrower' | 'lender'): Promise<StoredRequest> {
    const of = { institution: '81SIM_INST', library: 'RES_SHARE', memberId: OWN_ID, side, request };
    return saveSnapshot(this.store.db, of, this.now());
  }
}

interface SeedOptions {
  readonly side?: 'borrower' | 'lender';
  readonly told?: BridgeTransaction['told'];
}

let seconds = 0;
/** A header of Alma's borrower; each has a later timestamp. */
export function borrowerHeader(externalId: string, changes: Partial<Header> = {}): Header {
  return {
    supplyingAgencyId: agency(GATEWAY),
    requestingAgencyId: agency(ALMA),
    timestamp: nextTime(),
    requestingAgencyRequestId: externalId,
    ...changes,
  };
}

/** A header of Alma's lender. */
export function lenderHeader(externalId: string, changes: Partial<Header> = {}): Header {
  return {
    supplyingAgencyId: agency(ALMA),
    requestingAgencyId: agency(GATEWAY),
    timestamp: nextTime(),
    requestingAgencyRequestId: externalId,
    ...changes,
  };
}

const BEFORE = Date.now() - 86_400_000;
/** Times of the past, each a second after the one before. */
export function nextTime(): string {
  return new Date(BEFORE + (seconds += 1) * 1000).toISOString();
}

export function agency(symbol: string): { readonly type: string; readonly value: string } {
  const [type = '', value = ''] = symbol.split(':');
  return { type, value };
}

function partnerOf(secret: string, almaSymbol: string): PartnerConfig {
  return {
    address: 'https://alma.example/iso18626',
    symbol: GATEWAY,
    almaSymbol,
    secret: { current: () => [secret] },
  };
}

function institution(
  code: string,
  memberId: string,
  iso18626: PartnerConfig,
  integration: Partial<Integration>,
): InstitutionConfig {
  const account = { memberId, user: memberId.toLowerCase(), password: 'spec-password' };
  const library = {
    ...{ code: 'RES_SHARE', name: '相互利用係', memberId, account, iso18626 },
    integration: { writer: 'iso18626', ...integration } as const,
  };
  return { code, almaApiKey: 'spec-api-key', libraries: [library] };
}
