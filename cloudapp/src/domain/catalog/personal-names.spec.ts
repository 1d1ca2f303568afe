import { looksLikePersonalNames } from './personal-names';

describe('names of persons', () => {
  for (const [what, texts] of [
    [
      'surname and given name',
      ['夏目漱石', '夏目 漱石', '林 修', '林芙美子', '𠮷田茂', '佐々木一郎', '勅使河原宏', '高橋みどり'],
    ],
    [
      'several, also such that nobody knows',
      ['夏目漱石, 森鷗外', '夏目漱石、未知某', '夏目漱石・森鷗外', '夏目漱石；森鷗外'],
    ],
    [
      'more of them, and what they did',
      [
        '夏目漱石他',
        '夏目漱石 [ほか]',
        '夏目漱石ら',
        '夏目漱石, 他3名',
        '夏目漱石編',
        '夏目漱石共著',
        'Mori O, et al.',
      ],
    ],
    ['Chinese', ['王国維', '鲁迅', '张爱玲', '李白, 杜甫']],
    ['Korean', ['김철수', '남궁민수', '김철수, 이준']],
    ['katakana', ['ウィリアム・シェイクスピア', 'ジャン＝ポール・サルトル', 'J・R・R・トールキン']],
    [
      'initials',
      ['Mori O.', 'Mori, O', 'O. Mori', 'Mori O.-R.', 'Mori OR, Mori K', 'd’Angelo P.', 'van der Berg A', 'Åström Ö.'],
    ],
    ['given names', ['Ogai Mori', 'Mori, Ogai', 'Mori, Ogai; Smith, John', 'John A. Smith and Mary Smith']],
    ['names that were taken out', ['著者 001', '著者A', 'Author B']],
  ] as const)
    it(`are told by ${what}`, () => {
      expect(texts.filter((text) => !looksLikePersonalNames(text))).toEqual([]);
    });

  for (const [what, texts] of [
    ['nothing', ['', ' ', ',', '他', 'et al.']],
    [
      'corporate bodies',
      [
        '文部科学省',
        '日本図書館協会',
        '見本学会',
        '朝日新聞',
        '千葉大学',
        'World Health Organization',
        'UNESCO',
        'Ohio State University',
      ],
    ],
    [
      'subjects',
      [
        '図書館学',
        '社会学',
        '方法論',
        '森林',
        '原子力',
        '関係',
        '石油化学',
        '東洋史',
        '문학사',
        'Cancer therapy',
        'The brain',
      ],
    ],
    [
      'places and what is called after them',
      ['東京都', '山口県', '福島事故', '大島紬', '上野公園', '伊勢神宮', 'London', 'Lake Victoria', 'San Francisco'],
    ],
    [
      'abbreviations and numbers',
      ['pH 7', '4', 'No. 3', 'E. coli', 'U.S. Policy', 'DNA', 'Vitamin C', 'World War I', '第1章'],
    ],
    ['quoted words', ['「夏目漱石」', '『こころ』', '"Mori O."', "'Mori O.'", '“Mori O.”', '夏目漱石「こころ」']],
    ['single words', ['漱石', '夏目', 'Mori', 'Ogai', 'ウィリアム', '김']],
    ['compounds in katakana', ['ケース・スタディ', 'データ・ベース', 'ソーシャル・ワーク']],
    [
      'what is said of a person',
      ['夏目漱石論', '夏目漱石とその時代', '原敬日記', '三木清における歴史', '徳川家', 'Henry V', 'A life of Mori O.'],
    ],
  ] as const)
    it(`are not ${what}`, () => {
      expect(texts.filter((text) => looksLikePersonalNames(text))).toEqual([]);
    });
});
