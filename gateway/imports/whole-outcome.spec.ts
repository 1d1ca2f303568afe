import { wholeOutcome } from './whole-outcome';

const MADE = { what: 'created', to: '35' } as const;
const LINKED = { what: 'linked', to: '35' } as const;
const COST = { what: 'cost', to: '870' } as const;
const REFUSED = { outcome: 'failed', changes: [], failure: { code: 'alma-refused' } } as const;

describe('what is reported of a request after several attempts', () => {
  it('is what the only attempt says', () => {
    for (const only of [
      REFUSED,
      { outcome: 'unchanged', changes: [] },
      { outcome: 'updated', changes: [COST] },
    ] as const)
      expect(wholeOutcome([], only)).toEqual(only);
  });

  it('has what all of them did', () => {
    const last = { outcome: 'updated', changes: [COST] } as const;
    expect(wholeOutcome([MADE], last)).toEqual({ outcome: 'created', changes: [MADE, COST] });
    expect(wholeOutcome([LINKED], last)).toEqual({ outcome: 'updated', changes: [LINKED, COST] });
  });

  it('stays made where the rest finds nothing to do, or fails', () => {
    expect(wholeOutcome([MADE], { outcome: 'unchanged', changes: [] })).toEqual({
      outcome: 'created',
      changes: [MADE],
    });
    expect(wholeOutcome([MADE], REFUSED)).toEqual({ outcome: 'created', changes: [MADE] });
    expect(wholeOutcome([LINKED], REFUSED)).toEqual({ outcome: 'updated', changes: [LINKED] });
  });
});
