import { readMessage } from '#iso18626/read';
import { writeMessage } from '#iso18626/write';
import type { MessageFormat } from './port';

/** ISO 18626: XML of version 1.2 is written, all versions are read. */
export const ISO18626: MessageFormat = {
  contentType: 'application/xml; charset="utf-8"',
  read: readMessage,
  write: writeMessage,
};
