import type { Address, Confirmation, Header, Message } from '../message';

export const TIME = '2025-11-28T01:02:03Z';
export const HEADER: Header = {
  supplyingAgencyId: { type: 'ISIL', value: 'JP-NACSIS' },
  requestingAgencyId: { type: 'ISIL', value: 'JP-ALMA1' },
  timestamp: TIME,
  requestingAgencyRequestId: '972TAU0068653',
};
const FULL_HEADER: Required<Header> = {
  ...HEADER,
  multipleItemRequestId: 'M1',
  supplyingAgencyRequestId: 'LA0000001234',
  authentication: { accountId: 'account', securityCode: 'code' },
};
const PHYSICAL: Address = {
  physical: {
    line1: '一ツ橋2-1-2',
    line2: '学術総合センター',
    locality: '千代田区',
    postalCode: '101-8430',
    region: 'JP-13',
    country: 'JP',
  },
};
const ELECTRONIC: Address = { electronic: { type: 'Email', data: 'ill@library.example' } };
const CONFIRMED = {
  supplyingAgencyId: HEADER.supplyingAgencyId,
  requestingAgencyId: HEADER.requestingAgencyId,
  timestamp: '2025-11-28T01:02:04.567Z',
  requestingAgencyRequestId: HEADER.requestingAgencyRequestId,
  multipleItemRequestId: 'M1',
  timestampReceived: TIME,
} as const;
const LEAST_CONFIRMED = { timestamp: TIME, timestampReceived: TIME, messageStatus: 'OK' } as const;
const ERROR = { type: 'UnrecognisedDataValue', value: '該当する依頼がありません' } as const;

/** Only what the schema requires. */
export const MINIMAL: readonly (Message | Confirmation)[] = [
  { kind: 'request', header: HEADER, bibliographicInfo: {} },
  {
    kind: 'supplyingAgencyMessage',
    header: HEADER,
    messageInfo: { reasonForMessage: 'StatusChange' },
    statusInfo: { status: 'WillSupply', lastChange: TIME },
  },
  { kind: 'requestingAgencyMessage', header: HEADER, action: 'Received' },
  { kind: 'requestConfirmation', ...LEAST_CONFIRMED },
  { kind: 'supplyingAgencyMessageConfirmation', ...LEAST_CONFIRMED },
  { kind: 'requestingAgencyMessageConfirmation', ...LEAST_CONFIRMED },
];

/** Every part, each list with several members. */
export const FULL: readonly (Message | Confirmation)[] = [
  {
    kind: 'request',
    header: FULL_HEADER,
    bibliographicInfo: {
      supplierUniqueRecordId: 'BA12345678',
      title: '𠮷野の歴史 <上> & "下"',
      author: '𠮷田, 太郎',
      subtitle: '副題',
      seriesTitle: '叢書',
      edition: '第2版',
      titleOfComponent: '論文',
      authorOfComponent: '著者',
      volume: '3',
      issue: '4',
      pagesRequested: '10-20',
      estimatedNoPages: '11',
      itemIds: [
        { code: 'ISBN', value: '9784000000000' },
        { code: 'ISSN', value: '00000000' },
      ],
      sponsor: '学会',
      informationSource: 'CiNii',
      recordIds: [
        { code: 'NCID', value: 'BA12345678' },
        { code: 'OCLC', value: '1' },
      ],
    },
    publicationInfo: {
      publisher: '出版社',
      publicationType: 'Book',
      publicationDate: '2001',
      placeOfPublication: '東京',
    },
    serviceInfo: {
      requestType: 'Retry',
      requestSubTypes: ['PatronRequest', 'BookingRequest', 'TransferRequest'],
      requestingAgencyPreviousRequestId: '972TAU0068652',
      serviceType: 'Loan',
      serviceLevel: 'Standard',
      preferredFormat: 'PaperCopy',
      needBeforeDate: TIME,
      copyrightCompliance: 'Other',
      anyEdition: 'Y',
      startDate: TIME,
      endDate: TIME,
      note: '備考\r\n2行目',
    },
    supplierInfo: [
      {
        sortOrder: '1',
        supplierCode: { type: 'ISIL', value: 'JP-1' },
        supplierDescription: '館',
        recordId: { code: 'NCID', value: 'BA12345678' },
        callNumber: '210||Y',
        summaryHoldings: '1-3',
        availabilityNote: '可',
      },
      { sortOrder: '2' },
    ],
    requestedDeliveryInfo: [
      { sortOrder: '1', address: PHYSICAL },
      { sortOrder: '2', address: ELECTRONIC },
    ],
    requestingAgencyInfo: { name: '図書館', contactName: '担当 A', addresses: [PHYSICAL, ELECTRONIC] },
    patronInfo: {
      patronId: 'U001',
      surname: '利用者',
      givenName: '001',
      patronType: 'Student',
      sendToPatron: 'N',
      addresses: [PHYSICAL, ELECTRONIC],
    },
    billingInfo: {
      paymentMethod: 'BankTransfer',
      maximumCosts: { currency: 'JPY', amount: '5000' },
      billingMethod: 'Account',
      billingName: '会計',
      address: ELECTRONIC,
    },
  },
  {
    kind: 'supplyingAgencyMessage',
    header: FULL_HEADER,
    messageInfo: {
      reasonForMessage: 'RenewResponse',
      answerYesNo: 'Y',
      note: '更新します',
      reasonUnfilled: 'NotAvailableForILL',
      reasonRetry: 'OnLoan',
      offeredCosts: { currency: 'JPY', amount: '0' },
      retryAfter: TIME,
      retryBefore: TIME,
    },
    statusInfo: { status: 'Loaned', expectedDeliveryDate: TIME, dueDate: TIME, lastChange: TIME },
    deliveryInfo: {
      dateSent: TIME,
      itemId: 'B1,B2',
      sentVia: 'Mail',
      sentToPatron: 'false',
      loanCondition: 'LibraryUseOnly',
      deliveredFormat: 'PaperCopy',
      deliveryCosts: { currency: 'JPY', amount: '1200' },
    },
    returnInfo: {
      returnAgencyId: { type: 'ISIL', value: 'JP-1' },
      name: '館',
      physicalAddress: 'physical' in PHYSICAL ? PHYSICAL.physical : {},
    },
  },
  { kind: 'requestingAgencyMessage', header: FULL_HEADER, action: 'Notification', note: '急ぎます' },
  { kind: 'requestConfirmation', ...CONFIRMED, messageStatus: 'ERROR', error: ERROR },
  {
    kind: 'supplyingAgencyMessageConfirmation',
    ...CONFIRMED,
    messageStatus: 'ERROR',
    reasonForMessage: 'Notification',
    error: ERROR,
  },
  { kind: 'requestingAgencyMessageConfirmation', ...CONFIRMED, messageStatus: 'ERROR', action: 'Cancel', error: ERROR },
];

/** A message of the namespace, with the parts given as XML. `attributes`: of the root. */
export function envelope(content: string, attributes = 'ill:version="1.2"'): string {
  const namespace = 'http://illtransactions.org/2013/iso18626';
  return `<ISO18626Message xmlns="${namespace}" xmlns:ill="${namespace}" ${attributes}>${content}</ISO18626Message>`;
}
export const HEADER_XML =
  '<header><supplyingAgencyId><agencyIdType>ISIL</agencyIdType><agencyIdValue>JP-NACSIS</agencyIdValue></supplyingAgencyId>' +
  '<requestingAgencyId><agencyIdType>ISIL</agencyIdType><agencyIdValue>JP-ALMA1</agencyIdValue></requestingAgencyId>' +
  `<multipleItemRequestId/><timestamp>${TIME}</timestamp>` +
  '<requestingAgencyRequestId>972TAU0068653</requestingAgencyRequestId></header>';
/** A New request with this title, as XML. */
export function requestXml(title: string): string {
  return `<request>${HEADER_XML}<bibliographicInfo><title>${title}</title></bibliographicInfo></request>`;
}
