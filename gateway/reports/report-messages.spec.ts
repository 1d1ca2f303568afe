import {
  CHANGES,
  CONFIGURATION_FAULTS,
  IMPORT_FAULTS,
  OUTCOMES,
  RUN_FAULTS,
  RUN_TRIGGERS,
} from '#domain/imports/import';
import { ALMA_FIELDS, changeLabel } from '#domain/imports/import-labels';
import { KINDS, SIDES } from '#domain/ill/kinds';
import { REPORT_LANGUAGES, wordsIn, type WordKey } from './report-messages';
import { changeInWords } from './report-phrases';

/** The keys that a report uses. The compiler also checks that both languages have each key. */
const KEYS: readonly WordKey[] = [
  ...IMPORT_FAULTS.flatMap((code) => [`importFault.${code}`, `importFaultWay.${code}`] as const),
  ...RUN_FAULTS.map((code) => `runFault.${code}` as const),
  ...CONFIGURATION_FAULTS.map((code) => `configurationFault.${code}` as const),
  ...RUN_TRIGGERS.map((trigger) => `imports.trigger.${trigger}` as const),
  ...OUTCOMES.flatMap((outcome) => [`imports.did.${outcome}`, `imports.would.${outcome}`] as const),
  ...SIDES.flatMap((side) => [`imports.details.${side}`, `workList.side.${side}`] as const),
  ...KINDS.map((kind) => `kind.${kind}` as const),
  ...ALMA_FIELDS.map((field) => `imports.almaField.${field}` as const),
  ...CHANGES.flatMap((what) => [changeLabel({ what }, false), changeLabel({ what }, true)]),
];

describe('the messages of a report', () => {
  it('are there in both languages for all that it may name', () => {
    const missing = REPORT_LANGUAGES.flatMap((lang) => KEYS.filter((key) => wordsIn(lang)(key).trim() === ''));
    expect(missing).toEqual([]);
    expect(KEYS.filter((key) => wordsIn('ja')(key) === wordsIn('en')(key) && !/\.is[bs]n$/.test(key))).toEqual([]);
  });

  it('name the parts of the report as Alma does', () => {
    const say = wordsIn('en');
    expect(
      [
        ...(['imports.details.borrower', 'imports.details.lender', 'importFile.jobName'] as const),
        ...(['importFile.total.processed', 'importFile.total.borrowing', 'importFile.total.lending'] as const),
      ].map((key) => say(key)),
    ).toEqual([
      'Import of Borrowing Requests - Details',
      'Import of Lending Requests - Details',
      'Import Resource Sharing Requests',
      'Total records processed',
      'Total borrowing requests processed',
      'Total lending requests processed',
    ]);
  });

  it('take values in their places, and leave no place open', () => {
    const say = wordsIn('en');
    expect(say('imports.change.status', { from: '$&', to: '発送' })).toBe('Status: $& → 発送');
    expect(say('imports.doing.importing', { done: 0, due: 7 })).toBe('Updating Alma: 0 of 7');
    expect(say('imports.change.status', { to: '発送' })).toBe('Status:  → 発送');
  });

  it('say to whom something was left', () => {
    const left = (to: string, isDry: boolean) => changeInWords(wordsIn('en'), { what: 'left-cost', to }, isDry);
    expect(left('iso18626', false)).toBe('The shipping cost was left to the ISO 18626 bridge');
    expect(left('alma-nacsis', true)).toBe("The shipping cost would be left to Alma's NACSIS integration");
    expect(changeInWords(wordsIn('ja'), { what: 'left', to: 'alma-nacsis' }, false)).toContain(
      'Alma の NACSIS-ILL 連携が',
    );
  });

  it('must be known to the compiler', () => {
    // @ts-expect-error: no such message
    expect(wordsIn('en')('imports.nothing')).toBe('imports.nothing');
  });
});
