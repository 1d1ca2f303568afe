import {
  CHINESE_SURNAMES,
  JAPANESE_SURNAMES,
  KATAKANA_GIVEN_NAMES,
  KOREAN_SURNAMES,
  LATIN_GIVEN_NAMES,
  NO_SURNAMES,
  PEN_NAMES,
} from './known-names';

/** Characters that names never contain. Digits, quotation marks and brackets indicate a title, a number or a remark. */
const NO_NAME = /[\p{N}"“”„«»<>()（）[\]［］{}【】〈〉《》「」『』?!？！+=*/#%@_~:：]/u;
/** Suffixes after the names: further persons, or their role. */
const AND_OTHERS =
  /[\s,、，]*(?:\[?\s*(?:et al\.?|and others)\s*\]?|[[(（［]?(?:他|ほか)\d*名?[\])）］]?|(?<=\p{sc=Han})[ら等])$/iu;
const ROLE = /\s*(?:共?[著訳編述]|編著|共編著|著[・;,]?編|監修|執筆)$/u;
/** Placeholders for withheld names, and those of the training data. */
const WITHHELD = /^(?:著者|Author) ?[A-Z\d]{1,3}$/;

/**
 * True when a text looks like a list of personal names, judged by form and known names: in Japanese, Chinese or Korean,
 * or in Latin letters with initials or a known given name. False for everything else, such as corporate bodies,
 * subjects and single words.
 */
export function looksLikePersonalNames(text: string): boolean {
  const names = text.trim();
  if (WITHHELD.test(names)) return true;
  const bare = names.replace(AND_OTHERS, '');
  return [bare, bare.replace(ROLE, '').replace(AND_OTHERS, '')].some(isListOfNames);
}

function isListOfNames(text: string): boolean {
  if (text === '' || NO_NAME.test(text)) return false;
  return /[\p{sc=Han}\p{sc=Katakana}\p{sc=Hangul}]/u.test(text) ? isAsianList(text) : isLatinList(text);
}

/** True for a list of Asian names. In a list, one known name is enough; the others only need a possible form. */
function isAsianList(text: string): boolean {
  if (isForeignName(text)) return true;
  const names = text.split(/\s*[,，、;；]\s*/).flatMap((name) => (isForeignName(name) ? [name] : name.split('・')));
  if (names.length === 1) return isKnownName(text, false);
  const areKnown = names.map((name) => isForeignName(name) || isKnownName(name, true));
  return areKnown.includes(true) && names.every((name, at) => areKnown[at] === true || mayBeName(name));
}

/** True for names like ウィリアム・シェイクスピア: katakana words or initials, the first a given name or an initial. */
function isForeignName(name: string): boolean {
  const [first = '', ...others] = name.split(/[・＝=\s]/u);
  const isWritten = [first, ...others].every((word) => /^(?:[ァ-ヺー]+|[A-Z]\.?)$/u.test(word));
  return isWritten && others.length > 0 && (KATAKANA_GIVEN_NAMES.has(first) || /^[A-Z]\.?$/.test(first));
}

/** Characters that occur in words but rarely in given names. */
const OF_WORDS =
  /[学論法済策性的力系病症術期県市都府区町村院館室協機構団校党軍語書図報誌巻号章節部編版題問答率値点線面物料源油電薬毒菌虫魚鳥獣牛豚鶏研究査析測試験例概説総各較歴統解釈訳注考観視象動産農商貿務税融銀券険週後内左右圏域半湾港湖森植栽培穀稲麦豆酒塩糖脂肪炭酸素窒硫鉄銅鉛錫亜鉱砂泥粘陶磁器具械装置設備施築橋路車船舶空駅輸送郵便宙候災害炎爆核兵戦争闘敵族衆婚姻童幼老員僚廷藩幕墳墓塔祭礼儀宗教魂鬼妖怪像絵彫踊楽謡俳字韻脈談籍紙刷聞係能化規制権革命憲労働輪水土地方界境際全件状態感障患診療医養胞細遺脳肺肝腎胃腸骨筋皮膚癌腫瘍疾液血尿圧型第派伝台発爐炉词语论业经济书图馆题问发现电车药历统释观视动产农务险货币战記評録選抄帖札焼染剣庫宮園]/u;
/** Last characters of Japanese given names that are rare at the end of words starting like a surname. */
const ENDS_GIVEN_NAME =
  /[子美枝江代恵惠香織衣里奈菜花華佳加紀季貴樹輝希喜基生世乃之助介輔祐佑郎朗一二三四五六七八九十夫男雄也哉弥彌彦人仁太平衛蔵造作吉次治司士史志登昇進勝克己巳実實信伸真眞慎晋新明昭彰晃光亮良諒陽洋博弘宏広廣浩裕寛正雅昌将誠清聖成盛静晴春和孝隆崇敬高卓拓武猛毅剛豪強健賢建謙堅徹哲透亨徳利俊敏年寿秀英栄永瑛悦薫馨勲勇優由有友要葉陸律龍竜涼倫麗蓮渉亘航悟吾功巧公幸行康恒咲定貞聡智知忠直尚満充稔豊睦望元守護保泰靖安穂帆歩舞麻麿鈴琴絵音瞳雪蘭凛駿馬旭純淳潤隼翔匠尊茂繁重滋修脩秋宗久恭匡喬興響暁厳晶梢渚緑翠瑠璃乙慧敦厚篤綾彩郁育泉五唯維胤紗操蒼壮尭堯圭啓景桂慶継蛍兼顕譲丞仙宣善惣多琢丈斗藤苗範則典憲斐媛敷文甫朋邦睦幹未敬妙誉瑶々]$/u;

function mayBeName(name: string): boolean {
  if (KOREAN_NAME.test(name)) return true;
  const letters = name.replace(/\s/g, '');
  return (
    /^\p{sc=Han}[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}々ヶ]{1,6}$/u.test(letters) && !OF_WORDS.test(letters.slice(1))
  );
}

const KOREAN_NAME = /^\p{sc=Hangul}{2,4}$/u;
/** Final syllables of Korean words that are rare in names. */
const KOREAN_WORD = /[학론법사의과와을를은는에도로기적화성]$/u;

/** `amongOthers`: the name is part of a list, where a short name is not mistaken for an ordinary word. */
function isKnownName(name: string, amongOthers: boolean): boolean {
  const letters = name.replace(/\s/g, '');
  if (KOREAN_NAME.test(letters)) return isKoreanName(letters, amongOthers);
  return isJapaneseName(name) || isChineseName(letters, amongOthers);
}

function isKoreanName(name: string, amongOthers: boolean): boolean {
  const [one, two] = [1, 2].map((length) => KOREAN_SURNAMES.has(name.slice(0, length)));
  if (amongOthers) return one === true || two === true;
  return !KOREAN_WORD.test(name) && ((one === true && name.length === 3) || (two === true && name.length === 4));
}

/**
 * True for a surname of one to four characters with a given name of one to four. Without a blank between them, two
 * characters in total are too few to decide.
 */
function isJapaneseName(name: string): boolean {
  const [surname = '', given, ...more] = name.split(/\s/u);
  if (more.length > 0) return false;
  if (given !== undefined) return JAPANESE_SURNAMES.has(surname) && isGivenName(given);
  return [1, 2, 3, 4].some((length) => {
    const rest = name.slice(length);
    return JAPANESE_SURNAMES.has(name.slice(0, length)) && length + rest.length > 2 && isGivenName(rest);
  });
}

function isGivenName(text: string): boolean {
  if (PEN_NAMES.has(text)) return true;
  const isWritten =
    /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}々]{1,4}$/u.test(text) && !/[とのをへにはが]\p{sc=Han}/u.test(text);
  return isWritten && !OF_WORDS.test(text) && (ENDS_GIVEN_NAME.test(text) || /^\p{sc=Hiragana}{2,4}$/u.test(text));
}

/**
 * True for a surname of one character with a given name of one or two. Rejects single names of two characters unless
 * they are simplified, because many words look like them.
 */
function isChineseName(name: string, amongOthers: boolean): boolean {
  const given = name.slice(1);
  if (!/^\p{sc=Han}{1,2}$/u.test(given) || OF_WORDS.test(given) || !CHINESE_SURNAMES.has(name.slice(0, 1)))
    return false;
  return given.length === 2 || amongOthers || SIMPLIFIED.test(name);
}
/** Characters used only in simplified Chinese. */
const SIMPLIFIED = /[张刘陈杨赵吴孙马罗郑谢韩冯萧邓许吕苏卢贾叶阎钟谭邹陆顾龙万钱汤乔贺赖龚鲁闻费聂]/u;

const UPPER = String.raw`\p{Lu}`;
const WORD = String.raw`${UPPER}[\p{L}\p{M}'’ʼ]*\p{Ll}\p{M}*`;
const PARTICLE = String.raw`(?:(?:van|von|der|den|de|del|della|di|da|dos|das|du|la|le|el|al|bin|ibn|ter|ten|zu|zur|af|av)\s|d['’]|al-)*`;
const SURNAME = String.raw`${PARTICLE}${WORD}(?:[- ]${PARTICLE}${WORD}){0,2}`;
const INITIAL = String.raw`${UPPER}(?![\p{L}])\.?`;
const INITIALS = String.raw`(?:${INITIAL}(?:[- ]?${INITIAL}){0,3}|${UPPER}{2,3}(?![\p{L}.]))`;
const STOPPED_INITIALS = String.raw`${UPPER}\.(?:[- ]?${UPPER}\.){0,3}`;
/** A surname in capitals (NATSUME S.), accepted only in lists, because abbreviations and headlines look the same. */
const CAPITALS = String.raw`(?:${UPPER}{3,}|${WORD})(?:-(?:${UPPER}{3,}|${WORD}))?`;
const GIVEN = String.raw`${WORD}(?:-${WORD})?(?: ${INITIAL})*`;
const AND = String.raw`(?:\s*[,;，；]\s*(?:(?:and|&|und|et|y)\s+)?|\s+(?:and|und|et|y)\s+|\s*&\s*)`;
const SEMICOLON = String.raw`(?:\s*[;；]\s*(?:(?:and|&)\s+)?|\s+(?:and|und|et|y)\s+|\s*&\s*)`;

const listOf = (name: string, sign: string, least: 0 | 1 = 0): RegExp =>
  new RegExp(String.raw`^${name}(?:${sign}${name}){${String(least)},}$`, 'u');

/** All names of a list must have the same form: `Natsume, S.`, `S. Natsume`, `Natsume, Soseki` or `Soseki Natsume`. */
const WITH_INITIALS = [
  listOf(`${SURNAME},? ${INITIALS}`, AND),
  listOf(`${CAPITALS},? ${INITIALS}`, AND, 1),
  listOf(`${STOPPED_INITIALS} ?${SURNAME}`, AND),
];
const SURNAME_FIRST = listOf(`${SURNAME}, ${GIVEN}`, SEMICOLON);
const GIVEN_NAME_FIRST = listOf(`${GIVEN} ${SURNAME}`, AND);
/** Abbreviations that look like initials. */
const ABBREVIATIONS = /^(?:U\.S\.|U\.K\.|U\.N\.|E\.U\.|U\.S\.A\.|A\.I\.|B\.C\.|A\.D\.|D\.C\.|T\.V\.|N\.Y\.)/u;
/** The number of a part or of a king. */
const ROMAN_NUMBER = /^[^,]+ [IVX]{1,4}$/u;

function isLatinList(text: string): boolean {
  const words = text.split(/[\s,;.&-]+/);
  if (ABBREVIATIONS.test(text) || ROMAN_NUMBER.test(text) || words.some((word) => NO_SURNAMES.has(word))) return false;
  if (WITH_INITIALS.some((form) => form.test(text))) return true;
  return (
    (SURNAME_FIRST.test(text) && isKnown(text.split(/[;&]/), /, (\S+)/u)) ||
    (GIVEN_NAME_FIRST.test(text) && isKnown(text.split(/[,;&]| and /), /^\s*([^\s-]+)/u))
  );
}

/** True when `place` finds a known given name in one of the names. */
function isKnown(names: readonly string[], place: RegExp): boolean {
  return names.some((name) => LATIN_GIVEN_NAMES.has(place.exec(name)?.[1] ?? ''));
}
