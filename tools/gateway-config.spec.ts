import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isoLinks, writeGatewayConfig, type GatewaySetup } from './gateway-config';

const account = (number: number): GatewaySetup['accounts'][number] => ({
  memberId: `FA09000${number}`,
  user: `user-${number}`,
  password: `password-${number}`,
});

describe('writeGatewayConfig', () => {
  let dataFolder = '';
  beforeEach(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'gateway-config-'));
  });
  afterEach(() => rm(dataFolder, { recursive: true }));

  const setup = (change: Partial<GatewaySetup> = {}): GatewaySetup => ({
    urls: {
      nacsis: 'http://127.0.0.1:1',
      alma: 'http://127.0.0.1:2',
      gateway: 'http://127.0.0.1:3',
      app: 'http://127.0.0.1:4',
    },
    dataFolder,
    accounts: [account(1), account(2), account(3)],
    apiKeys: { '81SIM_INST': 'key-1', '81SIM2_INST': 'key-2' },
    ...change,
  });

  it('gives each institution its library with the account in order', async () => {
    const config = JSON.parse(await readFile(await writeGatewayConfig(setup()), 'utf8')) as {
      institutions: readonly {
        code: string;
        libraries: readonly { code: string; memberId: string; account: { user: string } }[];
      }[];
    };
    expect(
      config.institutions.map(({ code, libraries }) => [
        code,
        libraries[0]?.code,
        libraries[0]?.memberId,
        libraries[0]?.account.user,
      ]),
    ).toEqual([
      ['81SIM_INST', 'RES_SHARE', 'FA090001', 'user-1'],
      ['81SIM2_INST', 'RES_SHARE', 'FA090002', 'user-2'],
    ]);
  });

  it('gives the first institution further libraries, with the accounts behind those of the institutions', async () => {
    const accounts = [1, 2, 3].map(account);
    const moreLibraries = [{ code: 'MED_SHARE', name: '医学図書館' }];
    const { institutions } = JSON.parse(
      await readFile(await writeGatewayConfig(setup({ accounts, moreLibraries })), 'utf8'),
    ) as { institutions: readonly { libraries: readonly { code: string; memberId: string }[] }[] };
    expect(institutions.map(({ libraries }) => libraries.map(({ code, memberId }) => [code, memberId]))).toEqual([
      [
        ['RES_SHARE', 'FA090001'],
        ['MED_SHARE', 'FA090003'],
      ],
      [['RES_SHARE', 'FA090002']],
    ]);
  });

  it('keeps the secrets out of the configuration, in files that only the owner can read', async () => {
    const path = await writeGatewayConfig(setup());
    const text = await readFile(path, 'utf8');
    for (const secret of ['password-1', 'key-1']) expect(text).not.toContain(secret);
    const { institutions } = JSON.parse(text) as {
      institutions: readonly {
        almaApiKey: { file: string };
        libraries: readonly { account: { password: { file: string } } }[];
      }[];
    };
    const files = institutions.flatMap(({ almaApiKey, libraries }) => [
      almaApiKey.file,
      libraries[0]!.account.password.file,
    ]);
    expect(await Promise.all(files.map((file) => readFile(file, 'utf8')))).toEqual([
      'key-1',
      'password-1',
      'key-2',
      'password-2',
    ]);
    for (const file of [...files, path]) expect((await stat(file)).mode & 0o077).toBe(0);
  });

  it('says in which field the patron of a request stands, and who stands for the others', async () => {
    const { institutions } = JSON.parse(await readFile(await writeGatewayConfig(setup()), 'utf8')) as {
      institutions: readonly { libraries: readonly { integration: unknown }[] }[];
    };
    // The writer stays that of the defaults.
    const requester = { patronIdField: 'borrowerLocalData', patronIdPrefix: 'ID=', collectivePatron: 'ILL000' };
    expect(institutions.map(({ libraries }) => libraries[0]?.integration)).toEqual([{ requester }, { requester }]);
  });

  it('makes each library a partner of the simulated Alma, whose secret outlives a restart', async () => {
    type Config = { institutions: readonly { libraries: readonly { iso18626: { secret: { file: string } } }[] }[] };
    const read = async () => JSON.parse(await readFile(await writeGatewayConfig(setup()), 'utf8')) as Config;
    const partners = (await read()).institutions.map(({ libraries }) => libraries[0]?.iso18626);
    expect(partners).toEqual([
      jasmine.objectContaining({
        address: 'http://127.0.0.1:2/iso18626',
        symbol: 'ISIL:JP-NACSIS-1',
        almaSymbol: 'ISIL:JP-ALMA-1',
      }),
      jasmine.objectContaining({ symbol: 'ISIL:JP-NACSIS-2', almaSymbol: 'ISIL:JP-ALMA-2' }),
    ]);
    const secretOf = () => readFile(partners[0]!.secret.file, 'utf8');
    const secret = await secretOf();
    expect(secret).toMatch(/^[\w-]{48}$/);
    await read();
    expect(await secretOf()).toBe(secret);
    const [link] = await isoLinks(setup());
    expect(link).toEqual({
      ...{ institution: '81SIM_INST', library: 'RES_SHARE', address: `http://127.0.0.1:3/iso18626/${secret}` },
      ...{ almaSymbol: 'ISIL:JP-ALMA-1', partnerSymbol: 'ISIL:JP-NACSIS-1' },
    });
  });

  it('lets the app and nobody else in', async () => {
    const config = JSON.parse(await readFile(await writeGatewayConfig(setup()), 'utf8')) as {
      cors: unknown;
      auth: { jwksUrl: string };
    };
    expect(config.cors).toEqual({ origins: ['http://127.0.0.1:4'] });
    expect(config.auth.jwksUrl).toBe('http://127.0.0.1:2/auth/{institution}/jwks.json');
  });

  it('says which institution has no account or key', async () => {
    await expectAsync(writeGatewayConfig(setup({ accounts: [account(1)] }))).toBeRejectedWithError(
      /no account for 81SIM2_INST/,
    );
    await expectAsync(writeGatewayConfig(setup({ apiKeys: { '81SIM_INST': 'key' } }))).toBeRejectedWithError(
      /no API key for 81SIM2_INST/,
    );
  });
});
