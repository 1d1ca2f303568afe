import fc from 'fast-check';
import { articleIn, articleText } from './article-text';
import { oneLine } from './printed-text';

describe('the article field as others write it', () => {
  const rows = (table: string) =>
    table
      .trim()
      .split('\n')
      .map((row) =>
        row
          .trim()
          .split(' | ')
          .map((cell) => cell.trim()),
      );

  /** text | author | title */
  const WITH_AUTHORS = rows(`
    夏目漱石, 森鷗外. 題名 : 副題 | 夏目漱石, 森鷗外 | 題名 : 副題
    夏目 漱石, 森 鷗外. 題名 | 夏目 漱石, 森 鷗外 | 題名
    夏目漱石：題名　副題 | 夏目漱石 | 題名 副題
    夏目漱石．題名 | 夏目漱石 | 題名
    夏目漱石 : 題名 : 副題 | 夏目漱石 | 題名 : 副題
    夏目漱石, 他. 題名 | 夏目漱石, 他 | 題名
    夏目漱石ほか. 題名. 続 | 夏目漱石ほか | 題名. 続
    湯川秀樹, 朝永振一郎, 他2名. 題名 | 湯川秀樹, 朝永振一郎, 他2名 | 題名
    川端康成・三島由紀夫. 題名 | 川端康成・三島由紀夫 | 題名
    芥川龍之介、谷崎潤一郎. 羅生門論 : 序説 | 芥川龍之介、谷崎潤一郎 | 羅生門論 : 序説
    宮沢賢治著. 題名 | 宮沢賢治著 | 題名
    与謝野晶子. 題名 | 与謝野晶子 | 題名
    武者小路実篤. 題名 | 武者小路実篤 | 題名
    石橋湛山. 題名 | 石橋湛山 | 題名
    林芙美子. 題名 | 林芙美子 | 題名
    長谷川町子 : 題名 | 長谷川町子 | 題名
    小林多喜二, 未知某. 題名 | 小林多喜二, 未知某 | 題名
    Natsume S., Mori O. Title | Natsume S., Mori O. | Title
    Natsume S., Mori O. Title : a subtitle | Natsume S., Mori O. | Title : a subtitle
    Natsume S, Mori O. Title. Part 2 | Natsume S, Mori O | Title. Part 2
    Natsume, S., Mori, O. Title | Natsume, S., Mori, O. | Title
    Nakamura, K. & Tanaka, T. Title | Nakamura, K. & Tanaka, T. | Title
    Smith J. and Jones K. Title | Smith J. and Jones K. | Title
    Smith J, Jones KL, van der Berg A. Title: a study | Smith J, Jones KL, van der Berg A | Title: a study
    Smith J, et al. Title | Smith J, et al. | Title
    NATSUME S., MORI O. Title | NATSUME S., MORI O. | Title
    J. Smith, A. B. Jones. Title | J. Smith, A. B. Jones | Title
    J.-P. Sartre : L'être et le néant | J.-P. Sartre | L'être et le néant
    John Smith. Title | John Smith | Title
    Smith, John; Jones, Mary. Title | Smith, John; Jones, Mary | Title
    O'Neil J., D'Angelo P. Title | O'Neil J., D'Angelo P. | Title
    García Márquez G., Vargas Llosa M. Título | García Márquez G., Vargas Llosa M. | Título
    Müller-Lüdenscheidt H. Titel | Müller-Lüdenscheidt H | Titel
    Kim C-S, Lee Y.-H. Title | Kim C-S, Lee Y.-H. | Title
    김철수, 이영희. 제목 : 부제 | 김철수, 이영희 | 제목 : 부제
    김철수. 제목 | 김철수 | 제목
    鲁迅, 胡适. 题名 : 副题 | 鲁迅, 胡适 | 题名 : 副题
    张爱玲. 题名 | 张爱玲 | 题名
    毛沢東. 題名 | 毛沢東 | 題名
    ウィリアム・シェイクスピア. 題名 | ウィリアム・シェイクスピア | 題名
    J・R・R・トールキン : 題名 | J・R・R・トールキン | 題名
    ジョン・スミス, 夏目漱石. 題名 | ジョン・スミス, 夏目漱石 | 題名
    題名 : 副題 / 夏目漱石 | 夏目漱石 | 題名 : 副題
    題名 / 夏目漱石著 | 夏目漱石著 | 題名
    Title : subtitle / Natsume S. | Natsume S. | Title : subtitle
    著者 001 : 見本 : その構造 | 著者 001 | 見本 : その構造
    Author A. On samples. Part 1 | Author A | On samples. Part 1
    Author A. B. On samples | Author A. B. | On samples
    A. Author. On samples | A. Author | On samples
  `);

  for (const [text = '', author = '', title = ''] of WITH_AUTHORS)
    it(`has an author in: ${text}`, () => {
      expect(articleIn(text)).toEqual({ title, author });
    });

  const TITLES = rows(`
    題名 : 副題
    図書館学 : 入門
    社会学. 第1巻
    比較 文学 : 序説
    文学, 歴史. 総論
    教育, 文化 : 論集
    方法論. 序
    東洋史. 研究
    森林生態学 : 入門
    原子力. その未来
    関係性 : 概説
    高校生. 生活
    石油化学 : 技術
    中国語. 文法
    pH 7. 2 の溶液
    4. そう核
    1. Introduction
    第1章. 序論
    No. 3. Title
    Vol. 2. Title
    「夏目漱石」 : 評伝
    『こころ』. 論
    "Kokoro". A study
    “Smith J.” : a name
    'Smith J.' : a name
    夏目漱石「こころ」論. 序
    夏目漱石論. 序
    夏目漱石とその時代. 序
    坂本龍馬と海. 序
    三木清における歴史. 序
    原敬日記. 第一巻
    山口県史. 資料編
    千葉大学. 年報
    福島原発 : 記録
    福島事故 : 検証
    奈良時代. 政治
    伊勢神宮. 建築
    上野公園 : 地図
    大島紬. 技法
    有田焼 : 陶磁
    平野部 : 開発
    鎌倉仏教. 概説
    金沢文庫. 目録
    橋本病. 臨床
    文部科学省. 白書
    国立国会図書館 : 年報
    日本図書館協会. 報告
    朝日新聞. 社説
    李朝. 陶磁
    黄河 : 流域
    周辺. 問題
    インターネット・リテラシー : 教育
    ケース・スタディ. 理論
    이야기 : 서설
    정치학 : 입문
    한국사. 개론
    E. coli : genetics
    C. elegans. A model
    P. vivax : malaria
    Vitamin C. A review
    Vitamin C : a review
    Hepatitis B. Virus
    World War I. A history
    World War II : a history
    Henry V : a play
    Part I. Introduction
    Type A. Personality
    Plan C, Plan D. Title
    U.S. Policy : a history
    U.K. Law. A history
    St. Louis. A history
    Mt. Fuji : geology
    Dr. Smith. A life
    Santa Maria. The ship
    Lake Victoria : ecology
    The brain. A review
    Cancer therapy : a review
    On the origin of species. A note
    A study of Natsume S. Title
    London, England. A guide
    Education, Japan : past and present
    World Health Organization. Report
    DNA. A history
    IL-6. Role
    A. Title
    Effects of pH / temperature
    入力 / 出力
    Smith J (ed.). Title
    John F. Kennedy. Title
    Natsume S.
    夏目漱石
    Natsume S., Mori O.
  `);

  for (const [text = ''] of TITLES)
    it(`is a title as a whole: ${text}`, () => {
      expect(articleIn(text)).toEqual({ title: text, author: '' });
    });

  it('is read in time, whatever it is', () => {
    for (const piece of ['Aa ', 'A. ', 'Aa B, ', '夏目・', '夏目漱石, ', 'Aa-', ': ', ' / ', '김', "d'", 'von '])
      for (const end of ['', '!', ' : x', '. X'])
        expect(typeof articleIn(piece.repeat(1024 / piece.length) + end).title).toBe('string');
  });
});

describe('the article field as we write it', () => {
  it('is what a catalogue has, where that is read as it is meant', () => {
    expect(articleText({ title: '題名 : 副題', author: '夏目漱石' })).toBe('題名 : 副題 / 夏目漱石');
    expect(articleText({ title: 'Title', author: 'Natsume, S.' })).toBe('Title / Natsume, S.');
    expect(articleText({ title: 'pH 7. 2 : a study', author: '' })).toBe('pH 7. 2 : a study');
    expect(articleText({ title: '', author: '' })).toBe('');
  });

  it('has our signs where it would be read in another way', () => {
    expect(articleText({ title: '夏目漱石 : 人と作品', author: '' })).toBe('[論題] 夏目漱石 : 人と作品');
    expect(articleText({ title: '題名', author: '見本学会' })).toBe('[論題] 題名 [著者] 見本学会');
    expect(articleText({ title: '', author: '夏目漱石' })).toBe('[著者] 夏目漱石');
  });

  const word = fc.oneof(
    fc.constantFrom(
      '夏目漱石',
      '森鷗外',
      'Natsume S.',
      'Mori O',
      'et al.',
      '他',
      '題名',
      'Title',
      '[論題]',
      '[著者]',
      '[著者*]',
      '著者 001',
      '&amp;lt;',
      'e\u0301',
      '<i>',
    ),
    fc.constantFrom(' : ', ' / ', '. ', ', ', ': ', '：', '．', ' ', '"'),
    fc.string({ unit: 'binary', maxLength: 4 }),
  );
  const text = fc.array(word, { maxLength: 8 }).map((words) => words.join(''));
  /** Blanks, escapes and decomposed letters are not significant. */
  const settled = (written: string): string => {
    const line = oneLine(written);
    return line === written ? line : settled(line);
  };

  it('is read as it was meant, whatever title and author are', () => {
    fc.assert(
      fc.property(text, text, (title, author) => {
        expect(articleIn(articleText({ title, author }))).toEqual({ title: settled(title), author: settled(author) });
      }),
      { numRuns: 3000 },
    );
  });
});
