import {
  AREAS,
  areaOf,
  CODE_TABLES,
  codeById,
  codeByWire,
  COUNTRIES,
  ESTABLISHERS,
  INSTITUTION_TYPES,
  PREFECTURES,
  REGIONS,
  SERVICE_FLAGS,
  type CodeTable,
} from './codes';
import { byteLength, FIELDS } from './fields';

const TABLES = Object.keys(CODE_TABLES) as CodeTable[];

describe('codes', () => {
  it('has ids and wire texts that occur once in each table', () => {
    for (const table of [...Object.values(CODE_TABLES), REGIONS, ESTABLISHERS, INSTITUTION_TYPES, SERVICE_FLAGS]) {
      expect(new Set(table.map(({ id }) => id)).size).toBe(table.length);
      expect(new Set(table.map(({ wire }) => wire)).size).toBe(table.length);
    }
  });

  it('finds each code by its wire text and by its id, and no other', () => {
    for (const table of TABLES) {
      for (const code of CODE_TABLES[table]) {
        expect(codeByWire(table, code.wire)).toBe(code);
        expect(codeById(table, code.id)).toBe(code);
      }
      expect(codeByWire(table, 'ない')).toBeUndefined();
      expect(codeById(table, '')).toBeUndefined();
    }
  });

  it('fits every wire text into its field', () => {
    const fields = { 'payment': FIELDS.payment, 'copy-type': FIELDS.copyType, 'sending-method': FIELDS.sendingMethod };
    const tooLong = TABLES.flatMap((table) =>
      CODE_TABLES[table].filter(({ wire }) => byteLength(wire) > fields[table].maxBytes),
    );
    expect(tooLong).toEqual([]);
  });

  it('writes the copy types of NACSIS-ILL with the large ツ', () => {
    expect(codeById('copy-type', 'microfiche')?.wire).toBe('マイクロフイツシユ');
    expect(CODE_TABLES['copy-type'].every(({ kind }) => kind === 'copy')).toBeTrue();
  });

  it('puts each of the 47 prefectures into exactly one area, and no country', () => {
    expect(PREFECTURES.length).toBe(47);
    expect(
      Object.values(AREAS)
        .flatMap((regions): readonly string[] => regions)
        .sort(),
    ).toEqual(PREFECTURES.map(({ id }) => id));
    expect(areaOf('13')).toBe('kanto');
    expect(areaOf('47')).toBe('kyushu-okinawa');
    expect(COUNTRIES.map(({ id }) => areaOf(id)).filter((area) => area !== undefined)).toEqual([]);
  });
});
