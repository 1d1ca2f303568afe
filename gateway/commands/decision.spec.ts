import type { Command } from '#domain/ill/commands';
import type { StateId } from '#domain/ill/states';
import { GatewayError } from '../gateway-error';
import type { JournalRow, Known } from '../store/journal-store';
import type { StoredRequest } from '../store/requests-store';
import { decide, type Asked, type Circumstances, type Decision } from './decision';

const NOW = new Date();
const secondsFrom = (now: Date, seconds: number) => new Date(now.getTime() + seconds * 1000);
const HASH = 'hash of the call';
const ID = 'LA0000000001';

function row(changes: Partial<JournalRow>): JournalRow {
  return {
    institution: '81SIM_INST',
    idempotency_key: 'key-000001',
    payload_hash: HASH,
    state: 'pending',
    library: 'RES_SHARE',
    member_id: 'FA090007',
    user_id: 'staff001',
    kind: 'copy',
    side: 'borrower',
    command: 'CALLBACK',
    request_id: ID,
    mark: null,
    history_length: 1,
    state_before: 'SHIPPED',
    alma_user_id: null,
    alma_request_id: null,
    sent: {},
    problem: null,
    attempt: 1,
    sent_at: NOW,
    lease_until: secondsFrom(NOW, 35),
    created_at: NOW,
    updated_at: NOW,
    ...changes,
  };
}

function snapshot(changes: Partial<StoredRequest>): StoredRequest {
  return {
    institution: '81SIM_INST',
    side: 'borrower',
    id: ID,
    library: 'RES_SHARE',
    member_id: 'FA090007',
    kind: 'copy',
    state: 'UNPROCESSED',
    external_status: '未処理',
    version: 3,
    record: {
      fields: { id: ID, borrowerId: 'FA090007' },
      history: ['SAVE', 'ORDER', 'CALLBACK'].map((command) => ({ command, memberId: 'FA090007' })),
    },
    history_lengths: { 1: 1, 2: 2, 3: 3 },
    history_seen: {},
    first_seen_at: null,
    title: '',
    citation: '',
    partner_id: null,
    partner_name: null,
    updated_on: null,
    ordered_on: null,
    due_date: null,
    bib_id: null,
    alma_user_id: null,
    alma_partner_code: null,
    alma_request_id: null,
    seen_at: NOW,
    changed_at: NOW,
    news_at: null,
    waits: false,
    open: true,
    gone: null,
    delivered: true,
    jump: null,
    search_text: '',
    names_erased: false,
    ...changes,
  };
}

const asked = (changes: Partial<Asked> = {}): Asked => ({
  side: 'borrower',
  action: 'callback',
  on: { id: ID, version: 3 },
  actor: {},
  hashOf: () => HASH,
  ...changes,
});
const known = (changes: Partial<Known> = {}): Known => ({
  own: undefined,
  isUsed: false,
  request: snapshot({}),
  readAt: null,
  open: undefined,
  ...changes,
});
const at = (changes: Partial<Circumstances> = {}): Circumstances => ({
  mode: 'lenient',
  now: NOW,
  isRead: false,
  running: undefined,
  ...changes,
});

const OLD = secondsFrom(NOW, -61);
const PROBLEM = {
  type: 'about:blank',
  title: 'nacsis-rejected',
  status: 409,
  code: 'nacsis-rejected',
  detail: 'refused',
  nacsis: { status: '422', message: 'FA090018 does not serve' },
} as const;

/** Every value of each input of the decision on a command for a request. */
const OWN = {
  'none': undefined,
  'pending': row({}),
  'pending, lease over': row({ lease_until: NOW }),
  'unknown': row({ state: 'unknown', lease_until: NOW }),
  'applied': row({ state: 'applied' }),
  'unsent': row({ state: 'unsent' }),
  'rejected': row({ state: 'rejected', problem: PROBLEM }),
  'pending, other content': row({ payload_hash: 'other' }),
  'unknown, other content': row({ state: 'unknown', lease_until: NOW, payload_hash: 'other' }),
  'applied, other content': row({ state: 'applied', payload_hash: 'other' }),
  'unsent, other content': row({ state: 'unsent', payload_hash: 'other' }),
  'rejected, other content': row({ state: 'rejected', problem: PROBLEM, payload_hash: 'other' }),
} as const;
const RUNNING = { none: undefined, same: HASH, other: 'other' } as const;
const OPEN = {
  'none': undefined,
  'pending': row({ idempotency_key: 'key-000002' }),
  'pending, lease over': row({ idempotency_key: 'key-000002', lease_until: NOW }),
  'unknown': row({ idempotency_key: 'key-000002', state: 'unknown', lease_until: NOW }),
} as const;
const REQUEST = {
  'not stored': undefined,
  'gone': { gone: 'not-delivered' },
  'other version': { version: 4, history_lengths: { 1: 1, 2: 2, 3: 2, 4: 3 } },
  'older version': { version: 2 },
  'in a state without the command': { state: 'PROCESSING' },
  'allowed': {},
  'allowed, seen long ago': { seen_at: OLD },
} as const satisfies Readonly<Record<string, Partial<StoredRequest> | undefined>>;
const READ_AT = { 'never': null, 'long ago': OLD, 'lately': NOW } as const;
/** The state in which the command is allowed. */
const CALL: Readonly<Record<string, readonly [command: Command, from: StateId, asked: Partial<Asked>]>> = {
  'action': ['CALLBACK', 'UNPROCESSED', {}],
  'edit': ['SAVE', 'PREPARING', { action: 'save', command: 'SAVE' }],
  'part of a chain': ['CANCEL', 'PREPARING', { action: 'cancel', command: 'CANCEL' }],
};
const AGAIN = [undefined, true] as const;

interface Case {
  readonly own: keyof typeof OWN;
  readonly running: keyof typeof RUNNING;
  readonly isUsed: boolean;
  readonly open: keyof typeof OPEN;
  readonly request: keyof typeof REQUEST;
  readonly readAt: keyof typeof READ_AT;
  readonly isRead: boolean;
  readonly call: string;
  readonly retriesRefusals: true | undefined;
}

const keysOf = <T extends object>(of: T) => Object.keys(of) as (keyof T)[];
const BOTH = [false, true] as const;
const CASES: readonly Case[] = keysOf(OWN).flatMap((own) =>
  keysOf(RUNNING).flatMap((running) =>
    BOTH.flatMap((isUsed) =>
      keysOf(OPEN).flatMap((open) =>
        keysOf(REQUEST).flatMap((request) =>
          keysOf(READ_AT).flatMap((readAt) =>
            BOTH.flatMap((isRead) =>
              keysOf(CALL).flatMap((call) =>
                AGAIN.map((retriesRefusals) => ({
                  ...{ own, running, isUsed, open, request, readAt, isRead, call, retriesRefusals },
                })),
              ),
            ),
          ),
        ),
      ),
    ),
  ),
);

function decided(of: Case): Decision {
  const [command, state, call] = CALL[of.call]!;
  const request = REQUEST[of.request];
  const hash = RUNNING[of.running];
  const row = OWN[of.own];
  return decide(
    asked({ ...call, actor: of.retriesRefusals === undefined ? {} : { retriesRefusals: true } }),
    known({
      own: row && { ...row, command },
      isUsed: of.isUsed,
      request: request && snapshot({ state, ...request }),
      readAt: READ_AT[of.readAt],
      open: OPEN[of.open],
    }),
    at({ isRead: of.isRead, running: hash === undefined ? undefined : { command, hash } }),
  );
}

/**
 * Describes a decision: the code of a refusal with its reason, the key of a command to find out, otherwise what is
 * done.
 */
function told(decision: Decision): string {
  if (decision.what === 'find-out') return `find out ${decision.row.idempotency_key}`;
  if (decision.what !== 'refuse') return decision.what;
  const { code, details } = decision.error;
  return [code, ...(details.reason === undefined ? [] : [details.reason])].join(': ');
}

const isAllowed = ({ request }: Case) => request === 'allowed' || request === 'allowed, seen long ago';
const isOld = ({ request, readAt }: Case) => request === 'allowed, seen long ago' && readAt !== 'lately';
/** The rules in their order: the first one that applies decides. */
const RULES: readonly (readonly [rule: string, applies: (of: Case) => boolean, outcome: string | RegExp])[] = [
  ['a key that was used for another kind of call is refused', ({ isUsed }) => isUsed, 'idempotency-key-reused'],
  ['other content is refused while the call runs', ({ running }) => running === 'other', 'idempotency-key-reused'],
  ['a call that runs in this process is joined', ({ running }) => running === 'same', 'join'],
  [
    'other content is refused once a command was begun',
    ({ own }) => /^(pending|unknown|applied), other content$/.test(own),
    'idempotency-key-reused',
  ],
  ['what is done is not done again', ({ own }) => own === 'applied', 'repeat'],
  ['a call at another gateway is waited for', ({ own }) => own === 'pending', 'command-in-progress'],
  [
    'a call without an outcome is found out',
    ({ own }) => own === 'unknown' || own === 'pending, lease over',
    'find out key-000001',
  ],
  ['an unknown request is read', ({ request }) => request === 'not stored', 'read'],
  ['another command on the request is waited for', ({ open }) => open === 'pending', 'command-in-progress'],
  ['another command without an outcome is found out', ({ open }) => open !== 'none', 'find out key-000002'],
  ['nothing is refused before NACSIS-ILL was asked', (of) => !of.isRead && !isAllowed(of), 'read'],
  ['an edit is never sent on a stored snapshot', ({ isRead, call }) => !isRead && call === 'edit', 'read'],
  ['an old snapshot is read again', (of) => !of.isRead && isOld(of), 'read'],
  ['a request that is gone is refused', ({ request }) => request === 'gone', 'action-not-allowed: gone'],
  ['another version is refused', ({ request }) => request.endsWith(' version'), 'stale-version'],
  ['what the table does not have is refused', (of) => !isAllowed(of), /^action-not-allowed: [a-z-]+$/],
  [
    'a refusal of NACSIS-ILL is repeated',
    ({ own, retriesRefusals }) => own === 'rejected' && retriesRefusals === undefined,
    'repeat-refusal',
  ],
  ['everything else is sent', () => true, 'send'],
];

describe('the decision about a command', () => {
  for (const [at, [rule, , outcome]] of RULES.entries())
    it(`${String(at + 1)}: ${rule}`, () => {
      const mine = CASES.filter((of) => RULES.findIndex(([, applies]) => applies(of)) === at);
      expect(mine.length).toBeGreaterThan(0);
      const wrong = mine.filter((of) => {
        const found = told(decided(of));
        return typeof outcome === 'string' ? found !== outcome : !outcome.test(found);
      });
      expect(wrong).toEqual([]);
    });

  it('sends only the version that the caller saw, to a request without another open command', () => {
    const sent = CASES.map(decided).flatMap((decision) => (decision.what === 'send' ? [decision] : []));
    expect(sent.length).toBeGreaterThan(0);
    for (const { before, edge, command } of sent)
      expect([before?.version, before?.gone, edge.from, edge.command]).toEqual([3, null, before!.state!, command]);
  });

  it('tells when to ask again: at the end of the lease, at the latest after 3 s', () => {
    const seconds = [1, 2.5, 30].map((left) => {
      const decision = decide(asked(), known({ own: row({ lease_until: secondsFrom(NOW, left) }) }), at());
      return decision.what === 'refuse' ? decision.error.details.retryAfterSeconds : undefined;
    });
    expect(seconds).toEqual([1, 3, 3]);
  });

  it('repeats the words of NACSIS-ILL', () => {
    const decision = decide(asked(), known({ own: OWN.rejected }), at());
    const refusal = decision.what === 'repeat-refusal' ? decision.refusal : undefined;
    expect(refusal).toBeInstanceOf(GatewayError);
    expect([refusal?.code, refusal?.details]).toEqual([
      'nacsis-rejected',
      { detail: PROBLEM.detail, nacsis: PROBLEM.nacsis },
    ]);
  });

  it('shows what happened since the version that the caller saw', () => {
    const request = snapshot({});
    const decision = decide(asked({ on: { id: ID, version: 1 } }), known({ request }), at({ isRead: true }));
    const details = decision.what === 'refuse' ? decision.error.details : {};
    expect(details.changes?.map(({ command }) => command)).toEqual(['ORDER', 'CALLBACK']);
    expect(details.request?.version).toBe(3);
  });

  it('takes the state before the command from the journal, for a repeat', () => {
    const decision = decide(asked(), known({ own: OWN.applied }), at());
    expect(decision).toEqual(jasmine.objectContaining({ what: 'repeat', command: 'CALLBACK', from: 'SHIPPED' }));
  });

  describe('of a chain', () => {
    const cancel = asked({ action: 'cancel' });

    it('begins with the first command', () => {
      const decision = decide(cancel, known(), at());
      expect(decision).toEqual(jasmine.objectContaining({ what: 'send', command: 'CALLBACK', then: ['CANCEL'] }));
    });

    it('continues a repeat whose first command is done or runs', () => {
      const rest = jasmine.objectContaining({ command: 'CALLBACK', then: ['CANCEL'] });
      expect(decide(cancel, known({ own: OWN.applied }), at())).toEqual(rest);
      const running = { command: 'CALLBACK', hash: HASH } as const;
      expect(decide(cancel, known(), at({ running }))).toEqual(rest);
    });

    it('adds nothing to a single command', () => {
      const own = row({ state: 'applied', command: 'CANCEL' });
      expect(decide(cancel, known({ own }), at())).toEqual(jasmine.objectContaining({ command: 'CANCEL', then: [] }));
    });
  });

  describe('of a new record', () => {
    const order = asked({ action: 'order', command: 'ORDER', on: { kind: 'copy' } });
    const nothing = known({ request: undefined });
    const ofOrder = (own: JournalRow) => told(decide(order, { ...nothing, own: { ...own, command: 'ORDER' } }, at()));

    it('needs no reading', () => {
      const decision = decide(order, nothing, at());
      expect(decision).toEqual(jasmine.objectContaining({ what: 'send', kind: 'copy', from: null, then: [] }));
      expect('before' in decision).toBeFalse();
    });

    it('depends on the journal as that of any command', () => {
      expect(keysOf(OWN).flatMap((own) => (OWN[own] === undefined ? [] : [`${own} → ${ofOrder(OWN[own])}`]))).toEqual([
        'pending → command-in-progress',
        'pending, lease over → find out key-000001',
        'unknown → find out key-000001',
        'applied → repeat',
        'unsent → send',
        'rejected → repeat-refusal',
        'pending, other content → idempotency-key-reused',
        'unknown, other content → idempotency-key-reused',
        'applied, other content → idempotency-key-reused',
        'unsent, other content → send',
        'rejected, other content → send',
      ]);
    });

    it('is refused when the table has no such command', () => {
      const decision = decide({ ...order, command: 'CANCEL' }, nothing, at());
      expect(told(decision)).toMatch(/^action-not-allowed: [a-z-]+$/);
    });
  });
});
