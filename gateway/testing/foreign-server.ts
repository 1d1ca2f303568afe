import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A record as lines of fields; a group is written as its lines. */
export type Lines = readonly string[];

interface Request {
  readonly first: readonly string[];
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}
interface Answer {
  readonly status: string;
  readonly headers?: readonly string[];
  readonly body?: string;
}

/** The fields that each index searches. Anything else is not an index, and is refused. */
const INDEXES: Readonly<Record<string, readonly string[]>> = {
  'BOOK ID': ['ID'],
  'BOOK TITLEKEY': ['TRD'],
  'BOOK _TITLE_': ['TRD'],
  'BOOK AUTHKEY': ['AHDNG'],
  'BOOK YEARKEY': ['YEAR1'],
  'BOOK ISBNKEY': ['ISBN'],
  'BHOLD ID': ['ID'],
  'BHOLD BID': ['BID'],
  'BHOLD FANO': ['FANO'],
  'BHOLD RNWDT': ['RNWDT'],
  'MEMBER ID': ['ID'],
  'MEMBER NAMEKEY': ['NAME'],
  'MEMBER KENCODE': ['KENCODE'],
  ...Object.fromEntries(
    ['COPYO', 'COPYS', 'LOANO', 'LOANS'].flatMap((file) =>
      ['ID', 'STAT', 'OMLID', 'AMLID', 'CRTDT', 'RNWDT', 'BIBID'].map((index) => [`${file} ${index}`, [index]]),
    ),
  ),
};
/** Records per answer, whatever is requested. */
const AT_ONCE = 2;

/**
 * A NACSIS-CAT/ILL written without our codec, as another vendor might: searches in postfix only, holdings by their own
 * indexes only; no `_DBNAME_` and no `Database-names`; headers in another order, case and spacing, with unknown ones;
 * two records at a time.
 */
export class ForeignServer {
  readonly #http: Server;
  readonly #files: Readonly<Record<string, readonly Lines[]>>;
  readonly #found = new Map<string, readonly Lines[]>();
  #handles = 0;
  /** The bodies of the received searches. */
  readonly searches: string[] = [];
  /** The refused requests. */
  readonly refused: string[] = [];

  private constructor(files: Readonly<Record<string, readonly Lines[]>>) {
    this.#files = files;
    this.#http = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => response.end(this.#answer(Buffer.concat(chunks).toString('utf8'))));
    });
  }

  static async start(files: Readonly<Record<string, readonly Lines[]>>): Promise<ForeignServer> {
    const server = new ForeignServer(files);
    await new Promise<void>((resolve) => server.#http.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.#http.address() as AddressInfo).port)}/`;
  }

  async close(): Promise<void> {
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  #answer(message: string): Buffer {
    const request = readRequest(message);
    const [method = '', handle = '', frame = '', version = ''] = request.first;
    if (method === 'GETHANDLE') this.#handles += 1;
    const session = method === 'GETHANDLE' ? `X${String(this.#handles).padStart(9, '0')} 007` : `${handle} ${frame}`;
    const { status, headers = [], body = '' } = this.#run(method, session, request);
    if (!status.startsWith('2')) this.refused.push(`${method} ${request.body}`);
    const lines = [
      `${method} ${session} ${version} ${status}`,
      'encoding: UTF-8',
      'X-Server-Note: nobody knows this',
      ...headers,
      `CONTENT-LENGTH :  ${String(Buffer.byteLength(body))}`,
    ];
    return Buffer.from([...lines, '', body].join('\r\n'));
  }

  #run(method: string, session: string, { headers, body }: Request): Answer {
    const file = headers.get('database-names') ?? '';
    if (method === 'SEARCH') {
      this.searches.push(body);
      const hits = find(file, this.#files[file] ?? [], body);
      if (hits === undefined) return { status: '400 Wrong query' };
      this.#found.set(session, hits);
      return page(hits, 1, Number(headers.get('medium-set-present-number')));
    }
    if (method === 'RETRIEVE') {
      const wanted = Number(headers.get('number-of-records-requested'));
      return page(this.#found.get(session) ?? [], Number(headers.get('result-set-start-position')), wanted);
    }
    if (method === 'SERVERPROCEDURECALL')
      return { status: '200 Done', body: written((this.#files[file] ?? [])[0] ?? []) };
    if (method === 'UPDATE') return updated(this.#files[file] ?? [], body);
    if (method === 'INDEXLIST') return { status: '200 Done', body: countsOf(this.#files[file] ?? []) };
    return { status: '200 OK' };
  }
}

function readRequest(message: string): Request {
  const end = message.indexOf('\r\n\r\n');
  const [first = '', ...lines] = message.slice(0, end).split('\r\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return { first: first.split(' '), headers: new Map(headers), body: message.slice(end + 4) };
}

/** The hits of a postfix expression; undefined for anything else. */
function find(file: string, records: readonly Lines[], query: string): readonly Lines[] | undefined {
  const words = query.match(/[^\s"]+="(?:\\.|[^"\\])*"|\S+/g) ?? [];
  const stack: (ReadonlySet<Lines> | undefined)[] = [];
  for (const word of words) {
    const [, index, value = ''] = /^(\w+)="(.*)"$/.exec(word) ?? [];
    if (index !== undefined) {
      const fields = INDEXES[`${file} ${index}`];
      if (fields === undefined) return undefined;
      stack.push(new Set(records.filter((lines) => lines.some((line) => isHit(line, fields, value)))));
      continue;
    }
    const [left, right] = stack.splice(-2);
    if (left === undefined || right === undefined) return undefined;
    if (word === 'AND') stack.push(new Set([...left].filter((lines) => right.has(lines))));
    else if (word === 'OR') stack.push(new Set([...left, ...right]));
    else if (word === 'AND-NOT') stack.push(new Set([...left].filter((lines) => !right.has(lines))));
    else return undefined;
  }
  const [hits] = stack;
  return stack.length === 1 && hits !== undefined ? [...hits] : undefined;
}

function isHit(line: string, fields: readonly string[], value: string): boolean {
  const wanted = value.replace(/\*$/, '').replace(/\\(.)/g, '$1');
  return fields.some((field) => {
    const text = line.startsWith(`${field}=`) ? line.slice(field.length + 1) : undefined;
    return value.endsWith('*') ? text?.startsWith(wanted) === true : text === wanted;
  });
}

function page(hits: readonly Lines[], start: number, wanted: number): Answer {
  const shown = hits.slice(start - 1, start - 1 + Math.min(wanted, AT_ONCE));
  const next = start + shown.length > hits.length ? 0 : start + shown.length;
  const body =
    shown.length < 2
      ? shown.map(written).join('')
      : `${shown.map((lines) => `--NACSIS-CATP\r\n${written(lines)}`).join('')}--NACSIS-CATP--\r\n`;
  const headers = [
    `Next-result-set-position:${String(next)}`,
    `RESULT-COUNT: ${String(hits.length)}`,
    `number-of-records-returned:   ${String(shown.length)}`,
  ];
  return { status: '200 Done', headers, body };
}

function written(lines: Lines): string {
  return lines.map((line) => `${line}\r\n`).join('');
}

/** The record with the lines of the body in place of its lines of the same names; an empty line deletes. */
function updated(records: readonly Lines[], body: string): Answer {
  const changes = body.split('\r\n').filter((line) => line !== '');
  const nameOf = (line: string) => line.slice(0, line.indexOf('='));
  const record = records.find((lines) => lines[0] === changes[0]);
  if (record === undefined) return { status: '404 No such record' };
  const names = new Set(changes.map(nameOf));
  const given = changes.filter((line) => !line.endsWith('='));
  return { status: '200 Done', body: written([...given, ...record.filter((line) => !names.has(nameOf(line)))]) };
}

function countsOf(records: readonly Lines[]): string {
  const keys = records.map((lines) =>
    ['OMLID=', 'STAT='].map((name) => lines.find((line) => line.startsWith(name))?.slice(name.length)).join(''),
  );
  return [...new Set(keys)]
    .map(
      (key) => `<INDEX>\r\nKEY=${key}\r\nCOUNT=${String(keys.filter((each) => each === key).length)}\r\n</INDEX>\r\n`,
    )
    .join('');
}
