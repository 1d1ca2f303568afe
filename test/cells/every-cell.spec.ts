import { storedIn, textIn } from '../catp-client/catp-client';
import { ACTIONS, STATE_ID } from '../fixtures/actions.fixture';
import { withoutReading } from '../support/back-door';
import { WIRE_STATES } from '../support/wire-request';
import { offersIn } from './cell-driver';
import { cellsOf, COMMANDS, EVERY_ACTION, isVisible, KINDS, nameOf, offersAt, rowsAt, type Cell } from './cells';
import { useCells } from './use-cells';

for (const mode of ['lenient', 'strict'] as const) {
  const isStrict = mode === 'strict';

  describe(`every state × side × kind, ${mode}:`, () => {
    const driver = useCells(...(isStrict ? ['--strict'] : []));

    for (const cell of KINDS.flatMap(cellsOf)) {
      it(`${nameOf(cell)}: the gateway offers what the tables say, and refuses the rest without a command`, async () => {
        const [id = ''] = await driver().seed([{ cell }]);
        const { status, request } = await driver().read(cell, id);
        const offers = offersAt(cell, isStrict);
        expect(offersIn(request)).toEqual(isVisible(cell) ? offers : []);
        expect(status).toBe(isVisible(cell) ? 200 : 404);
        expect(request?.actions.map(({ action }) => action)).toEqual(
          isVisible(cell) ? [...ACTIONS[cell.side]] : undefined,
        );
        await refusedByGateway(
          cell,
          id,
          EVERY_ACTION.filter((action) => !offers.some((each) => each.action === action)),
        );
      });

      it(`${nameOf(cell)}: the gateway performs each offer, by its own commands alone`, async () => {
        const offers = offersAt(cell, isStrict);
        const ids = await driver().seed(offers.map(() => ({ cell })));
        for (const [at, { action, commands, to }] of offers.entries()) {
          const id = ids[at] ?? '';
          const { request } = await driver().read(cell, id);
          const before = await driver().backDoor.counters();
          const done = await driver().act(cell, id, action, request?.version ?? 0);
          expect([done.status, done.to]).withContext(action).toEqual([200, to]);
          expect(STATE_ID[textIn(await driver().backDoor.record(id), 'STAT')])
            .withContext(action)
            .toBe(to);
          const after = await driver().backDoor.counters();
          const isCall = (name: string) => name !== 'SEARCH' && name !== 'RECORDS';
          const calls = Object.entries(after).filter(([name, count]) => count !== before[name] && isCall(name));
          // expects no SEARCH, except that an ORDER and an offer of FORWARD may look up members, and an edit reads the
          // record first
          if (action !== 'order' && action !== 'save' && to !== 'INQUIRY')
            expect(after['SEARCH'])
              .withContext(action)
              .toBe(before['SEARCH'] ?? 0);
          expect(calls.map(([name, count]) => [name, count - (before[name] ?? 0)]).sort())
            .withContext(action)
            .toEqual([...commands.map((command) => [command, 1]), ['SERVERPROCEDURECALL', commands.length]].sort());
        }
        expect(offers.length).toBe(new Set(offers.map(({ action }) => action)).size);
      });

      it(`${nameOf(cell)}: NACSIS-ILL takes what the tables say, and refuses the rest without a change`, async () => {
        const rows = rowsAt(cell, isStrict);
        const [probe = '', ...ids] = await driver().seed([{ cell }, ...rows.map(() => ({ cell }))]);
        const before = await driver().backDoor.record(probe);
        for (const command of COMMANDS) {
          const at = rows.findIndex((row) => row.command === command);
          const id = ids[at] ?? probe;
          const { status, records } = await driver().send(cell, id, command);
          expect(status)
            .withContext(command)
            .toMatch(at < 0 ? /^4\d\d$/ : /^200$/);
          if (at < 0) continue;
          expect(records[0]?.['STAT'])
            .withContext(command)
            .toBe(rows[at]?.next ?? '');
          expect(await driver().backDoor.record(id))
            .withContext(command)
            .toEqual(storedIn(records[0]));
        }
        expect(await driver().backDoor.record(probe)).toEqual(before);
      });
    }

    async function refusedByGateway(cell: Cell, id: string, actions: readonly string[]): Promise<void> {
      const { request } = await driver().read(cell, id);
      const [record, counters] = [await driver().backDoor.record(id), await driver().backDoor.counters()];
      const refusals = await Promise.all(
        actions.map(async (action) => driver().act(cell, id, action, request?.version ?? 1)),
      );
      for (const [at, refused] of refusals.entries()) {
        const expected = isVisible(cell) ? [409, 'action-not-allowed'] : [404, 'not-found'];
        expect([refused.status, refused.code])
          .withContext(actions[at] ?? '')
          .toEqual(expected);
        expect(offersIn(refused.request))
          .withContext(actions[at] ?? '')
          .toEqual(offersIn(request));
        if (isVisible(cell))
          expect(refused.reason)
            .withContext(actions[at] ?? '')
            .toMatch(/^[a-z-]+$/);
      }
      // The gateway reads the request from NACSIS-ILL before it refuses, but sends no command.
      expect(withoutReading(await driver().backDoor.counters())).toEqual(withoutReading(counters));
      expect(await driver().backDoor.record(id)).toEqual(record);
      expect(actions.length).toBeGreaterThan(0);
    }
  });
}

describe('the cells', () => {
  it('are every state of both kinds from both sides, and each guard met and not met', () => {
    for (const kind of KINDS) {
      const cells = cellsOf(kind);
      expect(new Set(cells.map(({ state, side }) => `${state} ${side}`)).size).toBe(2 * WIRE_STATES[kind].length);
      expect(new Set(cells.map(nameOf)).size).toBe(cells.length);
    }
    expect(KINDS.map((kind) => WIRE_STATES[kind].length)).toEqual([12, 17]);
    expect(KINDS.map((kind) => cellsOf(kind).length)).toEqual([32, 44]);
    expect([COMMANDS.length, EVERY_ACTION.length]).toEqual([16, 16]);
  });
});
