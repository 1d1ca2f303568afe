import { historyIn } from '../catp-client/catp-client';
import { chainsToEveryEdge } from './chains';
import { idOf, NOWHERE, type Position } from './driver';
import { completeAttempt, rowsOf, type Attempt, type ModelOptions } from './ill-model';
import { anyCommand } from './impossible';
import { useDriver } from './use-driver';

describe('one record, two sides', () => {
  const driver = useDriver();
  let options: ModelOptions;
  beforeAll(() => {
    options = driver().options('loan', 2);
  });

  const attemptTo = (command: string, { model }: Position): Attempt => {
    const row = rowsOf(options).find((each) => each.state === model.state && each.command === command);
    if (row === undefined) throw new Error(`there is no ${command} in ${model.state}`);
    return completeAttempt(row, model, options);
  };
  async function saved(times: number): Promise<Position> {
    let at = NOWHERE;
    for (let entries = 1; entries <= times; entries += 1)
      at = await driver().step(at, { ...attemptTo('SAVE', at), fills: [] }, options);
    return at;
  }

  it('refuses the 51st entry of the history, whatever the command', async () => {
    const at = await saved(50);
    expect(historyIn(at.record).length).toBe(50);
    for (const tried of anyCommand(at.model, options)) expect(await driver().step(at, tried, options)).toBe(at);
    expect(historyIn(at.record).length).toBe(50);
  });

  it('refuses a command whose entry has room when that of the system has none', async () => {
    let at = await saved(47);
    const [first] = options.lenders;
    const alone = { ...options, lenders: first === undefined ? [] : [first] };
    for (const command of ['ORDER', 'RECEIVE']) at = await driver().step(at, attemptTo(command, at), alone);
    expect(historyIn(at.record).length).toBe(49);
    expect(await driver().step(at, attemptTo('PARDON', at), alone)).toBe(at);
    at = await driver().step(at, attemptTo('INQUIRE', at), alone);
    expect([at.model.state, historyIn(at.record).length]).toEqual(['新着照会', 50]);
  });

  it('lets one of two commands win that come at the same time', async () => {
    const shipped = chainsToEveryEdge(options).find(({ rows }) => rows.at(-1)?.next === '発送');
    for (let round = 0; round < 12; round += 1) {
      const at = await driver().walk(shipped?.rows ?? [], options);
      const back: Attempt = {
        kind: 'loan',
        side: 'L',
        command: 'CALLBACK',
        library: options.lenders[0] ?? '',
        fills: [],
      };
      const receive: Attempt = { kind: 'loan', side: 'B', command: 'RECEIVE', library: options.borrower, fills: [] };
      const tried = round % 2 === 0 ? [back, receive] : [receive, back];
      const answers = await Promise.all(tried.map(async (each) => driver().send(at, each, options)));
      expect(answers.map(({ status }) => status.charAt(0)).sort()).toEqual(['2', '4']);
      const winner = tried[answers.findIndex(({ status }) => status === '200')];
      const record = await driver().backDoor.record(idOf(at.record));
      expect(record['STAT']).toBe(winner === back ? '処理中' : '到着処理中');
      expect(historyIn(record).length).toBe(at.model.history.length + 1);
    }
  });
});
