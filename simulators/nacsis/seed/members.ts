import { MEMBER_NAMES } from '#catp/member-record';
import type { CatpRecord } from '#catp/types';
import { nacsisCheckCharacter } from '#domain/catalog/identifiers';

/** Locations of the made-up libraries: name, reading, KENCODE, ZIP, address, area code. */
const TOWNS = [
  ['見本', 'ミホン', '13', '100-9990', '東京都見本区学園', '03-9990'],
  ['北海見本', 'ホッカイミホン', '01', '060-9990', '北海道札幌市見本区北', '011-999'],
  ['杜見本', 'モリミホン', '04', '980-9990', '宮城県仙台市見本区川内', '022-999'],
  ['新潟見本', 'ニイガタミホン', '15', '950-9990', '新潟県新潟市見本区五十嵐', '025-999'],
  ['東海見本', 'トウカイミホン', '23', '464-9990', '愛知県名古屋市見本区不老', '052-999'],
  ['洛北見本', 'ラクホクミホン', '26', '606-9990', '京都府京都市見本区吉田', '075-999'],
  ['浪速見本', 'ナニワミホン', '27', '560-9990', '大阪府豊中市見本町', '06-9990'],
  ['髙松見本', 'タカマツミホン', '37', '760-9990', '香川県高松市見本町幸', '087-999'],
  ['筑前見本', 'チクゼンミホン', '40', '812-9990', '福岡県福岡市見本区箱崎', '092-999'],
  ['琉球見本', 'リュウキュウミホン', '47', '903-9990', '沖縄県見本郡千原', '098-999'],
  ['信濃見本', 'シナノミホン', '20', '390-9990', '長野県松本市見本', '0263-99'],
  ['瀬戸見本', 'セトミホン', '34', '739-9990', '広島県東広島市見本山', '082-999'],
] as const;

/** Institutions: name, reading, SETCODE, ORGCODE. */
const INSTITUTIONS = [
  ['大学附属図書館', 'ダイガク フゾク トショカン', '1', '1'],
  ['市立大学図書館', 'シリツ ダイガク トショカン', '2', '1'],
  ['学院大学図書館', 'ガクイン ダイガク トショカン', '3', '1'],
  ['短期大学図書館', 'タンキ ダイガク トショカン', '3', '2'],
  ['工業高等専門学校図書館', 'コウギョウ コウトウ センモン ガッコウ トショカン', '1', '3'],
  ['共同利用研究所図書室', 'キョウドウ リヨウ ケンキュウジョ トショシツ', '4', '4'],
] as const;

export const MEMBER_COUNT = 60;
/** Number of ordinary libraries, which come first. They participate and serve copies and loans. */
const ORDINARY = 12;

type Services = Readonly<Record<'service' | 'participates' | 'copyService' | 'loanService' | 'faxService', string>>;
const OPEN: Services = { service: 'A', participates: 'A', copyService: 'A', loanService: 'A', faxService: 'A' };

/** Flags that vary among the later libraries, in turn. */
const VARIETY: readonly Partial<Services>[] = [
  {},
  { service: 'N' },
  { copyService: 'C' },
  { loanService: 'N' },
  { faxService: 'N' },
  { copyService: 'N' },
  {},
  { copyService: 'C', loanService: 'C' },
  { participates: 'N', service: 'N' },
  { faxService: 'C' },
  {},
  { loanService: 'C' },
];
/** Libraries that cannot be asked, because they have flag C but no window. */
const WITHOUT_WINDOW: readonly number[] = [14, 31];
const OUTSIDE_OFFSET = 5;
const LOCATIONS: readonly (readonly string[])[] = [['本館'], ['図', '分館'], ['本館', '医分', '法研'], ['@']];

/**
 * 60 made-up libraries, FA09nnn with a valid check character. The first is the library of Alma's seeded institution.
 */
export function seedMembers(): readonly CatpRecord[] {
  return Array.from({ length: MEMBER_COUNT }, (_, at) => seedMember(at));
}

function memberId(at: number): string {
  const body = `FA09${String(at).padStart(3, '0')}`;
  return body + nacsisCheckCharacter(body);
}

/** The library with this number, up to 999. Names repeat from number 72. */
export function seedMember(at: number): CatpRecord {
  const [town, townReading, region, zip, address, area] = TOWNS[at % TOWNS.length] ?? TOWNS[0];
  const [institution, reading, establisher, type] =
    INSTITUTIONS[Math.floor(at / TOWNS.length) % INSTITUTIONS.length] ?? INSTITUTIONS[0];
  const services: Services = { ...OPEN, ...(at < ORDINARY ? {} : VARIETY[at % VARIETY.length]) };
  const number = String(at).padStart(3, '0');
  const names = MEMBER_NAMES;
  const record: CatpRecord = {
    [names.memberId]: memberId(at),
    [names.name]: `${town}${institution}`,
    [names.nameReading]: `${townReading} ${reading}`,
    [names.abbreviation]: `${town.replace('見本', '見')}${institution.slice(0, 2)}`,
    [names.region]: region,
    [names.establisher]: establisher,
    [names.institutionType]: type,
    CATFLG: 'A',
    ...servicesOf(services, at),
    [names.offset]: at % OUTSIDE_OFFSET === OUTSIDE_OFFSET - 1 ? '' : 'N',
    [names.loanPeriod]: at % 3 === 0 ? '30日' : '2週間',
    [names.policies]: policies(at),
    [names.zip]: zip,
    [names.address]: `${address}${String((at % 9) + 1)}-1`,
    [names.tel]: `${area}-1${number}`,
    [names.fax]: `${area}-2${number}`,
    [names.email]: `ill${number}@library.example`,
    [names.illDepartment]: '相互利用係',
    [names.illStaff]: `担当 ${String.fromCharCode(65 + (at % 26))}`,
    [names.locations]: LOCATIONS[at % LOCATIONS.length] ?? [],
  };
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value.length > 0));
}

function servicesOf(services: Services, at: number): CatpRecord {
  const names = MEMBER_NAMES;
  const window = WITHOUT_WINDOW.includes(at) ? '' : memberId(at % ORDINARY);
  return {
    [names.participates]: services.participates,
    [names.service]: services.service,
    [names.copyService]: services.copyService,
    ...(services.copyService === 'C' ? { [names.copyVia]: window } : {}),
    [names.loanService]: services.loanService,
    ...(services.loanService === 'C' ? { [names.loanVia]: window } : {}),
    [names.faxService]: services.faxService,
  };
}

function policies(at: number): readonly string[] {
  const base = ['WEBPOLICY:平日 9:00-17:00 に受け付けます。', '複写料金: 白黒 1枚 40円、カラー 1枚 100円。'];
  return at % 4 === 0 ? [...base, '貸借: 製本雑誌、貴重書、禁帯出資料は貸出できません。'] : base;
}
