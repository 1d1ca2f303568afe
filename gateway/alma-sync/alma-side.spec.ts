import { AlmaError } from '../alma/port';
import { SpecAlma } from '../testing/spec-alma';
import { AlmaLookups } from './alma-side';

const ACCESS = { institution: 'A', apiKey: 'spec-api-key' };

describe('patrons and partners that are looked up in Alma', () => {
  let alma: SpecAlma;
  let step: AlmaLookups;
  beforeEach(() => {
    alma = new SpecAlma();
    alma.users.add('U1');
    step = new AlmaLookups(alma, ACCESS);
  });

  it('are asked for once for several requests, also for those that ask at once', async () => {
    alma.partners.set('P', { code: 'P', name: 'P', isActive: true });
    const asked = [step.hasUser('U1'), step.hasUser('U1'), step.hasUser('U9'), step.hasUser('U9')];
    expect(await Promise.all(asked)).toEqual([true, true, false, false]);
    expect((await Promise.all([step.partner('P'), step.partner('P')])).map((each) => each?.code)).toEqual(['P', 'P']);
    expect(await step.partner('Q')).toBeUndefined();
    expect([alma.count('hasUser'), alma.count('partner')]).toEqual([2, 2]);
  });

  it('are asked for again after a call that failed', async () => {
    alma.readFates = ['unavailable'];
    await expectAsync(step.hasUser('U1')).toBeRejectedWithError(AlmaError);
    expect(await step.hasUser('U1')).toBeTrue();
  });
});
