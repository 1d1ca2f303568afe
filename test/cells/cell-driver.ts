import { randomUUID } from 'node:crypto';
import { textIn, type CatpAnswer, type CatpClient, type WireRecord } from '../catp-client/catp-client';
import { BackDoor, type Account } from '../support/back-door';
import { dayFromNow, wireRequest, type WireRequestOptions } from '../support/wire-request';
import type { Cell, CellKind, Offered } from './cells';

const DATABASE = { copy: { B: 'COPYO', L: 'COPYS' }, loan: { B: 'LOANO', L: 'LOANS' } } as const;
const SIDE = { B: 'borrower', L: 'lender' } as const;

/** An action in the gateway's answer. */
interface GivenOffer {
  readonly action: string;
  readonly command: readonly string[];
  readonly allowed: boolean;
  readonly to?: string;
  readonly reason?: string;
}
interface GivenRequest {
  readonly id: string;
  readonly externalStatus: string;
  readonly version: number;
  readonly actions: readonly GivenOffer[];
}
export interface GatewayAnswer {
  readonly status: number;
  readonly code: string | undefined;
  readonly reason: string | undefined;
  readonly to: string | undefined;
  readonly request: GivenRequest | undefined;
}

/** The addresses that `npm run stack` prints. */
export type StackUrls = Readonly<Record<'nacsis' | 'alma' | 'gateway', string>>;

/** Acts as the first library through the gateway, and as every library through NACSIS-ILL itself. */
export class CellDriver {
  private readonly clients = new Map<string, CatpClient>();

  private constructor(
    readonly backDoor: BackDoor,
    private readonly accounts: readonly Account[],
    private readonly gateway: string,
    private readonly token: string,
  ) {}

  static async open(urls: StackUrls): Promise<CellDriver> {
    const backDoor = new BackDoor(urls.nacsis);
    const { token } = (await (await fetch(`${urls.alma}/_sim/token`)).json()) as { readonly token: string };
    return new CellDriver(backDoor, await backDoor.accounts(), `${urls.gateway}/api/v1`, token);
  }

  /** The libraries of a cell. The first account is the cell's side. */
  parties({ side, remains }: Pick<Cell, 'side' | 'remains'>): Pick<WireRequestOptions, 'borrower' | 'lenders'> {
    const [me = '', other = '', next = ''] = this.accounts.map(({ memberId }) => memberId);
    const [borrower, lender] = side === 'B' ? [me, other] : [other, me];
    return { borrower, lenders: remains ? [lender, next] : [lender] };
  }

  /** Creates one request for each cell in one call. Returns the ids in the same order. */
  async seed(
    wanted: readonly { readonly cell: Cell; readonly more?: Partial<WireRequestOptions> }[],
  ): Promise<readonly string[]> {
    const records = wanted.map(({ cell, more }) => wireRequest({ ...this.parties(cell), ...pick(cell), ...more }));
    return (await this.backDoor.seedAll(records)).map((record) => textIn(record, 'ID'));
  }

  /** Sends the command over the wire as the library of this side, with all fields that any command may require. */
  async send(cell: Cell, id: string, command: string): Promise<CatpAnswer> {
    const { borrower, lenders } = this.parties(cell);
    const client = await this.client(cell.side === 'B' ? borrower : (lenders[0] ?? ''));
    return client.command(DATABASE[cell.kind][cell.side], command, { ID: id, ...complete(cell) });
  }

  async read({ side }: Pick<Cell, 'side'>, id: string): Promise<GatewayAnswer> {
    return this.answerOf(await fetch(`${this.gateway}/requests/${id}?side=${SIDE[side]}`, { headers: this.headers() }));
  }

  /** Performs the action with all values that it may require. */
  async act(cell: Pick<Cell, 'side' | 'kind'>, id: string, action: string, version: number): Promise<GatewayAnswer> {
    const body = { side: SIDE[cell.side], action, version, params: paramsOf(action, cell) };
    const headers = { ...this.headers(), 'content-type': 'application/json', 'idempotency-key': randomUUID() };
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    return this.answerOf(await fetch(`${this.gateway}/requests/${id}/actions`, init));
  }

  private headers(): Record<string, string> {
    return { authorization: `Bearer ${this.token}` };
  }

  private async answerOf(response: Response): Promise<GatewayAnswer> {
    const { code, reason, to, request } = (await response.json()) as Partial<GatewayAnswer>;
    return { status: response.status, code, reason, to, request };
  }

  private async client(library: string): Promise<CatpClient> {
    const known = this.clients.get(library);
    if (known) return known;
    const account = this.accounts.find(({ memberId }) => memberId === library);
    if (account === undefined) throw new Error(`there is no library ${library}`);
    const client = await this.backDoor.logIn(account);
    this.clients.set(library, client);
    return client;
  }
}

/** The gateway's offers in the form of the fixture. */
export function offersIn(request: GivenRequest | undefined): readonly Offered[] {
  return (request?.actions ?? [])
    .flatMap(({ action, command, allowed, to }) => (allowed ? [{ action, commands: command, to: to ?? '' }] : []))
    .sort((left, right) => (left.action < right.action ? -1 : 1));
}

function pick({ kind, state, claim, renewed }: Cell): Pick<WireRequestOptions, 'kind' | 'state' | 'claim' | 'renewed'> {
  return { kind, state, claim, renewed };
}

/** All fields, so that no command is refused because one is missing. */
function complete({ kind, side }: Cell): WireRecord {
  const comment = { _COMMENT_: 'よろしくお願いいたします。' };
  const day = dayFromNow(0);
  if (side === 'B') return { ...comment, ...(kind === 'loan' && { BDATE: day }) };
  const loan = { DDATE: dayFromNow(30), KDATE: day };
  return { ...comment, ADATE: day, SDATE: day, SUM: '500', ...(kind === 'loan' && loan) };
}

function paramsOf(action: string, { kind }: { readonly kind: CellKind }): object {
  const comment = { comment: 'よろしくお願いいたします。' };
  return action === 'ship'
    ? { ...comment, total: '500', ...(kind === 'loan' && { dueDate: dayFromNow(30) }) }
    : comment;
}
