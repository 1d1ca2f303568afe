/**
 * A small CATP/1.1 client for tests. Shares no code with `catp/` or the domain, so that it does not repeat their
 * errors.
 */
export type WireRecord = Record<string, string | string[] | Record<string, string>[]>;

export interface CatpAnswer {
  /** 3 digits. */
  readonly status: string;
  readonly reason: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly records: readonly WireRecord[];
}

/** The text of a single field; empty when it is absent or not a text. */
export function textIn(record: Readonly<Record<string, unknown>> | undefined, name: string): string {
  const value = record?.[name];
  return typeof value === 'string' ? value : '';
}

/** A record as stored, without the line that names its file in transfer. */
export function storedIn(record: WireRecord = {}): WireRecord {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== '_DBNAME_'));
}

/** The entries of SENDG, oldest first. */
export function historyIn(
  record: Readonly<Record<string, unknown>> | undefined,
): readonly Readonly<Record<string, string>>[] {
  return (record?.['SENDG'] ?? []) as readonly Readonly<Record<string, string>>[];
}

export class CatpClient {
  private handle = '0123456789';
  private frame = '000';

  /** `url`: the address for CATP. */
  constructor(private readonly url: string) {}

  async login(user: string, password: string): Promise<CatpAnswer> {
    return this.call('GETHANDLE', { Authenticate: `${user},${password}` });
  }

  async logout(): Promise<CatpAnswer> {
    return this.call('RELEASEHANDLE');
  }

  /** Sends one ILL command. The answer contains the record. */
  async command(database: string, command: string, record: WireRecord): Promise<CatpAnswer> {
    const headers = {
      'Procedure-name': 'ILL',
      'Database-names': database,
      'ILL-command': command,
      'Returned-edit-type': '2',
    };
    return this.call('SERVERPROCEDURECALL', headers, linesOf(record).join('\r\n'));
  }

  async call(
    method: string,
    headers: Readonly<Record<string, string>> = {},
    body = '',
    frame = this.frame,
  ): Promise<CatpAnswer> {
    const length = Buffer.byteLength(body, 'utf8');
    const lines = [
      `${method} ${this.handle} ${frame} CATP/1.1 000 REQUEST`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ];
    const message = [...lines, `Content-Length: ${String(length)}`, 'Encoding: UTF8', '', body].join('\r\n');
    const response = await fetch(this.url, { method: 'POST', body: Buffer.from(message, 'utf8') });
    if (response.status !== 200) throw new Error(`HTTP ${String(response.status)}`);
    return this.read(Buffer.from(await response.arrayBuffer()));
  }

  private read(bytes: Buffer): CatpAnswer {
    const end = bytes.indexOf('\r\n\r\n');
    const [first = '', ...headerLines] = bytes.subarray(0, end).toString('ascii').split('\r\n');
    const [, handle = '', frame = '', , status = '', ...words] = first.split(' ');
    const headers = Object.fromEntries(
      headerLines.map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
      }),
    );
    const body = bytes.subarray(end + 4);
    if (Number(headers['content-length']) !== body.length)
      throw new Error('Content-Length is not the length of the body');
    if (first.startsWith('GETHANDLE') && status === '200') [this.handle, this.frame] = [handle, frame];
    return { status, reason: words.join(' '), headers, records: recordsIn(body.toString('utf8')) };
  }
}

/** The lines of a record without their line ends. */
export function linesOf(record: WireRecord): readonly string[] {
  return Object.entries(record).flatMap(([name, value]) => {
    if (typeof value === 'string') return [`${name}=${value}`];
    return value.flatMap((item) =>
      typeof item === 'string' ? [`${name}=${item}`] : [`<${name}>`, ...linesOf(item), `</${name}>`],
    );
  });
}

/** Parses the records of a body. */
export function recordsIn(body: string): readonly WireRecord[] {
  if (body === '') return [];
  return body
    .split(/^--NACSIS-CATP(?:--)?\r\n/m)
    .filter((part) => part !== '')
    .map((part) => recordIn(part.trimEnd().split('\r\n')));
}

function recordIn(lines: readonly string[]): WireRecord {
  const record: Record<string, (string | Record<string, string>)[]> = {};
  let group: Record<string, string> | undefined;
  for (const line of lines) {
    const [, closing, tag] = /^<(\/?)(\w+)>$/.exec(line) ?? [];
    const equals = line.indexOf('=');
    if (tag !== undefined && closing === '') (record[tag] ??= []).push((group = {}));
    else if (tag !== undefined) group = undefined;
    else if (group) group[line.slice(0, equals)] = line.slice(equals + 1);
    else (record[line.slice(0, equals)] ??= []).push(line.slice(equals + 1));
  }
  return Object.fromEntries(
    Object.entries(record).map(([name, items]) => [
      name,
      items.length === 1 && typeof items[0] === 'string' ? items[0] : items,
    ]),
  ) as WireRecord;
}
