import type { RequestFields } from '#domain/ill/request';
import { requestIdsIn } from '#domain/catalog/identifiers';
import type { Store } from '../store/open-store';
import { specStore } from '../testing/spec-stores';
import { missingOfBorrowing, missingOfLending } from '../testing/spec-alma-body';
import { OTHER_MEMBER, SpecRequestImport, type Given } from '../testing/spec-request-import';
import { borrowingBody } from './borrowing';
import { citedWork } from './cited-work';
import { lendingBody } from './lending';

const PATRON_DATA: RequestFields = { applicant: '利用者 001', applicantAffiliation: '文学部' };
const BOOK: RequestFields = {
  bibId: 'BA00000015',
  bibNote: '見本の本 / 著者 001 著. -- 東京 : 見本書房, 2004',
  standardNumber: 'ISBN=9784000000031',
  volume: '',
  pages: '',
  year: '',
  article: '',
};

describe('what Alma is sent', () => {
  let store: Store;
  let spec: SpecRequestImport;

  beforeAll(async () => {
    store = await specStore();
    spec = new SpecRequestImport(store);
  });
  afterAll(async () => {
    await store.close();
  });
  beforeEach(async () => {
    await spec.clear();
  });

  const delivered = async (given: Given) => {
    const row = await spec.deliver({ ...given, fields: { ...PATRON_DATA, ...given.fields } });
    const cited = citedWork(row.kind, row.record.fields);
    if (cited === undefined) throw new Error('no work');
    return { row, cited };
  };
  const borrowing = async (given: Given = {}, place = {}) => {
    const { row, cited } = await delivered(given);
    return borrowingBody(row, cited, { library: 'MAIN', pickupLibrary: 'DESK', ...place });
  };
  const lending = async (given: Given = {}) => {
    const { row, cited } = await delivered({ side: 'lender', ...given });
    return lendingBody(row, cited, 'MAIN', 'NACSIS');
  };

  it('is an article for a copy out of a serial', async () => {
    expect(await borrowing({}, { partner: 'NACSIS' })).toEqual({
      journal_title: '見本学会誌',
      title: '見本の論文',
      author: '著者 001',
      year: '2001',
      volume: '12',
      issue: '3',
      pages: '10-24',
      issn: '0000-0019',
      other_standard_id: 'AN00000011',
      owner: 'MAIN',
      partner: { value: 'NACSIS' },
      format: { value: 'PHYSICAL_NON_RETURNABLE' },
      citation_type: { value: 'CR' },
      pickup_location: { value: 'DESK' },
      pickup_location_type: 'LIBRARY',
      agree_to_copyright_terms: true,
      note: 'NACSIS-ILL LA0000000011',
    });
  });

  it('is a book for a loan and for a copy out of a book', async () => {
    const book = {
      title: '見本の本',
      author: '著者 001 著',
      place_of_publication: '東京',
      publisher: '見本書房',
      year: '2004',
      isbn: '9784000000031',
      other_standard_id: 'BA00000015',
      citation_type: { value: 'BK' },
    };
    const loan = await borrowing({ kind: 'loan', fields: BOOK });
    expect(loan).toEqual(jasmine.objectContaining({ ...book, format: { value: 'PHYSICAL' } }));
    expect('chapter_title' in loan || 'partner' in loan || 'volume' in loan).toBeFalse();
    const fields = { ...BOOK, article: '著者 002 : 第3章', pages: '10-24' };
    const chapter = { chapter_title: '第3章', chapter_author: '著者 002', pages: '10-24' };
    expect(await borrowing({ fields })).toEqual(jasmine.objectContaining({ ...book, ...chapter }));
  });

  it('has what Alma wants of each article, also where nobody knows it', async () => {
    for (const fields of [{ article: '見本の論文', year: '' }, { article: '' }, { bibNote: '', bibId: '', year: '' }])
      expect(missingOfBorrowing(await borrowing({ fields })))
        .withContext(JSON.stringify(fields))
        .toBeUndefined();
    expect(await borrowing({ fields: { article: '見本の論文', year: '' } })).toEqual(
      jasmine.objectContaining({ author: '不明', year: '不明', title: '見本の論文' }),
    );
    expect(missingOfLending(await lending({ fields: { bibNote: '', article: '' } }))).toBeUndefined();
  });

  it('is digital for what is sent so', async () => {
    for (const [fields, format] of [
      [{ copyType: 'eDDS' }, 'DIGITAL'],
      [{ sendingMethod: 'FAX' }, 'DIGITAL'],
      [{ sendingMethod: 'eDDS' }, 'DIGITAL'],
      [{ copyType: 'マイクロフイルム', sendingMethod: '速達' }, 'PHYSICAL_NON_RETURNABLE'],
      [{ copyType: '何か', sendingMethod: '' }, 'PHYSICAL_NON_RETURNABLE'],
    ] as const)
      expect((await borrowing({ fields }))['format'])
        .withContext(JSON.stringify(fields))
        .toEqual({ value: format });
  });

  it('names the library that asks in a lending request', async () => {
    const body = await lending();
    expect(body).toEqual(
      jasmine.objectContaining({
        external_id: 'LA0000000011',
        owner: 'MAIN',
        partner: { value: 'NACSIS' },
        citation_type: { value: 'JOURNAL' },
        format: { value: 'PHYSICAL_NON_RETURNABLE' },
        journal_title: '見本学会誌',
        title: '見本の論文',
        additional_person_name: '見本大学図書館',
        note: `NACSIS-ILL LA0000000011 ${OTHER_MEMBER} 見本大学図書館`,
      }),
    );
    expect(requestIdsIn(String(body['note']))).toEqual(['LA0000000011']);
    const loan = await lending({ kind: 'loan', fields: BOOK });
    expect([loan['citation_type'], loan['format']]).toEqual([{ value: 'BOOK' }, { value: 'PHYSICAL' }]);
  });

  it('tells nothing of the patron', async () => {
    for (const body of [await borrowing(), await lending()])
      expect(JSON.stringify(body)).not.toMatch(/利用者|文学部|U-001/);
  });
});
