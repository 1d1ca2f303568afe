import type { Change } from '../../domain/api-import';
import {
  CHANGES,
  CONFIGURATION_FAULTS,
  FREQUENCIES,
  IMPORT_FAULTS,
  OUTCOMES,
  RUN_FAULTS,
  RUN_STATES,
  RUN_TRIGGERS,
} from '../../domain/import';
import { SIDES } from '../../domain/kinds';
import { ALMA_FIELDS, changeLine, fieldKey } from './change-words';
import { IMPORT_WORDS } from './import-words';

function wordFor(language: 'ja' | 'en', key: string): unknown {
  return key
    .split('.')
    .reduce<unknown>((words, part) => (words as Record<string, unknown> | undefined)?.[part], IMPORT_WORDS[language]);
}
const under = (area: string, names: readonly string[]) => names.map((name) => `${area}.${name}`);

describe('the words of the import', () => {
  it('name everything that the gateway may say, in both languages', () => {
    const changes: readonly Change[] = [
      ...CHANGES.map((what) => ({ what, from: 'a', to: 'b' })),
      { what: 'status', to: 'b' },
    ];
    const keys = [
      ...under('importFault', IMPORT_FAULTS),
      ...under('importFaultWay', IMPORT_FAULTS),
      ...under('runFault', RUN_FAULTS),
      ...under('configurationFault', CONFIGURATION_FAULTS),
      ...under('imports.state', RUN_STATES),
      ...under('imports.trigger', RUN_TRIGGERS),
      ...under('imports.did', OUTCOMES),
      ...under('imports.would', OUTCOMES),
      ...under('imports.schedule', FREQUENCIES),
      ...under('imports.details', SIDES),
      ...under('imports.almaField', ALMA_FIELDS),
      ...changes.flatMap((change) => [changeLine(change, false).word, changeLine(change, true).word]),
    ];
    const missing = (['ja', 'en'] as const).flatMap((language) =>
      keys.filter((key) => typeof wordFor(language, key) !== 'string').map((key) => `${language} ${key}`),
    );
    expect(missing).toEqual([]);
  });

  it('have the headings of the report', () => {
    expect(SIDES.map((side) => wordFor('en', `imports.details.${side}`))).toEqual([
      'Import of Borrowing Requests - Details',
      'Import of Lending Requests - Details',
    ]);
  });
});

describe('changeLine', () => {
  it('says what was done, and of a dry run what would be', () => {
    const change: Change = { what: 'status', from: '未処理', to: '処理中' };
    expect(changeLine(change, false)).toEqual({
      word: 'imports.change.status',
      field: '',
      from: '未処理',
      to: '処理中',
    });
    expect(changeLine(change, true).word).toBe('imports.wouldChange.status');
  });

  it('has words of its own for a first status', () => {
    expect(changeLine({ what: 'status', to: '未処理' }, false).word).toBe('imports.change.status-new');
    expect(changeLine({ what: 'collective-patron' }, true).word).toBe('imports.wouldChange.collective-patron');
  });

  it("names Alma's fields and NACSIS-ILL's, and leaves others as they are", () => {
    expect(['volume', 'bibNote', 'unheard_of'].map(fieldKey)).toEqual([
      'imports.almaField.volume',
      'field.bibNote',
      'unheard_of',
    ]);
  });
});
