import { chosen, orphanSpecs } from './test-kinds';

describe('orphanSpecs', () => {
  it('finds specs that no kind would run', () => {
    const files = [
      'catp/framing.spec.ts',
      'cloudapp/src/app/core/remote.spec.ts',
      'test/model/a.spec.ts',
      'bench/new.spec.ts',
      'stray.spec.ts',
      'bench/run.ts',
    ];
    expect(orphanSpecs(files)).toEqual(['bench/new.spec.ts', 'stray.spec.ts']);
  });
});

describe('chosen', () => {
  it('takes names that exist, and answers any other with those that do', () => {
    expect(chosen(['order', 'stack'], ['stack', 'order', 'panel'])).toEqual(['order', 'stack']);
    expect(() => chosen(['order', 'orders'], ['stack', 'order'])).toThrowError(
      'there is no orders; there are stack, order',
    );
  });
});
