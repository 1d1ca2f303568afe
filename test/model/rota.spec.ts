import { historyIn } from '../catp-client/catp-client';
import type { Position } from './driver';
import { rowsOf, type Attempt, type ModelOptions } from './ill-model';
import { OTHER_SWITCH, OWN_SWITCH, Services } from './services';
import { useDriver } from './use-driver';

/** Checks dossier 3.1 and 10.3 independently of the model. */
describe('PARDON and the list of candidates', () => {
  const driver = useDriver();

  async function order(options: ModelOptions): Promise<Position> {
    const row = rowsOf(options).find(({ state, command }) => state === '' && command === 'ORDER');
    return driver().walk(row ? [row] : [], options);
  }
  async function send(at: Position, { kind }: ModelOptions, sent: Partial<Attempt>): Promise<Position['record']> {
    const options = driver().options(kind, 5);
    const tried = { kind, side: 'L', command: '', library: '', fills: [], ...sent } as const;
    const answer = await driver().send(at, tried, options);
    expect(answer.status).withContext(`${tried.command} ${answer.reason}`).toBe('200');
    return answer.records[0];
  }
  /** Sends RECEIVE, then PARDON. */
  async function refuse(
    at: Position,
    library: string,
    options: ModelOptions,
    reason: string,
  ): Promise<Position['record']> {
    await send(at, options, { command: 'RECEIVE', library, fills: ['ADATE'] });
    return send(at, options, { command: 'PARDON', library, comment: reason });
  }
  const lineOf = (entry: Readonly<Record<string, string>> | undefined): string =>
    `${entry?.['SENDMLID'] ?? ''} ${entry?.['SENDCMNT'] ?? ''}`;

  for (const kind of ['copy', 'loan'] as const)
    describe(kind, () => {
      let services: Services;
      beforeEach(() => {
        services = new Services(driver().backDoor, kind);
      });
      afterEach(async () => services.restore());

      it(`passes over a lender that has stopped, with the system's own words`, async () => {
        const options = driver().options(kind, 3);
        const [first = '', second = '', third = ''] = options.lenders;
        const at = await order(options);
        await services.turn(second, 'STAT');
        const passed = await refuse(at, first, options, '製本中のため');
        expect([passed?.['STAT'], passed?.['AMLID']]).toEqual(['未処理', third]);
        expect(historyIn(passed).slice(2).map(lineOf)).toEqual([
          `${first} 製本中のため`,
          `${second} サービス休止中につきシステムが転送しました。`,
        ]);
        const last = await refuse(at, third, options, '欠号のため');
        expect([last?.['STAT'], last?.['AMLID']]).toEqual(['新着照会', third]);
        expect(historyIn(last).slice(5).map(lineOf)[0]).toBe(`${third} 欠号のため`);
        expect(historyIn(last)[6]?.['SENDCMNT']).toBe('指定した全ての受付館で謝絶されました。');
        expect(historyIn(last).length).toBe(7);
      });

      it(`asks a lender that has stopped its other service only`, async () => {
        const options = driver().options(kind, 2);
        const [first = '', second = ''] = options.lenders;
        const at = await order(options);
        await services.turn(second, OTHER_SWITCH[kind]);
        const record = await refuse(at, first, options, '製本中のため');
        expect([record?.['STAT'], record?.['AMLID'], historyIn(record).length]).toEqual(['未処理', second, 3]);
      });

      it(`is at candidate k + 1 after k refusals, and back at the borrower after the last`, async () => {
        const options = driver().options(kind, 5);
        const at = await order(options);
        for (const [k, library] of options.lenders.entries()) {
          const record = await refuse(at, library, options, '未所蔵');
          const next = options.lenders[k + 1];
          expect([record?.['STAT'], record?.['AMLID']]).toEqual(next ? ['未処理', next] : ['新着照会', library]);
        }
      });

      it(`ends at once when everybody behind has stopped`, async () => {
        const options = driver().options(kind, 3);
        const [first = '', ...others] = options.lenders;
        const at = await order(options);
        for (const library of others) await services.turn(library, OWN_SWITCH[kind]);
        const record = await refuse(at, first, options, '貸出中');
        expect([record?.['STAT'], record?.['AMLID']]).toEqual(['新着照会', first]);
        expect(
          historyIn(record)
            .slice(3)
            .map((entry) => entry['SENDCMNT']),
        ).toEqual([
          'サービス休止中につきシステムが転送しました。',
          'サービス休止中につきシステムが転送しました。',
          '指定した全ての受付館で謝絶されました。',
        ]);
        const back = await send(at, options, { command: 'CALLBACK', library: first });
        expect([back?.['STAT'], back?.['AMLID']]).toEqual(['処理中', first]);
      });
    });
});
