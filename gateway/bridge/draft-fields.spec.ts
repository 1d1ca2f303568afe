import type { Template } from '#domain/api/profile';
import type { CatalogRecord } from '#domain/catalog/catalog';
import { byteLength, COMMENT, FIELDS } from '#domain/ill/fields';
import { checkComment, checkFields } from '#domain/ill/validation';
import type { BibliographicInfo, Request } from '#iso18626/message';
import { BOOK_NCID, ISBN, isoRequest, ISSN, SERIAL_NCID } from '../testing/iso-request';
import { openMember } from '../testing/spec-nacsis';
import { almaTemplate, draftFields, kindOf, workIn, type DraftKnown } from './draft-fields';

const MEMBER = openMember('FA090007');
const RECORD: CatalogRecord = {
  ...{ ncid: SERIAL_NCID, form: 'serial', title: '見本学会誌', publisher: '見本学会', year: '1990-', issn: ISSN },
  ...{ isbns: [], volumes: [], series: [], authors: [], subjects: [], notes: [] },
};
const NOW = () => new Date('2026-11-24T03:00:00Z');
const PATRON = { surname: '見本', givenName: '花子', patronId: 'U-001' };
const ARTICLE: BibliographicInfo = {
  ...{ title: '見本学会誌', titleOfComponent: '見本の論文', authorOfComponent: '著者 A' },
  ...{ volume: '12', issue: '3', pagesRequested: '10-24', itemIds: [{ code: 'ISSN', value: '03785955' }] },
};

function draft(message: Request, known: Partial<DraftKnown> = {}) {
  return draftFields(message, { sendPatronName: false, clock: NOW, ...known });
}
const fieldsOf = (message: Request, known: Partial<DraftKnown> = {}) => draft(message, known).fields;
const warned = (message: Request, known: Partial<DraftKnown> = {}) =>
  draft(message, known).warnings.map((warning) =>
    'field' in warning ? `${warning.code} ${warning.field}` : warning.code,
  );

describe('the kind of a request of Alma', () => {
  const kind = (bib: BibliographicInfo, serviceType?: string, publicationType?: string) =>
    kindOf(
      isoRequest(bib, {
        ...(serviceType === undefined ? {} : { serviceInfo: { serviceType } }),
        ...(publicationType === undefined ? {} : { publicationInfo: { publicationType } }),
      }),
    );

  it('is what the message says', () => {
    expect([kind({}, 'Copy'), kind(ARTICLE, 'Loan')]).toEqual(['copy', 'loan']);
  });

  it('is a copy where an article, a chapter or pages are wanted, otherwise a loan', () => {
    for (const word of ['CopyOrLoan', 'Scan', undefined]) {
      expect(kind(ARTICLE, word)).toBe('copy');
      expect(kind({ pagesRequested: '1-3' }, word)).toBe('copy');
      expect(kind({}, word, 'Chapter')).toBe('copy');
      expect(kind({ title: '見本の書名', volume: '上' }, word, 'Book')).toBe('loan');
    }
  });
});

describe('the work of a request of Alma', () => {
  it('has only valid numbers, and says which are wrong', () => {
    const itemIds = [
      { code: 'ISBN', value: '978-4-10-109205-9' },
      { code: 'ISBN', value: '4-10-109205-2 (pbk.)' },
      { code: '', value: ISSN },
      { code: 'DOI', value: '10.1000/9784101092058' },
    ];
    const { citation, warnings } = workIn(isoRequest({ title: '見本の書名', itemIds }));
    expect([citation.isbns, citation.issn]).toEqual([[ISBN], ISSN]);
    expect(warnings).toEqual([{ code: 'number-invalid' }]);
  });

  it('has the NCID of the record id, the id for the supplier, the supplier or the note behind its word', () => {
    const ncid = (message: Request) => workIn(message).citation.ncid;
    const recordIds = [
      { code: 'OCLC', value: '57358293' },
      { code: 'NCID', value: `(NACSIS)${BOOK_NCID}` },
    ];
    expect(ncid(isoRequest({ recordIds, supplierUniqueRecordId: SERIAL_NCID }))).toBe(BOOK_NCID);
    expect(ncid(isoRequest({ supplierUniqueRecordId: BOOK_NCID }))).toBe(BOOK_NCID);
    const supplierInfo = [{ recordId: { code: 'other', value: BOOK_NCID } }];
    expect(ncid(isoRequest({}, { supplierInfo }))).toBe(BOOK_NCID);
    expect(ncid(isoRequest({}, { serviceInfo: { note: `至急。ＮＣＩＤ：${BOOK_NCID.toLowerCase()}。` } }))).toBe(
      BOOK_NCID,
    );
    expect(ncid(isoRequest({}, { serviceInfo: { note: `see ${BOOK_NCID}` } }))).toBeUndefined();
  });

  it('takes no id with a wrong check character, and says so', () => {
    for (const message of [
      isoRequest({ recordIds: [{ code: 'NCID', value: 'BA51293931' }] }),
      isoRequest({}, { serviceInfo: { note: 'NCID=BA51293931' } }),
    ]) {
      const { citation, warnings } = workIn(message);
      expect([citation.ncid, warnings]).toEqual([undefined, [{ code: 'ncid-invalid' }]]);
    }
    // An id of the supplier need not be an NCID.
    expect(workIn(isoRequest({ supplierUniqueRecordId: '27345786' })).warnings).toEqual([]);
  });

  it('gives the author to the article of a journal, and to the book', () => {
    const journal = workIn(isoRequest({ ...ARTICLE, authorOfComponent: '', author: '著者 B' }));
    expect([journal.part.articleAuthor, journal.citation.responsibility]).toEqual(['著者 B', undefined]);
    const book = workIn(isoRequest({ title: '書名', author: '著者 B', titleOfComponent: '第 1 章' }));
    expect([book.part.articleAuthor, book.citation.responsibility]).toEqual([undefined, '著者 B']);
  });
});

describe('the fields of a request of Alma', () => {
  it('are those of a book as a catalogue describes it', () => {
    const message = isoRequest(
      {
        ...{ title: '見本の書名 :', subtitle: '入門', author: '著者 A', edition: '第2版', seriesTitle: '叢書' },
        ...{ volume: '上', itemIds: [{ code: 'ISBN', value: ISBN }], pagesRequested: '10' },
      },
      {
        publicationInfo: { publisher: '出版社 A', placeOfPublication: '東京', publicationDate: '2019-04-01' },
        serviceInfo: { serviceType: 'Loan' },
      },
    );
    expect(fieldsOf(message)).toEqual({
      bibNote: '見本の書名 : 入門 / 著者 A. -- 第2版. -- 東京 : 出版社 A, 2019. -- (叢書)',
      standardNumber: `ISBN=${ISBN}`,
      ...{ volume: '上', year: '2019', payment: 'pb', sendingMethod: '普通' },
    });
  });

  it('are those of an article, with the work as NACSIS-CAT describes it', () => {
    const message = isoRequest(ARTICLE, { publicationInfo: { publicationDate: '2001' } });
    expect(fieldsOf(message, { catalogRecord: RECORD, ownMember: MEMBER })).toEqual({
      ...{ bibId: SERIAL_NCID, bibNote: '見本学会誌. -- 見本学会, 1990-', standardNumber: `ISSN=${ISSN}` },
      ...{ bibSource: 'NACSIS-CAT', holdingSource: 'NACSIS-CAT' },
      ...{ volume: '12(3)', pages: '10-24', year: '2001', article: '見本の論文 / 著者 A' },
      ...{ payment: 'pb', copyType: '電子複写', sendingMethod: '普通' },
      borrowerStaff: '担当 A 相互利用係 TEL=03-0000-0000',
      borrowerAddress: '〒100-0000 東京都 見本大学図書館 相互利用係',
    });
  });

  it("take the library's template before the message, and the message before the member record", () => {
    const physical = { line1: '見本町 1-1', locality: '見本市', region: '見本県', postalCode: '999-0001' };
    const message = isoRequest(ARTICLE, {
      requestedDeliveryInfo: [
        { address: { electronic: { type: 'Email', data: 'ill@library.example' } } },
        { address: { physical } },
      ],
      requestingAgencyInfo: { name: '見本大学' },
    });
    const known = { ownMember: MEMBER };
    expect(fieldsOf(message, known)).toEqual(
      jasmine.objectContaining({
        borrowerAddress: '〒999-0001 見本県 見本市 見本町 1-1 見本大学',
        electronicAddress: 'ill@library.example',
      }),
    );
    const values = { payment: 're', borrowerAddress: '分館', comment: 'よろしくお願いします', sendingMethod: '' };
    const withTemplate = draft(message, { ...known, template: { name: 'Alma', values } });
    expect(withTemplate.fields).toEqual(
      jasmine.objectContaining({ payment: 're', borrowerAddress: '分館', sendingMethod: '普通' }),
    );
    expect(withTemplate.comment).toBe('よろしくお願いします');
  });

  it('say until when it is needed, and warn when that day has passed or is no day', () => {
    const needed = (needBeforeDate: string, note = '至急') => isoRequest({}, { serviceInfo: { needBeforeDate, note } });
    expect(draft(needed('2026-12-24T23:59:59Z')).comment).toBe('希望期日: 2026-12-24 至急');
    expect(draft(needed('2026-11-24')).comment).toBe('希望期日: 2026-11-24 至急');
    expect(draft(needed('2026-11-23T00:00:00Z')).comment).toBe('至急');
    expect(warned(needed('2026-11-23T00:00:00Z'))).toEqual(['need-by-past']);
    expect(warned(needed('soon'))).toEqual(['need-by-unreadable']);
    expect('comment' in draft(isoRequest())).toBeFalse();
  });

  it('cut what is too long with an ellipsis, say so, and may all be sent', () => {
    const long = '長'.repeat(100_000);
    const bib = { title: long, volume: long, pagesRequested: long, titleOfComponent: long };
    const message = isoRequest(bib, { serviceInfo: { note: long }, publicationInfo: { publicationDate: long } });
    const { fields, comment = '' } = draft(message);
    for (const name of ['bibNote', 'volume', 'pages', 'year', 'article'] as const) {
      expect(fields[name]?.endsWith('長…')).withContext(name).toBeTrue();
      expect(byteLength(fields[name] ?? '')).toBeLessThanOrEqual(FIELDS[name].maxBytes);
    }
    expect(byteLength(comment)).toBeLessThanOrEqual(COMMENT.maxBytes);
    expect(warned(message)).toEqual([
      ...['cut bibNote', 'cut volume', 'cut pages', 'cut year', 'cut article', 'cut comment'],
    ]);
    expect(checkFields(fields, { kind: 'copy', side: 'borrower', preparing: true })).toEqual([]);
    expect(checkComment(comment)).toEqual([]);
  });

  it('hold no control character and no line end', () => {
    const dirty = 'a\u0000b\r\nc\u0085d\u2028e\ufffef';
    const message = isoRequest(
      { title: dirty, volume: dirty, pagesRequested: dirty, titleOfComponent: dirty, author: dirty },
      { serviceInfo: { note: dirty }, requestedDeliveryInfo: [{ address: { physical: { line1: dirty } } }] },
    );
    const { fields, comment } = draft(message);
    expect(checkFields(fields, { kind: 'copy', side: 'borrower', preparing: true })).toEqual([]);
    expect(checkComment(comment)).toEqual([]);
    expect(fields.volume).toBe('a b c d ef');
  });

  it('say what an order still needs', () => {
    expect(draft(isoRequest(ARTICLE), { ownMember: MEMBER }).lacks).toEqual(['lenders']);
    expect(draft(isoRequest({ title: '', titleOfComponent: '論文' })).lacks).toEqual([
      ...['bibId', 'lenders', 'borrowerStaff', 'borrowerAddress', 'volume', 'pages'],
    ]);
  });
});

describe("the patron's name", () => {
  const note = '見本花子 様（U-001）、見本 花子さんへ、花子, 見本';
  const home = { physical: { line1: '自宅', postalCode: '999-0002' } };
  const message = isoRequest(ARTICLE, {
    patronInfo: { ...PATRON, addresses: [home] },
    serviceInfo: { note },
    requestedDeliveryInfo: [{ address: home }, { address: { physical: { line1: '見本 花子 気付' } } }],
  });

  it('is in no field without the consent of the library, nor its id or address', () => {
    const whole = JSON.stringify(draft(message, { ownMember: MEMBER }));
    for (const text of ['花子', 'U-001', '自宅', '999-0002']) expect(whole).not.toContain(text);
    expect(draft(message).comment).toBe('… 様（…）、…さんへ、…');
  });

  it('is the applicant with it', () => {
    const { fields, comment } = draft(message, { sendPatronName: true });
    expect([fields.applicant, comment]).toEqual(['見本 花子', note]);
    expect('applicant' in draft(isoRequest(), { sendPatronName: true }).fields).toBeFalse();
  });

  it('does not send the item to the patron', () => {
    const { fields } = draft({ ...message, patronInfo: { sendToPatron: 'Y' } }, { ownMember: MEMBER });
    expect(fields.borrowerAddress).toBe('〒100-0000 東京都 見本大学図書館 相互利用係');
  });

  it('takes no single letter out of a note', () => {
    const short = isoRequest({}, { patronInfo: { surname: '林' }, serviceInfo: { note: '森林の本' } });
    expect(draft(short).comment).toBe('森林の本');
    const pattern = isoRequest({}, { patronInfo: { surname: '(.*' }, serviceInfo: { note: 'x (.* y' } });
    expect(draft(pattern).comment).toBe('x … y');
  });
});

describe('almaTemplate', () => {
  const template = (name: string, kind?: Template['kind']): Template => ({
    ...{ name, values: {} },
    ...(kind && { kind }),
  });

  it('is the one with the name, for the kind', () => {
    const templates = [template('学内'), template('alma', 'loan'), template('Alma', 'copy')];
    expect(almaTemplate(templates, 'copy')).toBe(templates[2]);
    expect(almaTemplate(templates, 'loan')).toBe(templates[1]);
    expect(almaTemplate([template('ALMA ')], 'loan')?.name).toBe('ALMA ');
    expect(almaTemplate([templates[1]!], 'copy')).toBeUndefined();
  });
});
