import { statusGroups, type StatusCount } from './status-groups';

const status = (value: string, state: StatusCount['state'], count: number, waiting = 0): StatusCount => ({
  value,
  state,
  count,
  waiting,
});
const COUNTED = [
  status('確認', 'CONFIRMED', 5),
  status('未処理', 'UNPROCESSED', 4),
  status('発送', 'SHIPPED', 3, 3),
  status('外部依頼中', null, 1),
  status('新着照会', 'NEW_INQUIRY', 2, 2),
  status('処理中', 'PROCESSING', 0),
];
const shown = (chosen: readonly string[] = []) =>
  statusGroups(COUNTED, chosen, 'borrower').map(({ name, statuses }) => [
    name,
    statuses.map(({ value, count }) => `${value} ${String(count)}`),
  ]);

describe('the groups of statuses', () => {
  it('are what waits for us, for others, and what has ended, each in the order of life; nothing that is empty', () => {
    expect(shown()).toEqual([
      ['ours', ['新着照会 2', '発送 3']],
      ['theirs', ['未処理 4']],
      ['ended', ['確認 5']],
      ['unknown', ['外部依頼中 1']],
    ]);
  });

  it('have a chosen status that nothing has any more', () => {
    expect(shown(['処理中', '照会', '返却確認', '発送', '?'])).toEqual([
      ['ours', ['新着照会 2', '照会 0', '発送 3']],
      ['theirs', ['未処理 4', '処理中 0']],
      ['ended', ['確認 5', '返却確認 0']],
      ['unknown', ['外部依頼中 1', '? 0']],
    ]);
  });

  it('have a loan in use among what waits for us only while one of them does', () => {
    const groupsOf = (waiting: number) =>
      statusGroups([status('借用中', 'ON_LOAN', 2, waiting)], [], 'borrower').map(({ name }) => name);
    expect([groupsOf(0), groupsOf(1)]).toEqual([['inUse'], ['ours']]);
  });
});
