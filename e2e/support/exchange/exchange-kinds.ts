import type { Side } from '#domain/ill/kinds';
import { LIBRARY } from '../../../tools/gateway-config';
import type { GatewayCall } from './librarian';
import type { SeedOptions } from '../nacsis-sim';

/** The request that a command addresses. */
export interface Target {
  /** The volume, which identifies the new or edited request in NACSIS-ILL. */
  readonly tag: string;
  /** Empty for a new request. */
  readonly id: string;
  readonly version: number;
  /** Member ids of libraries that lend. */
  readonly lenders: readonly string[];
}

/** A kind of command that the gateway accepts. */
export interface ExchangeKind {
  readonly name: string;
  readonly side: Side;
  /** The ILL commands that this kind sends, by wire name. */
  readonly commands: readonly string[];
  /** The request to act on; absent for a new one. */
  readonly seed?: SeedOptions;
  readonly call: (target: Target) => GatewayCall;
}

/** One action on several requests. */
export interface BatchKind extends Omit<ExchangeKind, 'call'> {
  readonly seed: SeedOptions;
  /** Without the rows. */
  readonly body: object;
}

const COMMENT = 'よろしくお願いいたします。';

const creates = (name: string, mode: 'order' | 'save'): ExchangeKind => ({
  name,
  side: 'borrower',
  commands: [mode === 'order' ? 'ORDER' : 'SAVE'],
  call: ({ tag, lenders }) => ({
    method: 'POST',
    path: '/requests',
    body: {
      library: LIBRARY.code,
      kind: 'copy',
      mode,
      fields: {
        payment: 'pb',
        copyType: '電子複写',
        bibNote: '𠮷野の民家 / 髙山民俗資料研究会編',
        volume: tag,
        pages: '1-10',
        applicant: '利用者 001',
        lenders: lenders.slice(0, 2).map((memberId) => ({ memberId })),
      },
    },
  }),
});

type Acting = Pick<ExchangeKind, 'name' | 'commands'> & {
  readonly seed: SeedOptions;
  readonly action: string;
  readonly params?: object;
};

const acts = ({ name, commands, seed, action, params }: Acting): ExchangeKind => ({
  name,
  side: seed.side,
  commands,
  seed,
  call: ({ id, version }) => ({
    method: 'POST',
    path: `/requests/${id}/actions`,
    body: { side: seed.side, action, version, ...(params && { params }) },
  }),
});

const borrowed = (state: string, kind: 'copy' | 'loan' = 'copy'): SeedOptions => ({ side: 'borrower', kind, state });
const lent = (state: string): SeedOptions => ({ side: 'lender', kind: 'copy', state });

const EDIT: ExchangeKind = {
  name: 'an edit',
  side: 'borrower',
  commands: ['SAVE'],
  seed: borrowed('準備中'),
  call: ({ tag, id, version }) => ({
    method: 'PUT',
    path: `/requests/${id}`,
    body: { version, fields: { volume: tag } },
  }),
};

export const KINDS: readonly ExchangeKind[] = [
  creates('an order', 'order'),
  creates('a save', 'save'),
  EDIT,
  acts({ name: 'an order of what was saved', commands: ['ORDER'], seed: borrowed('準備中'), action: 'order' }),
  acts({ name: 'an arrival', commands: ['RECEIVE'], seed: borrowed('発送'), action: 'accept' }),
  acts({
    name: 'a renewal',
    commands: ['RENEW'],
    seed: borrowed('借用中', 'loan'),
    action: 'renew',
    params: { comment: COMMENT },
  }),
  acts({ name: 'an acceptance', commands: ['RECEIVE'], seed: lent('未処理'), action: 'accept' }),
  acts({ name: 'a shipment', commands: ['SEND'], seed: lent('処理中'), action: 'ship', params: { total: '870' } }),
  acts({
    name: 'an inquiry',
    commands: ['INQUIRE'],
    seed: lent('処理中'),
    action: 'inquiry',
    params: { comment: COMMENT },
  }),
  acts({
    name: 'a refusal',
    commands: ['PARDON'],
    seed: lent('処理中'),
    action: 'reject',
    params: { comment: COMMENT },
  }),
  acts({ name: 'a chain', commands: ['CALLBACK', 'CANCEL'], seed: borrowed('未処理'), action: 'cancel' }),
  acts({
    name: 'a chain after an inquiry',
    commands: ['RECEIVE', 'CANCEL'],
    seed: borrowed('新着照会'),
    action: 'cancel',
  }),
];

export const BATCHES: readonly BatchKind[] = [
  {
    name: 'a batch of arrivals',
    side: 'borrower',
    commands: ['RECEIVE'],
    seed: borrowed('発送'),
    body: { side: 'borrower', action: 'accept' },
  },
  {
    name: 'a batch of shipments',
    side: 'lender',
    commands: ['SEND'],
    seed: lent('処理中'),
    body: { side: 'lender', action: 'ship', params: { total: '870' } },
  },
  {
    name: 'a batch of chains',
    side: 'borrower',
    commands: ['CALLBACK', 'CANCEL'],
    seed: borrowed('未処理'),
    body: { side: 'borrower', action: 'cancel' },
  },
];
