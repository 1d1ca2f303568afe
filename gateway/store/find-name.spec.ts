import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { sql } from 'kysely';
import { removeFolder } from '../../test/support/remove-folder';
import { programArguments } from '../../test/support/program';
import { embeddedStore, specStores } from '../testing/spec-stores';
import { findName, type NameFound } from './find-name';
import type { Store } from './open-store';

const MAIN = join(import.meta.dirname, '..', 'find-name-main.ts');
const AT = new Date('2026-11-24T01:00:00Z');

async function everything(store: Store, name: string): Promise<readonly NameFound[]> {
  const found: NameFound[] = [];
  for await (const place of findName(store.db, name)) found.push(place);
  return found;
}

const draft = (id: string, content: object) => ({
  ...{ institution: 'A', draft_id: id, library: 'RES_SHARE', user_id: 'staff001', kind: null, updated_at: AT },
  content: JSON.stringify(content),
});

for (const { name, open } of specStores()) {
  describe(`the search for a name on ${name}`, () => {
    let store: Store;
    let drop: () => Promise<void>;
    let extra: string;

    beforeAll(async () => {
      ({ store, drop } = await open());
      extra = `spec_extra_${store.jobs.schema}`;
      await sql`create schema ${sql.id(extra)}`.execute(store.db);
      await sql`create table ${sql.id(extra, 'odd')} ("the key" int primary key, texts text[], old json, bytes bytea, "Column.with" varchar(40))`.execute(
        store.db,
      );
      await sql`create table ${sql.id(extra, 'keyless')} (note text)`.execute(store.db);
    });
    afterAll(async () => {
      await sql`drop schema ${sql.id(extra)} cascade`.execute(store.db);
      await drop();
    });
    beforeEach(async () => {
      await store.db.deleteFrom('drafts').execute();
      for (const table of ['odd', 'keyless']) await sql`delete from ${sql.id(extra, table)}`.execute(store.db);
    });

    it('finds it whatever its case, width and blanks, in values and names of a document, and tells nothing else', async () => {
      const content = { fields: { applicant: '山田　ﾀﾛｳ 様' }, lines: ['x', { 山田タロウ: ['やまだ', 'Ｐatron001'] }] };
      await store.db
        .insertInto('drafts')
        .values([draft('draft-1', content), draft('draft-2', {})])
        .execute();
      const key = { institution: 'A', draft_id: 'draft-1' };
      const place = { table: jasmine.stringMatching(/\.drafts$/) as unknown as string, column: 'content', key };
      expect(await everything(store, '山田タロウ')).toEqual([{ ...place, count: 2 }]);
      expect(await everything(store, 'ｐａｔｒｏｎ ００１')).toEqual([{ ...place, count: 1 }]);
      expect(await everything(store, '山田ハナコ')).toEqual([]);
    });

    it('looks into every schema and every kind of column', async () => {
      await sql`insert into ${sql.id(extra, 'odd')} values (7, array['x', '利用者 001'], '{"a": "\\u5229\\u7528\\u8005 001"}',
        convert_to('<利用者 001>', 'UTF8'), '利用者001')`.execute(store.db);
      await sql`insert into ${sql.id(extra, 'keyless')} values ('利用者 001'), ('利用者 001'), ('利用者 002')`.execute(
        store.db,
      );
      const found = await everything(store, '利用者 001');
      const odd = { table: `${extra}.odd`, key: { 'the key': '7' }, count: 1 };
      expect(found).toEqual([
        ...[1, 2].map(() => ({ table: `${extra}.keyless`, column: 'note', key: {}, count: 1 })),
        ...['texts', 'old', 'bytes', 'Column.with'].map((column) => ({ ...odd, column })),
      ]);
    });

    it('shows no part of a key in which the name stands', async () => {
      await store.db
        .insertInto('drafts')
        .values(draft('of-patron001-x', { a: 'patron001' }))
        .execute();
      expect((await everything(store, 'patron001')).map(({ column, key }) => ({ column, key }))).toEqual([
        { column: 'draft_id', key: { institution: 'A' } },
        { column: 'content', key: { institution: 'A' } },
      ]);
    });

    it('goes through more rows than it has in memory at a time', async () => {
      await sql`insert into ${sql.id(extra, 'odd')} select n, array['利用者 ' || n] from generate_series(1, 1203) as n`.execute(
        store.db,
      );
      expect((await everything(store, '利用者 1203')).map(({ key }) => key)).toEqual([{ 'the key': '1203' }]);
      expect((await everything(store, '利用者')).length).toBe(1203);
    });
  });
}

describe('npm run find-name', () => {
  let folder: string;
  let config: string;

  const run = async (args: readonly string[], input = '') => {
    const env = { DATABASE_URL: '', GATEWAY_CONFIG: '', SPEC_SECRET: 'spec-secret' };
    const options = { env, input, reject: false, stripFinalNewline: false } as const;
    const { exitCode, stdout, stderr } = await execa(process.execPath, [...programArguments(MAIN), ...args], options);
    return { code: exitCode, out: stdout, notes: stderr };
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'find-name-'));
    config = join(folder, 'gateway.json');
    const secret = { env: 'SPEC_SECRET' };
    const account = { user: 'fa090007', password: secret };
    const library = { code: 'RES_SHARE', name: '相互利用係', memberId: 'FA090007', account };
    const settings = {
      listen: { host: '127.0.0.1', port: 0 },
      store: { dataDir: join(folder, 'data') },
      nacsis: { url: 'http://127.0.0.1:9' },
      auth: { audience: 'spec', jwksUrl: 'http://127.0.0.1:9/{institution}' },
      alma: { url: 'http://127.0.0.1:9' },
      cors: { origins: [] },
      institutions: [{ code: 'A', almaApiKey: secret, libraries: [library] }],
    };
    await writeFile(config, JSON.stringify(settings));
  });
  afterAll(() => removeFolder(folder));

  it('says where the name stands and by its exit code whether it does, and takes no other store for an empty one', async () => {
    const none = await run(['--config', config, '利用者 001']);
    expect([none.code, none.notes]).toEqual([78, jasmine.stringContaining('there is no store in')]);
    expect(await readdir(folder)).toEqual(['gateway.json']);

    const store = await embeddedStore(join(folder, 'data'));
    await store.db
      .insertInto('drafts')
      .values(draft('draft-1', { secret: 'neben 利用者 001 stehend' }))
      .execute();
    const busy = await run(['--config', config, '利用者 001']);
    expect([busy.code, busy.notes]).toEqual([75, jasmine.stringContaining('is in use by')]);
    await store.close();

    const found = await run(['--config', config, '利用者００１']);
    expect([found.code, found.out]).toEqual([1, 'public.drafts content institution=A draft_id=draft-1: 1\n']);
    expect(found.notes).toContain('1 places');
    const nowhere = await run(['--config', config, '-'], '利用者 002\n');
    expect([nowhere.code, nowhere.out]).toEqual([0, '']);
    for (const args of [['利用者 001'], ['--config', config, ' ']]) expect((await run(args)).code).toBe(2);
  }, 120_000);
});
