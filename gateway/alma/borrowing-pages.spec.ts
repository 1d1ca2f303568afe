import { allBorrowingIds, PAGE_LIMIT } from './borrowing-pages';
import { AlmaError } from './port';

const row = (id: string) => ({ resource_sharing: { id } });
const ids = (count: number, from = 0) => Array.from({ length: count }, (_, at) => `R${String(from + at)}`);

describe('the pages of a user’s requests', () => {
  let offsets: number[];
  beforeEach(() => (offsets = []));

  /** Reads a list that `change` modifies before each page. */
  const readList = (start: readonly string[], change: (list: readonly string[], page: number) => readonly string[]) => {
    let list = start;
    return allBorrowingIds((offset) => {
      list = change(list, offsets.length);
      offsets.push(offset);
      const user_request = list.slice(offset, offset + PAGE_LIMIT).map(row);
      return Promise.resolve({ user_request, total_record_count: list.length });
    });
  };
  /** Returns the answers one after the other, then repeats the last one. */
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
      expect(await readList(ids(count), (list) => list)).toEqual({ ids: ids(count), isComplete: true });
      expect(offsets).toEqual([0, 100, 200].slice(0, pages));
    });
  }

  it('leave out requests that are no resource sharing requests, and count them', async () => {
    const other = [
      { request_id: '1', request_type: 'HOLD' },
      { request_id: '2', request_type: 'HOLD', resource_sharing: {} },
      { request_id: '3', request_type: 'HOLD', resource_sharing: null },
    ];
    const answer = { user_request: [...other, row('R1')], total_record_count: 4 };
    expect(await readAnswers(answer)).toEqual({ ids: ['R1'], isComplete: true });
    expect(offsets.length).toBe(1);
  });

  it('are none where a row is not understood', async () => {
    const bad = [null, 'x', [], {}, { request_id: '' }, { request_id: 7 }];
    const unnamed = [{}, null, { id: '' }, { id: 7 }, 'R1'].map((resource_sharing) => ({
      request_id: '1',
      resource_sharing,
    }));
    const ofHold = [{ status: {} }, { id: '' }, { id: null }, 'R1'].map((resource_sharing) => ({
      ...{ request_id: '1', request_type: 'HOLD', resource_sharing },
    }));
    for (const each of [...bad, ...unnamed, ...ofHold])
      expect(await faultOf(readAnswers({ user_request: [row('R1'), each], total_record_count: 2 })))
        .withContext(JSON.stringify(each))
        .toBe('malformed');
  });

  it('are none without a count, or with something else instead of the rows', async () => {
    for (const answer of [
      ...[{}, { user_request: null, total_record_count: 0 }, { user_request: {}, total_record_count: 0 }],
      ...[{ user_request: [row('R1')] }, { user_request: [row('R1')], total_record_count: null }],
      ...[
        { user_request: [row('R1')], total_record_count: 0 },
        { user_request: [], total_record_count: 'x' },
      ],
    ])
      expect(await faultOf(readAnswers(answer)))
        .withContext(JSON.stringify(answer))
        .toBe('malformed');
  });

  it('may be counted in a text', async () => {
    expect(await readAnswers({ user_request: [row('R1')], total_record_count: '1' })).toEqual({
      ids: ['R1'],
      isComplete: true,
    });
    expect(await readAnswers({ total_record_count: '0' })).toEqual({ ids: [], isComplete: true });
  });

  it('are read again from the beginning when one of the list is gone, lest another be overlooked', async () => {
    const found = await readList(ids(250), (list, page) => (page === 1 ? list.slice(1) : list));
    expect(found.ids).toEqual(jasmine.arrayWithExactContents(ids(250)));
    expect(found.isComplete).toBeTrue();
    expect(offsets).toEqual([0, 100, 0, 100, 200]);
  });

  it('are read again when the order changes between two pages, and incomplete when it always does', async () => {
    const turned = (list: readonly string[]) => [...list.slice(60), ...list.slice(0, 60)];
    const once = await readList(ids(150), (list, page) => (page === 1 ? turned(list) : list));
    expect([once.ids.length, once.isComplete]).toEqual([150, true]);
    expect(offsets.length).toBe(4);
    offsets = [];
    const shown = ids(100).map(row);
    // The second page repeats the first.
    const never = await readAnswers(
      ...Array.from({ length: 3 }, () => [
        { user_request: shown, total_record_count: 150 },
        { user_request: shown.slice(50), total_record_count: 150 },
      ]).flat(),
    );
    expect([never.ids.length, never.isComplete]).toEqual([100, false]);
    expect(offsets.length).toBe(6);
  });

  it('are read again when fewer come than were counted, and incomplete when they always do', async () => {
    const [first, second] = [ids(PAGE_LIMIT).map(row), ids(20, PAGE_LIMIT).map(row)];
    const counted = { user_request: first, total_record_count: 120 };
    const found = await readAnswers(counted, { total_record_count: 120 }, counted, {
      user_request: second,
      total_record_count: 120,
    });
    expect([found.ids.length, found.isComplete]).toEqual([120, true]);
    offsets = [];
    const high = { user_request: [row('R1')], total_record_count: 2 };
    const none = { total_record_count: 2 };
    const never = await readAnswers(high, none, high, none, high, none);
    expect(never).toEqual({ ids: ['R1'], isComplete: false });
    expect(offsets).toEqual([0, 1, 0, 1, 0, 1]);
  });

  it('are incomplete when more come than were counted', async () => {
    const answer = { user_request: ids(3).map(row), total_record_count: 2 };
    expect((await readAnswers(answer)).isComplete).toBeFalse();
    expect(offsets.length).toBe(3);
  });

  it('are incomplete when the list becomes shorter at every page', async () => {
    expect((await readList(ids(500), (list) => list.slice(1))).isComplete).toBeFalse();
    expect(offsets.length).toBeLessThan(10);
  });

  it('follow a list that grows', async () => {
    const found = await readList(ids(150), (list, page) => (page < 3 ? [...list, ...ids(60, 1000 + page * 60)] : list));
    expect(found.ids.length).toBe(150 + 3 * 60);
  });

  it('end where the list does not', async () => {
    expect(await faultOf(readList(ids(150), (list) => [...list, ...ids(PAGE_LIMIT, list.length)]))).toBe('malformed');
  });

  it('are objects', async () => {
    for (const answer of [null, [], 'x', undefined]) expect(await faultOf(readAnswers(answer))).toBe('malformed');
  });
});
