import type { MessageName } from '#domain/api/bridge';
import { ACTIONS, REASONS, STATUSES, type Message, type SupplyingAgencyMessage } from '#iso18626/message';
import type { Told } from '../store/bridge-schema';

/** Why a message has no name. Each is an error of the confirmation. */
type Unnamed = 'UnsupportedActionType' | 'UnsupportedReasonForMessageType' | 'UnrecognisedDataValue';

/** The statuses by which a supplier says that it has shipped. */
export const SHIPMENTS: readonly MessageName[] = ['Loaned', 'CopyCompleted'];
/**
 * Statuses of the edition of 2021, and one that Alma's pages know: NACSIS-ILL has no counterpart, and such a message is
 * kept as a note.
 */
const ONLY_NOTED: readonly string[] = ['DeclaredLost', 'HoldReturn', 'ReleaseHoldReturn'];

/**
 * What a message says. Alma's reason is often wrong: only Notification and CancelResponse are believed, and RenewResponse
 * after a Renew; otherwise the status decides (iso18626.md 3). An empty status is no change: a notification.
 */
export function nameOf(message: Message, told: Told): { readonly name: MessageName } | { readonly unnamed: Unnamed } {
  switch (message.kind) {
    case 'request':
      return nameOfRequest(message.serviceInfo?.requestType);
    case 'requestingAgencyMessage': {
      const action = ACTIONS.find((each) => each === message.action);
      return action === undefined ? { unnamed: 'UnsupportedActionType' } : { name: action };
    }
    case 'supplyingAgencyMessage':
      return nameOfSupplier(message, told);
  }
}

/** A request type that the schema does not know is no reason to order twice, or to answer a question nobody asked. */
function nameOfRequest(type = 'New'): ReturnType<typeof nameOf> {
  if (type === 'New') return { name: 'Request' };
  return type === 'Retry' || type === 'Reminder' ? { name: type } : { unnamed: 'UnrecognisedDataValue' };
}

function nameOfSupplier({ messageInfo, statusInfo }: SupplyingAgencyMessage, told: Told): ReturnType<typeof nameOf> {
  const reason = REASONS.find((each) => each === messageInfo.reasonForMessage);
  if (reason === undefined) return { unnamed: 'UnsupportedReasonForMessageType' };
  if (reason === 'Notification' || reason === 'CancelResponse') return { name: reason };
  if (reason === 'RenewResponse' && told.sent.includes('Renew')) return { name: reason };
  if (told.last === 'Renew' && messageInfo.answerYesNo !== undefined) return { name: 'RenewResponse' };
  const { status } = statusInfo;
  if (status === undefined || ONLY_NOTED.includes(status)) return { name: 'Notification' };
  const known = STATUSES.find((each) => each === status);
  return known === undefined ? { unnamed: 'UnrecognisedDataValue' } : { name: known };
}
