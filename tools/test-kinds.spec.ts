import { orphanSpecs } from './test-kinds';

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
