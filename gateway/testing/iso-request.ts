import type { BibliographicInfo, Request } from '#iso18626/message';

/** An ISBN, an ISSN and an NCID of each form, all with the right check character. */
export const ISBN = '9784101092058';
export const ISSN = '0378-5955';
export const BOOK_NCID = 'BA51293930';
export const SERIAL_NCID = 'AA1070693X';

const AGENCY = { type: 'ISIL', value: 'JP-EXAMPLE' };

/** A Request of Alma with made-up ids. */
export function isoRequest(
  bibliographicInfo: BibliographicInfo = { title: '見本の書名' },
  more: Partial<Omit<Request, 'kind' | 'bibliographicInfo'>> = {},
): Request {
  return {
    kind: 'request',
    header: {
      supplyingAgencyId: { type: 'ISIL', value: 'JP-NACSIS' },
      requestingAgencyId: AGENCY,
      timestamp: '2026-11-24T01:00:00Z',
      requestingAgencyRequestId: '81SPEC_INST0001',
    },
    bibliographicInfo,
    serviceInfo: { requestType: 'New' },
    ...more,
  };
}
