import fc from 'fast-check';
import {
  ACTIONS,
  ERROR_TYPES,
  REASONS,
  REQUEST_SUBTYPES,
  REQUEST_TYPES,
  SERVICE_TYPES,
  STATUSES,
  type Address,
  type Confirmation,
  type Message,
} from '../message';

const AWKWARD = [
  'あ',
  '𠮷',
  '髙',
  '<',
  '&',
  ']]>',
  '"',
  "'",
  '&#x3042;',
  '\r\n',
  '\t',
  '\u0000',
  '\u001b',
  '\ud842',
  '\udfb7',
];

/** Not empty, and neither trimmed nor emptied by the writer. */
const text = fc
  .array(fc.oneof(fc.constantFrom(...AWKWARD), fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 8 })
  .map((pieces) => `a${pieces.join('')}z`);
const time = fc
  .date({ min: new Date('2014-01-01T00:00:00Z'), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const yesNo = fc.constantFrom('Y', 'N');
const order = fc.nat(99).map(String);

/** Each key present or absent, but never all absent: an empty group is read as no group. */
function some<T>(keys: { readonly [K in keyof T]: fc.Arbitrary<T[K]> }) {
  return fc.record(keys, { requiredKeys: [] }).filter((group) => Object.keys(group).length > 0);
}
function few<T>(each: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.array(each, { minLength: 1, maxLength: 3 });
}

const agency = fc.record({ type: text, value: text });
const identifier = fc.record({ code: text, value: text });
const costs = fc.record({ currency: fc.constantFrom('JPY', 'USD'), amount: fc.constantFrom('0', '1200', '12.50') });
const physicalAddress = some({
  line1: text,
  line2: text,
  locality: text,
  postalCode: text,
  region: text,
  country: text,
});
const address: fc.Arbitrary<Address> = fc.oneof(
  fc.record({ physical: physicalAddress }),
  fc.record({ electronic: fc.record({ type: text, data: text }) }),
);
const header = fc.record(
  {
    supplyingAgencyId: agency,
    requestingAgencyId: agency,
    multipleItemRequestId: text,
    timestamp: time,
    requestingAgencyRequestId: text,
    supplyingAgencyRequestId: text,
    authentication: some({ accountId: text, securityCode: text }),
  },
  { requiredKeys: ['supplyingAgencyId', 'requestingAgencyId', 'timestamp', 'requestingAgencyRequestId'] },
);

const request = fc.record(
  {
    kind: fc.constant('request' as const),
    header,
    bibliographicInfo: fc.record(
      {
        supplierUniqueRecordId: text,
        title: text,
        author: text,
        edition: text,
        titleOfComponent: text,
        volume: text,
        issue: text,
        pagesRequested: text,
        itemIds: few(identifier),
        informationSource: text,
        recordIds: few(identifier),
      },
      { requiredKeys: [] },
    ),
    publicationInfo: some({ publisher: text, publicationType: text, publicationDate: text }),
    serviceInfo: fc.record(
      {
        requestType: fc.constantFrom(...REQUEST_TYPES),
        requestSubTypes: few(fc.constantFrom(...REQUEST_SUBTYPES)),
        serviceType: fc.constantFrom(...SERVICE_TYPES),
        serviceLevel: text,
        needBeforeDate: time,
        anyEdition: yesNo,
        note: text,
      },
      { requiredKeys: ['serviceType'] },
    ),
    supplierInfo: few(some({ sortOrder: order, supplierCode: agency, recordId: identifier, callNumber: text })),
    requestedDeliveryInfo: few(some({ sortOrder: order, address })),
    requestingAgencyInfo: some({ name: text, contactName: text, addresses: few(address) }),
    patronInfo: some({ patronId: text, surname: text, sendToPatron: yesNo, addresses: few(address) }),
    billingInfo: some({ paymentMethod: text, maximumCosts: costs, billingName: text, address }),
  },
  { requiredKeys: ['kind', 'header', 'bibliographicInfo'] },
);

const supplyingAgencyMessage = fc.record(
  {
    kind: fc.constant('supplyingAgencyMessage' as const),
    header,
    messageInfo: fc.record(
      {
        reasonForMessage: fc.constantFrom(...REASONS),
        answerYesNo: yesNo,
        note: text,
        reasonUnfilled: text,
        offeredCosts: costs,
        retryAfter: time,
      },
      { requiredKeys: ['reasonForMessage', 'answerYesNo'] },
    ),
    statusInfo: fc.record(
      { status: fc.constantFrom(...STATUSES), expectedDeliveryDate: time, dueDate: time, lastChange: time },
      { requiredKeys: ['status', 'lastChange'] },
    ),
    deliveryInfo: fc.record(
      { dateSent: time, itemId: text, sentVia: text, loanCondition: text, deliveredFormat: text, deliveryCosts: costs },
      { requiredKeys: ['dateSent'] },
    ),
    returnInfo: some({ returnAgencyId: agency, name: text, physicalAddress }),
  },
  { requiredKeys: ['kind', 'header', 'messageInfo', 'statusInfo'] },
);

const requestingAgencyMessage = fc.record(
  { kind: fc.constant('requestingAgencyMessage' as const), header, action: fc.constantFrom(...ACTIONS), note: text },
  { requiredKeys: ['kind', 'header', 'action'] },
);

const confirmed = {
  supplyingAgencyId: agency,
  requestingAgencyId: agency,
  timestamp: time,
  requestingAgencyRequestId: text,
  multipleItemRequestId: text,
  timestampReceived: time,
  messageStatus: fc.constantFrom('OK' as const, 'ERROR' as const),
  error: fc.record({ type: fc.constantFrom(...ERROR_TYPES), value: text }, { requiredKeys: ['type'] }),
};
const REQUIRED = ['kind', 'timestamp', 'timestampReceived', 'messageStatus'] as const;
const confirmation = fc.oneof(
  fc.record({ kind: fc.constant('requestConfirmation' as const), ...confirmed }, { requiredKeys: [...REQUIRED] }),
  fc.record(
    {
      kind: fc.constant('supplyingAgencyMessageConfirmation' as const),
      ...confirmed,
      reasonForMessage: fc.constantFrom(...REASONS),
    },
    { requiredKeys: [...REQUIRED] },
  ),
  fc.record(
    {
      kind: fc.constant('requestingAgencyMessageConfirmation' as const),
      ...confirmed,
      action: fc.constantFrom(...ACTIONS),
    },
    { requiredKeys: [...REQUIRED] },
  ),
);

/** Any message that the schema allows, with any texts. */
export const arbitraryMessage: fc.Arbitrary<Message | Confirmation> = fc.oneof(
  request,
  supplyingAgencyMessage,
  requestingAgencyMessage,
  confirmation,
);

/** The message with the texts that XML can hold. Written apart from `write.ts`. */
export function normal(message: Message | Confirmation): Message | Confirmation {
  return JSON.parse(JSON.stringify(message), (_key, value: unknown) =>
    typeof value === 'string' ? [...value].filter(isXmlCharacter).join('') : value,
  ) as Message | Confirmation;
}

function isXmlCharacter(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff;
}
