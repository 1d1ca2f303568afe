import type { Action } from './commands';
import { continuationsOf } from './continuation';
import { MAX_HISTORY } from './fields';
import { KINDS, SIDES, type Kind, type Side } from './kinds';
import { offerFor, offersFor, type Mode } from './machine';
import { NEW_RECORD, type Situation } from './request';
import { reachable } from './situations.fixture';
import type { StateId } from './states';

const MODES: readonly Mode[] = ['lenient', 'strict'];
const at = (state: StateId, kind: Kind = 'copy', more: Partial<Situation> = {}): Situation => ({
  ...NEW_RECORD(kind),
  state,
  ...more,
});

describe('continuationsOf', () => {
  const next = (situation: Situation, side: Side, action: Action, mode: Mode = 'lenient'): string => {
    const all = continuationsOf(situation, side, offerFor(situation, side, action, mode), mode);
    return all.map((then) => `${then.action} ${then.commands.join()} ${then.edges.at(-1)?.to ?? ''}`).join(', ');
  };

  it('names what usually follows, as the table has it after the first', () => {
    expect(next(at('SHIPPED'), 'borrower', 'accept')).toBe('receive OK CONFIRMED');
    expect(next(at('SHIPPED', 'loan'), 'borrower', 'accept')).toBe('receive BORROW ON_LOAN');
    expect(next(at('UNPROCESSED', 'loan'), 'lender', 'accept')).toBe(
      'ship SEND SHIPPED, inquiry INQUIRE NEW_INQUIRY, reject PARDON NEW_INQUIRY',
    );
    expect(next(at('UNPROCESSED', 'copy', { candidateRemains: true }), 'lender', 'accept')).toMatch(
      /^ship SEND SHIPPED, .*reject PARDON UNPROCESSED$/,
    );
    expect(next(at('SENT_BACK', 'loan'), 'lender', 'accept')).toBe('check-in OK RETURN_CONFIRMED');
    expect(next(at('RENEW_REQUESTED', 'loan'), 'lender', 'accept')).toBe('claim CLAIM RETURN_CLAIMED');
  });

  it('closes a claim whose answer is received, and keeps one open that only waited', () => {
    const claimOpen = { claimOpen: true };
    expect(next(at('CLAIM_ANSWERED', 'copy', claimOpen), 'borrower', 'accept')).toBe('receive OK CONFIRMED');
    // the lender asked the borrower while the claim was open
    expect(next(at('ANSWERED', 'copy', claimOpen), 'lender', 'accept')).toBe('ship SEND CLAIM_ANSWERED');
    expect(next(at('ANSWERED'), 'lender', 'accept')).toBe('ship SEND SHIPPED');
  });

  it('lets nobody answer unread: an inquiry, a claim and a reply are only received', () => {
    for (const state of ['NEW_INQUIRY', 'CLAIMED', 'RETURN_CLAIMED'] as const) {
      const side = state === 'CLAIMED' ? 'lender' : 'borrower';
      const situation = at(state, 'loan', { claimOpen: state === 'CLAIMED' });
      expect(offerFor(situation, side, 'accept').allowed).toBeTrue();
      expect(next(situation, side, 'accept'))
        .withContext(state)
        .toBe('');
    }
  });

  it('has room for both in the history, or offers nothing to follow', () => {
    expect(next(at('SHIPPED', 'copy', { historyLength: MAX_HISTORY - 2 }), 'borrower', 'accept')).not.toBe('');
    expect(next(at('SHIPPED', 'copy', { historyLength: MAX_HISTORY - 1 }), 'borrower', 'accept')).toBe('');
  });

  it('follows an allowed action of its own side only', () => {
    for (const mode of MODES) {
      for (const situation of KINDS.flatMap((kind) => reachable(kind, mode))) {
        for (const side of SIDES) {
          for (const offer of offersFor(situation, side, mode)) {
            for (const then of continuationsOf(situation, side, offer, mode)) {
              expect(offer.allowed && offer.edges.at(-1)?.to).toBe(then.edges[0].from ?? undefined);
              expect(then.edges[0].side).toBe(side);
            }
          }
        }
      }
    }
  });

  it('offers no chain behind a chain', () => {
    expect(next(at('NEW_INQUIRY'), 'borrower', 'cancel')).toBe('');
  });
});
