import { aMember, anInstitution, aRecord, aSource, aUser, ISBN, ncidOf, OWN_MEMBER } from '../../testing/records';
import { presetsFrom, type Known, type Presets } from './field-defaults';
import { ORDER_FIELDS, TEMPLATE_FIELDS } from './order-fields';

const clock = () => new Date('2026-11-24T16:00:00Z');
const presets = (known: Partial<Known>): Presets => presetsFrom({ kind: 'copy', clock, ...known });
const part = { volume: '12', issue: '3', pages: '45-50', year: '2018', articleTitle: '論文 A' };
const request = aSource({ part, applicant: '利用者 001', almaRequest: { userId: 'u1', requestId: '77' } });

describe('presetsFrom', () => {
  it('knows the day in Japan before anything else', () => {
    expect(presets({})).toEqual({ orderDate: { value: '20261125', origin: 'today' } });
  });

  it('describes the work by the record on the Alma page', () => {
    const { bibNote, standardNumber, year, bibId, bibSource } = presets({ record: aSource() });
    expect(bibNote).toEqual({ value: '図書館情報学入門. -- 2019', origin: 'alma-bib' });
    expect(standardNumber).toEqual({ value: `ISBN=${ISBN}`, origin: 'alma-bib' });
    expect(year).toEqual({ value: '2019', origin: 'alma-bib' });
    expect([bibId, bibSource]).toEqual([undefined, undefined]);
  });

  it('describes it by the record of NACSIS-CAT once that is known, and says where it was found', () => {
    const { bibId, bibNote, bibSource, holdingSource } = presets({ record: aSource(), catalogRecord: aRecord() });
    expect(bibId).toEqual({ value: ncidOf(1), origin: 'nacsis-cat' });
    expect(bibNote).toEqual({ value: '図書館情報学入門 / 著者 A 著. -- 出版社 A, 2019', origin: 'nacsis-cat' });
    expect([bibSource?.value, holdingSource?.value]).toEqual(['NACSIS-CAT', 'NACSIS-CAT']);
  });

  it('describes it by NACSIS-CAT alone in a new search', () => {
    expect(presets({ catalogRecord: aRecord() }).bibNote?.origin).toBe('nacsis-cat');
  });

  it('takes over from a request what is wanted and for whom', () => {
    const { volume, pages, year, article, applicant } = presets({ record: request, catalogRecord: aRecord() });
    expect([volume, pages, year, article, applicant]).toEqual([
      { value: '12(3)', origin: 'alma-request' },
      { value: '45-50', origin: 'alma-request' },
      { value: '2018', origin: 'alma-request' },
      { value: '論文 A', origin: 'alma-request' },
      { value: '利用者 001', origin: 'alma-request' },
    ]);
  });

  it('counts the letters of a name as they are sent', () => {
    const { applicant } = presets({ record: { ...request, applicant: 'か\u3099' } });
    expect(applicant?.value).toBe('が');
  });

  it('has no pages and no article for a loan', () => {
    const { pages, article, volume } = presets({ kind: 'loan', record: request });
    expect([pages, article]).toEqual([undefined, undefined]);
    expect(volume?.value).toBe('12(3)');
  });

  describe('terms', () => {
    const institution = anInstitution({ payment: 'pb', copyType: '電子複写', sendingMethod: '普通' });

    it("are the institution's", () => {
      const { payment, copyType, sendingMethod } = presets({ institution });
      expect([payment, copyType, sendingMethod].map((each) => [each?.value, each?.origin])).toEqual([
        ['pb', 'institution'],
        ['電子複写', 'institution'],
        ['普通', 'institution'],
      ]);
    });

    it('are those of last time where the user has chosen', () => {
      const { payment, copyType } = presets({ institution, user: aUser({ payment: 'pr' }) });
      expect([payment, copyType]).toEqual([
        { value: 'pr', origin: 'last-time' },
        { value: '電子複写', origin: 'institution' },
      ]);
    });

    it('are none where neither says anything', () => {
      const { payment } = presets({ institution: anInstitution({ payment: '' }), user: aUser() });
      expect(payment).toBeUndefined();
    });

    it('have no way of copying for a loan', () => {
      expect(presets({ kind: 'loan', institution, user: aUser({ copyType: 'FAX' }) }).copyType).toBeUndefined();
    });
  });

  describe('a template', () => {
    const institution = anInstitution({ payment: 'pb', copyType: '電子複写', sendingMethod: '普通' });

    it("goes before the institution's terms, those of last time, and the own member record", () => {
      const template = { payment: 'pr', borrowerStaff: '担当 B' };
      const known = { institution, user: aUser({ payment: 'co' }), ownMember: OWN_MEMBER, template };
      const { payment, sendingMethod, borrowerStaff, borrowerAddress } = presets(known);
      expect([payment, borrowerStaff]).toEqual([
        { value: 'pr', origin: 'template' },
        { value: '担当 B', origin: 'template' },
      ]);
      expect([sendingMethod?.origin, borrowerAddress?.origin]).toEqual(['institution', 'own-member']);
    });

    it('leaves what it does not name, or names empty', () => {
      expect(presets({ institution, template: { payment: '' } }).payment?.origin).toBe('institution');
    });

    it('never brings anything of a patron or of one request, even if it were in it', () => {
      const template = Object.fromEntries([...ORDER_FIELDS, 'comment', 'id'].map((name) => [name, 'x']));
      const { orderDate, ...filled } = presets({ template });
      expect(orderDate?.origin).toBe('today');
      expect<readonly string[]>(Object.keys(filled).sort()).toEqual([...TEMPLATE_FIELDS].sort());
    });
  });

  describe('staff and address', () => {
    it("come from the own library's member record", () => {
      const { borrowerStaff, borrowerAddress } = presets({ ownMember: OWN_MEMBER });
      expect(borrowerStaff).toEqual({
        value: '担当 A 相互利用係 TEL=03-0000-0001 FAX=03-0000-0002',
        origin: 'own-member',
      });
      expect(borrowerAddress).toEqual({ value: '〒000-0001 東京都 1-1 自館 相互利用係', origin: 'own-member' });
    });

    it("follow the institution's template", () => {
      const institution = anInstitution({ staffTemplate: '{{department}}' });
      expect(presets({ ownMember: OWN_MEMBER, institution }).borrowerStaff?.value).toBe('相互利用係');
    });

    it('are absent where the member record says nothing', () => {
      expect(presets({ ownMember: aMember() }).borrowerStaff).toBeUndefined();
    });
  });
});
