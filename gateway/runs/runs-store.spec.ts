import { covers, type NewRun, type RunRow } from './runs-store';

const ONE = { library: 'L1', side: 'borrower', id: 'LA1' } as const;
const WANTED: NewRun = { institution: 'A', libraries: ['L1'], trigger: 'staff' };

type Open = Pick<RunRow, 'libraries' | 'full' | 'dry_run' | 'only' | 'cancelling'>;

/** An unfinished run. */
function open(changes: Partial<Open> = {}): RunRow {
  return {
    ...{ libraries: ['L1', 'L2'], full: false, dry_run: false, only: null, cancelling: false },
    ...changes,
  } as RunRow;
}

describe('covers', () => {
  it('takes a run of the same libraries or more', () => {
    expect(covers(open(), WANTED)).toBeTrue();
    expect(covers(open(), { ...WANTED, libraries: ['L1', 'L3'] })).toBeFalse();
  });

  it('takes a full run for any, and for a full one no other', () => {
    expect([true, false].map((full) => covers(open({ full: true }), { ...WANTED, full }))).toEqual([true, true]);
    expect([true, false].map((full) => covers(open(), { ...WANTED, full }))).toEqual([false, true]);
  });

  it('keeps dry runs and others apart, also of a single request', () => {
    for (const only of [undefined, ONE])
      for (const dryRun of [true, false]) {
        const run = open({ dry_run: dryRun, only: only ?? null });
        const wanted = { ...WANTED, ...(only === undefined ? {} : { only }) };
        expect([true, false].map((dry) => covers(run, { ...wanted, dryRun: dry }))).toEqual([dryRun, !dryRun]);
      }
  });

  it('knows a single request by side and id, and takes no run of all for it', () => {
    const wanted = { ...WANTED, only: ONE };
    expect(covers(open({ only: ONE }), wanted)).toBeTrue();
    expect(covers(open({ only: { ...ONE, side: 'lender' } }), wanted)).toBeFalse();
    expect(covers(open({ only: { ...ONE, id: 'LA2' } }), wanted)).toBeFalse();
    expect([covers(open(), wanted), covers(open({ only: ONE }), WANTED)]).toEqual([false, false]);
  });

  it('takes none that is being cancelled', () => {
    expect(covers(open({ cancelling: true }), WANTED)).toBeFalse();
    expect(covers(open({ cancelling: true, only: ONE }), { ...WANTED, only: ONE })).toBeFalse();
  });
});
