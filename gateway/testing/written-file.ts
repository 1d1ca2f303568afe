import { headerValue } from '#catp/header-block';
import { HEADER } from '#catp/names';
import { joinRecords } from '#catp/record';
import { resultSetHeaders } from '#catp/result-set';
import type { CatpRequest } from '#catp/types';
import { answerTo, http, type Behaviour, type CatpServer } from './catp-server';

/** Stands for a byte that is not valid UTF-8. */
export const WRONG_BYTE = '\u0001';

/**
 * Makes searches of the server find these records, written as they are. A function returns the records for the body of
 * a search.
 */
export function holdWritten(
  server: CatpServer,
  written: readonly string[] | ((query: string) => readonly string[]),
): void {
  let found: readonly string[] = [];
  server.always('SEARCH', (socket, request) => {
    found = typeof written === 'function' ? written(request.body) : written;
    from(found, 1, numberIn(request, HEADER.mediumSetPresentNumber))(socket, request);
  });
  server.always('RETRIEVE', (socket, request) => {
    const start = numberIn(request, HEADER.resultSetStartPosition);
    from(found, start, numberIn(request, HEADER.numberOfRecordsRequested))(socket, request);
  });
}

function from(written: readonly string[], start: number, size: number): Behaviour {
  const records = written.slice(start - 1, start - 1 + size);
  const after = start + records.length;
  const next = after > written.length ? 0 : after;
  const headers = resultSetHeaders({ count: written.length, returned: records.length, next });
  return (socket, request) => {
    const bytes = answerTo(request, { headers, body: joinRecords(records) });
    socket.write(http(bytes.map((byte) => (byte === WRONG_BYTE.charCodeAt(0) ? 0xff : byte))));
  };
}

function numberIn(request: CatpRequest, name: string): number {
  return Number(headerValue(request.headers, name));
}
