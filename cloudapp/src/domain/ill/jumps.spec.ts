import { isBeginningOf, stateChangeOf } from './jumps';
import type { HistoryEntry, IllRequest } from './request';
import { STATES, type StateId } from './states';

const BORROWER = 'FA090007';
const LENDER = 'FA090018';
const by = (memberId: string, ...commands: readonly string[]): readonly HistoryEntry[] =>
  commands.map((command) => ({ command, memberId }));
const request = (state: string, history: readonly HistoryEntry[], kind: IllRequest['kind'] = 'copy'): IllRequest => {
  const known = Object.hasOwn(STATES, state) ? (state as StateId) : null;
  const externalStatus = known === null ? state : STATES[known].wire;
  return { id: 'LA1', kind, state: known, externalStatus, fields: { borrowerId: BORROWER, lenderId: LENDER }, history };
};
const ORDERED = by(BORROWER, 'ORDER');

describe('stateChangeOf', () => {
  const change = (from: string, to: string, added: readonly HistoryEntry[], kind: IllRequest['kind'] = 'copy') =>
    stateChangeOf(request(from, ORDERED, kind), request(to, [...ORDERED, ...added], kind));

  it('knows one command of the table', () => {
    expect(change('UNPROCESSED', 'PROCESSING', by(LENDER, 'RECEIVE'))).toBe('regular');
  });

  it('knows several commands, of both sides', () => {
    const added = [...by(LENDER, 'RECEIVE', 'SEND'), ...by(BORROWER, 'RECEIVE', 'OK')];
    expect(change('UNPROCESSED', 'CONFIRMED', added)).toBe('regular');
  });

  it('knows a way that leads back', () => {
    expect(change('UNPROCESSED', 'UNPROCESSED', by(BORROWER, 'CALLBACK', 'ORDER'))).toBe('regular');
    expect(change('PREPARING', 'PREPARING', by(BORROWER, 'SAVE'))).toBe('regular');
  });

  it('knows a refusal that the system passes on, over lenders that have stopped', () => {
    const added = [...by(LENDER, 'RECEIVE', 'PARDON'), ...by('FA090029', 'PARDON')];
    expect(change('UNPROCESSED', 'UNPROCESSED', added)).toBe('regular');
    expect(change('UNPROCESSED', 'NEW_INQUIRY', added)).toBe('regular');
  });

  it('takes what was only seen again, or changed beside the state, as the same', () => {
    expect(change('SHIPPED', 'SHIPPED', [])).toBe('same');
    expect(change('外部依頼中', '外部依頼中', by(LENDER, 'RECEIVE'))).toBe('same');
  });

  it('calls a state without a command, or behind one that does not lead there, a jump', () => {
    expect(change('UNPROCESSED', 'CANCELLED', [])).toBe('jump');
    expect(change('UNPROCESSED', 'SHIPPED', by(LENDER, 'RECEIVE'))).toBe('jump');
    expect(change('UNPROCESSED', 'PROCESSING', by(BORROWER, 'RECEIVE'))).toBe('jump');
    expect(change('ARRIVED', 'CONFIRMED', by(BORROWER, 'OK'), 'loan')).toBe('jump');
  });

  it('calls a command that the table does not know a jump only where the state moves', () => {
    expect(change('UNPROCESSED', 'CANCELLED', by(LENDER, 'FORCED'))).toBe('jump');
    expect(change('UNPROCESSED', 'UNPROCESSED', by(LENDER, 'FORCED'))).toBe('regular');
  });

  it('calls a way from or to a state that the table does not know a jump', () => {
    expect(change('外部依頼中', 'PROCESSING', by(LENDER, 'RECEIVE'))).toBe('jump');
    expect(change('UNPROCESSED', '外部依頼中', by(LENDER, 'RECEIVE'))).toBe('jump');
    // An unknown state differs from a new record.
    expect(change('外部依頼中', 'UNPROCESSED', by(BORROWER, 'ORDER'))).toBe('jump');
  });

  it('calls a state behind another history a jump', () => {
    const before = request('UNPROCESSED', ORDERED);
    expect(stateChangeOf(before, request('PROCESSING', by(LENDER, 'SAVE', 'RECEIVE')))).toBe('jump');
  });
});

describe('isBeginningOf', () => {
  it('compares entry by entry, absent and empty parts as one', () => {
    const entry = { command: 'ORDER', memberId: BORROWER };
    expect(isBeginningOf([], [])).toBeTrue();
    expect(isBeginningOf([entry], [{ ...entry, comment: '' }, ...by(LENDER, 'RECEIVE')])).toBeTrue();
    expect(isBeginningOf([entry], [{ ...entry, comment: '至急' }])).toBeFalse();
    expect(isBeginningOf([entry], [])).toBeFalse();
  });
});
