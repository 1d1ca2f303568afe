import { yen } from './yen';

describe('yen', () => {
  it('has the sign and thousands, and leaves what is no number', () => {
    expect([yen('0'), yen('450'), yen(1250), yen('1234567'), yen('要相談'), yen('')]).toEqual([
      '¥0',
      '¥450',
      '¥1,250',
      '¥1,234,567',
      '要相談',
      '',
    ]);
  });
});
