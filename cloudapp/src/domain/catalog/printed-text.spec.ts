import fc from 'fast-check';
import { comparable, decodeEntities, oneLine, withoutIsbd } from './printed-text';

describe('decodeEntities', () => {
  it('decodes names and numbers, also when escaped twice or three times', () => {
    expect(decodeEntities('A &amp; B &lt;i&gt; &quot;x&quot; &#39;y&apos; &#x56F3;&#22259;')).toBe(
      'A & B <i> "x" \'y\' 図図',
    );
    expect(decodeEntities('A &amp;amp; B')).toBe('A & B');
    expect(decodeEntities('A &amp;amp;lt; B')).toBe('A < B');
  });

  it('leaves alone what is no character', () => {
    expect(decodeEntities('R&D &unknown; &#0; &#xD800; &#9999999; &#x110000; &amp')).toBe(
      'R&D &unknown; &#0; &#xD800; &#9999999; &#x110000; &amp',
    );
  });
});

describe('oneLine', () => {
  it('leaves no control character, half character or double blank', () => {
    expect(oneLine(' a\u0000b\r\nc\u3000 d\u2028e\ud842f\u200bg\u0098The \u009ch ')).toBe('a b c d efgThe h');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(oneLine(text)).not.toMatch(/[\p{Cc}\p{Surrogate}\u2028\u2029]|\s\s|^\s|\s$/u);
      }),
    );
  });
});

/** Text in Alma or in a record → text as sent. */
const CLEANED: readonly (readonly [text: string, cleaned: string])[] = [
  ['&lt;i&gt;Drosophila&lt;/i&gt; wing', 'Drosophila wing'],
  ['&amp;lt;em&amp;gt;E. coli&amp;lt;/em&amp;gt;', 'E. coli'],
  ['H<sub>2</sub>O and <SUP>3</SUP>He', 'H2O and 3He'],
  ['<I>Homo</I> sapiens', 'Homo sapiens'],
  ['line<br/>two<p>three</p>', 'line two three'],
  ['<a href="https://example.org">link</a>', 'link'],
  ['<span class="x">A</span> B', 'A B'],
  ['<jats:italic>Homo</jats:italic> <mml:math><mml:mi>x</mml:mi></mml:math>', 'Homo x'],
  ['<ruby>漢<rt>かん</rt></ruby>字', '漢字'],
  ['Effect of <i>Escherichia coli', 'Effect of Escherichia coli'],
  ['a<!-- note --> b', 'a b'],
  ['&alpha;-Synuclein &ndash; &Eacute;tude &eacute;&ouml; &#8211; &hellip;', 'α-Synuclein – Étude éö – …'],
  ['It&#146;s &#147;so&#148;', 'It’s “so”'],
  ['&#152;Der &#156;Mensch', 'Der Mensch'],
  ['<<The>> Times', 'The Times'],
  ['<<The >>Times', 'The Times'],
  ['<<The>>Times', 'The Times'],
  ['&lt;&lt;Das&gt;&gt; Kapital', 'Das Kapital'],
  ['&lt;&lt;A&gt;&gt; short history = <<Une>> histoire', 'A short history = Une histoire'],
  ["<<L'>>étranger", "L'étranger"],
  ['<<al->>Kitāb', 'al-Kitāb'],
  ['<<ال>>كتاب', 'الكتاب'],
  ['Goethe, Johann Wolfgang <<von>>', 'Goethe, Johann Wolfgang von'],
  ['か\u3099くせい ハ\u309aン', 'がくせい パン'],
  ['To\u0304kyo\u0304 Ko\u0302be', 'Tōkyō Kôbe'],
  ['\u1112\u1161\u11ab\u1100\u1173\u11af', '한글'],
  ['می\u200cخواهم a\u200db', 'می\u200cخواهم ab'],
];
/** Text that only looks like markup. */
const MEANT_SO = [
  '図書 & 雑誌 <総合目録> "引用符"',
  'R & D <A>',
  '1 < 2 > 0',
  'if a<b and c>d',
  'List<String> in Java',
  'cout << x >> y',
  '<machine> and <title>',
  '《紅樓夢》 ≪新訳≫',
  '\ufa19\ufa11髙橋と𠮷野',
  '葛\u{e0100}城',
];

describe('oneLine', () => {
  for (const [text, cleaned] of CLEANED) it(`cleans: ${text}`, () => expect(oneLine(text)).toBe(cleaned));
  for (const text of MEANT_SO) it(`leaves as it is: ${text}`, () => expect(oneLine(text)).toBe(text));

  it('is quick on endless text', () => {
    for (const unit of ['<', '<a ', '<rt>', '<!--', '</i>', '<<a', '&amp;', 'か\u3099'])
      expect(oneLine(unit.repeat(50_000)).length).toBeLessThan(500_000);
  });
});

/** Element with surrounding punctuation → element alone. */
const WITHOUT_ISBD: readonly (readonly [text: string, element: string])[] = [
  ['図書館情報学 /', '図書館情報学'],
  ['Tokyo :', 'Tokyo'],
  ['New York : :', 'New York'],
  ['Rizzoli,,', 'Rizzoli'],
  [': Rizzoli,', 'Rizzoli'],
  [', 1999.', '1999'],
  ['= Parallel title', 'Parallel title'],
  ['New York : : Rizzoli,, 1999', 'New York : Rizzoli, 1999'],
  ['Title / / A. Smith ; ; B. Jones', 'Title / A. Smith ; B. Jones'],
  ['Title..', 'Title'],
  ['2nd ed..', '2nd ed.'],
  ['Title :.', 'Title'],
  ['夏目 漱石 著.', '夏目 漱石 著'],
  ['夏目漱石 [ほか] 編.', '夏目漱石 [ほか] 編'],
  ['森 鷗外 訳．', '森 鷗外 訳'],
  ['김 철수 저.', '김 철수 저'],
  ['魯 迅 着.', '魯 迅 着'],
  ['第 2 版.', '第 2 版'],
  ['シリーズ ア.', 'シリーズ ア'],
  ['東京：', '東京'],
  ['岩波書店，', '岩波書店'],
  ['القاهرة :', 'القاهرة'],
  ['دار الشروق،', 'دار الشروق'],
  ['كتاب ؛', 'كتاب'],
  ['لاہور۔', 'لاہور'],
  ['Moskva,', 'Moskva'],
];
const COMPLETE = [
  '2nd ed.',
  '2. Aufl.',
  'Wiley & Sons, Inc.',
  'Smith, A.',
  'Sartre, J.-P.',
  'Толстой, Л.',
  'and so on ...',
  'C++',
  "Kafka's ,,Das Schloss''",
  '...and justice for all',
  '何ですか？',
  'ما هذا؟',
  'モーニング娘。',
];

describe('withoutIsbd', () => {
  for (const [text, element] of WITHOUT_ISBD)
    it(`takes the signs off: ${text}`, () => expect(withoutIsbd(text)).toBe(element));
  for (const text of COMPLETE) it(`takes nothing off: ${text}`, () => expect(withoutIsbd(text)).toBe(text));

  it('is the same when it is done again', () => {
    for (const [text] of WITHOUT_ISBD) expect(withoutIsbd(withoutIsbd(text))).toBe(withoutIsbd(text));
  });

  it('is quick on long texts and leaves an empty text empty', () => {
    expect(withoutIsbd('/'.repeat(100_000))).toBe('');
    expect(withoutIsbd(`${' /'.repeat(50_000)}x`).endsWith('x')).toBeTrue();
    expect(withoutIsbd(`a${','.repeat(100_000)}`)).toBe('a');
    expect(withoutIsbd('')).toBe('');
  });
});

describe('comparable', () => {
  it('ignores width, case, punctuation and blanks, not the dakuten', () => {
    expect(comparable('Ｊａｖａ 入門 : ﾌﾟﾛｸﾞﾗﾐﾝｸﾞ!')).toBe(comparable('java入門・プログラミング'));
    expect(comparable('ハス')).not.toBe(comparable('バス'));
  });

  it('ignores how a sign in a romanised word is written, and the composition of letters', () => {
    for (const same of ["Jun'ichi", 'Junʼichi', 'Jun’ichi', 'Junʻichi']) expect(comparable(same)).toBe('junichi');
    expect(comparable('To\u0304kyo\u0304')).toBe(comparable('Tōkyō'));
  });
});
