/** A word of the seeded titles: original script, kana, romanised. Corporate bodies and publishers are made up. */
export interface Word {
  readonly text: string;
  readonly kana: string;
  readonly roman: string;
}

const words = (rows: readonly string[]): readonly Word[] =>
  rows.map((row) => {
    const [text = '', kana = '', roman = ''] = row.split('|');
    return { text, kana, roman };
  });

/** Subjects of books. */
export const SUBJECTS = words([
  '社会学|シャカイガク|Shakaigaku',
  '図書館情報学|トショカン ジョウホウガク|Toshokan jōhōgaku',
  '経済学|ケイザイガク|Keizaigaku',
  '比較文学|ヒカク ブンガク|Hikaku bungaku',
  '民俗学|ミンゾクガク|Minzokugaku',
  '言語学|ゲンゴガク|Gengogaku',
  '教育心理学|キョウイク シンリガク|Kyōiku shinrigaku',
  '臨床看護学|リンショウ カンゴガク|Rinshō kangogaku',
  '有機化学|ユウキ カガク|Yūki kagaku',
  '量子力学|リョウシ リキガク|Ryōshi rikigaku',
  '地震工学|ジシン コウガク|Jishin kōgaku',
  '海洋生物学|カイヨウ セイブツガク|Kaiyō seibutsugaku',
  '都市計画|トシ ケイカク|Toshi keikaku',
  '農業経済|ノウギョウ ケイザイ|Nōgyō keizai',
  '憲法学|ケンポウガク|Kenpōgaku',
  '国際関係論|コクサイ カンケイロン|Kokusai kankeiron',
  '日本思想|ニホン シソウ|Nihon shisō',
  '仏教美術|ブッキョウ ビジュツ|Bukkyō bijutsu',
  '古代建築|コダイ ケンチク|Kodai kenchiku',
  '音楽教育|オンガク キョウイク|Ongaku kyōiku',
  '栄養生理学|エイヨウ セイリガク|Eiyō seirigaku',
  '統計解析|トウケイ カイセキ|Tōkei kaiseki',
  '情報理論|ジョウホウ リロン|Jōhō riron',
  '気象学|キショウガク|Kishōgaku',
  '森林生態学|シンリン セイタイガク|Shinrin seitaigaku',
  '漁業経済|ギョギョウ ケイザイ|Gyogyō keizai',
  '労働法|ロウドウホウ|Rōdōhō',
  '福祉政策|フクシ セイサク|Fukushi seisaku',
  '近世文学|キンセイ ブンガク|Kinsei bungaku',
  '書誌学|ショシガク|Shoshigaku',
]);

/** Regions for local studies. 𠮷 and 髙 are outside JIS X 0208. */
export const PLACES = words([
  '新潟|ニイガタ|Niigata',
  '佐渡|サド|Sado',
  '越後髙田|エチゴ タカダ|Echigo Takada',
  '𠮷野|ヨシノ|Yoshino',
  '飛驒髙山|ヒダ タカヤマ|Hida Takayama',
  '会津|アイヅ|Aizu',
  '津軽|ツガル|Tsugaru',
  '能登|ノト|Noto',
  '琵琶湖|ビワコ|Biwako',
  '瀬戸内|セトウチ|Setouchi',
  '奄美|アマミ|Amami',
  '琉球|リュウキュウ|Ryūkyū',
]);

/** Titles about a place. `*` stands for the place. */
export const PLACE_PATTERNS = words([
  '*の地誌|* ノ チシ|* no chishi',
  '*の民家|* ノ ミンカ|* no minka',
  '*方言集|* ホウゲンシュウ|* hōgenshū',
  '*郷土史|* キョウドシ|* kyōdoshi',
  '*の祭礼と芸能|* ノ サイレイ ト ゲイノウ|* no sairei to geinō',
]);

/** Titles about a subject. `*` stands for the subject. */
export const SUBJECT_PATTERNS = words([
  '*入門|* ニュウモン|* nyūmon',
  '*概論|* ガイロン|* gairon',
  '現代の*|ゲンダイ ノ *|Gendai no *',
  '*の歩み|* ノ アユミ|* no ayumi',
  '*研究の課題と方法|* ケンキュウ ノ カダイ ト ホウホウ|* kenkyū no kadai to hōhō',
  '*講座|* コウザ|* kōza',
  '*ハンドブック|* ハンドブック|* handobukku',
]);

export const ENGLISH_BOOKS: readonly string[] = [
  'Introduction to regional history',
  'Principles of library cooperation',
  'Handbook of coastal ecology',
  'Readings in comparative education',
  'Foundations of number theory',
  'A survey of rural economics',
  'Methods of field linguistics',
  'Elements of soil mechanics',
  'Topics in medical ethics',
  'The architecture of archives',
  'Problems in labour law',
  'Studies in early printing',
  'Essays on urban water',
  'Statistics for nursing',
  'The chemistry of paper',
  'Modern theories of translation',
  'Fisheries and society',
  'Patterns of mountain weather',
  'Music in school life',
  'Public policy and ageing',
  'An atlas of island plants',
  'Notes on quantum measurement',
  'Early maps of the northern sea',
  'Reading, memory and childhood',
  'Timber, trade and towns',
  'The economics of small libraries',
  'Vocabulary of folk craft',
  'Earthquakes and building codes',
  'Archives after the flood',
  'Lectures on measure theory',
];

/** Titles of serials. `*` stands for a corporate body. */
export const SERIAL_PATTERNS = words([
  '*紀要|* キヨウ|* kiyō',
  '*研究報告|* ケンキュウ ホウコク|* kenkyū hōkoku',
  '*論集|* ロンシュウ|* ronshū',
  '*年報|* ネンポウ|* nenpō',
  '*会報|* カイホウ|* kaihō',
  '*誌|* シ|* shi',
]);

export const ENGLISH_SERIALS: readonly string[] = [
  'Journal of northern folklore',
  'Annals of applied hydrology',
  'Bulletin of paper conservation',
  'Regional library quarterly',
  'Acta insularum',
  'Transactions on forest soils',
  'Review of school music',
  'Letters in coastal biology',
  'Archives of rural medicine',
  'Studies in island languages',
];

/** Corporate bodies that edit and publish. */
export const BODIES = words([
  '日本地域文化学会|ニホン チイキ ブンカ ガッカイ|Nihon Chiiki Bunka Gakkai',
  '北方生活文化研究会|ホッポウ セイカツ ブンカ ケンキュウカイ|Hoppō Seikatsu Bunka Kenkyūkai',
  '新潟郷土資料研究会|ニイガタ キョウド シリョウ ケンキュウカイ|Niigata Kyōdo Shiryō Kenkyūkai',
  '髙山民俗資料研究会|タカヤマ ミンゾク シリョウ ケンキュウカイ|Takayama Minzoku Shiryō Kenkyūkai',
  '𠮷野林業史研究会|ヨシノ リンギョウシ ケンキュウカイ|Yoshino Ringyōshi Kenkyūkai',
  '応用統計教育協会|オウヨウ トウケイ キョウイク キョウカイ|Ōyō Tōkei Kyōiku Kyōkai',
  '沿岸環境調査会|エンガン カンキョウ チョウサカイ|Engan Kankyō Chōsakai',
  '図書館協力研究会|トショカン キョウリョク ケンキュウカイ|Toshokan Kyōryoku Kenkyūkai',
  '看護実践教育学会|カンゴ ジッセン キョウイク ガッカイ|Kango Jissen Kyōiku Gakkai',
  '東方古典籍研究会|トウホウ コテンセキ ケンキュウカイ|Tōhō Kotenseki Kenkyūkai',
  '農村経済調査会|ノウソン ケイザイ チョウサカイ|Nōson Keizai Chōsakai',
  '耐震構造研究会|タイシン コウゾウ ケンキュウカイ|Taishin Kōzō Kenkyūkai',
  '音楽教育実践学会|オンガク キョウイク ジッセン ガッカイ|Ongaku Kyōiku Jissen Gakkai',
  '島嶼言語学会|トウショ ゲンゴ ガッカイ|Tōsho Gengo Gakkai',
  '生活法制研究会|セイカツ ホウセイ ケンキュウカイ|Seikatsu Hōsei Kenkyūkai',
]);

/** Publishers and their cities. */
export const PUBLISHERS = [
  { publisher: '青嶺書房', place: '東京' },
  { publisher: '髙田堂書店', place: '新潟' },
  { publisher: '北都学術出版', place: '札幌' },
  { publisher: '洛東文庫', place: '京都' },
  { publisher: '浪速学術社', place: '大阪' },
  { publisher: '杜の都出版', place: '仙台' },
  { publisher: '𠮷野川書院', place: '徳島' },
  { publisher: '玄海文化社', place: '福岡' },
] as const;
export const ENGLISH_PUBLISHERS = [
  { publisher: 'Lakeside Academic', place: 'London' },
  { publisher: 'North Quay Press', place: 'Boston' },
] as const;

/** Series of books (PTBL). */
export const SERIES = words([
  '地域資料叢書|チイキ シリョウ ソウショ|Chiiki shiryō sōsho',
  '学術選書|ガクジュツ センショ|Gakujutsu sensho',
  '基礎講座シリーズ|キソ コウザ シリーズ|Kiso kōza shirīzu',
]);

/** Made-up titles of requested articles. */
const ARTICLES: readonly string[] = [
  '近世越後における廻船と米市場',
  '𠮷野林業の枝打ちと年輪幅',
  '髙山祭の屋台組と町内会',
  '地域資料のデジタル化と目録作成の課題',
  '看護学生の実習前後における不安の変化',
  '沿岸域における藻場の季節変動',
  '方言調査の録音資料とその保存',
  '耐震補強後の木造校舎の振動特性',
  '学校図書館と公共図書館の連携事例',
  '農村の直売所が地域経済に与える効果',
  '合唱指導における発声練習の効果',
  '古典籍の料紙分析の試み',
];

/** The title of an article. The same number always gives the same title. */
export function articleTitle(number: number): string {
  return ARTICLES[number % ARTICLES.length] ?? '';
}
