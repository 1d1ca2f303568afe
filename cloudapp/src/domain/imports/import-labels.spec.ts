import type { Change } from '../api/imports';
import { changeLabel, doingLabel, durationOf, endingLabel, fieldLabel, stateLabel, writerLabel } from './import-labels';

const NOTHING = { processed: 0, succeeded: 0, failed: 0 };
const TOTALS = {
  ...{ processed: 1, borrowing: NOTHING, lending: NOTHING },
  ...{ created: 0, updated: 0, statusChanged: 0, unchanged: 1, failed: 0 },
};
const RUN = { state: 'running', isCancelling: false, dryRun: false, progress: { read: 3, done: 0 } } as const;
const DUE = { read: 3, due: 2, done: 1 };

describe('changeLabel', () => {
  it('says what was done, and of a dry run what would be', () => {
    const change: Change = { what: 'status', from: '未処理', to: '処理中' };
    expect(changeLabel(change, false)).toBe('imports.change.status');
    expect(changeLabel(change, true)).toBe('imports.wouldChange.status');
    expect(changeLabel({ what: 'collective-patron' }, true)).toBe('imports.wouldChange.collective-patron');
  });

  it('has words of its own for a first status', () => {
    expect(changeLabel({ what: 'status', to: '未処理' }, false)).toBe('imports.change.status-new');
  });
});

describe('writerLabel', () => {
  it('names the writer of what was left, and of nothing else', () => {
    expect(writerLabel({ what: 'left', to: 'iso18626' })).toBe('imports.writer.iso18626');
    expect(writerLabel({ what: 'left-cancel', to: 'alma-nacsis' })).toBe('imports.writer.alma-nacsis');
    expect([writerLabel({ what: 'left', to: 'rest' }), writerLabel({ what: 'cost', to: 'iso18626' })]).toEqual([
      undefined,
      undefined,
    ]);
  });
});

describe('fieldLabel', () => {
  it("names Alma's fields and NACSIS-ILL's, and no others", () => {
    expect(['volume', 'bibNote', 'unheard_of'].map(fieldLabel)).toEqual([
      'imports.almaField.volume',
      'field.bibNote',
      undefined,
    ]);
  });
});

describe('stateLabel', () => {
  it('tells a run with failed requests from one without', () => {
    expect(stateLabel({ state: 'completed', totals: TOTALS })).toBe('imports.state.completed');
    expect(stateLabel({ state: 'completed', totals: { ...TOTALS, failed: 1 } })).toBe(
      'imports.state.completed-failures',
    );
    expect(stateLabel({ state: 'cancelled', totals: { ...TOTALS, failed: 1 } })).toBe('imports.state.cancelled');
  });
});

describe('doingLabel', () => {
  it('says what a run does, before all that it waits or is being cancelled', () => {
    expect(doingLabel({ ...RUN, state: 'queued' })).toBe('imports.doing.queued');
    expect(doingLabel(RUN)).toBe('imports.doing.reading');
    expect(doingLabel({ ...RUN, progress: DUE })).toBe('imports.doing.importing');
    expect(doingLabel({ ...RUN, progress: DUE, dryRun: true })).toBe('imports.doing.comparing');
    const waiting = { code: 'alma-unavailable', until: '2026-11-24T01:00:00.000Z' } as const;
    expect(doingLabel({ ...RUN, waiting })).toBe('imports.doing.waiting');
    expect(doingLabel({ ...RUN, waiting, isCancelling: true })).toBe('imports.doing.cancelling');
  });
});

describe('endingLabel', () => {
  it('says how far a run came: in its reading, or in what it did with Alma', () => {
    expect(endingLabel(RUN)).toBe('imports.ending.reading');
    expect(endingLabel({ ...RUN, progress: DUE })).toBe('imports.ending.importing');
    expect(endingLabel({ ...RUN, progress: DUE, dryRun: true })).toBe('imports.ending.comparing');
  });
});

describe('durationOf', () => {
  const BEGIN = '2026-11-24T01:00:00.000Z';
  const after = (seconds: number) => durationOf(BEGIN, new Date(Date.parse(BEGIN) + seconds * 1000).toISOString());

  it('takes the two largest units', () => {
    expect(after(0)).toEqual({ label: 'imports.duration.seconds', params: { hours: 0, minutes: 0, seconds: 0 } });
    expect(after(59.4)?.params.seconds).toBe(59);
    expect(after(90)).toEqual({ label: 'imports.duration.minutes', params: { hours: 0, minutes: 1, seconds: 30 } });
    expect(after(3600 * 25 + 61)).toEqual({
      label: 'imports.duration.hours',
      params: { hours: 25, minutes: 1, seconds: 1 },
    });
  });

  it('is never less than nothing, and nothing where a time is missing or none', () => {
    expect(after(-5)?.params).toEqual({ hours: 0, minutes: 0, seconds: 0 });
    expect([durationOf(BEGIN, undefined), durationOf(undefined, BEGIN), durationOf('yesterday', BEGIN)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
