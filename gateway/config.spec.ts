import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programArguments } from '../test/support/program';
import { ALMA_DEFAULTS } from './alma/settings';
import { ConfigError, loadConfig, parseConfig } from './config';
import { IMPORT_DEFAULTS } from './runs/settings';
import { NACSIS_DEFAULTS } from './nacsis/settings';
import { STORE_DEFAULTS } from './store/pool';

const EXAMPLE = join(import.meta.dirname, '..', 'config', 'gateway.example.json');
const ENV = { ALMA_API_KEY: 'key', NACSIS_PASSWORD: 'secret' };
const noFile = () => {
  throw new Error('no file');
};

const NO_ADDRESSES = [
  ...[
    '',
    'http:',
    'http://',
    'https:///catp',
    'http://:80',
    'http://?x',
    'http://#x',
    'http:\\\\a',
    'http:/a',
    '//nacsis.example',
  ],
  ...[
    'ftp://nacsis.example',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'http://a b/',
    'http://a\n.example',
    'http://[::1',
    'http://a:99999',
  ],
  ...['http://a:0', 'https://user:secret@nacsis.example', 'https://nacsis.example/#x', ' https://nacsis.example'],
];
const NUMBERS = [
  ...[...Object.keys(NACSIS_DEFAULTS), 'settleSeconds'].map((name) => `nacsis.${name}`),
  ...[...Object.keys(ALMA_DEFAULTS), 'roleCacheSeconds'].map((name) => `alma.${name}`),
  ...Object.keys(IMPORT_DEFAULTS).map((name) => `imports.${name}`),
];

type Json = Record<string, unknown>;
const valid = (): Json => ({
  listen: { host: '127.0.0.1', port: 8402 },
  store: { dataDir: 'data' },
  nacsis: { url: 'https://nacsis.example/catp' },
  auth: { audience: 'ExlCloudApp:nacsis-ill-for-alma', jwksUrl: 'https://alma.example/auth/{institution}/jwks.json' },
  alma: { url: 'https://alma.example' },
  imports: {},
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
    expect(config.store).toEqual({ databaseUrl: 'postgres://db', ...STORE_DEFAULTS });
  });

  it('lets those read who act or manage, or whom it names', () => {
    const rolesIn = (roles: unknown) => parseConfig(changed('alma.roles', roles), ENV, noFile).alma.roles;
    expect(rolesIn(undefined)).toEqual({
      read: ['214', '215', '26'],
      act: ['214', '215', '26'],
      manage: ['215', '26'],
    });
    expect(rolesIn({ act: ['1'], manage: ['2'] })).toEqual({ read: ['1', '2'], act: ['1'], manage: ['2'] });
    expect(rolesIn({ read: ['204'] }).read).toEqual(['204']);
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
    ['imports', { keepDays: 36_501 }],
    ['imports', { eraseNamesDays: 1e15 }],
    ['drafts', { keepDays: -1 }],
    ['drafts', { keepDays: 1e300 }],
    ...NO_ADDRESSES.flatMap((url) => [['nacsis.url', url] as const, ['alma.url', url] as const]),
    ['alma.url', 'https://alma.example/?x=1'],
    ['auth.jwksUrl', 'https:///{institution}'],
    ['auth.jwksUrl', 'https://{institution}/jwks.json'],
    ['auth.jwksUrl', 'ftp://alma.example/{institution}'],
    ['auth.audience', ' '],
    ['auth.audience', 'ExlCloudApp:x\n'],
    ['auth.issuer', ''],
    ['auth.clockToleranceSeconds', -1],
    ['cors.origins', ['https://']],
    ['cors.origins', ['https://app.example:443']],
    ['cors.origins', ['https://APP.example']],
    ['cors.origins', ['https://app.example/path']],
    ['cors.origins', ['*']],
    ['listen.port', -1],
    ['listen.port', 1.5],
    ['listen.host', ' 127.0.0.1'],
    ['store.dataDir', ' '],
    ['store.dataDir', 'a\u0000b'],
    ['logLevel', 'loud'],
    ['alma.roles', { act: [''], manage: ['26'] }],
    ['alma.roles', { act: ['214\n'], manage: ['26'] }],
    ['institutions.0.code', 'A B'],
    ['institutions.0.code', 'A:B'],
    ['institutions.0.code', '..'],
    ['institutions.0.libraries.0.code', 'RES/SHARE'],
    ['institutions.0.libraries.0.name', 'a\u0085b'],
    ['institutions.0.libraries.0.name', ' '],
    ...['a,b', ' a', 'a\u0000', 'a\nb', '利用者', ''].map(
      (user) => ['institutions.0.libraries.0.account.user', user] as const,
    ),
    ...NUMBERS.flatMap((setting) =>
      [-1, 0.5, 1e12, 2_147_483_648, '1', null].map((value) => [setting, value] as const),
    ),
  ];
  for (const [setting, value] of WRONG) {
    it(`names ${setting} when it is ${value === undefined ? 'missing' : JSON.stringify(value)}`, () => {
      const problems = problemsOf(changed(setting, value));
      const name = setting.replace(/\.(\d+)/g, '[$1]');
      expect(problems.length).withContext(problems.join('\n')).toBe(1);
      expect(problems[0]?.startsWith(name)).withContext(problems.join('\n')).toBeTrue();
      expect(problems[0]).toMatch(/^\S+: \S[^\n]*$/);
      expect(problems[0]).not.toContain('secret@');
    });
  }

  it('takes the largest numbers that make sense', () => {
    const longest = { connectTimeoutMs: 3_600_000, settleSeconds: 86_400, queueLimit: 0 };
    expect(problemsOf(changed('nacsis', { url: 'http://[::1]:8400/catp?x=1', ...longest }))).toEqual([]);
    expect(problemsOf(changed('imports', { keepDays: 36_500, eraseNamesDays: 0, giveUpMinutes: 20_160 }))).toEqual([]);
  });

  it('gives every fault one line, however many there are', () => {
    const json = {
      ...valid(),
      listen: { host: '', port: 'x', prot: 1 },
      mode: 'a',
      cors: {},
      surplus: 1,
      more: 2,
      alma: null,
    };
    const problems = problemsOf({ ...json, nacsis: { url: 5, queueLimit: -1, queLimit: 1 } });
    expect([...problems].map((problem) => problem.split(':')[0]).sort()).toEqual([
      ...['alma', 'cors.origins', 'listen.host', 'listen.port', 'listen.prot', 'mode', 'more', 'nacsis.queLimit'],
      ...['nacsis.queueLimit', 'nacsis.url', 'surplus'],
    ]);
    expect(problems).toContain('listen.prot: there is no such setting');
    expect(problems).toContain('cors.origins: is missing');
  });

  it('names a secret that is missing, empty or holds what it cannot', () => {
    const PASSWORD = 'institutions[0].libraries[0].account.password';
    const withFile = (content: string) => () => content;
    const told = (read: (path: string) => string) => {
      try {
        parseConfig(changed('institutions.0.libraries.0.account.password', { file: 'password.txt' }), ENV, read);
        return [];
      } catch (error) {
        return (error as ConfigError).problems;
      }
    };
    for (const good of ['secret', 'secret\r\n', '\ufeffsecret\n', 'se,cr et'])
      expect(told(withFile(good)))
        .withContext(good)
        .toEqual([]);
    for (const wrong of ['', '\n', ' \r\n']) {
      expect(told(withFile(wrong))).toEqual([`${PASSWORD}: the file password.txt is missing or empty`]);
    }
    expect(told(noFile)).toEqual([`${PASSWORD}: the file password.txt is missing or empty`]);
    for (const wrong of ['one\ntwo', 'a\u0000b', 'パスワード', 'a\u0085b']) {
      const [problem = '', ...more] = told(withFile(wrong));
      expect(problem).toContain(`${PASSWORD}: cannot stand in a login of CATP`);
      expect([problem.includes(wrong), more]).toEqual([false, []]);
    }
    expect(problemsOf(valid(), { ...ENV, ALMA_API_KEY: 'a\nb' })).toEqual([
      'institutions[0].almaApiKey: holds a character that no API key has',
    ]);
  });

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

  describe('of a partner of Alma', () => {
    const SECRET = 'a'.repeat(32);
    const NEW_SECRET = 'B-_'.repeat(12);
    const PARTNER = {
      address: 'https://alma.example/iso18626',
      symbol: 'ISIL:JP-NACSIS',
      almaSymbol: 'ISIL:JP-EXAMPLE',
      secret: { env: 'ISO_SECRET' },
    };
    const at = 'institutions[0].libraries[0].iso18626';
    const withPartner = (changes: Json = {}) =>
      changed('institutions.0.libraries.0.iso18626', { ...PARTNER, ...changes });
    const env = { ...ENV, ISO_SECRET: SECRET };
    const partnerIn = (json: Json, read: (path: string) => string = noFile, stamp = () => '') =>
      parseConfig(json, env, read, stamp).institutions[0]?.libraries[0]?.iso18626;
    const told = (json: Json, content: string): readonly string[] => {
      try {
        parseConfig(json, env, () => content);
        return [];
      } catch (error) {
        return (error as ConfigError).problems;
      }
    };

    it('is read with its secrets', () => {
      const { secret, securityCode, ...rest } = partnerIn(
        withPartner({ securityCode: { file: 'code.txt' }, allowedAddresses: ['192.0.2.0/24', '::1'] }),
        () => 'code\r\n',
      ) ?? { secret: undefined };
      expect(secret?.current()).toEqual([SECRET]);
      expect(securityCode?.current()).toEqual(['code']);
      expect(rest).toEqual({
        ...{ address: PARTNER.address, symbol: PARTNER.symbol, almaSymbol: PARTNER.almaSymbol },
        allowedAddresses: ['192.0.2.0/24', '::1'],
      });
      expect(partnerIn(valid())).toBeUndefined();
    });

    it('may have an old and a new secret, on two lines of a file', () => {
      const json = withPartner({ secret: { file: 'secret.txt' } });
      expect(partnerIn(json, () => `${SECRET}\r\n${NEW_SECRET}\n`)?.secret.current()).toEqual([SECRET, NEW_SECRET]);
    });

    it('has wrong secrets named without their value', () => {
      const json = withPartner({ secret: { file: 'secret.txt' } });
      const short = 'x'.repeat(31);
      for (const wrong of [short, 'x'.repeat(129), `${SECRET}/`, `${SECRET}\n${short}`, `${SECRET}%`]) {
        expect(told(json, wrong)).toEqual([`${at}.secret: must have 32 to 128 letters, digits, - and _`]);
      }
      expect(told(json, [SECRET, NEW_SECRET, SECRET].join('\n'))).toEqual([`${at}.secret: holds more than two lines`]);
      expect(told(json, ' \n')).toEqual([`${at}.secret: the file secret.txt is missing or empty`]);
      expect(told(withPartner({ securityCode: { file: 'code.txt' } }), 'my code')).toEqual([
        `${at}.securityCode: holds a blank or a control character, or is too long`,
      ]);
      expect(problemsOf(withPartner())).toEqual([`${at}.secret: the environment has no ISO_SECRET`]);
    });

    it('has wrong symbols and addresses named', () => {
      for (const [name, wrong] of [
        ['symbol', 'NACSIS'],
        ['almaSymbol', 'ISIL:'],
        ['address', 'alma.example'],
      ] as const)
        expect(problemsOf(withPartner({ [name]: wrong }), env).map((problem) => problem.split(':')[0])).toEqual([
          `${at}.${name}`,
        ]);
      expect(problemsOf(withPartner({ allowedAddresses: ['10.0.0.0/33'] }), env).length).toBe(1);
      expect(problemsOf(withPartner({ symbol: 'isil:jp-example' }), env)).toEqual([
        `${at}.symbol: is the almaSymbol, too`,
      ]);
    });

    it('shares neither its secret nor its symbols with another library', () => {
      const json = withPartner();
      const [institution] = json['institutions'] as { libraries: Json[] }[];
      const other = { ...institution?.libraries[0], code: 'BRANCH', memberId: 'FA090018' };
      const second = (partner: Json) => {
        const libraries = [...(institution?.libraries ?? []), { ...other, iso18626: { ...PARTNER, ...partner } }];
        return { ...json, institutions: [{ ...institution, libraries }] };
      };
      const secrets = { ...env, OTHER: NEW_SECRET };
      const elsewhere = 'institutions[0].libraries[1].iso18626';
      expect(problemsOf(second({ almaSymbol: 'ISIL:JP-BRANCH' }), secrets)).toEqual([
        `${elsewhere}.secret: is used by another library, too`,
      ]);
      expect(problemsOf(second({ symbol: 'isil:JP-nacsis', secret: { env: 'OTHER' } }), secrets)).toEqual([
        `${elsewhere}.symbol: another library has the same symbol and almaSymbol`,
      ]);
      expect(problemsOf(second({ almaSymbol: 'ISIL:JP-BRANCH', secret: { env: 'OTHER' } }), secrets)).toEqual([]);
    });

    it('is there for a library that writes to Alma by messages', () => {
      const json = changed('institutions.0.libraries.0.integration', { writer: 'iso18626' });
      expect(problemsOf(json)).toEqual(['institutions[0].libraries[0].integration.writer: not-configured']);
      const [institution] = json['institutions'] as { libraries: Json[] }[];
      Object.assign(institution?.libraries[0] ?? {}, { iso18626: PARTNER });
      expect(problemsOf(json, env)).toEqual([]);
    });
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
      [...programArguments(join(import.meta.dirname, 'main.ts')), '--config', 'no-such-file.json'],
      { encoding: 'utf8' },
    );
    expect(started.status).toBe(78);
    expect(started.stderr).toContain('no-such-file.json: cannot be read as JSON');
  });

  it('stops the start with one line and no stack where the machine does not allow what is set', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'config-'));
    const file = join(folder, 'gateway.json');
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    const started = async (json: Json, env: Readonly<Record<string, string>> = {}, args: readonly string[] = []) => {
      await writeFile(file, JSON.stringify(json));
      const options = { encoding: 'utf8', env: { ...process.env, DATABASE_URL: '', ...ENV, ...env } } as const;
      const command = [...programArguments(join(import.meta.dirname, 'main.ts')), '--config', file, ...args];
      const { status, stderr } = spawnSync(process.execPath, command, options);
      return [status, stderr.trim().split('\n').slice(1)] as const;
    };
    const dataDir = join(folder, 'data');
    const listening = { ...changed('store.dataDir', dataDir), listen: { host: '127.0.0.1', port } };
    expect(await started(listening)).toEqual([
      78,
      [`  listen.port: ${String(port)} is in use by another program (127.0.0.1)`],
    ]);
    expect(await started(changed('store.dataDir', join(file, 'data')))).toEqual([
      78,
      [`  store.dataDir: ${join(file, 'data')} is no folder that can be written to (ENOTDIR)`],
    ]);
    expect(await started(valid(), { DATABASE_URL: 'postgres://u:hidden@127.0.0.1:1/db' })).toEqual([
      78,
      ['  DATABASE_URL: the database cannot be used (connect ECONNREFUSED 127.0.0.1:1)'],
    ]);
    const [status, [line = '', ...more]] = await started(valid(), {}, ['--prot', '1']);
    expect([status, line.includes('--prot'), more]).toEqual([78, true, []]);
    taken.close();
    await rm(folder, { recursive: true });
  }, 60_000);
});
