import { allBorrowingIds, PAGE_LIMIT } from './borrowing-pages';
import { AlmaError } from './port';

const row = (id: string) => ({ resource_sharing: { id } });
const ids = (count: number, from = 0) => Array.from({ length: count }, (_, at) => `R${String(from + at)}`);

describe('the pages of a user’s requests', () => {
  let offsets: number[];
  beforeEach(() => (offsets = []));

  /** Reads a list that `change` changes before each page. */
  const readList = (start: readonly string[], change: (list: readonly string[], page: number) => readonly string[]) => {
    let list = start;
    return allBorrowingIds((offset) => {
      list = change(list, offsets.length);
      offsets.push(offset);
      const user_request = list.slice(offset, offset + PAGE_LIMIT).map(row);
      return Promise.resolve({ user_request, total_record_count: list.length });
    });
  };
  /** Answers one after the other, then the last one for ever. */
  const readAnswers = (...answers: readonly unknown[]) =>
    allBorrowingIds((offset) => {
      const answer = answers[Math.min(offsets.length, answers.length - 1)];
      offsets.push(offset);
      return Promise.resolve(answer);
    });
  const faultOf = async (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'none',
      (error: unknown) => (error instanceof AlmaError ? error.fault : String(error)),
    );

  for (const [count, pages] of [
    [0, 1],
    [1, 1],
    [100, 1],
    [101, 2],
    [250, 3],
  ] as const) {
    it(`are ${String(pages)} for ${String(count)} requests`, async () => {
      expect(await readList(ids(count), (list) => list)).toEqual(ids(count));
      expect(offsets).toEqual([0, 100, 200].slice(0, pages));
    });
  }

  it('leave out requests that are no resource sharing requests, and are counted with them', async () => {
    const other = [{ request_type: 'HOLD' }, { resource_sharing: {} }, { resource_sharing: null }, null, 'x'];
    const answer = { user_request: [...other, row('R1')], total_record_count: 6 };
    expect(await readAnswers(answer)).toEqual(['R1']);
    expect(offsets.length).toBe(1);
  });

  it('may lack every key', async () => {
    expect(await readAnswers({})).toEqual([]);
    expect(await readAnswers({ user_request: null, total_record_count: null })).toEqual([]);
    expect(await readAnswers({ user_request: {} })).toEqual([]);
    offsets = [];
    const full = { user_request: ids(PAGE_LIMIT).map(row) };
    expect(await readAnswers(full, { user_request: [row('last')] })).toEqual([...ids(PAGE_LIMIT), 'last']);
    expect(offsets).toEqual([0, 100]);
  });

  it('are read again from the beginning when one of the list is gone, lest another be overlooked', async () => {
    const found = await readList(ids(250), (list, page) => (page === 1 ? list.slice(1) : list));
    expect(found).toEqual(jasmine.arrayWithExactContents(ids(250)));
    expect(offsets).toEqual([0, 100, 0, 100, 200]);
  });

  it('are read again when fewer come than were counted', async () => {
    const [first, second] = [ids(PAGE_LIMIT).map(row), ids(20, PAGE_LIMIT).map(row)];
    const counted = { user_request: first, total_record_count: 120 };
    const found = await readAnswers(counted, { total_record_count: 120 }, counted, { user_request: second });
    expect(found.length).toBe(120);
  });

  it('are given up when the list becomes shorter at every page', async () => {
    expect(await faultOf(readList(ids(500), (list) => list.slice(1)))).toBe('unavailable');
    expect(offsets.length).toBeLessThan(10);
  });

  it('follow a list that grows', async () => {
    const found = await readList(ids(150), (list, page) => (page < 3 ? [...list, ...ids(60, 1000 + page * 60)] : list));
    expect(found.length).toBe(150 + 3 * 60);
  });

  it('end where the list does not, with or without a count', async () => {
    expect(await faultOf(readList(ids(150), (list) => [...list, ...ids(PAGE_LIMIT, list.length)]))).toBe('malformed');
    expect(await faultOf(readAnswers({ user_request: ids(PAGE_LIMIT).map(row) }))).toBe('malformed');
  });

  it('are objects', async () => {
    for (const answer of [null, [], 'x', undefined]) expect(await faultOf(readAnswers(answer))).toBe('malformed');
  });
});
