import fc from 'fast-check';
import { confirm } from './confirm';
import {
  ACTIONS,
  ERROR_TYPES,
  REASONS,
  REQUEST_SUBTYPES,
  REQUEST_TYPES,
  SERVICE_TYPES,
  STATUSES,
  type Confirmation,
  type Message,
  type SupplyingAgencyMessage,
} from './message';
import { readMessage } from './read';
import { arbitraryMessage, normal } from './testing/arbitrary-message';
import { FULL, HEADER, MINIMAL, TIME } from './testing/sample-messages';
import { HAS_XSD, NO_XSD, xsdFaults, xsdList } from './testing/xsd';
import { writeMessage } from './write';

const RUNS = { seed: 20251124, numRuns: 300 };
const ANSWER: SupplyingAgencyMessage = {
  kind: 'supplyingAgencyMessage',
  header: HEADER,
  messageInfo: { reasonForMessage: 'StatusChange' },
  statusInfo: { status: 'Loaned', lastChange: TIME },
};

function readBack(message: Message | Confirmation): Message | Confirmation | undefined {
  const reading = readMessage(new TextEncoder().encode(writeMessage(message)));
  if (reading.is === 'message') {
    expect(reading.warnings).toEqual([]);
    return reading.message;
  }
  return reading.is === 'confirmation' ? reading.confirmation : undefined;
}

describe('writeMessage', () => {
  it('writes UTF-8, the version with its prefix, the namespace and an empty multipleItemRequestId', () => {
    const namespace = 'http://illtransactions.org/2013/iso18626';
    expect(writeMessage({ kind: 'requestingAgencyMessage', header: HEADER, action: 'Received' }).trim()).toBe(
      '<?xml version="1.0" encoding="utf-8"?>\n' +
        `<ISO18626Message xmlns="${namespace}" xmlns:ill="${namespace}" ill:version="1.2"><requestingAgencyMessage><header>` +
        '<supplyingAgencyId><agencyIdType>ISIL</agencyIdType><agencyIdValue>JP-NACSIS</agencyIdValue></supplyingAgencyId>' +
        '<requestingAgencyId><agencyIdType>ISIL</agencyIdType><agencyIdValue>JP-ALMA1</agencyIdValue></requestingAgencyId>' +
        '<multipleItemRequestId/><timestamp>2025-11-28T01:02:03Z</timestamp>' +
        '<requestingAgencyRequestId>972TAU0068653</requestingAgencyRequestId></header>' +
        '<action>Received</action></requestingAgencyMessage></ISO18626Message>',
    );
  });

  for (const [size, messages] of [
    ['minimal', MINIMAL],
    ['full', FULL],
  ] as const)
    for (const message of messages) {
      it(`writes a ${size} ${message.kind} that is read back as it was`, () => {
        expect(readBack(message)).toEqual(message);
      });
    }

  it('has samples of every kind', () => {
    const kinds = (messages: readonly (Message | Confirmation)[]): readonly string[] =>
      messages.map(({ kind }) => kind);
    expect(new Set(kinds(MINIMAL)).size).toBe(6);
    expect(new Set(kinds(FULL)).size).toBe(6);
  });

  it('leaves out what XML cannot hold, and trims', () => {
    const note = ' \u3000a\u0000b\u0008c\u001f𠮷\ud842d\udfb7\ufffe\uffffあ\u007f\t\r\n<&>\n';
    const message: Message = { kind: 'requestingAgencyMessage', header: HEADER, action: 'Notification', note };
    expect(readBack(message)).toEqual({ ...message, note: 'abc𠮷dあ\u007f\t\r\n<&>' });
  });

  it('leaves out an empty text', () => {
    const message: Message = { kind: 'requestingAgencyMessage', header: HEADER, action: 'Notification' };
    expect(writeMessage({ ...message, note: ' \u0000 ' })).toBe(writeMessage(message));
  });

  it('writes any text so that it is valid and read back as it was', () => {
    fc.assert(
      fc.property(arbitraryMessage, (message) => {
        if (HAS_XSD) expect(xsdFaults(writeMessage(message))).toEqual([]);
        expect(readBack(message)).toEqual(normal(message));
      }),
      RUNS,
    );
  });

  it('throws for a value outside of a closed list, without naming it', () => {
    const bad: readonly (Message | Confirmation)[] = [
      { kind: 'requestingAgencyMessage', header: HEADER, action: '秘密' },
      { ...ANSWER, messageInfo: { reasonForMessage: '秘密' } },
      { ...ANSWER, statusInfo: { status: '秘密', lastChange: TIME } },
      { ...ANSWER, messageInfo: { reasonForMessage: 'RenewResponse', answerYesNo: '秘密' } },
      { ...ANSWER, statusInfo: { status: 'Loaned', lastChange: TIME, dueDate: '秘密' } },
      { ...ANSWER, deliveryInfo: { dateSent: TIME, deliveryCosts: { currency: 'JPY', amount: '秘密' } } },
      { ...ANSWER, deliveryInfo: { dateSent: TIME, sentToPatron: '秘密' } },
      { ...ANSWER, header: { ...HEADER, timestamp: '秘密' } },
      { kind: 'request', header: HEADER, bibliographicInfo: {}, serviceInfo: { serviceType: '秘密' } },
      { kind: 'request', header: HEADER, bibliographicInfo: {}, supplierInfo: [{ sortOrder: '秘密' }] },
      {
        kind: 'requestConfirmation',
        timestamp: TIME,
        timestampReceived: TIME,
        messageStatus: 'ERROR',
        error: { type: '秘密' },
      },
    ];
    for (const message of bad)
      expect(() => writeMessage(message)).toThrow(
        jasmine.objectContaining({
          message: jasmine.stringMatching(/^[\w/]+ has a value that the schema does not allow$/),
        }),
      );
  });

  it('throws when a required part is missing', () => {
    const { requestingAgencyRequestId: _, ...withoutId } = HEADER;
    const bad: readonly (readonly [message: unknown, path: string])[] = [
      [{ ...ANSWER, header: withoutId }, 'header/requestingAgencyRequestId'],
      [{ ...ANSWER, header: { ...HEADER, requestingAgencyRequestId: ' ' } }, 'header/requestingAgencyRequestId'],
      [{ ...ANSWER, statusInfo: { status: 'Loaned' } }, 'statusInfo/lastChange'],
      [{ ...ANSWER, statusInfo: { lastChange: TIME } }, 'statusInfo/status'],
      [{ ...ANSWER, deliveryInfo: { itemId: 'B1' } }, 'deliveryInfo/dateSent'],
      [{ ...ANSWER, messageInfo: { reasonForMessage: 'CancelResponse' } }, 'messageInfo/answerYesNo'],
      [{ ...ANSWER, messageInfo: { reasonForMessage: 'RenewResponse' } }, 'messageInfo/answerYesNo'],
      [{ kind: 'request', header: HEADER }, 'request/bibliographicInfo'],
      [
        { kind: 'request', header: HEADER, bibliographicInfo: {}, serviceInfo: { note: 'x' } },
        'serviceInfo/serviceType',
      ],
      [{ kind: 'requestingAgencyMessage', header: HEADER }, 'requestingAgencyMessage/action'],
    ];
    for (const [message, path] of bad)
      expect(() => writeMessage(message as Message)).toThrow(
        jasmine.objectContaining({ message: jasmine.stringMatching(new RegExp(`${path} is missing$`)) }),
      );
  });

  it('throws for what the schema has no place for', () => {
    const confirmation: Confirmation = {
      kind: 'requestConfirmation',
      timestamp: TIME,
      timestampReceived: TIME,
      messageStatus: 'OK',
    };
    const request: Message = { kind: 'request', header: HEADER, bibliographicInfo: {} };
    expect(() => writeMessage({ ...confirmation, action: 'Cancel' })).toThrowError('requestConfirmation has no action');
    expect(() => writeMessage({ ...ANSWER, sender: 'x' } as Message)).toThrowError(
      'supplyingAgencyMessage has no sender',
    );
    const requestSubTypes = REQUEST_SUBTYPES.slice(0, 4);
    expect(() => writeMessage({ ...request, serviceInfo: { serviceType: 'Loan', requestSubTypes } })).toThrowError(
      'request/serviceInfo/requestSubType occurs too often',
    );
    const both = { physical: { line1: 'x' }, electronic: { type: 'Email', data: 'x' } };
    expect(() => writeMessage({ ...request, requestedDeliveryInfo: [{ address: both }] })).toThrowError(
      'request/requestedDeliveryInfo/address must be exactly one of its kinds',
    );
  });
});

describe('the XSD of ISO 18626', () => {
  if (!HAS_XSD) {
    it('is not here', () => pending(NO_XSD));
    return;
  }

  for (const [size, messages] of [
    ['minimal', MINIMAL],
    ['full', FULL],
  ] as const)
    for (const message of messages)
      it(`allows a ${size} ${message.kind}`, () => {
        expect(xsdFaults(writeMessage(message))).toEqual([]);
      });

  it('has the same closed lists', () => {
    const lists: readonly (readonly [type: string, values: readonly string[]])[] = [
      ['type_action', ACTIONS],
      ['type_reasonForMessage', REASONS],
      ['type_status', STATUSES],
      ['type_requestType', REQUEST_TYPES],
      ['type_requestSubType', REQUEST_SUBTYPES],
      ['type_serviceType', SERVICE_TYPES],
      ['type_errorType', ERROR_TYPES],
    ];
    for (const [type, values] of lists) expect(xsdList(type)).withContext(type).toEqual(values);
  });

  it('allows each confirmation of each message', () => {
    const now = new Date(TIME);
    for (const message of [...MINIMAL, ...FULL]) {
      if ('messageStatus' in message) continue;
      expect(xsdFaults(writeMessage(confirm(message, now)))).toEqual([]);
      expect(xsdFaults(writeMessage(confirm(message, now, { type: 'BadlyFormedMessage' })))).toEqual([]);
    }
  });
});
