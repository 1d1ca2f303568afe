import type { Kind } from './kinds';

/** A value of a coded field. Its label has the i18n key `code.<table>.<id>`. */
export interface Code {
  /** Stable ASCII id, used in settings, i18n keys and query parameters of the API. */
  readonly id: string;
  /** The value on the wire. */
  readonly wire: string;
  /** Restricts the code to one kind of request; both kinds when absent. */
  readonly kind?: Kind;
}
const same = (id: string): Code => ({ id, wire: id });
const code = (id: string, wire: string): Code => ({ id, wire });

/** 支払区分 (ACCT). National universities use re, ho and co (M8-5_2_4). */
const PAYMENTS: readonly Code[] = ['pb', 'pr', 're', 'ho', 'co'].map(same);

/** 複写種別 (TYPE), copies only: free text with agreed values. The large ツ is NACSIS-ILL's own spelling. */
const COPY_TYPES: readonly Code[] = [
  code('electronic', '電子複写'),
  code('fax', 'FAX'),
  code('edds', 'eDDS'),
  code('enlargement', '引き伸ばし'),
  code('microfiche', 'マイクロフイツシユ'),
  code('microfilm', 'マイクロフイルム'),
  code('reader-printer', 'リーダプリンタ'),
  code('slide', 'スライド'),
  code('copy-order', '複写取寄'),
].map((each) => ({ ...each, kind: 'copy' }));

/** 送付方法 (SPVIA). */
const SENDING_METHODS: readonly Code[] = [
  code('regular', '普通'),
  code('express', '速達'),
  code('dds', 'DDS'),
  code('fax', 'FAX'),
  code('registered', '書留'),
  code('regular-mail', '普通郵便'),
  code('mail', '郵送'),
  code('edds', 'eDDS'),
];

/** What a new order begins with, as wire values, unless the institution or a template says otherwise. */
export const ORDER_DEFAULTS = { payment: 'pb', copyType: '電子複写', sendingMethod: '普通' } as const;

/** 都道府県 (KENCODE 01-47), and the countries of the member file except `52`, which is an invalid value there. */
export const PREFECTURES: readonly Code[] = Array.from({ length: 47 }, (_, at) =>
  same(String(at + 1).padStart(2, '0')),
);
export const COUNTRIES: readonly Code[] = [
  '151',
  '152',
  '153',
  '254',
  '255',
  '256',
  '257',
  '258',
  '260',
  '261',
  '362',
].map(same);
export const REGIONS: readonly Code[] = [...PREFECTURES, ...COUNTRIES];

/** The nine areas that group prefectures in search forms: area id → KENCODE. */
export const AREAS = {
  'hokkaido': ['01'],
  'tohoku': ['02', '03', '04', '05', '06', '07'],
  'kanto': ['08', '09', '10', '11', '12', '13', '14'],
  'koshinetsu-hokuriku': ['15', '16', '17', '18', '19', '20'],
  'tokai': ['21', '22', '23', '24'],
  'kinki': ['25', '26', '27', '28', '29', '30'],
  'chugoku': ['31', '32', '33', '34', '35'],
  'shikoku': ['36', '37', '38', '39'],
  'kyushu-okinawa': ['40', '41', '42', '43', '44', '45', '46', '47'],
} as const satisfies Record<string, readonly string[]>;
export type Area = keyof typeof AREAS;

/** The area of a prefecture; undefined for other countries and unknown codes. */
export function areaOf(region: string): Area | undefined {
  return (Object.keys(AREAS) as Area[]).find((area) => (AREAS[area] as readonly string[]).includes(region));
}

/** 設置者 (SETCODE): 国立 公立 私立 特殊法人 海外 研修・テスト用 その他. */
export const ESTABLISHERS: readonly Code[] = ['1', '2', '3', '4', '5', '8', '9'].map(same);
/** 機関種別 (ORGCODE): 大学 短大 高専 大学共同利用機関等 他省庁の施設機関等 研修・テスト用 その他. */
export const INSTITUTION_TYPES: readonly Code[] = ['1', '2', '3', '4', '5', '8', '9'].map(same);
/** The flags STAT, COPYS, LOANS, FAXS (A / C / N). */
export const SERVICE_FLAGS: readonly Code[] = ['A', 'C', 'N'].map(same);

/** Code tables of request fields, by field form. */
export const CODE_TABLES = {
  'payment': PAYMENTS,
  'copy-type': COPY_TYPES,
  'sending-method': SENDING_METHODS,
} as const satisfies Record<string, readonly Code[]>;
export type CodeTable = keyof typeof CODE_TABLES;

/** The code with this wire text; undefined when unknown (display such a value unchanged, never send it). */
export function codeByWire(table: CodeTable, wire: string): Code | undefined {
  return CODE_TABLES[table].find((each) => each.wire === wire);
}

export function codeById(table: CodeTable, id: string): Code | undefined {
  return CODE_TABLES[table].find((each) => each.id === id);
}
