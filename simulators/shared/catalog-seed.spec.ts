import { catalogSeed, seriesParents } from './catalog-seed';

describe('catalogSeed', () => {
  const seed = catalogSeed();

  it('has 300 books and 100 serials whose titles and ids all differ', () => {
    expect(seed.filter(({ form }) => form === 'book').length).toBe(300);
    expect(seed.filter(({ form }) => form === 'serial').length).toBe(100);
    expect(new Set(seed.map(({ title }) => title)).size).toBe(400);
    expect(new Set(seed.map(({ ncid }) => ncid)).size).toBe(400);
    const isbns = seed.flatMap(({ isbn, volumes }) => [
      ...(isbn ? [isbn] : []),
      ...(volumes ?? []).map((volume) => volume.isbn),
    ]);
    expect(new Set(isbns).size).toBe(isbns.length);
  });

  it('is the same on every run', () => {
    expect(catalogSeed()).toEqual(seed);
    expect(seed[0]).toEqual(
      jasmine.objectContaining({
        title: '新潟の地誌',
        titleReading: 'ニイガタ ノ チシ',
        titleRoman: 'Niigata no chishi',
      }),
    );
  });

  it('has characters beyond JIS X 0208', () => {
    expect(seed.filter(({ title }) => title.includes('髙')).length).toBeGreaterThan(5);
    expect(seed.filter(({ title }) => title.includes('𠮷')).length).toBeGreaterThan(5);
  });

  it('has a record of each series, and every part names the record of its own', () => {
    const parents = seriesParents();
    const parts = seed.flatMap(({ series }) => series ?? []);
    expect(new Set(parts.map(({ ncid }) => ncid))).toEqual(new Set(parents.map(({ ncid }) => ncid)));
    for (const { ncid, title } of parts) expect(parents.find((parent) => parent.ncid === ncid)?.title).toBe(title);
    expect(seed.filter(({ ncid }) => parents.some((parent) => parent.ncid === ncid))).toEqual([]);
  });

  it('has books in volumes, in series, and without ISBN', () => {
    expect(seed.filter(({ volumes }) => volumes !== undefined).length).toBeGreaterThan(20);
    expect(seed.filter(({ series }) => series !== undefined).length).toBeGreaterThan(20);
    expect(seed.filter(({ form, isbn, volumes }) => form === 'book' && !isbn && !volumes).length).toBeGreaterThan(20);
  });
});
