import type { ImportRun } from '#domain/api/imports';
import { anItem, NO_TOTALS } from '../testing/prepared-runs';
import { detailsInWords, summaryInWords } from './report-text';
import { wordsIn } from './report-messages';

/** Clears the screen of a terminal, sets its title, and ends the line. */
const HOSTILE = '\u001b[2J\u009b1m\u001b]0;x\u0007\r\n\u2028';

describe('the report for a terminal', () => {
  it('has no control character that another has written', () => {
    const failure = { code: 'alma-refused', almaCode: '401652', almaMessage: `General ${HOSTILE}` } as const;
    const failed = anItem({ id: 'LA1', title: `題名${HOSTILE}`, outcome: 'failed', failure });
    const details = detailsInWords(wordsIn('ja'), [failed], false);
    expect(details).toContain('題名');
    expect(details).toContain('General');
    const run = {
      ...{
        runId: 'run-1',
        state: 'completed',
        libraries: [],
        trigger: 'staff',
        startedBy: `x${HOSTILE}`,
        dryRun: false,
      },
      ...{
        full: true,
        requestedAt: '2026-11-24T00:00:00Z',
        totals: NO_TOTALS,
        failures: [],
        configuration: [],
        resumed: 0,
      },
      progress: { read: 0, due: 0, done: 0 },
    } as unknown as ImportRun;
    const summary = summaryInWords(run, { lang: 'ja', libraries: [], now: new Date('2026-11-24T00:00:00Z') });
    for (const text of [details, summary]) expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u2028]/u);
  });
});
