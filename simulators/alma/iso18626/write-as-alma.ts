import type { Confirmation, Message, SupplyingAgencyMessage } from '#iso18626/message';
import { writeMessage } from '#iso18626/write';

/** Version of the schema that Alma writes (iso18626.md 2). */
const VERSION = '1.1';

/** Writes a message as Alma does: by schema 1.1, which has no multipleItemRequestId. */
export function writeAsAlma(message: Message | Confirmation): string {
  return writeMessage(message)
    .replace(/<(?:[\w-]+:)?multipleItemRequestId\s*(?:\/>|>\s*<\/(?:[\w-]+:)?multipleItemRequestId\s*>)/, '')
    .replace(/(:version=["'])1\.2(["'])/, `$1${VERSION}$2`);
}

/** Writes a supplier's message with an empty status, which means "no change" and which the schema does not allow. */
export function writeWithoutStatus(message: SupplyingAgencyMessage): string {
  return writeAsAlma(message).replace(/<((?:[\w-]+:)?status)>[^<]*<\/\1>/, '<$1/>');
}

/** The same message with another timestamp. */
export function withTimestamp(body: string, timestamp: string): string {
  return body.replace(/(<(?:[\w-]+:)?timestamp>)[^<]*/, `$1${timestamp}`);
}
