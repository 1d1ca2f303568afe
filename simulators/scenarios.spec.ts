import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFault as readAlmaFault } from './alma/faults';
import { readFault as readNacsisFault } from './nacsis/sim/faults';
import { ALMA_SCENARIOS, NACSIS_SCENARIOS, PARTNER_SCRIPTS, scenarioOf } from './scenarios';

describe('the scenarios', () => {
  it('are faults that the simulators take', () => {
    for (const fault of Object.values(NACSIS_SCENARIOS).flat()) expect(() => readNacsisFault(fault)).not.toThrow();
    for (const fault of Object.values(ALMA_SCENARIOS).flat()) expect(typeof readAlmaFault(fault)).toBe('object');
  });

  it('stand in docs/training.md, each', () => {
    const training = readFileSync(join(import.meta.dirname, '..', 'docs', 'training.md'), 'utf8');
    for (const name of [NACSIS_SCENARIOS, ALMA_SCENARIOS, PARTNER_SCRIPTS].flatMap(Object.keys))
      expect(training).toContain(`\`${name}\``);
  });

  it('are found by their own names only', () => {
    expect(scenarioOf<unknown>(NACSIS_SCENARIOS, 'order-refused')).toEqual([
      { match: { command: 'ORDER' }, do: 'status', code: 422 },
    ]);
    expect(scenarioOf<unknown>(NACSIS_SCENARIOS, 'toString')).toBeUndefined();
  });
});
