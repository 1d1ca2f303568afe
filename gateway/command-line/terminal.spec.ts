import { fittedLine } from './terminal';

describe('fittedLine', () => {
  it('takes as much as fits, with two columns for what is wide', () => {
    expect(fittedLine('Updating Alma: 3 of 7', 8)).toBe('Updating');
    expect(fittedLine('Alma に反映：3 / 7 件', 9)).toBe('Alma に反');
    expect(fittedLine('Alma に反映：3 / 7 件', 10)).toBe('Alma に反');
    expect(fittedLine('𠮷野', 2)).toBe('𠮷');
    expect(fittedLine('取込', 80)).toBe('取込');
    expect(fittedLine('取込', 0)).toBe('');
  });
});
