import { KINDS, type Kind } from './kinds';
import { lifePath, statesToCome } from './life-path';
import { FLAG_SET, type HistoryEntry, type IllRequest } from './request';
import { shortestWays } from './situations.fixture';
import { STATE_IDS, stateSpec, type StateId } from './states';

const BORROWER = 'FA090007';
const LENDERS = ['FA090018', 'FA090029', 'FA09003X'];
const SKIPPED = 'サービス休止中につきシステムが転送しました。';

/** `B ORDER`, `L RECEIVE`, `2 RECEIVE`: commands of the borrower, the first lender, another lender. */
function entries(text: string): readonly HistoryEntry[] {
  return text.split(', ').map((step) => {
    const [who = '', command = '', ...comment] = step.split(' ');
    const memberId = who === 'B' ? BORROWER : LENDERS[who === 'L' ? 0 : Number(who) - 1];
    return { command, ...(memberId && { memberId }), ...(comment.length > 0 && { comment: comment.join(' ') }) };
  });
}

function request(kind: Kind, state: StateId | null, history: readonly HistoryEntry[], isClaimOpen = false): IllRequest {
  const fields = { borrowerId: BORROWER, lenderId: LENDERS[0] ?? '', ...(isClaimOpen && { claimFlag: FLAG_SET }) };
  return { id: 'LA0000000001', kind, state, externalStatus: '', fields, history };
}

/** Passed states, `[present]`, states to come. */
function path(kind: Kind, state: StateId | null, history: string, isClaimOpen = false): string {
  const steps = lifePath(request(kind, state, history === '' ? [] : entries(history), isClaimOpen));
  return steps.map((step) => (step.when === 'now' ? `[${step.state}]` : step.state)).join(' ');
}

const TO_ARRIVAL = 'B ORDER, L RECEIVE, L SEND, B RECEIVE';
const TO_LOAN = `${TO_ARRIVAL}, B BORROW`;

describe('lifePath', () => {
  for (const kind of KINDS) {
    it(`tells every state of the way that led there, and ends in a final one (${kind})`, () => {
      const ways = shortestWays(kind);
      const states = STATE_IDS.filter((state) => stateSpec(state).kinds.includes(kind));
      expect([...ways.keys()].sort()).toEqual([...states].sort());
      for (const [state, way] of ways) {
        const history = way.map(({ side, command }) => ({
          command,
          memberId: side === 'borrower' ? BORROWER : (LENDERS[0] ?? ''),
        }));
        const isClaimOpen = state === 'CLAIMED' || state === 'CLAIM_ANSWERED';
        const steps = lifePath(request(kind, state, history, isClaimOpen));
        const now = steps.findIndex(({ when }) => when === 'now');
        expect(steps[now]?.state).withContext(state).toBe(state);
        expect(steps.slice(0, now).every(({ when }) => when === 'passed')).toBeTrue();
        expect(steps.slice(now + 1).every(({ when }) => when === 'to-come')).toBeTrue();
        expect(stateSpec(steps.at(-1)?.state ?? 'PREPARING').final)
          .withContext(state)
          .toBeTrue();
        const passed = steps.slice(0, now).map((step) => step.state);
        const led = way.slice(0, -1).map(({ to }) => to);
        expect(led).withContext(state).toEqual(jasmine.arrayContaining(passed));
        // The lender works on a claim in 処理中 for a second time.
        const repeated = state === 'CLAIM_ANSWERED' ? 1 : 0;
        expect(passed.length - new Set(passed).size)
          .withContext(state)
          .toBe(repeated);
        if (way.length > 1) expect(passed.length).withContext(state).toBeGreaterThan(0);
      }
    });
  }

  it('shows the straight way of a copy and of a loan', () => {
    expect(path('copy', 'PROCESSING', 'B ORDER, L RECEIVE')).toBe('UNPROCESSED [PROCESSING] SHIPPED ARRIVED CONFIRMED');
    expect(path('loan', 'ON_LOAN', TO_LOAN)).toBe(
      'UNPROCESSED PROCESSING SHIPPED ARRIVED [ON_LOAN] SENT_BACK RETURN_PROCESSING RETURN_CONFIRMED',
    );
    expect(path('copy', 'PREPARING', 'B SAVE, B SAVE')).toBe(
      '[PREPARING] UNPROCESSED PROCESSING SHIPPED ARRIVED CONFIRMED',
    );
    expect(path('copy', 'CONFIRMED', `${TO_ARRIVAL}, B OK`)).toBe('UNPROCESSED PROCESSING SHIPPED ARRIVED [CONFIRMED]');
  });

  it('leads through the answer while a claim is open, and past it when it is closed', () => {
    const claimed = `${TO_ARRIVAL}, B CLAIM`;
    expect(path('copy', 'CLAIMED', claimed, true)).toBe(
      'UNPROCESSED PROCESSING SHIPPED ARRIVED [CLAIMED] PROCESSING CLAIM_ANSWERED ARRIVED CONFIRMED',
    );
    expect(path('copy', 'PROCESSING', `${claimed}, L RECEIVE`, true)).toBe(
      'UNPROCESSED PROCESSING SHIPPED ARRIVED CLAIMED [PROCESSING] CLAIM_ANSWERED ARRIVED CONFIRMED',
    );
    expect(path('copy', 'CLAIM_ANSWERED', `${claimed}, L RECEIVE, L SEND`, true)).toBe(
      'UNPROCESSED PROCESSING SHIPPED ARRIVED CLAIMED PROCESSING [CLAIM_ANSWERED] ARRIVED CONFIRMED',
    );
    expect(path('copy', 'PROCESSING', `${claimed}, L RECEIVE, L SEND, L CALLBACK`, true)).toBe(
      'UNPROCESSED PROCESSING SHIPPED ARRIVED CLAIMED [PROCESSING] CLAIM_ANSWERED ARRIVED CONFIRMED',
    );
    expect(path('copy', 'ARRIVED', `${claimed}, L RECEIVE, L SEND, B RECEIVE`)).toBe(
      'UNPROCESSED PROCESSING SHIPPED [ARRIVED] CONFIRMED',
    );
    // a second claim repeats the loop
    expect(path('copy', 'CLAIMED', `${claimed}, L RECEIVE, L SEND, B RECEIVE, B CLAIM`, true)).toBe(
      'UNPROCESSED PROCESSING SHIPPED ARRIVED [CLAIMED] PROCESSING CLAIM_ANSWERED ARRIVED CONFIRMED',
    );
    // an inquiry in between ends where it began
    expect(path('copy', 'PROCESSING', `${claimed}, L RECEIVE, L INQUIRE, B RECEIVE, B ANSWER, L RECEIVE`, true)).toBe(
      'UNPROCESSED PROCESSING SHIPPED ARRIVED CLAIMED [PROCESSING] CLAIM_ANSWERED ARRIVED CONFIRMED',
    );
  });

  it('returns to the loan after the claim of the lender', () => {
    const claimed = `${TO_LOAN}, B SENDBACK, L RECEIVE, L CLAIM`;
    const returned = 'SENT_BACK RETURN_PROCESSING RETURN_CONFIRMED';
    expect(path('loan', 'RETURN_CLAIMED', claimed)).toBe(
      `UNPROCESSED PROCESSING SHIPPED ARRIVED ON_LOAN SENT_BACK RETURN_PROCESSING [RETURN_CLAIMED] ON_LOAN ${returned}`,
    );
    expect(path('loan', 'ON_LOAN', `${claimed}, B RECEIVE`)).toBe(
      `UNPROCESSED PROCESSING SHIPPED ARRIVED [ON_LOAN] ${returned}`,
    );
  });

  it('leaves out what was called back, however often', () => {
    const again = 'L CALLBACK, L SEND';
    expect(path('copy', 'SHIPPED', `B ORDER, L RECEIVE, L SEND, ${again}, ${again}`)).toBe(
      'UNPROCESSED PROCESSING [SHIPPED] ARRIVED CONFIRMED',
    );
    expect(path('copy', 'PROCESSING', 'B ORDER, L RECEIVE, L SEND, L CALLBACK')).toBe(
      'UNPROCESSED [PROCESSING] SHIPPED ARRIVED CONFIRMED',
    );
    expect(path('copy', 'ARRIVED', `${TO_ARRIVAL}, B CLAIM, B CALLBACK`)).toBe(
      'UNPROCESSED PROCESSING SHIPPED [ARRIVED] CONFIRMED',
    );
    expect(path('copy', 'PREPARING', 'B ORDER, B CALLBACK')).toBe(
      '[PREPARING] UNPROCESSED PROCESSING SHIPPED ARRIVED CONFIRMED',
    );
    expect(path('loan', 'RETURN_PROCESSING', `${TO_LOAN}, B SENDBACK, L RECEIVE, L OK, L CALLBACK`)).toBe(
      'UNPROCESSED PROCESSING SHIPPED ARRIVED ON_LOAN SENT_BACK [RETURN_PROCESSING] RETURN_CONFIRMED',
    );
  });

  it('begins anew with a request that was reactivated, from 照会 and from CANCEL', () => {
    const asked = 'B ORDER, L RECEIVE, L INQUIRE, B RECEIVE';
    for (const back of ['B RETRY', 'B CANCEL, B CALLBACK']) {
      expect(path('copy', 'PREPARING', `${asked}, ${back}`))
        .withContext(back)
        .toBe('[PREPARING] UNPROCESSED PROCESSING SHIPPED ARRIVED CONFIRMED');
      expect(path('copy', 'UNPROCESSED', `${asked}, ${back}, B ORDER`))
        .withContext(back)
        .toBe('PREPARING [UNPROCESSED] PROCESSING SHIPPED ARRIVED CONFIRMED');
    }
    expect(path('copy', 'CANCELLED', `${asked}, B CANCEL`)).toBe(
      'UNPROCESSED PROCESSING NEW_INQUIRY INQUIRY [CANCELLED]',
    );
  });

  it('follows a refusal to the next lender, the passed over in between', () => {
    const refused = `B ORDER, L RECEIVE, L PARDON 貸出中, 2 PARDON ${SKIPPED}`;
    expect(path('loan', 'UNPROCESSED', refused)).toBe(
      '[UNPROCESSED] PROCESSING SHIPPED ARRIVED ON_LOAN SENT_BACK RETURN_PROCESSING RETURN_CONFIRMED',
    );
    expect(path('loan', 'PROCESSING', `${refused}, 3 RECEIVE`)).toBe(
      'UNPROCESSED [PROCESSING] SHIPPED ARRIVED ON_LOAN SENT_BACK RETURN_PROCESSING RETURN_CONFIRMED',
    );
    expect(
      path(
        'loan',
        'INQUIRY',
        `${refused}, 3 RECEIVE, 3 PARDON 欠号, 3 PARDON 指定した全ての受付館で謝絶されました。, B RECEIVE`,
      ),
    ).toMatch(/^UNPROCESSED PROCESSING NEW_INQUIRY \[INQUIRY\] ANSWERED PROCESSING SHIPPED/);
    expect(
      path('copy', 'UNPROCESSED', `B ORDER, L RECEIVE, L INQUIRE, B RECEIVE, B FORWARD, 2 PARDON ${SKIPPED}`),
    ).toBe('[UNPROCESSED] PROCESSING SHIPPED ARRIVED CONFIRMED');
  });

  it('goes back to the loan after a renewal, and to the end after a return', () => {
    const asked = `${TO_LOAN}, B RENEW`;
    const toCome = 'RETURN_CLAIMED ON_LOAN SENT_BACK RETURN_PROCESSING RETURN_CONFIRMED';
    expect(path('loan', 'RENEW_REQUESTED', asked)).toBe(
      'UNPROCESSED PROCESSING SHIPPED ARRIVED ON_LOAN [RENEW_REQUESTED] RETURN_PROCESSING RETURN_CLAIMED ON_LOAN SENT_BACK RETURN_PROCESSING RETURN_CONFIRMED',
    );
    expect(path('loan', 'RETURN_PROCESSING', `${asked}, L RECEIVE`)).toBe(
      `UNPROCESSED PROCESSING SHIPPED ARRIVED ON_LOAN RENEW_REQUESTED [RETURN_PROCESSING] ${toCome}`,
    );
    expect(path('loan', 'RETURN_PROCESSING', `${asked}, L RECEIVE, L CLAIM, B RECEIVE, B SENDBACK, L RECEIVE`)).toBe(
      'UNPROCESSED PROCESSING SHIPPED ARRIVED ON_LOAN SENT_BACK [RETURN_PROCESSING] RETURN_CONFIRMED',
    );
  });

  it('plays a history of 50 entries', () => {
    const history = entries(['B ORDER, L RECEIVE', ...Array<string>(24).fill('L SEND, L CALLBACK')].join(', '));
    expect(history.length).toBe(50);
    expect(lifePath(request('copy', 'PROCESSING', history)).map(({ state }) => state)).toEqual([
      'UNPROCESSED',
      'PROCESSING',
      'SHIPPED',
      'ARRIVED',
      'CONFIRMED',
    ]);
  });

  it('passes over commands that it does not know, and tells nothing that the history does not', () => {
    expect(path('copy', 'PROCESSING', 'B ORDER, B UPDATE, L RECEIVE, L PARTIAL')).toBe(
      'UNPROCESSED [PROCESSING] SHIPPED ARRIVED CONFIRMED',
    );
    for (const history of ['', 'L SEND', 'B ORDER', 'B ORDER, L SEND', 'B ORDER, B RECEIVE'])
      expect(path('copy', 'SHIPPED', history))
        .withContext(history)
        .toBe('[SHIPPED] ARRIVED CONFIRMED');
    expect(lifePath(request('copy', 'PROCESSING', [{}, { command: '' }]))[0]).toEqual({
      state: 'PROCESSING',
      when: 'now',
    });
  });

  it('is empty for a state that is not in the table', () => {
    expect(path('copy', null, 'B ORDER')).toBe('');
  });
});

describe('statesToCome', () => {
  it('is empty from the end', () => {
    expect(statesToCome('CONFIRMED', 'copy')).toEqual([]);
    expect(statesToCome('RETURN_CONFIRMED', 'loan')).toEqual([]);
    expect(statesToCome('CANCELLED', 'loan')).toEqual([]);
  });
});
