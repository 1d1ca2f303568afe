import { CatpError } from './errors';
import { STATUS_FORM } from './status';
import type { CatpRequest, CatpResponse } from './types';

type Session = Pick<CatpRequest, 'method' | 'handle' | 'frame' | 'version'>;
type Status = Pick<CatpResponse, 'status' | 'reason'>;

/** Request-Code and Request-Phrase of every request (CATP-3.2). */
const REQUEST_END = '000 REQUEST';
const METHOD = /^[A-Z]{2,32}$/;
/** 10CHAR. Must not contain a space, because a space ends the handle. */
const HANDLE = /^[\x21-\x7e]{10}$/;
const FRAME = /^\d{3}$/;
const VERSION = /^CATP\/1\.[01]$/;
const REASON = /^[\x20-\x7e]*$/;
const REQUEST_LINE = /^(\S+) (\S+) (\S+) (\S+) 000 REQUEST$/;
/** RUBY needs six words in the status line. We also read a status line without a reason phrase. */
const STATUS_LINE = /^(\S+) (\S+) (\S+) (\S+) (\S+)(?: (.*))?$/;

/** `SEARCH 0A1B2C3D4E 001 CATP/1.1 000 REQUEST` */
export function formatRequestLine(request: Session): string {
  return `${formatSession(request)} ${REQUEST_END}`;
}

/** `SEARCH 0A1B2C3D4E 001 CATP/1.1 200 OK` */
export function formatStatusLine(response: Session & Status): string {
  const session = formatSession(response);
  const { status, reason } = checkedStatus(response);
  if (reason === '') throw new CatpError('bad-status', 'an answer needs a reason phrase');
  return `${session} ${status} ${reason}`;
}

export function parseRequestLine(line: string): Session {
  const [, method = '', handle = '', frame = '', version = ''] = REQUEST_LINE.exec(line) ?? [];
  return checkedSession({ method, handle, frame, version });
}

export function parseStatusLine(line: string): Session & Status {
  const [, method = '', handle = '', frame = '', version = '', status = '', reason = ''] = STATUS_LINE.exec(line) ?? [];
  return { ...checkedSession({ method, handle, frame, version }), ...checkedStatus({ status, reason: reason.trim() }) };
}

function formatSession(session: Session): string {
  const { method, handle, frame, version } = checkedSession(session);
  return `${method} ${handle} ${frame} ${version}`;
}

function checkedSession(session: Session): Session {
  const { method, handle, frame, version } = session;
  if (METHOD.test(method) && HANDLE.test(handle) && FRAME.test(frame) && VERSION.test(version))
    return { method, handle, frame, version };
  throw new CatpError('bad-start-line', 'the first line is not that of a CATP message');
}

function checkedStatus({ status, reason }: Status): Status {
  if (!STATUS_FORM.test(status)) throw new CatpError('bad-status', 'the status code is none of CATP');
  if (!REASON.test(reason) || reason !== reason.trim())
    throw new CatpError('unencodable', 'the reason phrase holds what it cannot carry');
  return { status, reason };
}
