import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { confirm, confirmUnreadable } from './confirm';
import { dueDay } from './dates';
import type { Confirmation, Message, Reading } from './message';
import { readMessage } from './read';
import { HAS_XSD, xsdFaults } from './testing/xsd';
import { writeMessage } from './write';

/** Messages that other products wrote, not part of this repository; its index.md says where they come from. */
const FOLDER = new URL('../../shared/data/iso18626/', import.meta.url);
const FILES = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.xml')) : [];
const NOW = new Date('2025-11-28T03:00:00Z');

const oclc = (value: string) => ({ type: 'ISIL', value: `OCLC-${value}` });
const FILLED = {
  supplyingAgencyId: { type: 'ISIL', value: 'JP-NACSIS' },
  requestingAgencyId: { type: 'ISIL', value: 'JP-ALMA1' },
  timestamp: '2025-11-28T01:02:03Z',
  requestingAgencyRequestId: '972TAU0068653',
  supplyingAgencyRequestId: '972TAU0068653',
};

interface Expected {
  readonly message: Message;
  readonly warnings: readonly string[];
  readonly isValid: boolean;
  readonly confirmed: Confirmation['kind'];
}

/** Typed by hand from the files and their index. */
const EXPECTED: Readonly<Record<string, Expected>> = {
  '01-request-oclc-ns1-prefix.xml': {
    isValid: true,
    confirmed: 'requestConfirmation',
    warnings: [],
    message: {
      kind: 'request',
      header: {
        supplyingAgencyId: oclc('ABCDE'),
        requestingAgencyId: oclc('BCDEF'),
        timestamp: '2021-03-02T05:00:00Z',
        requestingAgencyRequestId: '168166854',
      },
      bibliographicInfo: {
        title: 'Harry Potter and the Half-Blood Prince',
        author: 'Rowling, J. K.; GrandPré, Mary',
        itemIds: [{ code: 'ISBN', value: '9780439784542' }],
        informationSource: 'WorldCat (57358293)   Physical Description: x, 652 pages : illustrations ; 24 cm.',
        recordIds: [{ code: 'OCLC', value: '57358293' }],
      },
      publicationInfo: {
        publisher: 'New York, NY : Arthur A. Levine Books, an imprint of Scholastic Inc., 2005.',
        publicationType: 'Book',
      },
      serviceInfo: {
        requestType: 'New',
        serviceType: 'Loan',
        needBeforeDate: '2021-04-02T00:00:00Z',
        anyEdition: 'Y',
        note: 'test request',
      },
      requestedDeliveryInfo: [
        {
          sortOrder: '1',
          address: {
            physical: {
              line1: '6565 Kilgour Place',
              line2: 'MC 455',
              locality: 'Rotterdam',
              postalCode: '3000 DR',
              country: 'MA',
            },
          },
        },
        { sortOrder: '2', address: { electronic: { type: 'Email', data: 'library@example.com' } } },
      ],
      billingInfo: {
        billingName: 'ILL Dept.',
        address: {
          physical: {
            line1: '6565 Kilgour Place',
            line2: 'MC 455',
            locality: 'Rotterdam',
            postalCode: '3000 DR',
            country: 'NL',
          },
        },
      },
    },
  },
  '03-request-rs-1.1-no-title.xml': {
    isValid: false,
    confirmed: 'requestConfirmation',
    warnings: ['request/header/multipleItemRequestId is missing'],
    message: {
      kind: 'request',
      header: {
        supplyingAgencyId: { type: 'RESHARE', value: 'KNOWINT01' },
        requestingAgencyId: { type: 'RESHARE', value: 'TESTINST01' },
        timestamp: '2014-03-17T09:30:47.0Z',
        requestingAgencyRequestId: '49837539',
      },
      bibliographicInfo: { supplierUniqueRecordId: '27345786' },
      serviceInfo: {
        serviceType: 'Loan',
        serviceLevel: 'Normal',
        needBeforeDate: '2014-05-01T00:00:00.0Z',
        anyEdition: 'Y',
      },
    },
  },
  '07-reqmsg-oclc-cancel-no-supplier-id.xml': {
    isValid: true,
    confirmed: 'requestingAgencyMessageConfirmation',
    warnings: [],
    message: {
      kind: 'requestingAgencyMessage',
      header: {
        supplyingAgencyId: oclc('ABCDE'),
        requestingAgencyId: oclc('BCDEF'),
        timestamp: '2021-02-09T11:19:23Z',
        requestingAgencyRequestId: '168134641',
      },
      action: 'Cancel',
    },
  },
  '10-reqmsg-oclc-renew.xml': {
    isValid: true,
    confirmed: 'requestingAgencyMessageConfirmation',
    warnings: [],
    message: {
      kind: 'requestingAgencyMessage',
      header: {
        supplyingAgencyId: oclc('ABCDE'),
        requestingAgencyId: oclc('BCDEF'),
        timestamp: '2021-02-09T11:08:39Z',
        requestingAgencyRequestId: '168134581',
        supplyingAgencyRequestId: 'Requesting-ID-1',
      },
      action: 'Renew',
    },
  },
  '11-supmsg-oclc-renewresponse-no.xml': {
    isValid: true,
    confirmed: 'supplyingAgencyMessageConfirmation',
    warnings: [],
    message: {
      kind: 'supplyingAgencyMessage',
      header: {
        supplyingAgencyId: oclc('BCDEF'),
        requestingAgencyId: oclc('ABCDE'),
        timestamp: '2021-02-09T11:52:25Z',
        requestingAgencyRequestId: 'Requesting-ID-5',
        supplyingAgencyRequestId: '168134647',
      },
      messageInfo: {
        reasonForMessage: 'RenewResponse',
        answerYesNo: 'N',
        note: `test request\n${' '.repeat(16)}Loan condition: OTHER (none)`,
      },
      statusInfo: { status: 'Loaned', dueDate: '2021-03-11T05:00:00Z', lastChange: '2021-02-09T11:51:36Z' },
    },
  },
  '14-supmsg-rs-cancelresponse-no-statusinfo.xml': {
    isValid: false,
    confirmed: 'supplyingAgencyMessageConfirmation',
    warnings: ['supplyingAgencyMessage/statusInfo is missing'],
    message: {
      kind: 'supplyingAgencyMessage',
      header: FILLED,
      messageInfo: { reasonForMessage: 'CancelResponse', answerYesNo: 'N' },
      statusInfo: {},
      deliveryInfo: { dateSent: '2025-11-28T01:02:03Z', sentToPatron: 'false' },
    },
  },
  '15-supmsg-rs-notification-unfilled.xml': {
    isValid: false,
    confirmed: 'supplyingAgencyMessageConfirmation',
    warnings: [
      'supplyingAgencyMessage/header/multipleItemRequestId is missing',
      'supplyingAgencyMessage/statusInfo/lastChange is missing',
      'supplyingAgencyMessage/deliveryInfo/dateSent is missing',
    ],
    message: {
      kind: 'supplyingAgencyMessage',
      header: FILLED,
      messageInfo: { reasonForMessage: 'Notification', note: "can't find it after all" },
      statusInfo: { status: 'Unfilled' },
    },
  },
};
const EMPTY_ENVELOPE = '19-envelope-xl-empty.xml';

const body = (file: string): Uint8Array => readFileSync(new URL(file, FOLDER));

function confirmationOf(reading: Reading): Confirmation {
  if (reading.is === 'confirmation') throw new Error('is a confirmation');
  return reading.is === 'message' ? confirm(reading.message, NOW) : confirmUnreadable(reading, NOW);
}

describe('messages of other products', () => {
  if (FILES.length === 0) {
    it('are not here', () => pending('../shared/data/iso18626 is not here'));
    return;
  }

  for (const [file, { message, warnings, isValid, confirmed }] of Object.entries(EXPECTED)) {
    it(`${file} is read, and its oddities are reported`, () => {
      expect(readMessage(body(file))).toEqual({ is: 'message', message, warnings });
      if (HAS_XSD) expect(xsdFaults(body(file)).length === 0).toBe(isValid);
    });

    it(`${file} is confirmed with its kind, ids and time`, () => {
      const confirmation = confirmationOf(readMessage(body(file)));
      const { supplyingAgencyId, requestingAgencyId, requestingAgencyRequestId, timestamp } = message.header;
      expect(confirmation).toEqual(
        jasmine.objectContaining({
          kind: confirmed,
          supplyingAgencyId,
          requestingAgencyId,
          requestingAgencyRequestId,
          timestampReceived: timestamp,
          messageStatus: 'OK',
        }),
      );
      if (HAS_XSD) expect(xsdFaults(writeMessage(confirmation))).toEqual([]);
    });
  }

  it(`${EMPTY_ENVELOPE} is badly formed`, () => {
    const reading = readMessage(body(EMPTY_ENVELOPE));
    expect(reading).toEqual({ is: 'unreadable', error: 'BadlyFormedMessage', why: 'the envelope is empty' });
    const confirmation = confirmationOf(reading);
    expect(confirmation.error?.type).toBe('BadlyFormedMessage');
    if (HAS_XSD) expect(xsdFaults(writeMessage(confirmation))).toEqual([]);
  });

  it("takes another library's midnight as the day in Tokyo", () => {
    const reading = readMessage(body('11-supmsg-oclc-renewresponse-no.xml'));
    const message = reading.is === 'message' ? reading.message : undefined;
    expect(message?.kind === 'supplyingAgencyMessage' && dueDay(message.statusInfo.dueDate ?? '')).toBe('20210311');
  });

  it('never throws for one, also those without an expectation here', () => {
    for (const file of FILES) {
      const confirmation = confirmationOf(readMessage(body(file)));
      if (HAS_XSD)
        expect(xsdFaults(writeMessage(confirmation)))
          .withContext(file)
          .toEqual([]);
    }
  });
});
