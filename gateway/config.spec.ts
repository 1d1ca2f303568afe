import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, loadConfig, parseConfig } from './config';

const EXAMPLE = join(import.meta.dirname, '..', 'config', 'gateway.example.json');
const ENV = { ALMA_API_KEY: 'key', NACSIS_PASSWORD: 'secret' };
const noFile = () => {
  throw new Error('no file');
};

type Json = Record<string, unknown>;
const valid = (): Json => ({
  listen: { host: '127.0.0.1', port: 8402 },
  store: { dataDir: 'data' },
  nacsis: { url: 'https://nacsis.example/catp' },
  auth: { audience: 'ExlCloudApp:nacsis-ill-for-alma', jwksUrl: 'https://alma.example/auth/{institution}/jwks.json' },
  alma: { url: 'https://alma.example' },
  cors: { origins: ['https://app.example'] },
  institutions: [
    {
      code: '81SIM_INST',
      almaApiKey: { env: 'ALMA_API_KEY' },
      libraries: [
        {
          code: 'RES_SHARE',
          name: '相互利用',
          memberId: 'FA090007',
          account: { user: 'fa090007', password: { env: 'NACSIS_PASSWORD' } },
        },
      ],
    },
  ],
});
const changed = (path: string, value: unknown): Json => {
  const json = structuredClone(valid());
  const names = path.split('.');
  const last = names.pop() ?? '';
  const target = names.reduce<Json>((node, name) => node[name] as Json, json);
  if (value === undefined) Reflect.deleteProperty(target, last);
  else target[last] = value;
  return json;
};
const problemsOf = (json: unknown, env: Record<string, string> = ENV): readonly string[] => {
  try {
    parseConfig(json, env, noFile);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};

describe('the configuration', () => {
  it('takes the example as it stands, with its secrets in the environment', () => {
    const names = [...readFileSync(EXAMPLE, 'utf8').matchAll(/"env": "(\w+)"/g)].map(([, name = '']) => name);
    const config = loadConfig(EXAMPLE, Object.fromEntries(names.map((name) => [name, 'secret'])));
    expect(config.institutions.length).toBeGreaterThan(0);
    expect(config.nacsis.answerTimeoutMs).toBe(20_000);
  });

  it('reads secrets from the environment or from a file, without the line end', () => {
    const json = changed('institutions.0.almaApiKey', { file: 'key.txt' });
    const config = parseConfig(json, ENV, () => 'from-file\n');
    expect(config.institutions[0]?.almaApiKey).toBe('from-file');
    expect(config.institutions[0]?.libraries[0]?.account.password).toBe('secret');
  });

  it('uses a PostgreSQL server when the environment names one', () => {
    const config = parseConfig(changed('store', {}), { ...ENV, DATABASE_URL: 'postgres://db' }, noFile);
    expect(config.store).toEqual({ databaseUrl: 'postgres://db' });
  });

  const WRONG: readonly (readonly [setting: string, value: unknown])[] = [
    ['listen.port', 'eighty'],
    ['listen.port', 70_000],
    ['listen.host', ''],
    ['nacsis.url', 'nacsis'],
    ['nacsis.connectTimeoutMs', -1],
    ['auth.audience', undefined],
    ['auth.jwksUrl', 'https://alma.example/jwks.json'],
    ['alma.url', undefined],
    ['cors.origins', ['https://app.example/']],
    ['mode', 'careful'],
    ['institutions', []],
    ['institutions.0.libraries', []],
    ['institutions.0.libraries.0.account.password', 'secret'],
    ['institutions.0.libraries.0.memberId', 'FA090008'],
    ['store.dataDir', undefined],
    ['surplus', 1],
    ['nacsis.handlesPerAccount', 0],
  ];
  for (const [setting, value] of WRONG) {
    it(`names ${setting} when it is ${value === undefined ? 'missing' : JSON.stringify(value)}`, () => {
      const [last = ''] = setting.split('.').slice(-1);
      const problems = problemsOf(changed(setting, value));
      expect(problems.some((problem) => problem.includes(last) || problem.includes('additional')))
        .withContext(problems.join('\n'))
        .toBeTrue();
    });
  }

  it('names a missing secret, and every fault at once', () => {
    const json = changed('institutions.0.libraries.0.memberId', 'FA090008');
    expect(problemsOf(json, {})).toEqual([
      'institutions[0].almaApiKey: the environment has no ALMA_API_KEY',
      'institutions[0].libraries[0].account.password: the environment has no NACSIS_PASSWORD',
      'institutions[0].libraries[0].memberId: FA090008 is no FA number (FA, five digits, check character)',
    ]);
  });

  it('lets a member id belong to one library only', () => {
    const json = valid();
    const [first] = json['institutions'] as Json[];
    json['institutions'] = [first, { ...first, code: '81SIM2_INST' }];
    expect(problemsOf(json)).toEqual([
      'institutions[1].libraries[0].memberId: FA090007 is used by another library, too',
    ]);
  });

  it('names what cannot work of an integration', () => {
    const schedule = { every: 'hours', at: '06:00', timeZone: 'Asia/Tokio' };
    expect(problemsOf(changed('institutions.0.libraries.0.integration', { schedule }))).toEqual([
      'institutions[0].libraries[0].integration.schedule.hours: required',
      'institutions[0].libraries[0].integration.schedule.timeZone: unknown-code',
    ]);
    const every = { partner: { code: 'NACSIS', perMember: true }, schedule: { ...schedule, every: 'off' } };
    expect(problemsOf(changed('institutions.0.libraries.0.integration', every)).length).toBe(1);
  });

  it('stops the start with a message and a code of its own', () => {
    const started = spawnSync(
      process.execPath,
      ['--import', 'tsx', join(import.meta.dirname, 'main.ts'), '--config', 'no-such-file.json'],
      { encoding: 'utf8' },
    );
    expect(started.status).toBe(78);
    expect(started.stderr).toContain('no-such-file.json: cannot be read as JSON');
  });
});
