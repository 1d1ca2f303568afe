import { linesOf, recordsIn, textIn, type WireRecord } from '../../../test/catp-client/catp-client';

/** A CATP call on the wire, with the record in the body of a command. Shares no code with `catp/`. */
export interface CatpCall {
  readonly method: string;
  readonly handle: string;
  readonly frame: string;
  /** The ILL file, for example `COPYO`. */
  readonly database: string;
  /** The ILL command; empty for any other method. */
  readonly command: string;
  /** Empty for any other method. */
  readonly record: WireRecord;
  readonly bytes: Buffer;
}

export function callIn(bytes: Buffer): CatpCall {
  const [head = '', ...rest] = bytes.toString('utf8').split('\r\n\r\n');
  const [line = ''] = head.split('\r\n');
  const [method = '', handle = '', frame = ''] = line.split(' ');
  const header = (name: string): string => new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
  const command = header('ILL-command');
  const [record = {}] = command === '' ? [] : recordsIn(rest.join('\r\n\r\n'));
  return { method, handle, frame, database: header('Database-names'), command, record, bytes };
}

/** The id of the request in a command; empty for a new request. */
export function idOf(call: CatpCall): string {
  return textIn(call.record, 'ID');
}

/** The parts of a CATP answer. Omitted parts get correct values. */
export interface CatpParts {
  readonly method: string;
  readonly handle: string;
  readonly frame: string;
  readonly version?: string;
  /** Code and reason: `200 OK`. */
  readonly status?: string;
  readonly encoding?: string;
  /** Header lines that replace `Content-Length`. */
  readonly length?: readonly string[];
  readonly body: Buffer;
}

export function catpAnswer(parts: CatpParts): Buffer {
  const { method, handle, frame, version = 'CATP/1.1', status = '200 OK', encoding = 'UTF8', body } = parts;
  const lines = [
    `${method} ${handle} ${frame} ${version} ${status}`,
    'Methods:',
    ...(parts.length ?? [`Content-Length:${String(body.length)}`]),
    `Encoding:${encoding}`,
    '',
    '',
  ];
  return Buffer.concat([Buffer.from(lines.join('\r\n')), body]);
}

export function bodyOf(...records: readonly WireRecord[]): Buffer {
  const written = records.map((record) =>
    linesOf(record)
      .map((line) => `${line}\r\n`)
      .join(''),
  );
  const text =
    written.length === 1
      ? written[0]!
      : written.map((each) => `--NACSIS-CATP\r\n${each}`).join('') + '--NACSIS-CATP--\r\n';
  return Buffer.from(records.length === 0 ? '' : text);
}

/** The first record of an answer; {} without one. */
export function recordIn(answer: Buffer): WireRecord {
  const body = answer.toString('utf8').split('\r\n\r\n').slice(1).join('\r\n\r\n');
  return recordsIn(body)[0] ?? {};
}

export function statusIn(answer: Buffer): string {
  return answer.subarray(0, 100).toString('latin1').split(' ')[4] ?? '';
}
