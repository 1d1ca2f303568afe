import { confirm, confirmUnreadable } from './confirm';
import type { Message, Reading } from './message';
import { readMessage } from './read';
import { envelope, HEADER, HEADER_XML, TIME } from './testing/sample-messages';
import { HAS_XSD, xsdFaults } from './testing/xsd';
import { writeMessage } from './write';

const NOW = new Date('2025-11-28T03:00:00.123Z');
const CONFIRMED = {
  supplyingAgencyId: HEADER.supplyingAgencyId,
  requestingAgencyId: HEADER.requestingAgencyId,
  requestingAgencyRequestId: HEADER.requestingAgencyRequestId,
  timestamp: '2025-11-28T03:00:00.123Z',
  timestampReceived: TIME,
};

function unreadable(xml: string): Extract<Reading, { readonly is: 'unreadable' }> {
  const reading = readMessage(new TextEncoder().encode(xml));
  if (reading.is !== 'unreadable') throw new Error('was read');
  return reading;
}

describe('confirm', () => {
  it('answers with the matching kind, the ids as received, and the time of the message', () => {
    expect(confirm({ kind: 'request', header: HEADER, bibliographicInfo: {} }, NOW)).toEqual({
      kind: 'requestConfirmation',
      ...CONFIRMED,
      messageStatus: 'OK',
    });
  });

  it('repeats the action', () => {
    expect(confirm({ kind: 'requestingAgencyMessage', header: HEADER, action: 'Cancel' }, NOW)).toEqual({
      kind: 'requestingAgencyMessageConfirmation',
      ...CONFIRMED,
      messageStatus: 'OK',
      action: 'Cancel',
    });
  });

  it('repeats the reason, and says the error', () => {
    const error = { type: 'UnrecognisedDataValue', value: 'unknown request' } as const;
    const message: Message = {
      kind: 'supplyingAgencyMessage',
      header: { ...HEADER, multipleItemRequestId: 'M1' },
      messageInfo: { reasonForMessage: 'Notification' },
      statusInfo: {},
    };
    expect(confirm(message, NOW, error)).toEqual({
      kind: 'supplyingAgencyMessageConfirmation',
      ...CONFIRMED,
      multipleItemRequestId: 'M1',
      messageStatus: 'ERROR',
      reasonForMessage: 'Notification',
      error,
    });
  });

  it('leaves out an action or reason that is in no list', () => {
    const lost = confirm({ kind: 'requestingAgencyMessage', header: HEADER, action: 'Lost' }, NOW);
    expect(Object.keys(lost)).not.toContain('action');
    const odd: Message = {
      kind: 'supplyingAgencyMessage',
      header: HEADER,
      messageInfo: { reasonForMessage: 'Because' },
      statusInfo: {},
    };
    expect(Object.keys(confirm(odd, NOW))).not.toContain('reasonForMessage');
  });
});

describe('confirmUnreadable', () => {
  it('confirms a request when nothing is known, with its own time twice', () => {
    expect(confirmUnreadable(unreadable('?'), NOW)).toEqual({
      kind: 'requestConfirmation',
      timestamp: CONFIRMED.timestamp,
      timestampReceived: CONFIRMED.timestamp,
      messageStatus: 'ERROR',
      error: { type: 'BadlyFormedMessage', value: jasmine.any(String) as unknown as string },
    });
  });

  it('repeats what could be read', () => {
    const confirmation = confirmUnreadable(
      unreadable(envelope(`<requestingAgencyMessage>${HEADER_XML}</requestingAgencyMessage>`)),
      NOW,
    );
    expect(confirmation).toEqual(
      jasmine.objectContaining({ kind: 'requestingAgencyMessageConfirmation', ...CONFIRMED, messageStatus: 'ERROR' }),
    );
  });

  it('does not repeat a timestamp that is none', () => {
    const xml = envelope(`<request>${HEADER_XML.replace(TIME, 'yesterday')}</request>`);
    const confirmation = confirmUnreadable(unreadable(xml), NOW);
    expect(confirmation).toEqual(
      jasmine.objectContaining({ timestampReceived: CONFIRMED.timestamp, requestingAgencyRequestId: '972TAU0068653' }),
    );
    expect(confirmation.error?.type).toBe('UnrecognisedDataValue');
    if (HAS_XSD) expect(xsdFaults(writeMessage(confirmation))).toEqual([]);
  });
});
