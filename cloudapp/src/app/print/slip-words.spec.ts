import ja from '../../i18n/ja.json';
import { KIND_WORDS, paymentWord, slipDay, slipYen } from './slip-words';

describe('words of the slips', () => {
  it('are those of the screen', () => {
    expect(KIND_WORDS).toEqual(ja.kind);
    for (const [code, word] of Object.entries(ja.code.payment)) expect(paymentWord(code)).toBe(word);
  });

  it('show what is not known as it is', () => {
    expect([paymentWord('zz'), paymentWord(), slipDay('未定'), slipDay(), slipYen('無料'), slipYen()]).toEqual([
      'zz',
      '',
      '未定',
      '',
      '無料',
      '',
    ]);
  });

  it('write days and yen as in a Japanese letter', () => {
    expect([slipDay('20260104'), slipYen('1350'), slipYen('0')]).toEqual(['2026年1月4日', '1,350円', '0円']);
  });
});
