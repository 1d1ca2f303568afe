import { readFile } from 'node:fs/promises';
import { COPY_TABLE, LOAN_TABLE } from '../test/fixtures/transitions.fixture';
import { inRoot } from './repository';
import { statesDocument } from './states-document';

/** The diagrams of the document, copies first. */
const diagrams = [...statesDocument().matchAll(/```mermaid\n([\s\S]*?)```/g)].map(
  ([, body]) => body?.trim().split('\n') ?? [],
);

describe('docs/states.md', () => {
  it('is what the table of transitions gives', async () => {
    expect(await readFile(inRoot('docs/states.md'), 'utf8')).toBe(statesDocument());
  });

  it('draws each row of the sources once, under the names of NACSIS-ILL', () => {
    expect(diagrams.length).toBe(2);
    for (const [at, table] of [COPY_TABLE, LOAN_TABLE].entries()) {
      const lines = diagrams[at] ?? [];
      const names = new Map(
        lines.flatMap((line) => {
          const [, name, id] = /state "(.+)" as (\w+)/.exec(line) ?? [];
          return id === undefined ? [] : [[id, name] as const];
        }),
      );
      const drawn = lines.flatMap((line) => {
        const [, from, to, side, command] = /^ +(\S+) --> (\w+): (\S) (\w+)/.exec(line) ?? [];
        return to === undefined
          ? []
          : [`${names.get(from ?? '') ?? ''} ${side ?? ''} ${command ?? ''} ${names.get(to) ?? ''}`];
      });
      expect(drawn.sort()).toEqual(
        table.map((row) => `${row.state} ${row.side === 'B' ? '依' : '受'} ${row.command} ${row.next}`).sort(),
      );
    }
  });

  it('ends each diagram in its final states', () => {
    const ends = diagrams.map((lines) =>
      lines.filter((line) => line.endsWith('--> [*]')).map((line) => line.trim().split(' ')[0]),
    );
    expect(ends).toEqual([
      ['CONFIRMED', 'CANCELLED'],
      ['RETURN_CONFIRMED', 'CANCELLED'],
    ]);
  });
});
