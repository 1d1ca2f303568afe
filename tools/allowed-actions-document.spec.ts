import { readFile } from 'node:fs/promises';
import { CALLBACK_ROWS } from '../test/fixtures/callback.fixture';
import { COPY_TABLE, LOAN_TABLE } from '../test/fixtures/transitions.fixture';
import { allowedActionsDocument } from './allowed-actions-document';
import { inRoot } from './repository';

/** The tables of the document: the heading above each, and the cells of its rows. */
const tables = allowedActionsDocument()
  .split(/^#+ /m)
  .map((section) => {
    const [heading = '', ...lines] = section.split('\n');
    const rows = lines.filter((line) => line.startsWith('| ')).map((line) => line.split('|').slice(1, -1));
    return { heading, rows: rows.slice(2).map((cells) => cells.map((text) => text.trim())), head: rows[0] ?? [] };
  })
  .filter(({ rows }) => rows.length > 0);
const rowsOf = (heading: RegExp): readonly (readonly string[])[] =>
  tables.filter((table) => heading.test(table.heading)).flatMap(({ rows }) => rows);

const KINDS = [
  ['Copy', COPY_TABLE],
  ['Loan', LOAN_TABLE],
] as const;
const SIDES = [
  ['B', 'borrower'],
  ['L', 'lender'],
] as const;

describe('docs/allowed-actions.md', () => {
  it('is what the table of transitions gives', async () => {
    expect(await readFile(inRoot('docs/allowed-actions.md'), 'utf8')).toBe(allowedActionsDocument());
  });

  for (const [kind, table] of KINDS) {
    for (const [mark, side] of SIDES) {
      it(`has each row of the sources once, with its condition and its star (${kind}, ${side})`, () => {
        const written = rowsOf(new RegExp(`^${kind} .*${side}.*what is allowed`)).filter(
          ([, , command = '']) => !command.includes('+'),
        );
        const expected = table
          .filter((row) => row.side === mark)
          .map(({ state, command, next, guard, lenientOnly }) =>
            [state === '' ? '(new)' : state, `${command}${lenientOnly ? ' \\*' : ''}`, next, guard ? 'if' : ''].join(
              ' | ',
            ),
          );
        expect(
          written
            .map(([state, , command, next, note]) => [state, command, next, note === '' ? '' : 'if'].join(' | '))
            .sort(),
        ).toEqual(expected.sort());
      });

      it(`has a cell for every state and action, allowed where the sources have a row (${kind}, ${side})`, () => {
        const states = [...new Set(table.map(({ next }) => next))];
        const cells = rowsOf(new RegExp(`^${kind} .*${side}.*every cell`));
        expect(cells.map(([state]) => state ?? '').sort()).toEqual(states.sort());
        expect(cells.flat().filter((text) => text === '')).toEqual([]);
        const allowed = cells.filter((row) => row.some((text) => text.includes('✓'))).map(([state]) => state);
        const chained = side === 'borrower' ? ['新着照会', '未処理'] : [];
        const acting = table.filter((row) => row.side === mark && row.state !== '').map(({ state }) => state);
        expect(new Set(allowed)).toEqual(new Set([...acting, ...chained]));
      });
    }
  }

  it('says of each CALLBACK what the sources say', () => {
    const written = rowsOf(/^What CALLBACK/);
    for (const { side, state, enteredBy, from, back } of CALLBACK_ROWS) {
      const found = written.find(
        ([who, command, given, then]) =>
          who === (side === 'B' ? 'borrower' : 'lender') && command === enteredBy && given === from && then === state,
      );
      expect(found?.[4]?.replace(' \\*', ''))
        .withContext(`${enteredBy} ${state}`)
        .toBe(back ?? '—');
    }
    const received = written.filter(([, command]) => command === 'RECEIVE');
    expect(received.length).toBeGreaterThan(8);
  });
});
