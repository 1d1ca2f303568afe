import importsMessages from '../../i18n/imports.json';
import type { Change } from '../../domain/api/imports';
import {
  CHANGES,
  CONFIGURATION_FAULTS,
  FREQUENCIES,
  IMPORT_FAULTS,
  OUTCOMES,
  RUN_FAULTS,
  RUN_STATES,
  RUN_TRIGGERS,
} from '../../domain/imports/import';
import { ALMA_FIELDS, changeLabel } from '../../domain/imports/import-labels';
import { SIDES } from '../../domain/ill/kinds';

function wordFor(language: 'ja' | 'en', key: string): unknown {
  return key
    .split('.')
    .reduce<unknown>(
      (words, part) => (words as Record<string, unknown> | undefined)?.[part],
      importsMessages[language],
    );
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
      ...changes.flatMap((change) => [changeLabel(change, false), changeLabel(change, true)]),
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
