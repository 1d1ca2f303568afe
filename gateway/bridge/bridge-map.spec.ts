import { REFUSAL_TEXTS } from './rules';
import { allCells, BridgeMap, loadBridgeMap, type BridgeMapFile, type MessageRow } from './bridge-map';
import { isNoteKey } from './notes';
import { ConfigError } from '../config';
import jaBridge from '../../i18n/ja/bridge.json' with { type: 'json' };

describe('the map of the bridge', () => {
  const map = loadBridgeMap();
  const { file } = map;
  const faults = (make: () => unknown): readonly string[] => {
    try {
      make();
    } catch (error) {
      if (error instanceof ConfigError) return error.problems;
      throw error;
    }
    return [];
  };
  const faultsOf = (change: Partial<BridgeMapFile>) => faults(() => new BridgeMap({ ...file, ...change }, 'map'));
  const withRow = (
    id: string,
    change: Partial<Pick<MessageRow, 'id' | 'state' | 'when'>> & { readonly commands?: never },
  ) => file.messages.map((row) => (row.id === id ? { ...row, ...change } : row));

  it('has a row without a condition for every cell', () => {
    for (const cell of allCells()) {
      const last = map.rowsOf(cell).at(-1);
      expect([last?.when, last?.setting]).withContext(JSON.stringify(cell)).toEqual([undefined, undefined]);
    }
  });

  it('names the source of every row', () => {
    for (const { id, source } of [...file.messages, ...file.events])
      expect(source)
        .withContext(id)
        .toMatch(/^(?:3|4\.[12]|5\.[12]|6|8(?:\.\d+)?|9)$/);
  });

  it('has a text for every reason and every event', () => {
    expect(Object.keys(jaBridge.bridge.refusal).sort()).toEqual([...REFUSAL_TEXTS].sort());
    for (const { id, text, tell } of file.events)
      if (text !== undefined && tell !== 'RenewResponse') expect(isNoteKey(text)).withContext(id).toBeTrue();
    const used = file.messages.flatMap((row) => (row.do === 'refuse' ? [row.why] : []));
    const given = ['charge-negative', 'comment-required', 'history-full', 'waited-too-long', 'dropped'] as const;
    expect([...new Set([...used, ...given])].sort()).toEqual([...REFUSAL_TEXTS].sort());
  });

  it('reports a missing cell', () => {
    const messages = file.messages.filter(({ id }) => id !== 'borrower.Cancel.PROCESSING');
    expect(faultsOf({ messages })).toEqual([
      'map: borrower Cancel 処理中 copy: missing',
      'map: borrower Cancel 処理中 loan: missing',
    ]);
  });

  it('reports a row that stands there twice', () => {
    const row = file.messages.find(({ id }) => id === 'borrower.Cancel.PROCESSING');
    if (row === undefined) throw new Error('no such row');
    expect(faultsOf({ messages: [...file.messages, row] })).toContain(
      'map: borrower.Cancel.PROCESSING: stands there several times',
    );
    const found = faultsOf({ messages: [...file.messages, { ...row, id: 'another' }] });
    expect(found).toContain('map: borrower Cancel 処理中 copy: two rows with the same conditions');
    expect(found).toContain('map: borrower.Cancel.PROCESSING: hides the rows after it');
  });

  it('reports a cell whose last row has a condition', () => {
    expect(faultsOf({ messages: withRow('borrower.Renew.ON_LOAN', { when: ['by-renewal'] }) })).toContain(
      'map: borrower Renew 借用中 loan: has no row without a condition',
    );
  });

  it('reports a chain that the transition table does not allow', () => {
    const messages = file.messages.map((row) =>
      row.id === 'borrower.Cancel.UNPROCESSED' && row.do === 'commands'
        ? { ...row, commands: ['CANCEL' as const] }
        : row,
    );
    expect(faultsOf({ messages })).toEqual([
      'map: borrower.Cancel.UNPROCESSED: the transition table does not allow CANCEL for a copy',
      'map: borrower.Cancel.UNPROCESSED: the transition table does not allow CANCEL for a loan',
    ]);
  });

  it('reports a cell that does not exist', () => {
    const row = file.messages.find(({ id }) => id === 'borrower.Received.ON_LOAN');
    if (row === undefined) throw new Error('no such row');
    expect(faultsOf({ messages: [...file.messages, { ...row, id: 'x', kind: 'copy' }] })).toEqual([
      'map: x: there is no such cell',
    ]);
  });

  it('reports events that the transition table lacks, and those of which nothing is said', () => {
    const wrong = file.events.map((row) => (row.id === 'borrower.completed' ? { ...row, from: '発送' } : row));
    expect(faultsOf({ events: wrong })).toEqual([
      'map: borrower.completed: the transition table has no such event',
      'map: borrower loan: nothing says what Alma is told of OK in 返却処理中',
    ]);
  });

  it('reports unknown words with the id of the row', () => {
    const read = (change: (text: string) => string) =>
      faults(() => loadBridgeMap('map.json', () => change(JSON.stringify(file))));
    expect(
      read((text) => text.replace('"commands":["CALLBACK","CANCEL"]', '"commands":["CALLBACK","STOP"]'))[0],
    ).toMatch(/^map\.json: borrower\.Cancel\.UNPROCESSED/);
    expect(read((text) => text.replace('"when":["by-renewal"]', '"when":["by-magic"]'))[0]).toMatch(/^map\.json: /);
    expect(read((text) => text.replace('"setting":{"keywords":true}', '"setting":{"keywords":"on"}'))[0]).toMatch(
      /^map\.json: /,
    );
    expect(read(() => '{')[0]).toMatch(/^map\.json: cannot be read as JSON/);
    expect(read(() => '[]')[0]).toMatch(/^map\.json: the file/);
  });
});
