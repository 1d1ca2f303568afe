import type { CatalogRecord } from '#domain/catalog/catalog';
import { NacsisError } from '../nacsis/port';
import { LENDER_IDS, type SpecApp } from '../testing/spec-app';
import { useSpecApp } from '../testing/use-spec-app';

const [LENDER] = LENDER_IDS;
const BOOK: CatalogRecord = {
  ncid: 'BA90000012',
  form: 'book',
  title: '𠮷野の桜',
  isbns: ['9784900000018'],
  volumes: [{ volume: '上' }],
  series: [],
  authors: [{ name: '髙橋' }],
  subjects: [],
  notes: [],
};

describe('/catalog and /members', () => {
  let spec: SpecApp;
  useSpecApp([], (started) => ({ spec } = started));

  const get = (path: string) => spec.call('GET', `/api/v1${path}`);

  it('hands the search on, with identifiers in their standard form and for the own account', async () => {
    const search = spyOn(spec.nacsis, 'searchCatalog').and.callThrough();
    const { status, json } = await get(
      '/catalog?library=RES_SHARE&form=book&isbn=4-900000-01-9&title=%F0%A0%AE%B7&page=2',
    );
    expect([status, json]).toEqual([200, { total: 0, page: 2, pageSize: 20, items: [] }]);
    const [account, query] = search.calls.mostRecent().args;
    expect(account.memberId).toBe('FA090007');
    expect(query).toEqual(jasmine.objectContaining({ isbn: '9784900000018', title: '𠮷', form: 'book', page: 2 }));
  });

  it('hands on the file that is searched, and the fields of every form', async () => {
    const search = spyOn(spec.nacsis, 'searchCatalog').and.callThrough();
    const fields = { titleKey: 'SAKURA', parentId: 'BA90000012', ndlcn: '1', ndlpn: '2', familyId: '3' };
    const query = new URLSearchParams({ library: 'RES_SHARE', form: 'book', file: 'JPMARC', ...fields });
    expect((await get(`/catalog?${query.toString()}`)).status).toBe(200);
    expect(search.calls.mostRecent().args[1]).toEqual(jasmine.objectContaining({ file: 'JPMARC', ...fields }));
  });

  it('leaves the id of a reference file as it is', async () => {
    const search = spyOn(spec.nacsis, 'searchCatalog').and.callThrough();
    const searched = async (query: string) => {
      const { status } = await get(`/catalog?library=RES_SHARE&form=book&ncid=jp-4711${query}`);
      return [status, search.calls.count()];
    };
    expect(await searched('&file=JPMARC')).toEqual([200, 1]);
    expect(search.calls.mostRecent().args[1].ncid).toBe('jp-4711');
    for (const union of ['', '&file=BOOK']) expect(await searched(union)).toEqual([422, 1]);
  });

  it('refuses a file of the other form, and one that there is not', async () => {
    const search = spyOn(spec.nacsis, 'searchCatalog').and.callThrough();
    for (const [form, file] of [
      ['book', 'SERIAL'],
      ['book', 'JPMARCS'],
      ['serial', 'BOOK'],
      ['serial', 'JPMARC'],
    ] as const) {
      const { status, problem } = await get(`/catalog?library=RES_SHARE&form=${form}&file=${file}&title=a`);
      const errors = [{ field: 'file', code: 'unknown-code' }];
      expect([status, problem.code, problem.errors as unknown]).toEqual([422, 'invalid-fields', errors]);
    }
    for (const file of ['COPYO', 'BOOK,COPYO', 'toString']) {
      const { problem } = await get(`/catalog?library=RES_SHARE&form=book&file=${file}&title=a`);
      expect([file, problem.code]).toEqual([file, 'invalid-request']);
    }
    expect(search).not.toHaveBeenCalled();
  });

  it('gives a record with all of its parts', async () => {
    spec.nacsis.catalogRecord = () => Promise.resolve(BOOK);
    expect((await get('/catalog/BA90000012?library=RES_SHARE')).json).toEqual(BOOK);
  });

  it('gives the holdings with the members that hold', async () => {
    const holding = { id: '1', ncid: BOOK.ncid, memberId: LENDER, volumes: [{ volume: '上' }] };
    const member = (await spec.nacsis.members({ memberId: '', user: '', password: '' }, [LENDER], { fresh: true })).get(
      LENDER,
    );
    const page = { total: 1, page: 1, pageSize: 20, items: [{ ...holding, member }] };
    spec.nacsis.holdings = () => Promise.resolve(page);
    expect((await get('/catalog/BA90000012/holdings?library=RES_SHARE&copyService=A')).json).toEqual(page);
  });

  it('gives a member as NACSIS-CAT has it now', async () => {
    const { json } = await get(`/members/${LENDER}?library=RES_SHARE`);
    expect((json as { memberId: string }).memberId).toBe(LENDER);
    expect(spec.nacsis.memberReads.at(-1)).toEqual({ ids: [LENDER], fresh: true });
  });

  for (const [path, field, code] of [
    ['/catalog?form=book&isbn=9784900000019', 'isbn', 'bad-check-character'],
    ['/catalog?form=serial&issn=1', 'issn', 'bad-format'],
    ['/catalog?form=book&ncid=BA90000018', 'ncid', 'bad-check-character'],
    ['/catalog/BA90000018', 'ncid', 'bad-check-character'],
    ['/catalog/none/holdings', 'ncid', 'bad-format'],
    ['/members/FA090019', 'memberId', 'bad-check-character'],
  ] as const) {
    it(`names the wrong identifier in ${path}`, async () => {
      const { status, problem } = await get(`${path}${path.includes('?') ? '&' : '?'}library=RES_SHARE`);
      expect([status, problem.code, problem.errors]).toEqual([422, 'invalid-fields', [{ field, code }]]);
    });
  }

  const PATHS = [
    '/catalog?form=book',
    '/catalog/BA90000012',
    '/catalog/BA90000012/holdings',
    '/members',
    `/members/${LENDER}`,
  ];
  const withLibrary = (path: string, library: string) => `${path}${path.includes('?') ? '&' : '?'}library=${library}`;

  for (const path of PATHS) {
    it(`answers an error of NACSIS-CAT at ${path} as an error, never as an empty list`, async () => {
      spec.nacsis.readable = false;
      const { status, problem } = await get(withLibrary(path, 'RES_SHARE'));
      expect([status, problem.code]).toEqual([503, 'nacsis-unavailable']);
    });

    it(`serves ${path} for the own libraries only, and says which`, async () => {
      expect((await get(withLibrary(path, 'NOT_MINE'))).problem.code).toBe('forbidden');
      expect((await get(path)).problem.code).toBe('invalid-request');
    });
  }

  it('tells a refused account and an answer that cannot be read apart', async () => {
    for (const [code, status] of [
      ['nacsis-login-refused', 502],
      ['nacsis-malformed', 502],
      ['nacsis-rejected', 502],
    ] as const) {
      const nacsis = { status: '401', message: 'LOGIN REFUSED' };
      spec.nacsis.searchMembers = () => Promise.reject(new NacsisError(code, 'nothing', 'of NACSIS', { nacsis }));
      const reply = await get('/members?library=RES_SHARE');
      expect([reply.status, reply.problem.code, reply.problem.nacsis]).toEqual([status, code, nacsis]);
    }
  });

  it('says which record or member there is not', async () => {
    spec.nacsis.changedMembers.set(LENDER, undefined);
    for (const path of [`/members/${LENDER}`, '/catalog/BA90000012']) {
      const { status, problem } = await get(withLibrary(path, 'RES_SHARE'));
      expect([status, problem.code]).toEqual([404, 'not-found']);
    }
  });
});
