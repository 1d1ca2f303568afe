import type { InstitutionConfig } from '../config';
import { institutionFor, parseImportArguments, WrongUsage } from './import-arguments';

describe('parseImportArguments', () => {
  const parse = (line: string, env: NodeJS.ProcessEnv = {}) =>
    parseImportArguments(
      line.split(' ').filter((each) => each !== ''),
      env,
    );

  it('is a run of everything that is waited for, in the words of the terminal', () => {
    expect(parse('')).toEqual({
      config: undefined,
      institution: undefined,
      library: undefined,
      full: false,
      dryRun: false,
      wait: true,
      form: 'words',
      lang: 'en',
    });
    expect(parse('', { LANG: 'ja_JP.UTF-8' }).lang).toBe('ja');
    expect(parse('', { LC_ALL: 'C', LANG: 'ja_JP.UTF-8' }).lang).toBe('en');
  });

  it('takes every option', () => {
    const line = '--library X --institution I --config c.json --full --dry-run --wait --csv --lang ja';
    expect(parse(line, { GATEWAY_CONFIG: 'other.json' })).toEqual({
      config: 'c.json',
      institution: 'I',
      library: 'X',
      full: true,
      dryRun: true,
      wait: true,
      form: 'csv',
      lang: 'ja',
    });
    expect(parse('--json').form).toBe('json');
    expect(parse('--no-wait').wait).toBeFalse();
    expect(parse('', { GATEWAY_CONFIG: 'other.json' }).config).toBe('other.json');
  });

  for (const line of [
    '--dryrun',
    'X',
    '--library',
    '--json --csv',
    '--wait --no-wait',
    '--no-wait --csv',
    '--lang fr',
    '--full=yes',
  ])
    it(`does not guess what ${line} means`, () => {
      expect(() => parse(line)).toThrowError(WrongUsage);
    });
});

describe('institutionFor', () => {
  const of = (code: string, ...libraries: readonly string[]) =>
    ({ code, libraries: libraries.map((each) => ({ code: each })) }) as unknown as InstitutionConfig;
  const institutions = [of('A', 'MAIN'), of('B', 'MAIN', 'BRANCH')];
  const found = (institution?: string, library?: string) =>
    institutionFor({ institutions }, { institution, library }).code;

  it('is the one that is named, else the first that has the library', () => {
    expect([found(), found(undefined, 'BRANCH'), found('B'), found('B', 'MAIN')]).toEqual(['A', 'B', 'B', 'B']);
  });

  it('is none where the configuration has none', () => {
    for (const [institution, library] of [
      ['C', undefined],
      ['A', 'BRANCH'],
      [undefined, 'X'],
    ] as const)
      expect(() => found(institution, library)).toThrowError(WrongUsage);
  });
});
