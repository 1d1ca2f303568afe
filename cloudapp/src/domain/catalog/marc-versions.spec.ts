import { citationFromMarc, type MarcCitation } from './marc';
import type { MarcDataField } from './marc-fields';
import { field, fixed, record } from './marc-record.fixture';

describe('citationFromMarc', () => {
  describe('with linked fields (880)', () => {
    const romanised = field('245', '10', '6', '880-02', 'a', 'Toshokan nyūmon /', 'c', 'A cho.');
    const original = field('880', '10', '6', '245-02/$1', 'a', '図書館入門 /', 'c', 'A著.');

    it('prefers the Japanese text, the romanised one is its reading', () => {
      const citation = citationFromMarc(record([original, romanised]));
      expect([citation.title, citation.titleReading, citation.responsibility]).toEqual([
        '図書館入門',
        'Toshokan nyūmon',
        'A著',
      ]);
    });

    it('prefers a kana reading to a romanised one', () => {
      const citation = citationFromMarc(
        record([
          field('245', '10', '6', '880-02', 'a', '図書館入門'),
          field('880', '10', '6', '245-02/(B', 'a', 'Toshokan nyūmon'),
          field('880', '10', '6', '245-02/$1', 'a', 'トショカン ニュウモン'),
        ]),
      );
      expect([citation.title, citation.titleReading]).toEqual(['図書館入門', 'トショカン ニュウモン']);
    });

    it('takes no reading from a text in the same script', () => {
      const citation = citationFromMarc(
        record([
          field('245', '10', '6', '880-01', 'a', 'Psychology'),
          field('880', '10', '6', '245-01', 'a', 'Psychologie'),
        ]),
      );
      expect(citation.title).toBe('Psychology');
      expect(citation.titleReading).toBeUndefined();
    });

    it('does not mix fields of other occurrences or tags', () => {
      const other = field('880', '10', '6', '245-03/$1', 'a', '別の書名');
      expect(citationFromMarc(record([romanised, other])).title).toBe('Toshokan nyūmon');
      expect(citationFromMarc(record([romanised, field('880', '1 ', '6', '700-02/$1', 'a', '人名')])).title).toBe(
        'Toshokan nyūmon',
      );
    });

    it('uses an 880 that has no partner', () => {
      expect(citationFromMarc(record([field('880', '10', '6', '245-00/$1', 'a', '図書館入門')])).title).toBe(
        '図書館入門',
      );
    });

    it('pairs publishers too', () => {
      const citation = citationFromMarc(
        record([
          field('264', ' 1', '6', '880-01', 'a', 'Tōkyō :', 'b', 'Shuppansha A,', 'c', '2019'),
          field('880', ' 1', '6', '264-01/$1', 'a', '東京 :', 'b', '出版社 A,', 'c', '2019'),
        ]),
      );
      expect([citation.place, citation.publisher, citation.year]).toEqual(['東京', '出版社 A', '2019']);
    });
  });
});

/** Title, reading, responsibility, place and publisher. */
function printedIn(fields: readonly MarcDataField[], language = 'jpn'): readonly (string | undefined)[] {
  const { title, titleReading, responsibility, place, publisher }: MarcCitation = citationFromMarc(
    record(fields, { controlFields: fixed('s2019', language) }),
  );
  return [title, titleReading, responsibility, place, publisher];
}

describe('the script of a record', () => {
  /** Language of the record; romanised and original title, place, publisher. */
  const ROMANISED: readonly (readonly string[])[] = [
    ['kor', 'Koryŏ inmul yŏlchŏn', 'Sŏul', 'Sŏmun munʼgo', '高麗 人物 列傅', '서울', '서문문고'],
    ['kor', 'Chʻaek ŭi yŏksa', 'Sŏul', 'Chʻangbi', '책의 역사', '서울', '창비'],
    ['ara', 'Thuqūb fī ʻaql al-ummah', 'al-Qāhirah', 'Dār al-Maʻārif', 'ثقوب في عقل الأمة', 'القاهرة', 'دار المعارف'],
    ['heb', 'Sipurim mafliʼim', 'Yerushalayim', 'ha-Ḳibuts ha-meʼuḥad', 'ספורים מפליאים', 'ירושלים', 'הקיבוץ המאוחד'],
    ['heb', 'Sheʻʼelot u-teshuvot', 'Yerushalayim', 'Mosad', 'שאלות ותשובות', 'ירושלים', 'מוסד'],
    ['per', 'Ḥawzahʹhā-yi ʻilmīyah', 'Tihrān', 'Iḥyā-yi Kitāb', 'حوزه‌های علمیه', 'تهران', 'احیاء کتاب'],
    [
      'rus',
      'Ocherki po istorii zakonodatelʹstva',
      'Kazanʹ',
      'Izdatelʹstvo',
      'Очерки по истории',
      'Казань',
      'Издательство',
    ],
    ['chi', 'Chʻing tai shih', 'Pei-ching', 'Jên min', '清代史', '北京', '人民'],
    ['geo', 'Mrecvelobis cʻesi', 'Tʻbilisi', 'Mecʻniereba', 'მრეწველობის ცესი', 'თბილისი', 'მეცნიერება'],
    ['gre', 'Historia tēs ʻEllados', 'Athēna', 'Hestia', 'Ιστορία της Ελλάδος', 'Αθήνα', 'Εστία'],
    ['tha', 'Prawatsāt Thai', 'Krung Thēp', 'Samnakphim', 'ประวัติศาสตร์ไทย', 'กรุงเทพฯ', 'สำนักพิมพ์'],
    ['jpn', 'Shinʼyaku seisho', 'Tōkyō', 'Genʼyōsha', '新訳聖書', '東京', '玄洋社'],
    ['jpn', 'Konpyūta nyūmon', 'Tōkyō', 'Ōmusha', 'コンピュータ', '東京', 'オーム社'],
  ];
  for (const [language = '', title = '', place = '', publisher = '', ...original] of ROMANISED)
    it(`is the original one, whatever letters the romanised title has: ${title}`, () => {
      const [title880 = '', place880 = '', publisher880 = ''] = original;
      const fields = [
        field('245', '10', '6', '880-01', 'a', `${title} /`, 'c', 'X.'),
        field('264', ' 1', '6', '880-02', 'a', `${place} :`, 'b', `${publisher},`, 'c', '2019.'),
        field('880', '10', '6', '245-01/r', 'a', `${title880} /`, 'c', `${title880}.`),
        field('880', ' 1', '6', '264-02/r', 'a', `${place880} :`, 'b', `${publisher880},`, 'c', '2019.'),
      ];
      expect(printedIn(fields, language)).toEqual([title880, title, title880, place880, publisher880]);
    });

  const reading = (tag: string, occurrence: string, ...values: readonly string[]) =>
    field('880', '10', '6', `${tag}-${occurrence}/$1`, ...values);
  const japanese = field('040', '  ', 'a', 'JP-NC', 'b', 'jpn');

  it('is Latin where the other one is a reading in kana: in a Japanese catalogue, or for a work in another language', () => {
    const latin = [
      field('245', '10', '6', '880-01', 'a', 'Nature reviews /', 'c', 'A. Smith'),
      field('264', ' 1', '6', '880-02', 'a', 'Tokyo :', 'b', 'Maruzen,'),
    ];
    const kana = [
      reading('245', '01', 'a', 'ネイチャー レビューズ'),
      reading('264', '02', 'a', 'トウキョウ', 'b', 'マルゼン'),
    ];
    const expected = ['Nature reviews', 'ネイチャー レビューズ', 'A. Smith', 'Tokyo', 'Maruzen'];
    expect(printedIn([japanese, ...latin, ...kana])).toEqual(expected);
    expect(printedIn([japanese, ...kana, ...latin], 'eng')).toEqual(expected);
    expect(printedIn([...latin, ...kana], 'eng')).toEqual(expected);
    expect(printedIn([field('035', '  ', 'a', '(NACSIS)BA51293930'), ...latin, ...kana])).toEqual(expected);
    expect(printedIn([field('040', '  ', 'a', 'DLC', 'b', 'eng'), ...latin, ...kana])[0]).toBe('ネイチャー レビューズ');
    expect(
      printedIn(
        [japanese, latin[0], reading('245', '01', 'a', 'ねいちゃー れびゅーず')].flatMap((each) => each ?? []),
      )[0],
    ).toBe('Nature reviews');
  });

  it('is that of the title for place, publisher, author and series, also where these have another one, too', () => {
    const publication = [
      field('264', ' 1', '6', '880-02', 'a', 'Tōkyō :', 'b', 'Iwanami Shoten,'),
      field('880', ' 1', '6', '264-02/$1', 'a', '東京 :', 'b', '岩波書店,'),
      field('490', '0 ', '6', '880-03', 'a', 'Iwanami bunko'),
      field('880', '0 ', '6', '490-03/$1', 'a', '岩波文庫'),
      field('100', '1 ', '6', '880-04', 'a', 'Natsume, Sōseki,'),
      field('880', '1 ', '6', '100-04/$1', 'a', '夏目漱石,'),
    ];
    const latin = citationFromMarc(record([field('245', '10', 'a', 'Modern Japanese novels'), ...publication]));
    expect([latin.place, latin.publisher, latin.author, latin.series]).toEqual([
      'Tōkyō',
      'Iwanami Shoten',
      'Natsume, Sōseki',
      ['Iwanami bunko'],
    ]);
    const original = citationFromMarc(record([field('245', '10', 'a', '現代小説'), ...publication]));
    expect([original.place, original.publisher, original.author, original.series]).toEqual([
      '東京',
      '岩波書店',
      '夏目漱石',
      ['岩波文庫'],
    ]);
  });

  it('never mixes the versions of place and publisher', () => {
    const fields = [
      field('245', '10', 'a', '現代小説'),
      field('264', ' 1', '6', '880-02', 'a', 'Tōkyō :', 'b', 'Iwanami Shoten,'),
      field('880', ' 1', '6', '264-02/$1', 'b', '岩波書店,'),
    ];
    expect(printedIn(fields).slice(3)).toEqual([undefined, '岩波書店']);
  });

  it('takes what there is where nothing is in the script of the title', () => {
    const fields = [field('245', '10', 'a', 'Modern novels'), field('264', ' 1', 'a', '東京 :', 'b', '岩波書店,')];
    expect(printedIn(fields).slice(3)).toEqual(['東京', '岩波書店']);
  });

  it('is not changed by a letter that is a symbol', () => {
    const fields = [
      field('245', '10', '6', '880-01', 'a', 'β-carotene and ℓ-adic µ-waves'),
      field('880', '10', '6', '245-01', 'a', 'Beta-carotene'),
    ];
    expect(printedIn(fields, 'eng')).toEqual([
      'β-carotene and ℓ-adic µ-waves',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  describe('with two linked fields for one title', () => {
    const main = field(
      '245',
      '10',
      '6',
      '880-01',
      'a',
      'Chōsa hōkoku.',
      'n',
      'Dai 2-bu,',
      'p',
      'Shiryō hen /',
      'c',
      'A hen.',
    );
    const title = field('880', '10', '6', '245-01/$1', 'a', '調査報告 /', 'c', 'A編.');

    it('keeps the part, in whatever order and subfield it stands', () => {
      const parts = [
        field('880', '10', '6', '245-01/$1', 'n', '第2部,', 'p', '資料編'),
        field('880', '10', '6', '245-01/$1', 'p', '第2部. 資料編'),
        field('880', '10', '6', '245-01/$1', 'a', '第2部. 資料編'),
      ];
      for (const part of parts) {
        expect(printedIn([main, title, part])[0]).toBe('調査報告. 第2部. 資料編');
        expect(printedIn([main, title, part])[2]).toBe('A編');
      }
      for (const part of parts.slice(0, 2)) expect(printedIn([part, title, main])[0]).toBe('調査報告. 第2部. 資料編');
    });

    it('keeps the part of a field with two links', () => {
      const twice = field('245', '10', '6', '880-01', 'a', 'Chōsa hōkoku.', '6', '880-02', 'p', 'Shiryō hen');
      const part = field('880', '10', '6', '245-02/$1', 'p', '資料編');
      expect(printedIn([twice, title, part])[0]).toBe('調査報告. 資料編');
    });

    it('keeps a part in another script than the title, and a number', () => {
      const kana = field('880', '10', '6', '245-01/$1', 'a', 'データベース');
      const part = field('880', '10', '6', '245-01/$1', 'p', '基礎編');
      expect(printedIn([main, kana, part])[0]).toBe('データベース. 基礎編');
      expect(printedIn([main, part, kana])[0]).toBe('データベース. 基礎編');
      expect(printedIn([main, title, field('880', '10', '6', '245-01/$1', 'n', '2')])[0]).toBe('調査報告. 2');
    });

    it('reads the readings of both', () => {
      const own = field('245', '10', '6', '880-01', 'a', '調査報告.', 'p', '資料編');
      const kana = [reading('245', '01', 'a', 'チョウサ ホウコク'), reading('245', '01', 'p', 'シリョウヘン')];
      expect(printedIn([japanese, own, ...kana]).slice(0, 2)).toEqual([
        '調査報告. 資料編',
        'チョウサ ホウコク. シリョウヘン',
      ]);
    });

    it('does not join what is the same title twice, or another script', () => {
      const whole = field('880', '10', '6', '245-01/$1', 'a', '調査報告.', 'p', '資料編');
      expect(printedIn([main, whole, title])[0]).toBe('調査報告. 資料編');
      expect(printedIn([main, title, title])[0]).toBe('調査報告');
      expect(printedIn([main, title, field('880', '10', '6', '245-01', 'p', 'Shiryō')])[0]).toBe('調査報告');
    });
  });
});
