/**
 * Names that identify a text as personal names (personal-names.ts). The lists may be incomplete: a text with an unknown
 * name is read as part of the title, so nothing is lost. Surnames that are also words of titles, such as 東 or 方, are
 * left out.
 */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Japanese surnames: frequent ones, and those of often cited writers and scholars. */
export const JAPANESE_SURNAMES = words(`
  佐藤 鈴木 高橋 髙橋 田中 伊藤 渡辺 渡邊 渡邉 渡部 山本 中村 小林 加藤 吉田 𠮷田 山田 佐々木 山口 松本 井上 木村 林
  斎藤 斉藤 齋藤 齊藤 清水 山崎 山﨑 森 池田 橋本 阿部 安部 安倍 石川 山下 中島 中嶋 石井 小川 前田 岡田 長谷川 藤田
  後藤 近藤 村上 遠藤 青木 坂本 福田 太田 西村 藤井 金子 岡本 藤原 三浦 中野 中川 原田 松田 竹内 小野 田村 中山 和田
  石田 森田 上田 原 内田 柴田 酒井 宮崎 横山 高木 安藤 宮本 大野 小島 谷口 今井 工藤 高田 髙田 増田 丸山 杉山 村田
  大塚 新井 藤本 小山 平野 河野 上野 野口 武田 松井 千葉 菅原 岩崎 久保 木下 佐野 野村 松尾 市川 菊地 菊池 杉本 古川
  大西 島田 水野 桜井 櫻井 高野 吉川 山内 西田 飯田 西川 小松 北村 安田 五十嵐 川口 平田 関 中田 久保田 服部 東野 岩田
  土屋 川崎 福島 本田 辻 樋口 秋山 田口 永井 山中 中西 吉村 川上 石原 大橋 松岡 浜田 濱田 馬場 森本 矢野 浅野 松下
  星野 大久保 吉岡 小池 野田 荒木 熊谷 松浦 大谷 内藤 黒田 尾崎 永田 川村 望月 田辺 田邊 松村 荒井 堀 大島 平井 菅野
  早川 西山 栗原 広瀬 廣瀬 横田 石橋 岩本 萩原 関口 宮田 大石 本間 須藤 高山 岡崎 小田 吉野 鎌田 篠原 上原 伊東 小西
  成田 児玉 白石 石塚 奥村 大川 富田 内山 奥田 小沢 小澤 八木 片山 黒木 大森 三宅 柳田 古賀 松原 甲斐 牧野 川島 川嶋
  中井 天野 栗田 岡部 坂口 片岡 平山 根本 牧 小倉 須田 杉浦 桑原 南雲 青山 大山 岡村 西尾 津田 三好 河合 田島 比嘉
  福井 小泉 宮川 飯塚 植田 神田 榎本 土井 宇野 出口 塚本 小笠原 川端 谷崎 芥川 夏目 正岡 与謝野 太宰 三島 志賀 武者小路
  有島 島崎 国木田 幸田 泉 徳冨 徳富 二葉亭 坪内 室生 北原 中原 宮沢 宮澤 井伏 横光 織田 大岡 大江 司馬 水上 吉行 庄野
  開高 吉本 柄谷 折口 柳 南方 和辻 九鬼 三木 戸坂 福沢 福澤 新渡戸 内村 岡倉 北里 湯川 朝永 小柴 益川 南部 梅原 梅棹
  今西 網野 家永 井筒 丸谷 鶴見 吉増 谷川 大佛 江戸川 横溝 松谷 有吉 曽野 瀬戸内 円地 平林 佐多 野上 幸徳 堺 大杉 河上
  福本 美濃部 穂積 我妻 末弘 団藤 芦部 戒能 来栖 大村 潮見 道垣内 松坂 安井 浅井 浅田 朝倉 朝比奈 足立 安達 穴沢 天沼
  荒川 有田 有馬 粟野 飯島 飯野 五味 生田 池上 池谷 石黒 石崎 石坂 石丸 石山 磯部 板垣 板倉 市村 一色 伊勢 稲垣 稲葉
  井口 井手 今村 今泉 今野 入江 岩井 岩佐 岩瀬 岩永 岩間 岩村 植木 上村 植村 牛島 臼井 内海 梅田 梅本 浦田 江口 江崎
  江藤 江原 榎 海老原 遠山 大井 大内 大木 大城 大澤 大沢 大竹 大槻 大坪 大友 大沼 大畑 大場 大原 大平 大宮 岡 岡野
  岡山 緒方 沖田 荻野 奥山 奥野 小口 尾形 長田 押田 小関 落合 尾上 小幡 小原 恩田 海野 梶 梶原 柏木 柏原 春日 片桐
  勝田 勝又 桂 門田 金井 金沢 金澤 金田 兼子 鹿島 上条 亀井 亀田 川合 川井 河内 川西 川田 河田 川野 川原 河原 河村
  川本 河本 神崎 神谷 神山 菊川 岸 岸本 北川 北島 北野 北山 木内 木原 木本 京極 桐山 草野 楠 楠本 国分 窪田 久米 倉田
  蔵本 黒川 黒沢 黒澤 桑田 桑野 小出 郷田 越智 小柳 小谷 小寺 小宮 小室 小森 坂井 坂田 坂元 阪本 相良 佐久間 桜田 佐々
  笹川 笹本 佐竹 佐原 沢田 澤田 沢村 澤村 塩田 塩野 塩谷 志村 重松 篠崎 篠田 柴崎 渋谷 澁谷 島村 嶋田 下田 下村 庄司
  白井 白川 白鳥 新谷 神保 進藤 新藤 菅 菅沼 菅谷 杉 杉田 杉原 杉村 鈴村 須賀 砂川 住田 角田 瀬川 瀬戸 関根 関谷 芹沢
  仙石 千田 相馬 副島 曽我 園田 染谷 高井 高石 高岡 高倉 高崎 高島 髙島 高杉 高瀬 高槻 高津 高浜 高原 高松 高村 高柳
  滝 滝川 滝沢 滝澤 瀧本 武内 竹下 竹田 竹中 武井 武藤 武部 田代 多田 立石 立川 田所 谷 谷本 谷村 田原 玉井 玉城 田上
  千野 茅野 津川 塚田 塚原 月岡 辻井 辻村 辻本 土田 土橋 堤 椿 坪井 鶴田 寺内 寺島 寺田 寺本 寺山 照井 土居 土肥 戸田
  徳田 徳永 豊田 鳥居 鳥越 中尾 中岡 中澤 中沢 長尾 永野 長井 長岡 長沢 長島 長嶋 中谷 永山 長瀬 仲田 仲村 中本 中屋
  名取 鍋島 成瀬 鳴海 難波 新島 新美 西 西岡 西沢 西澤 西野 西原 西部 西本 西脇 二宮 仁科 新田 丹羽 沼田 根岸 根津
  野崎 野沢 野中 野原 野間 野本 羽田 羽生 橋爪 橋口 長谷 畑 畑中 畠山 蜂谷 花田 花房 塙 浜口 浜野 林田 原口 原島 伴
  半田 番場 日高 日野 氷室 平岡 平川 平沢 平澤 平塚 平沼 平松 平尾 広川 広田 廣田 深井 深川 深沢 深澤 深田 深谷 福岡
  福永 福原 福山 藤岡 藤川 藤木 藤倉 藤沢 藤澤 藤島 藤代 藤谷 藤野 藤村 藤森 藤山 船木 船越 古田 古谷 古屋 逸見 別府
  保坂 細井 細川 細田 細野 堀内 堀江 堀川 堀口 堀田 堀越 本多 本庄 前川 前島 前原 真壁 真田 槇 牧田 正木 益田 町田
  松枝 松川 松倉 松崎 松沢 松澤 松島 松嶋 松永 松野 松宮 松山 真鍋 間宮 丸尾 三上 三沢 三澤 水島 水谷 水田 溝口 三谷
  三橋 光永 皆川 峯 箕輪 宮内 宮城 宮木 宮坂 宮下 宮地 宮野 宮原 宮前 宮脇 三輪 向井 村井 村岡 村川 村木 村越 村瀬
  村松 村山 室田 毛利 持田 元木 本橋 本村 森岡 森川 森口 森下 森島 森谷 森永 森野 森村 森山 諸橋 師岡 八代 八田 柳沢
  柳澤 柳原 柳瀬 矢口 矢島 矢田 矢部 山岡 山形 山岸 山際 山県 山沢 山澤 山城 山路 山瀬 山地 山根 山之内 山村 山室 山脇
  湯浅 横井 横尾 横川 横沢 横地 吉井 吉江 吉沢 吉澤 𠮷澤 吉原 吉見 吉武 吉永 吉松 米沢 米澤 米田 米山 若林 若松 鷲尾
  鷲見 和久井 渡瀬 久世 九条 西園寺 近衛 伊達 蜷川 安西 小野寺 長谷部 佐伯 勅使河原 喜多 喜多川 仲宗根 金城 宮平 島袋
  新垣 知念 上地 具志堅 与那嶺 本居 賀茂 荻生 伊能 平賀 井原 近松 与謝 北畠 嘉納 津島 沢柳 長与 土岐 斎木 會田 会田
  相川 相沢 相澤 青柳 赤坂 赤松 秋元 秋田 浅川 浅見 芦田 麻生 熱田 阿久津 鮎川 新川 飯沼 五十川 猪俣 猪瀬 伊原 今田
  上杉 宇佐美 宇田川 宇都宮 浦野 枝野 海老沢 大出 大熊 大隈 大倉 大関 大滝 大田 大貫 大浜 大庭 大堀 岡林 岡安 小粥 小嶋
  越川 影山 笠井 笠原 風間 加賀 鍵山 梶田 梶山 柏 粕谷 加瀬 葛西 角谷 鎌倉 唐沢 苅谷 刈谷
`);

/** Given names and pen names of writers and scholars that do not follow the usual forms. */
export const PEN_NAMES = words(`
  漱石 鷗外 鴎外 鏡花 一葉 露伴 逍遥 四迷 藤村 白鳥 荷風 独歩 花袋 秋声 紅葉 美妙 嶺雲 樗牛 梁川 天心 子規 虚子 啄木 牧水 白秋 朔太郎 犀星 空穂 迢空
  信夫 節 左千夫 赤彦 茂吉 八一 魯庵 柳浪 眉山 水蔭 泡鳴 抱月 蘆花 蘇峰 雪嶺 羯南 兆民 秋水 枯川 栄 内蔵助 国男 國男 大拙 幾多郎 篤胤 宣長
  真淵 契沖 馬琴 西鶴 門左衛門 蕪村 一茶 芭蕉 崋山 華山 大観 春草 玉堂 栖鳳 松園 清方 雪舟 等伯 光琳 応挙 若冲 北斎 広重 歌麿 写楽 梅岩 昌益
  益軒 白石 徂徠 仁斎 東涯 羅山 惺窩 藤樹 蕃山 素行 南冥 山陽 象山 松陰 小楠 東湖 有朋 海舟 湛山 木堂 咢堂 孝和 稲造 町子 重信
`);

/** Chinese surnames of one character. */
export const CHINESE_SURNAMES = words(`
  王 李 張 张 劉 刘 陳 陈 楊 杨 趙 赵 黄 黃 周 呉 吴 吳 徐 孫 孙 胡 朱 郭 何 馬 马 羅 罗 梁 宋 鄭 郑 謝 谢 韓 韩 唐 馮
  冯 董 蕭 萧 程 曹 袁 鄧 邓 許 许 傅 沈 曾 彭 呂 吕 蘇 苏 盧 卢 蒋 蔣 蔡 賈 贾 丁 魏 薛 葉 叶 閻 阎 余 潘 杜 戴 夏 鍾
  钟 汪 任 姜 范 姚 譚 谭 廖 鄒 邹 熊 陸 陆 郝 孔 崔 毛 邱 秦 顧 顾 侯 邵 孟 龍 龙 萬 万 段 錢 钱 湯 汤 尹 黎 喬 乔 賀
  贺 頼 赖 龔 龚 魯 鲁 聞 闻 費 费 茅 巴 艾 冰 聶 聂
`);

/** Korean surnames, in Hangul. */
export const KOREAN_SURNAMES = words(
  '김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 류 유 전 홍 고 문 양 손 배 백 허 남 심 노 하 곽 성 차 주 우 구 민 진 나 엄 채 원 천 방 공 현 함 변 염 여 추 도 소 석 선 설 마 길 연 위 표 명 기 반 왕 금 옥 육 인 맹 제 모 탁 국 어 은 편 용 남궁 황보 제갈 선우',
);

/** Given names in katakana that start a name of two or more words. */
export const KATAKANA_GIVEN_NAMES = words(`
  アーサー アーネスト アダム アドルフ アーノルド アブラハム アラン アリス アルトゥール アルフレッド アルフレート アルバート
  アルベール アルベルト アレクサンダー アレクサンドル アレクシ アン アンドリュー アンドレ アンドレア アンドレイ アンドレアス
  アントニオ アントン アンナ アンネ アンリ アンソニー イアン イヴァン イワン イマヌエル イヴ イサベル ヴァージニア ヴァルター
  ワルター ヴィクトル ヴィクター ヴィルヘルム ウィリアム ウィリアムズ ウィルヘルム ウォルター ウォーレン ウラジーミル ウンベルト
  エイブラハム エヴァ エドガー エドマンド エドムント エドワード エドゥアール エーリッヒ エーリヒ エミール エミリー エマニュエル
  エマ エリザベス エリック エルンスト エレン オーギュスト オスカー オットー オノレ オリバー オリヴァー カール カルロ カルロス
  カレン キャサリン キャロル ギュスターヴ ギュンター ギー ギルバート クラウス クララ クリス クリスチャン クリスティアン
  クリストファー クルト クレール クロード ケネス ケヴィン ゲオルク ゲルハルト ゴットフリート コンスタンティン サイモン サミュエル
  サラ サルバドール シーグムント ジークムント ジェイムズ ジェームズ ジェイン ジェーン ジェフリー ジェラール ジェレミー ジグムント
  シモーヌ シモン ジャック シャルル ジャン ジャンバッティスタ ジュディス ジュリア ジュリアン ジュール ジョアン ジョヴァンニ
  ジョージ ジョエル ジョセフ ジョゼフ ジョナサン ジョルジュ ジョルジョ ジョン ジル スーザン スコット スティーヴン スティーブン
  スティーヴ スティーブ ステファヌ ステファン セルゲイ ソフィア ダニエル ダグラス ダニエーレ ダン チャールズ デイヴィッド
  デイビッド デイヴィド ディーター デイル テオドール テオドア テッド テリー トーマス トマス ドナルド トニ トム ドミトリー
  ドロシー ナオミ ナタリー ナンシー ニコラ ニコラス ニコライ ニクラス ニール ノア ノーマン ノーム ハーバート ハインリヒ
  ハインリッヒ ハロルド ハンス ハンナ ハリー パウル パトリック パブロ バートランド バーナード バーバラ ピーター ピエール
  フィリップ フェデリコ フェリックス フョードル フランク フランシス フランソワ フランツ フリードリヒ フリードリッヒ フリッツ
  フレデリック フレッド ブライアン ブルーノ ブルース ベルトルト ベルナール ベネディクト ベンジャミン ヘーゲル ヘルベルト ヘルマン
  ヘレン ヘンリー ヘンリック ベアトリス ペーター ポール ホセ ホルヘ マーガレット マーク マーサ マーシャル マーティン マイケル
  マイク マクシミリアン マックス マテオ マリア マリー マリオ マルコ マルセル マルチン マルティン マシュー ミゲル ミシェル
  ミハイル ミヒャエル メアリー メアリ モーリス ヤーコプ ヤコブ ヤン ユルゲン ユージン ユーリ ヨハネス ヨハン ヨーゼフ ヨシフ
  ライナー ラルフ ランドルフ リチャード リヒャルト リンダ ルイ ルイス ルイーズ ルートヴィヒ ルートウィヒ ルドルフ ルネ ルーシー
  レイ レイモンド レイモン レイチェル レオ レオナルド レオン レフ レナード ローザ ロジェ ロジャー ロナルド ロバート ロベルト
  ロベール ロラン ローレンス ロレンツォ
`);

/** Given names in Latin letters that start a name, or follow the surname and a comma. */
export const LATIN_GIVEN_NAMES = words(`
  Aaron Adam Adrian Agnes Akihiko Akiko Akio Akira Alan Albert Alberto Alexander Alexandre Alfred Alice Alison Allan Allen Amanda Amy Ana
  André Andrea Andreas Andrew Angela Anita Ann Anna Anne Anthony Antoine Anton Antonio Arthur Atsushi Barbara Benjamin Bernard Bernhard
  Bernd Brian Bruce Bruno Carl Carla Carlo Carlos Carol Caroline Catherine Charles Chiara Christian Christina Christine
  Christopher Claire Claude Claudia Clifford Colin Craig Daisuke Dan Daniel Daniela David Deborah Denis Dennis Diana Diego Dieter Dirk
  Donald Dorothy Douglas Edgar Edmund Edward Edwin Eiji Eiko Elena Elisabeth Elizabeth Ellen Emil Emily Emma Eric Erich Erik Ernst Ernest
  Esther Eugene Eva Evelyn Frances Francesca Francesco Francis François Frank Franz Fred Frederick Friedrich Fritz Fumiko Gabriel
  Gary Geoffrey George Georg Georges Gerald Gerhard Gilbert Giovanni Giulia Giuseppe Gordon Graham Gregory Günter Gustav Hannah Hans Harold
  Harry Haruki Haruko Heinrich Heinz Helen Helmut Henri Henry Herbert Hermann Hideki Hideo Hiroko Hiromi Hiroshi Hisashi Horst Howard Hugh
  Hugo Ian Ichiro Ingrid Irene Isaac Isabel Ivan Jack Jacob Jacques James Jan Jane Janet Jason Javier Jean Jeffrey Jennifer Jeremy Jessica
  Jiro Joachim Joan Johann Johannes John Jonathan Jorge José Josef Joseph Joshua Juan Judith Julia Julian Jun Junichi Junko Jürgen Karen
  Karin Karl Katherine Kathleen Kazuko Kazuo Keiko Keith Kenichi Kenji Kenneth Kenta Kevin Kiyoshi Klaus Koichi Koji Kumiko Kurt Larry
  Laura Laurent Lawrence Leo Leon Leonard Leslie Lewis Linda Lisa Louis Louise Luca Lucy Luigi Luis Luke Makoto Manfred Manuel Marc Marcel
  Marco Margaret Maria Marie Mario Mark Marta Martha Martin Mary Masahiro Masako Masao Masaru Matthew Maurice Max Mayumi Michael Michel
  Michelle Michiko Miguel Mika Minoru Mitsuo Monica Nancy Naoki Naoko Natsuko Neil Nicholas Nicolas Noam Nobuo Nobuyuki Noriko Norman Olga
  Oliver Oscar Osamu Otto Ōgai Ogai Pablo Pamela Patricia Patrick Paul Paula Pedro Peter Philip Philippe Pierre Rachel Ralph Raymond
  Rebecca René Reiko Ricardo Richard Robert Roberto Robin Roger Roland Ronald Rosa Rudolf Russell Ruth Ryo Ryuichi Sachiko Samuel Sandra
  Sara Sarah Satoshi Saburo Scott Sean Sebastian Sergio Setsuko Shigeru Shinichi Shinji Shiro Shoichi Simon Soseki Sōseki Sophie Stefan
  Stephan Stephen Steven Stuart Susan Susumu Suzanne Sylvia Tadashi Takako Takashi Takeo Takeshi Taro Tarō Teresa Terry Tetsuo Theodor
  Theodore Thomas Timothy Tomoko Toru Toshio Ulrich Umberto Ursula Valerie Victor Vincent Volker Walter Werner Wilhelm
  William Wolfgang Yasuo Yasuko Yasunari Yoichi Yoko Yoshiko Yoshio Yuki Yukiko Yukio Yumi Yumiko Yuriko Yves
`);

/** Words followed by a single letter that is not an initial: Vitamin C, Part I, Type A. */
export const NO_SURNAMES = words(`
  Addendum Allele Annex Annexin Antigen Apolipoprotein Appendix Article Assembly Band Block Book Box Building Calcineurin Calorie Case
  Category Cathepsin Chapter Chart Chromosome Class Clause Coenzyme Cohort Column Complex Component Compound Condition Course Cyclin
  Cyclosporin Cytochrome Day Deck Diagram Diet Division Domain Element Ephedrine Episode Equation Event Example Exhibit Experiment Factor
  Fig Figure Fluid Form Formula Fraction Gate Generation Gen Grade Graph Group Gene Hall Hepatitis Hepatocyte Hypothesis Immunoglobulin
  Influenza Item Kappa Language Lamin Lesson Letter Level Line List Lot Map Mark Material Matrix Method Mitomycin Model Module Mode
  Neutralization Note Object Option Page Panel Paper Part Paragraph Pattern Person Phase Phylloquinone Plan Plane Plate Plot Point
  Principle Problem Process Program Project Propagermanium Protein Province Question Reaction Reading Receptor Region Rule Row Sample Scale
  Scenario Scene Schedule School Section Sector Segment Series Session Set Site Stage Staphylococcus Step Stream Streptococcus Structure
  Study Subgroup Subunit Supplement Switch System Table Task Term Test Text Theme Theorem Theory Thromboxane Title Topic Toxin Track Treaty
  Troponin Type Unit Variable Vector Version Victim Virus Vitamin Vol Volume War Ward Wave Week Zone Programming Hemophilia Botulinum
  Introduction Conclusion Preface Foreword Summary Abstract Editorial
`);
