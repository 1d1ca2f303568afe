import fc from 'fast-check';
import type { Holding } from './catalog';
import { extentOf, volumePlace } from './holding-extent';

const serial = (volumeRange?: string, years?: string): Holding => ({
  id: 'SH1',
  ncid: 'AN00012345',
  memberId: 'FA090018',
  volumes: [],
  ...(volumeRange !== undefined && { volumeRange }),
  ...(years !== undefined && { years }),
});
const book = (...names: readonly string[]): Holding => ({
  id: 'BH1',
  ncid: 'BN00012345',
  memberId: 'FA090018',
  volumes: names.map((volume) => ({ volume })),
});

describe('extentOf', () => {
  it('reads the volumes of a serial', () => {
    const holding = serial('1-4, 6-41+');
    for (const volume of ['1', '4', '6(2)', '第12巻', '41', '99', '１２'])
      expect(extentOf(holding, { volume })).withContext(volume).toBe('yes');
    expect(extentOf(holding, { volume: '5' })).toBe('no');
    expect(extentOf(serial('3(1-6), 7-9(2)'), { volume: '8' })).toBe('yes');
    expect(extentOf(serial('3(1-6), 7-9(2)'), { volume: '6' })).toBe('no');
    expect(extentOf(serial('12-'), { volume: '40' })).toBe('yes');
  });

  it('reads the years where the volumes say nothing', () => {
    expect(extentOf(serial(undefined, '1970-2019'), { volume: '12', year: '2019' })).toBe('yes');
    expect(extentOf(serial('', '1970-2019'), { year: '2020' })).toBe('no');
    expect(extentOf(serial('1-9', '1970-2019'), { year: '1980' })).toBe('yes');
    expect(extentOf(serial(undefined, '1926-'), { year: '2019' })).toBe('yes');
  });

  it('does not guess', () => {
    expect(extentOf(serial('全巻'), { volume: '1' })).toBe('unknown');
    expect(extentOf(serial('1-4, 欠号あり'), { volume: '1' })).toBe('unknown');
    expect(extentOf(serial('1-4'), { volume: '不明' })).toBe('unknown');
    expect(extentOf(serial('1-4'), {})).toBe('unknown');
    expect(extentOf(serial(), { volume: '1', year: '2000' })).toBe('unknown');
  });

  it('knows a volume of a monograph by its name', () => {
    expect(extentOf(book('上', '下'), { volume: '下' })).toBe('yes');
    expect(extentOf(book('上', '下'), { volume: '中' })).toBe('no');
    expect(extentOf(book('1', '2'), { volume: '第2巻' })).toBe('yes');
    expect(extentOf(book('v.1', 'v.2'), { volume: 'Vol. 2' })).toBe('yes');
    expect(extentOf(book('上', '下'), {})).toBe('unknown');
    expect(extentOf(book('1'), { volume: '3' })).toBe('unknown');
  });

  it('finds exactly the numbers of a range', () => {
    const number = fc.integer({ min: 1, max: 300 });
    fc.assert(
      fc.property(number, number, number, (one, other, wanted) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        expect(extentOf(serial(`${String(from)}-${String(to)}`), { volume: String(wanted) })).toBe(
          from <= wanted && wanted <= to ? 'yes' : 'no',
        );
      }),
    );
  });
});

describe('volumePlace', () => {
  it('is the place of the volume that is wanted, else the first', () => {
    expect(volumePlace(book('上', '中', '下'), '下')).toBe(2);
    expect(volumePlace(book('上', '下'), '')).toBe(0);
    expect(volumePlace(book('上', '下'), '別冊')).toBe(0);
  });
});
