import type { Holding, Member } from '../../../domain/catalog/catalog';
import { AREAS, ESTABLISHERS, INSTITUTION_TYPES, type Area } from '../../../domain/ill/codes';
import { aHolding, aMember, anAsking, aRow, LIBRARY, memberIdOf } from '../../testing/records';
import { areaValue, isFiltering, NO_FILTER, readFilter, type HoldingFilter } from '../../core/holding-filter';
import { matches } from './holding-match';
import { rowOf, type HoldingRow } from '../../../domain/ill/rota';

const row = (member: Partial<Member> = {}, holding: Partial<Holding> = {}): HoldingRow =>
  aRow(10, { member: aMember({ memberId: memberIdOf(10), ...member }), ...holding });
const passes = (filter: Partial<HoldingFilter>, of: HoldingRow = row()): boolean =>
  matches(of, { ...NO_FILTER, ...filter }, LIBRARY.memberId);
/** A library without a member record. */
const stranger = (): HoldingRow => {
  const { member: _, ...bare } = aHolding(10);
  return rowOf(bare, anAsking());
};

describe('matches', () => {
  it('leaves everything while nothing is asked', () => {
    for (const of of [row(), row({ service: 'N' }), stranger(), aRow(1)]) expect(passes({}, of)).toBeTrue();
  });

  describe('by text', () => {
    const named = row({ name: '東都大学附属図書館', nameReading: 'トウトダイガク' }, { memberName: '東都大' });

    it('looks in short name, full name, reading and FA number', () => {
      for (const text of ['東都大', '附属', 'トウト', memberIdOf(10)])
        expect(passes({ text }, named)).withContext(text).toBeTrue();
      expect(passes({ text: '西都' }, named)).toBeFalse();
    });

    it('does not mind width, case and blanks', () => {
      for (const text of ['ﾄｳﾄ', ' 東都 大 ', memberIdOf(10).toLowerCase()])
        expect(passes({ text }, named)).withContext(text).toBeTrue();
    });
  });

  describe('by region', () => {
    it('is a prefecture, or any of an area', () => {
      const tokyo = row({ region: '13' });
      expect([passes({ region: '13' }, tokyo), passes({ region: '14' }, tokyo)]).toEqual([true, false]);
      expect([passes({ region: areaValue('kanto') }, tokyo), passes({ region: areaValue('kinki') }, tokyo)]).toEqual([
        true,
        false,
      ]);
    });

    it('knows each of the nine areas by its prefectures, and no other', () => {
      const areas = Object.keys(AREAS) as readonly Area[];
      expect(areas.length).toBe(9);
      for (const area of areas) {
        const regions = Array.from({ length: 47 }, (_, at) => String(at + 1).padStart(2, '0'));
        const found = regions.filter((region) => passes({ region: areaValue(area) }, row({ region })));
        expect<readonly string[]>(found).toEqual(AREAS[area]);
      }
    });

    it('is any of several', () => {
      const found = ['13', '26', '40'].filter((region) =>
        passes({ region: `13,${areaValue('kinki')}` }, row({ region })),
      );
      expect(found).toEqual(['13', '26']);
    });

    it('finds no library whose region is not known', () => {
      expect([
        passes({ region: '13' }),
        passes({ region: areaValue('kanto') }),
        passes({ region: '13' }, stranger()),
      ]).toEqual([false, false, false]);
    });

    it('finds nobody in an area that there is not', () => {
      expect(passes({ region: 'area:atlantis' }, row({ region: '13' }))).toBeFalse();
    });
  });

  it('goes by each code of establisher and institution type', () => {
    for (const { wire } of ESTABLISHERS) {
      expect(passes({ establisher: wire }, row({ establisher: wire }))).toBeTrue();
      expect(passes({ establisher: wire }, row({ establisher: 'x' }))).toBeFalse();
    }
    for (const { wire } of INSTITUTION_TYPES) {
      expect(passes({ institutionType: wire }, row({ institutionType: wire }))).toBeTrue();
      expect(passes({ institutionType: wire }, row({ institutionType: 'x' }))).toBeFalse();
    }
    expect([passes({ establisher: '1' }), passes({ institutionType: '1' })]).toEqual([false, false]);
  });

  it('is content with one of several values of a part, and wants each part', () => {
    const one = row({ establisher: '1', copyService: 'C' }, { location: '分館', years: '1970-1979' });
    expect([passes({ establisher: '2,1' }, one), passes({ establisher: '2,3' }, one)]).toEqual([true, false]);
    expect([passes({ copyService: 'A,C', location: '本館、分館' }, one), passes({ copyService: 'A,N' }, one)]).toEqual([
      true,
      false,
    ]);
    expect([passes({ year: '1969, 1970' }, one), passes({ year: '1969,1980' }, one)]).toEqual([true, false]);
    expect([passes({ text: '無い館，館10' }, one), passes({ text: ' , ' }, one)]).toEqual([true, true]);
  });

  it('looks for a part of the location', () => {
    const at = row({}, { location: '医学分館 書庫' });
    expect([passes({ location: '分館' }, at), passes({ location: '本館' }, at), passes({ location: '本館' })]).toEqual([
      true,
      false,
      false,
    ]);
  });

  describe('by volume and year', () => {
    const serial = row({}, { volumeRange: '1-9, 11', years: '1970-1979' });

    it('takes out who says that it has not got it', () => {
      expect([passes({ volume: '9' }, serial), passes({ volume: '10' }, serial)]).toEqual([true, false]);
      const byYears = row({}, { years: '1970-1979' });
      expect([passes({ year: '1979' }, byYears), passes({ year: '1980' }, byYears)]).toEqual([true, false]);
    });

    it('looks at each alone: the volume may be there and the year not', () => {
      const byYears = row({}, { years: '1970-1979' });
      expect(passes({ volume: '3', year: '1980' }, byYears)).toBeFalse();
    });

    it('knows the volumes of a monograph', () => {
      const book = row({}, { volumes: [{ volume: '上' }, { volume: '下' }] });
      expect([passes({ volume: '下' }, book), passes({ volume: '中' }, book)]).toEqual([true, false]);
    });

    it('leaves who says nothing that can be read', () => {
      expect(passes({ volume: '3', year: '1980' }, row({}, { volumeRange: '全巻' }))).toBeTrue();
    });
  });

  it('asks whether a library takes part', () => {
    const [inside, outside] = [row({ participates: true }), row({ participates: false })];
    const found = (participates: string) => [inside, outside, stranger()].map((each) => passes({ participates }, each));
    expect([found('A'), found('N')]).toEqual([
      [true, false, false],
      [false, true, false],
    ]);
  });

  it('asks for each service by its own flag', () => {
    for (const name of ['service', 'copyService', 'loanService', 'faxService'] as const) {
      for (const flag of ['A', 'C', 'N', 'unknown'] as const) {
        const of = row({ [name]: flag });
        const found = ['A', 'C', 'N'].filter((wanted) => passes({ [name]: wanted }, of));
        expect(found)
          .withContext(`${name} ${flag}`)
          .toEqual(flag === 'unknown' ? [] : [flag]);
      }
      expect(passes({ [name]: 'A' }, stranger())).toBeFalse();
    }
  });

  it('asks for the charge offset', () => {
    expect([
      passes({ offset: 'N' }, row({ offset: true })),
      passes({ offset: 'N' }),
      passes({ offset: 'N' }, stranger()),
    ]).toEqual([true, false, false]);
  });

  describe('shown', () => {
    it('may be only those that can be asked', () => {
      const of = [row(), row({ service: 'N' }), stranger(), aRow(1)];
      expect(of.map((each) => passes({ show: 'yes' }, each))).toEqual([true, false, false, false]);
    });

    it("may be only the own library's", () => {
      expect([passes({ show: 'mine' }, aRow(1)), passes({ show: 'mine' })]).toEqual([true, false]);
    });
  });

  it('is all that is asked at once', () => {
    const both = row({ region: '13', offset: true });
    const [far, without] = [row({ region: '14', offset: true }), row({ region: '13', offset: false })];
    const filter = { region: '13', offset: 'N', show: 'yes' };
    expect([both, far, without].map((each) => passes(filter, each))).toEqual([true, false, false]);
  });
});

describe('isFiltering', () => {
  it('is so as soon as anything is asked', () => {
    expect(isFiltering(NO_FILTER)).toBeFalse();
    for (const name of Object.keys(NO_FILTER))
      expect(isFiltering({ ...NO_FILTER, [name]: 'x' }))
        .withContext(name)
        .toBeTrue();
  });

  it('does not count blanks', () => {
    expect(isFiltering({ ...NO_FILTER, text: '  ' })).toBeFalse();
  });
});

describe('readFilter', () => {
  it('is what was kept', () => {
    const kept: HoldingFilter = { ...NO_FILTER, region: 'area:kanto', establisher: '1', copyService: 'A', show: 'yes' };
    expect(readFilter(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
  });

  it('leaves out what is no text, too long, or no filter', () => {
    expect(
      readFilter({ region: 13, location: 'x'.repeat(301), establisher: null, invented: 'x', show: 'yes' }),
    ).toEqual({
      ...NO_FILTER,
      show: 'yes',
    });
  });

  it('asks nothing where nothing can be read', () => {
    for (const raw of [undefined, null, 'x', 7, true, []]) expect(readFilter(raw)).toEqual(NO_FILTER);
  });
});
