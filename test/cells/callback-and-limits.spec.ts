import { textIn } from '../catp-client/catp-client';
import { actionOf, CHAINED_CANCEL, STATE_ID } from '../fixtures/actions.fixture';
import { CALLBACK_ROWS } from '../fixtures/callback.fixture';
import { COPY_TABLE, LOAN_TABLE } from '../fixtures/transitions.fixture';
import { withoutReading } from '../support/back-door';
import { offersIn, type GatewayAnswer } from './cell-driver';
import { cellsOf, COMMANDS, EVERY_ACTION, isVisible, KINDS, nameOf, offersAt, type Cell } from './cells';
import { useCells } from './use-cells';

const MAX_HISTORY = 50;

describe('from the gateway,', () => {
  const driver = useCells();

  /** Builds a cell of this state. Guard conditions that are not given have defaults. */
  const cellIn = (cell: Pick<Cell, 'kind' | 'side' | 'state'> & Partial<Cell>): Cell => ({
    claim: false,
    remains: true,
    renewed: false,
    ...cell,
  });
  const act = async (cell: Cell, id: string, action: string): Promise<GatewayAnswer> => {
    const { request } = await driver().read(cell, id);
    return driver().act(cell, id, action, request?.version ?? 0);
  };
  const stateOf = async (id: string): Promise<string> => textIn(await driver().backDoor.record(id), 'STAT');

  describe('CALLBACK', () => {
    for (const { side, state, enteredBy, from, back, kinds } of CALLBACK_ROWS) {
      for (const kind of kinds) {
        it(`of ${enteredBy} in ${from} leads from ${state} to ${back ?? 'nowhere'} (${side}, ${kind})`, async () => {
          const cell = cellIn({
            ...{ kind, side, state: from, claim: state === 'クレーム回答待', remains: enteredBy !== 'PARDON' },
            renewed: /^返/.test(from),
          });
          const [id = ''] = await driver().seed([{ cell }]);
          expect((await act(cell, id, actionOf(side, from, enteredBy))).to).toBe(STATE_ID[state]);
          const undo = actionOf(side, state, 'CALLBACK');
          const offer = offersIn((await driver().read(cell, id)).request).find(({ action }) => action === undo);
          expect(offer?.to).toBe(back === undefined ? undefined : STATE_ID[back]);
          const undone = await act(cell, id, undo);
          expect([undone.status, undone.code]).toEqual(
            back === undefined ? [409, 'action-not-allowed'] : [200, undefined],
          );
          expect(await stateOf(id)).toBe(back ?? state);
        });
      }
    }

    it('after the own RECEIVE is never offered and always refused', async () => {
      for (const kind of KINDS) {
        const receipts = (kind === 'copy' ? COPY_TABLE : LOAN_TABLE).filter(({ command }) => command === 'RECEIVE');
        // in the loan table CALLBACK is not allowed in 借用中 after a question about the return, because the item was
        // returned
        // returned
        for (const { side, state, next } of receipts) {
          const cell = cellIn({
            kind,
            side,
            state,
            claim: state.startsWith('クレーム'),
            renewed: /^(更新請求|返)/.test(state),
          });
          const [id = ''] = await driver().seed([{ cell }]);
          await act(cell, id, 'accept');
          expect((await act(cell, id, 'callback')).code)
            .withContext(`${kind} ${state}`)
            .toBe('action-not-allowed');
          expect(await stateOf(id)).toBe(next);
        }
        expect(receipts.length).toBeGreaterThan(5);
      }
    });

    it('from 借用中 is gone after RENEW or SENDBACK, although these are taken back themselves', async () => {
      for (const action of ['renew', 'return']) {
        const cell = cellIn({ kind: 'loan', side: 'B', state: '借用中' });
        const [id = ''] = await driver().seed([{ cell }]);
        await act(cell, id, action);
        expect((await act(cell, id, 'callback')).to).toBe('ON_LOAN');
        const refused = await act(cell, id, 'callback');
        expect([refused.code, refused.reason]).toEqual(['action-not-allowed', 'renewed-or-returned']);
        expect(await stateOf(id)).toBe('借用中');
      }
    });
  });

  describe('the history', () => {
    for (const cell of KINDS.flatMap(cellsOf).filter(isVisible)) {
      it(`takes no 51st entry: ${nameOf(cell)}`, async () => {
        const [id = ''] = await driver().seed([{ cell, more: { entries: MAX_HISTORY } }]);
        const { request } = await driver().read(cell, id);
        expect(offersIn(request)).toEqual([]);
        const possible = offersAt(cell, false).map(({ action }) => action);
        for (const { action, reason } of request?.actions ?? [])
          if (possible.includes(action)) expect(reason).withContext(action).toBe('history-full');
        const [record, counters] = [await driver().backDoor.record(id), await driver().backDoor.counters()];
        const version = request?.version ?? 0;
        const refused = await Promise.all(EVERY_ACTION.map(async (action) => driver().act(cell, id, action, version)));
        expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['action-not-allowed']));
        expect(withoutReading(await driver().backDoor.counters())).toEqual(withoutReading(counters));
        for (const command of COMMANDS)
          expect((await driver().send(cell, id, command)).status)
            .withContext(command)
            .toMatch(/^4/);
        expect(await driver().backDoor.record(id)).toEqual(record);
      });
    }

    it('has room for a 50th entry, but not for the two of a chain', async () => {
      for (const state of Object.keys(CHAINED_CANCEL)) {
        const cell = cellIn({ kind: 'copy', side: 'B', state });
        const [id = ''] = await driver().seed([{ cell, more: { entries: MAX_HISTORY - 1 } }]);
        const { request } = await driver().read(cell, id);
        const single = offersAt(cell, false).filter(({ commands }) => commands.length === 1);
        expect(offersIn(request)).toEqual(single);
        expect((await act(cell, id, single[0]?.action ?? '')).status).toBe(200);
      }
    });

    it('that lacks room for the entries of the system makes NACSIS-ILL refuse, and the user hears that it is not allowed', async () => {
      const cell = cellIn({ kind: 'copy', side: 'L', state: '処理中', remains: false });
      const [id = ''] = await driver().seed([{ cell, more: { entries: MAX_HISTORY - 1 } }]);
      expect((await act(cell, id, 'reject')).code).toBe('action-not-allowed');
      expect(await stateOf(id)).toBe('処理中');
    });
  });

  describe('a candidate that has stopped its service', () => {
    const suspended = (): string => driver().parties({ side: 'B', remains: true }).lenders[1] ?? '';
    for (const flag of ['STAT', 'own'] as const) {
      for (const kind of KINDS) {
        const wire = flag === 'own' ? (kind === 'copy' ? 'COPYS' : 'LOANS') : flag;

        it(`is passed over by PARDON and not reached by FORWARD (${wire}, ${kind})`, async () => {
          await driver().backDoor.changeMember(suspended(), { [wire]: 'N' });
          try {
            const lender = cellIn({ kind, side: 'L', state: '処理中' });
            const borrower = cellIn({ kind, side: 'B', state: '照会' });
            const [refused = '', asked = ''] = await driver().seed([{ cell: lender }, { cell: borrower }]);
            expect((await act(lender, refused, 'reject')).to).toBe('NEW_INQUIRY');
            const forwarded = await act(borrower, asked, 'forward');
            expect([forwarded.status, forwarded.code]).toEqual([409, 'action-not-allowed']);
            expect([await stateOf(refused), await stateOf(asked)]).toEqual(['新着照会', '照会']);
          } finally {
            await driver().backDoor.changeMember(suspended(), { [wire]: 'A' });
          }
        });
      }
    }
  });
});
