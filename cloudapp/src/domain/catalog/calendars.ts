/** Calendars of printed years. The patterns match text in NFKC with ASCII digits. */
interface Calendar {
  /** Pattern before the number. */
  readonly before?: string;
  /** Pattern after the number. */
  readonly behind?: string;
  /** Maximum number of digits in a year. */
  readonly digits: number;
  readonly western: (year: number) => number;
}

const from = (first: number) => (year: number) => year + first - 1;

/**
 * Whole years only: a year that spans two Gregorian years maps to the first. The abbreviations come from catalogue
 * rules and title pages.
 */
const CALENDARS: readonly Calendar[] = [
  { before: '明治|明|Meiji', digits: 2, western: from(1868) },
  { before: '大正|大|Tai(?:sh[oō]|syô|syo)', digits: 2, western: from(1912) },
  { before: '昭和|昭|(?:Sh[oō]|Sy[oô])wa', digits: 2, western: from(1926) },
  { before: '平成|平|Heisei', digits: 2, western: from(1989) },
  { before: '令和|令|Reiwa', digits: 2, western: from(2019) },
  { before: '慶[応應]|Kei[oō]', digits: 2, western: from(1865) },
  { before: '(?:中[華华])?民[國国]|Min ?guo|Min ?kuo', digits: 3, western: from(1912) },
  { before: '[満滿]洲國?康[徳德]|康[徳德]|Kangde', digits: 2, western: from(1934) },
  { before: "주체|主[体體]|Ch?uch[ʻ'’]?e", digits: 3, western: from(1912) },
  { before: "[檀壇]紀|[檀壇]君紀元|단기|단군 ?기원|Tan[ʼʻ'’]?gi|Dangi", digits: 4, western: (year) => year - 2333 },
  { before: '皇紀|紀元|神武(?:天皇)?紀元', digits: 4, western: (year) => year - 660 },
  {
    before: 'พ\\. ?ศ\\.|พุทธศักราช|ພ\\. ?ສ\\.|ព\\. ?ស\\.|[仏佛][暦曆历滅]|B\\. ?E\\.|Ph[oōǭ]?̜?\\. ?S[oōǭ]?̜?\\.',
    behind: 'B\\. ?E\\.?|BE',
    digits: 4,
    western: (year) => year - 543,
  },
  {
    before: 'ش|هـ?\\. ?ش\\.?',
    behind: '(?:A\\. ?)?H\\. ?[SŠ]h?\\.?|Sh\\.|هـ?\\.? ?ش\\.?|ش\\.?|shamsī',
    digits: 4,
    western: (year) => year + 621,
  },
  {
    before: 'A\\. ?H\\.|AH|H\\.|Hijr[iī]|Hicr[iî]|هـ|سنة|ヒジュラ(?:紀元|暦)?|イスラム暦|回暦',
    behind: '(?:n\\. ?)?H\\.?|A\\. ?H\\.?|AH|هـ?\\.?(?: ?ق\\.?)?|ق\\.?|Hijr[iī]|Hicr[iî]|qamarī',
    digits: 4,
    western: (year) => Math.floor(year * 0.970224 + 621.5774),
  },
  {
    before:
      '(?:V(?:i|ik(?:rama?)?)?\\.? ?)?Sa[ṃṁm](?:vat)?\\.?|V\\. ?S\\.|Vikram(?:a|ābda)?|Bikram(?: Sambat)?|B\\. ?S\\.|(?:वि\\.? ?)?सं(?:वत्?)?\\.?|विक्रम(?: संवत्?)?',
    behind: 'vi\\.|V\\. ?S\\.?|B\\. ?S\\.?|वि\\.?',
    digits: 4,
    western: (year) => year - 57,
  },
  {
    before: '[ŚS]aka(?: era)?\\.?|शक(?: संवत्?)?\\.?',
    behind: '\\(?[ŚS]aka|शक',
    digits: 4,
    western: (year) => year + 78,
  },
  { behind: 'E\\. ?C\\.?|ዓ\\. ?ም\\.?', digits: 4, western: (year) => year + 7 },
];

/**
 * Calendars whose years occur without a marker, by range of numbers above Gregorian years: in Thailand, in Korea before
 * 1962, in Israel.
 */
const UNMARKED: readonly { readonly from: number; readonly to: number; readonly western: (year: number) => number }[] =
  [
    { from: 2400, to: 2600, western: (year) => year - 543 },
    { from: 4200, to: 4400, western: (year) => year - 2333 },
    { from: 5400, to: 5900, western: (year) => year - 3761 },
  ];

/**
 * Ranges of the difference between a printed year and the year that the cataloguer adds in brackets, when the calendar
 * is not named.
 */
const EXPLAINED: readonly (readonly [least: number, most: number])[] = [
  [-57, -56],
  [77, 79],
  [538, 623],
];

/** Range of years of printed books. A result outside of it means that the calendar does not apply. */
const EARLIEST = 1200;
const LATEST = 2100;

const NOT_IN_WORD = { before: '(?<![\\p{L}\\p{M}])', behind: '(?![\\p{L}\\p{M}])' };
const MARKED = CALENDARS.map(({ before, behind, digits, western }) => {
  const number = `(元|\\d{1,${String(digits)}})(?!\\d)`;
  const many = `${number}(?: ?年)?(?:([-/])(?:(\\d{1,${String(digits)}})(?!\\d)(?: ?年)?)?)?`;
  const forms = [
    ...(before === undefined ? [] : [`${NOT_IN_WORD.before}(?:${before}) ?${many}${withTail(behind)}`]),
    ...(behind === undefined ? [] : [`(?<!\\d)${many} ?(?:${behind})${NOT_IN_WORD.behind}`]),
  ];
  return { forms: forms.map((form) => new RegExp(form, 'giu')), western };
});
/** Era initial directly before the number: `S56`, `H3.4`. */
const INITIAL = /^([MTSHR])\.?(?= ?\d{1,2}(?!\d))/i;
const ERA_OF_INITIAL: Readonly<Record<string, string>> = { M: '明治', T: '大正', S: '昭和', H: '平成', R: '令和' };

function withTail(behind: string | undefined): string {
  return behind === undefined ? '' : `(?: ?(?:${behind})${NOT_IN_WORD.behind})?`;
}

/** Replaces the years of named calendars; `to` formats the Gregorian year. */
export function replaceMarked(text: string, to: (western: string) => string): string {
  const named = text.replace(INITIAL, (_, initial: string) => ERA_OF_INITIAL[initial.toUpperCase()] ?? '');
  return MARKED.reduce(
    (all, { forms, western }) =>
      forms.reduce(
        (done, form) =>
          done.replace(form, (whole, first: string, sign: string | undefined, last: string | undefined) => {
            const year = western(first === '元' ? 1 : Number(first));
            if (year < EARLIEST || year > LATEST) return whole;
            const end = last === undefined ? '' : String(western(Number(last)));
            return to(`${String(year)}${sign ?? ''}${end}`);
          }),
        all,
      ),
    named,
  );
}

/** The Gregorian year of an unmarked number above 2100; undefined when no listed calendar covers it. */
export function westernOfUnmarked(year: number): number | undefined {
  return UNMARKED.find(({ from: least, to }) => year >= least && year <= to)?.western(year);
}

/** True when `western` may be the Gregorian year of `printed`. */
export function mayExplain(printed: number, western: number): boolean {
  return EXPLAINED.some(([least, most]) => western - printed >= least && western - printed <= most);
}
