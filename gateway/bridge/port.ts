import type { Confirmation, Message, Reading } from '#iso18626/message';

/**
 * How messages are written for the wire. The bridge works with the messages of ISO 18626; another protocol (NCIP) would
 * be a second implementation that converts to and from them.
 */
export interface MessageFormat {
  /** Of every body that is sent. */
  readonly contentType: string;
  /** Never throws. Reads leniently. */
  read(body: Uint8Array): Reading;
  /** Valid by the schema. Control characters are left out. */
  write(message: Message | Confirmation): string;
}

/**
 * Result of one delivery.
 * - confirmed: received and understood
 * - refused: an ERROR confirmation, an HTTP status 4xx, or a 200 without a readable confirmation; not repeated
 * - unanswered: no connection, no answer, or 5xx; repeated with the same timestamp
 */
export type Delivery =
  | { readonly how: 'confirmed' }
  | { readonly how: 'refused'; readonly code: string; readonly detail?: string }
  | { readonly how: 'unanswered'; readonly code: string };

/** A resource sharing partner of Alma, seen from the gateway: Alma's own address. */
export interface PartnerPort {
  /** Never throws, never repeats. */
  deliver(library: { readonly institution: string; readonly library: string }, message: Message): Promise<Delivery>;
  close(): Promise<void>;
}
