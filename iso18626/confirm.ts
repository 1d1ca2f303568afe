import { isDateTime } from './dates';
import {
  ACTIONS,
  REASONS,
  type Confirmation,
  type ErrorType,
  type Header,
  type Message,
  type Reading,
} from './message';

/** `value`: what could not be processed, in words for the staff of the other side. */
export interface ConfirmedError {
  readonly type: ErrorType;
  readonly value?: string;
}

/** Confirmation of a message that was read: OK, or ERROR with the error. */
export function confirm(message: Message, now: Date, error?: ConfirmedError): Confirmation {
  return { ...confirmationOf(message.kind, message.header, now, error), ...echoOf(message) };
}

/** ERROR confirmation of a body that could not be read. Without a known kind it confirms a request. */
export function confirmUnreadable(reading: Extract<Reading, { readonly is: 'unreadable' }>, now: Date): Confirmation {
  const { kind = 'request', header = {}, error, why } = reading;
  return confirmationOf(kind, header, now, { type: error, value: why });
}

function confirmationOf(
  kind: Message['kind'],
  header: Partial<Header>,
  now: Date,
  error: ConfirmedError | undefined,
): Confirmation {
  const { supplyingAgencyId, requestingAgencyId, requestingAgencyRequestId, multipleItemRequestId } = header;
  const timestamp = now.toISOString();
  return {
    kind: `${kind}Confirmation`,
    ...(supplyingAgencyId && { supplyingAgencyId }),
    ...(requestingAgencyId && { requestingAgencyId }),
    timestamp,
    ...(requestingAgencyRequestId !== undefined && { requestingAgencyRequestId }),
    ...(multipleItemRequestId !== undefined && { multipleItemRequestId }),
    timestampReceived: header.timestamp !== undefined && isDateTime(header.timestamp) ? header.timestamp : timestamp,
    messageStatus: error ? 'ERROR' : 'OK',
    ...(error && { error }),
  };
}

/** Other values would make the confirmation invalid. */
function echoOf(message: Message): Pick<Confirmation, 'action' | 'reasonForMessage'> {
  switch (message.kind) {
    case 'request':
      return {};
    case 'supplyingAgencyMessage': {
      const { reasonForMessage } = message.messageInfo;
      return isIn(REASONS, reasonForMessage) ? { reasonForMessage } : {};
    }
    case 'requestingAgencyMessage':
      return isIn(ACTIONS, message.action) ? { action: message.action } : {};
  }
}

function isIn(list: readonly string[], text: string): boolean {
  return list.includes(text);
}
