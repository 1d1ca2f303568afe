import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isOperatorCall, operatorAuthorization, OperatorKey, readOperatorKey } from './operator-key';

const INSTITUTIONS = ['81SIM_INST', '81SIM2_INST'].map((code) => ({ code, almaApiKey: 'key', libraries: [] }));

describe('OperatorKey', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'operator-key-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const file = () => join(folder, 'operator-key');
  const mode = async () => ((await stat(file())).mode & 0o777).toString(8);
  const write = () => OperatorKey.write(folder, INSTITUTIONS);
  const key = async () => (await readOperatorKey(folder)) ?? '';
  const refused = jasmine.objectContaining({ code: 'unauthenticated' });

  it('lets in who has read the file, for an institution of this gateway', async () => {
    const operator = await write();
    const caller = operator.verify(operatorAuthorization('81SIM2_INST', await key()));
    expect(caller).toEqual({ institution: INSTITUTIONS[1]!, userId: 'operator', isOperator: true });
    expect(await mode()).toBe('600');
    expect((await key()).length).toBeGreaterThanOrEqual(43);
    expect(await readdir(folder)).toEqual(['operator-key']);
  });

  it('refuses every other', async () => {
    const operator = await write();
    const good = await key();
    for (const authorization of [
      operatorAuthorization('81SIM_INST', `${good}x`),
      operatorAuthorization('81SIM_INST', good.slice(1)),
      operatorAuthorization('81SIM_INST', ''),
      operatorAuthorization('81ELSE_INST', good),
      operatorAuthorization('', good),
      `Operator ${good}`,
      `Bearer 81SIM_INST:${good}`,
      'Operator ',
    ]) {
      expect(() => operator.verify(authorization)).toThrow(refused);
    }
  });

  it('makes another at each start', async () => {
    const first = await write();
    const old = await key();
    const second = await write();
    expect(await key()).not.toBe(old);
    expect(() => second.verify(operatorAuthorization('81SIM_INST', old))).toThrow(refused);
    expect(() => first.verify(operatorAuthorization('81SIM_INST', old))).not.toThrow();
  });

  it('writes a file that others could read anew', async () => {
    await writeFile(file(), 'known to all');
    await chmod(file(), 0o666);
    const operator = await write();
    expect(await mode()).toBe('600');
    expect(await readFile(file(), 'utf8')).not.toContain('known');
    expect(() => operator.verify(operatorAuthorization('81SIM_INST', 'known to all'))).toThrow(refused);
  });

  it('is undefined where no gateway has written one', async () => {
    expect(await readOperatorKey(folder)).toBeUndefined();
  });
});

describe('isOperatorCall', () => {
  it('tells the command line from a host', () => {
    expect(['Operator A:k', 'Bearer x', undefined, 'operator A:k', 'Operator'].map(isOperatorCall)).toEqual([
      ...[true, false, false, false, false],
    ]);
  });
});
