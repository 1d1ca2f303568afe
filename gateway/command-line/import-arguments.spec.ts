import { parseImportArguments, WrongUsage } from './import-arguments';

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
