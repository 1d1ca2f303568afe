import { titleKeysOf } from './title-key';

describe('titleKeysOf', () => {
  it('takes characters 1, 3 and 5 of a Japanese title, and 3, 1, 1, 1 of the words of its reading', () => {
    expect(titleKeysOf(['新潟の地誌 / 日本地域文化学会編'], ['ニイガタ ノ チシ'], 'jpn')).toEqual([
      '新ノ誌',
      'ニイガノチ',
    ]);
    expect(titleKeysOf(['図書館・情報学'], ['としょかん ジョウホウガク'], 'jpn')).toEqual(['図館報', 'トショジ']);
  });

  it('takes 3, 1, 1, 1 of the words of any other title', () => {
    expect(titleKeysOf(['Introduction to regional history / edited by X'], [], 'eng')).toEqual(['inttrh']);
    expect(titleKeysOf(['Acta insularum'], [], 'eng')).toEqual(['acti']);
    expect(titleKeysOf(['Études : a review of one two'], [], 'fre')).toEqual(['etuaro']);
  });

  it('has no key for no title, and a short one for a short title', () => {
    expect(titleKeysOf(['', ' / 著者'], [''], 'jpn')).toEqual([]);
    expect(titleKeysOf(['髙山'], [], 'jpn')).toEqual(['高']);
  });
});
