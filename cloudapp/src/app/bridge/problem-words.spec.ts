import { aMessage } from '../testing/records';
import { problemWords } from './problem-words';

describe('the words of a problem', () => {
  const whyOf = (code: string, changes: Parameters<typeof aMessage>[0] = {}) =>
    problemWords(aMessage({ state: 'refused', problem: { code }, ...changes }));

  it('are those of the refusal, of the error, or of the bridge', () => {
    expect(
      ['lender-works', 'gone', 'no-candidate-remains', 'nacsis-unavailable', 'no-lender', 'NEWCODE'].map(
        (code) => whyOf(code)?.why,
      ),
    ).toEqual([
      'bridge.refusal.lender-works',
      'bridge.refusal.gone',
      'refusal.no-candidate-remains',
      'error.nacsis-unavailable.title',
      'bridge.problem.no-lender',
      'bridge.problem.unknown',
    ]);
    expect(whyOf('lender-works')?.way).toBe('bridge.problemWay.not-done');
  });

  it('tell of a message to Alma with an unknown code that Alma refused it, or did not answer', () => {
    expect(whyOf('NEWCODE', { direction: 'out' })?.why).toBe('bridge.problem.not-accepted');
    expect(whyOf('ENEW', { direction: 'out', state: 'stopped' })?.why).toBe('bridge.problem.unreachable');
  });

  it('are none without a problem', () => {
    expect(problemWords(aMessage())).toBeUndefined();
  });
});
