import { folded } from './folded-text';

describe('folded', () => {
  it('makes one of all ways to write a word', () => {
    const cases: readonly (readonly [string, string])[] = [
      ['ＡＢｃ　 12', 'abc 12'],
      ['ﾆｲｶﾞﾀ', 'にいがた'],
      ['ニイガタ', 'にいがた'],
      ['ヴァイオリン', 'ゔぁいおりん'],
      ['コーヒー', 'こーひー'],
      ['髙山', '高山'],
      ['山﨑', '山崎'],
      ['𠮷野', '吉野'],
      ['濵邉', '浜辺'],
      ['國學院大學圖書館', '国学院大学図書館'],
      ['舊漢字の會', '旧漢字の会'],
      ['辨・瓣・辯', '弁・弁・弁'],
      ['神社', '神社'],
      ['Hōgenshū', 'hogenshu'],
    ];
    for (const [written, wanted] of cases) expect([written, folded(written)]).toEqual([written, wanted]);
  });

  it('changes nothing that is folded, and keeps different words apart', () => {
    for (const text of ['斎藤', '斉藤', 'か', 'が', 'は', 'ぱ']) expect(folded(text)).toBe(text);
  });
});
