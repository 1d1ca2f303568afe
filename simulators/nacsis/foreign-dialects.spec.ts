import { textIn } from '../../test/catp-client/catp-client';
import { DIALECTS, post, type ForeignAnswer } from '../../test/catp-client/dialects';
import { startSpecServer, type SpecServer } from './testing/spec-server';

const SETS = {
  'Small-set-element-set-names': '2',
  'Medium-set-element-set-names': '2',
  'Small-set-upper-bound': '50',
  'Large-set-lower-bound': '200',
  'Medium-set-present-number': '200',
};

for (const [name, dialect] of Object.entries(DIALECTS)) {
  describe(`a client that writes as ${name} does`, () => {
    let server: SpecServer;
    let session = '';

    const call = (
      method: string,
      headers: Readonly<Record<string, string>> = {},
      body = '',
      frame = '001',
    ): Promise<ForeignAnswer> => post(server.url, dialect, { method, session: `${session} ${frame}`, headers, body });
    const search = (file: string, query: string, frame?: string): Promise<ForeignAnswer> =>
      call('SEARCH', { 'Database-names': file, ...SETS }, query, frame);
    const found = ({ first, headers }: ForeignAnswer): readonly (string | undefined)[] => [
      first[4],
      headers.get('result-count'),
    ];
    const command = (file: string, ill: string, body: string, type = '2'): Promise<ForeignAnswer> =>
      call(
        'SERVERPROCEDURECALL',
        { 'Procedure-name': 'ILL', 'Database-names': file, 'ILL-command': ill, 'Returned-edit-type': type },
        body,
        '000',
      );
    const fieldIn = ({ body }: ForeignAnswer, field: string): string =>
      new RegExp(`^${field}=(.*)$`, 'm').exec(body)?.[1]?.trim() ?? '';
    const namesIn = ({ body }: ForeignAnswer): readonly string[] =>
      [...body.matchAll(/^<?(\w+)[=>]/gm)].map(([, field = '']) => field);

    beforeAll(async () => {
      server = await startSpecServer();
    });
    afterAll(async () => server.close());
    beforeEach(async () => {
      const user = (server.ids[0] ?? '').toLowerCase();
      const login = await post(server.url, dialect, {
        method: 'GETHANDLE',
        session: '0123456789 000',
        headers: { Authenticate: `${user},pass-${user}` },
      });
      expect(login.first.slice(2)).toEqual(['001', 'CATP/1.1', '200', 'OK']);
      expect(login.lines[1]).toContain('SERVERPROCEDURECALL');
      session = login.first[1] ?? '';
    });
    afterEach(async () => {
      expect((await call('RELEASEHANDLE')).first[4]).toBe('200');
      expect((await search('BOOK', 'ID="x"')).first[4]).toBe('412');
    });

    it('searches by keys, by virtual fields, by several ids, with and without', async () => {
      expect(found(await search('BOOK', 'TITLEKEY="新潟"'))).toEqual(['200', '5']);
      expect(found(await search('BOOK', 'ISBNKEY="9784990006006"'))).toEqual(['200', '1']);
      expect(found(await search('BOOK', '_TITLE_="新潟" _TITLE_="民家" AND PUBLKEY="x" AND'))).toEqual(['200', '0']);
      expect(found(await search('BOOK', '_TITLE_="新潟" _TITLE_="民家" AND-NOT'))).toEqual(['200', '4']);
      const ids = server.world.catalogue.serials.slice(0, 3).map((record) => `ID="${textIn(record, 'ID')}"`);
      const [first = '', second = '', third = ''] = ids;
      expect(found(await search('SERIAL', `${first} ${second} OR ${third} OR`))).toEqual(['200', '3']);
      expect(found(await search('BOOK', '_AUTH_="協議会" YEARKEY="2015" AND'))[0]).toBe('200');
    });

    it('reads the answer by position, whatever it does not know in it', async () => {
      const answer = await search('BOOK', 'TITLEKEY="新潟"');
      expect(answer.lines.slice(1, 5)).toEqual([
        'Database-names:BOOK',
        'Result-count:5',
        'Number-of-records-returned:5',
        'Next-result-set-position:0',
      ]);
      expect(answer.lines[5]).toBe(`Content-Length:${String(Buffer.byteLength(answer.body))}`);
      expect(answer.lines.slice(6, 10)).toEqual(['Encoding:UTF8', '', '--NACSIS-CATP', '_DBNAME_=BOOK']);
      expect(answer.body.match(/^_DBNAME_=BOOK\r\nID=/gm)?.length).toBe(5);
      expect((await search('MEMBER', `ID="${server.ids[1] ?? ''}"`)).lines.slice(8, 10)).toEqual([
        '_DBNAME_=MEMBER',
        `ID=${server.ids[1] ?? ''}`,
      ]);
    });

    it('retrieves, scans from frame to frame, and gives frames back', async () => {
      await search('BOOK', 'TITLEKEY="新潟"', '004');
      const page = await call(
        'RETRIEVE',
        { 'Result-set-start-position': '4', 'Number-of-records-requested': '9' },
        '',
        '004',
      );
      expect([page.first[4], page.lines[3], page.lines[4]]).toEqual([
        '200',
        'Number-of-records-returned:2',
        'Next-result-set-position:0',
      ]);
      const scan = await call(
        'SCAN',
        { 'Target-frame': '004', ...SETS },
        'TRD="民家$|民家 /" YEAR1="^[12]" AND',
        '005',
      );
      expect(found(scan)).toEqual(['200', '1']);
      expect((await call('RELEASEFRAME', {}, '', '005')).first[4]).toBe('200');
    });

    it('searches holdings by their record, and filters them by their holders', async () => {
      const ncid = textIn(server.world.catalogue.books[0], 'ID');
      const [, all] = found(await search('BHOLD', `BID="${ncid}"`, '006'));
      const open = await call('SCAN', { 'Target-frame': '006', ...SETS }, '_COPYS_="A" _STAT_="A" AND', '007');
      expect(Number(open.headers.get('result-count'))).toBeGreaterThan(0);
      expect(Number(open.headers.get('result-count'))).toBeLessThan(Number(all));
      expect((await search('BHOLD', `BID="${ncid}" _COPYS_="A" AND`)).first[4]).toBe('400');
    });

    it('lists its requests by state', async () => {
      const list = await call('INDEXLIST', { 'Database-names': 'COPYO', 'Index-name': 'OMLIDS' });
      expect([list.first[4], list.body]).toEqual(['200', jasmine.stringContaining(`KEY=${server.ids[0] ?? ''}未処理`)]);
    });

    it('orders, takes the order back and cancels it, and gets the record in the edit type that it names', async () => {
      const order = [
        '_DBNAME_=COPYO',
        'ACCT=pb',
        'TYPE=電子複写',
        'ODATE=20260401',
        'OSTAF=担当 A',
        'OADRS=見本大学図書館',
        '<BIBG>',
        'BIBNT=𠮷野の民家',
        '</BIBG>',
        '<HMLG>',
        `HMLID=${server.ids[1] ?? ''}`,
        '</HMLG>',
        '_COMMENT_=よろしくお願いします。',
      ].join('\r\n');
      const ordered = await command('COPYO', 'ORDER', order);
      expect([ordered.first[4], fieldIn(ordered, '_DBNAME_'), fieldIn(ordered, 'STAT')]).toEqual([
        '200',
        'COPYO',
        '未処理',
      ]);
      const id = `ID=${fieldIn(ordered, 'ID')}`;
      const brief = await command('COPYO', 'CALLBACK', id, '1');
      expect([fieldIn(brief, 'STAT'), namesIn(brief).includes('OADRS')]).toEqual(['準備中', false]);
      const all = await command('COPYO', 'CANCEL', `_DBNAME_=COPYO\r\n${id}`, '9');
      expect([fieldIn(all, 'STAT'), namesIn(all).includes('OADRS')]).toEqual(['CANCEL', true]);
      expect((await command('COPYO', 'CALLBACK', id, '0')).body).toBe('');
      expect((await command('COPYO', 'CANCEL', `_DBNAME_=LOANO\r\n${id}`)).first[4]).toBe('400');
      expect((await command('COPYO', 'CANCEL', id, '3')).first[4]).toBe('400');
    });

    it('gets a part of a record as 1, more as 2 and everything as 9', async () => {
      const ncid = textIn(server.world.catalogue.books[0], 'ID');
      for (const [file, query] of [
        ['BOOK', `ID="${ncid}"`],
        ['BHOLD', `BID="${ncid}"`],
        ['MEMBER', `ID="${server.ids[0] ?? ''}"`],
        ['COPYO', 'ID="LA90*"'],
      ] as const) {
        const as = async (type: string): Promise<readonly string[]> =>
          namesIn(
            await call(
              'SEARCH',
              {
                'Database-names': file,
                'Small-set-upper-bound': '0',
                'Large-set-lower-bound': '999',
                'Medium-set-present-number': '1',
                'Medium-set-element-set-names': type,
              },
              query,
            ),
          );
        const [none, brief, more, everything] = await Promise.all(['0', '1', '2', '9'].map(as));
        expect(none).withContext(file).toEqual([]);
        expect(brief?.slice(0, 2)).withContext(file).toEqual(['_DBNAME_', 'ID']);
        expect(more)
          .withContext(file)
          .toEqual(jasmine.arrayContaining([...(brief ?? [])]));
        expect(everything)
          .withContext(file)
          .toEqual(jasmine.arrayContaining([...(more ?? [])]));
        expect(more?.length)
          .withContext(file)
          .toBeGreaterThan(brief?.length ?? 0);
        if (file === 'BHOLD') expect(everything?.length).toBeGreaterThan(more?.length ?? 0);
      }
    });

    it('changes its own member record', async () => {
      const update = await call(
        'UPDATE',
        { 'Database-names': 'MEMBER', 'Returned-edit-type': '2' },
        `_DBNAME_=MEMBER\r\nID=${server.ids[0] ?? ''}\r\nFAXS=N`,
      );
      expect([update.first[4], fieldIn(update, '_DBNAME_'), fieldIn(update, 'FAXS')]).toEqual(['200', 'MEMBER', 'N']);
    });
  });
}

describe('the addresses of the simulator', () => {
  it('take CATP at / and at /catp by POST; everything else there is what it was', async () => {
    const server = await startSpecServer();
    for (const path of ['/', '/catp']) {
      const answer = await fetch(server.url + path, { method: 'POST', body: 'x' });
      expect([answer.status, (await answer.text()).slice(0, 7)])
        .withContext(path)
        .toEqual([200, 'UNKNOWN']);
      expect((await fetch(server.url + path)).status)
        .withContext(path)
        .toBe(404);
    }
    expect((await fetch(`${server.url}/other`, { method: 'POST', body: 'x' })).status).toBe(404);
    await server.close();
  });
});
