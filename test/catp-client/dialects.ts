/**
 * Requests as two other CATP clients write them, written by hand. Shares no code with the product or `catp-client.ts`.
 */
interface ForeignRequest {
  readonly method: string;
  /** Handle and frame, separated by a space. */
  readonly session: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}
export interface ForeignAnswer {
  /** Every line of the answer without its line end. */
  readonly lines: readonly string[];
  /** The parts of the status line. */
  readonly first: readonly string[];
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}
interface Dialect {
  /** The path that the client posts to. */
  readonly path: string;
  readonly contentType: string;
  readonly write: (request: ForeignRequest) => string;
}

/**
 * Ends lines with LF; omits the space after some colons; gives Content-Length in characters; writes no empty line when
 * there is no body, and a LF after a body (dossier 4.2).
 */
const ruby: Dialect = {
  path: '/',
  contentType: 'application/x-www-form-urlencoded',
  write: ({ method, session, headers = {}, body = '' }) => {
    const lines = [
      `${method} ${session} CATP/1.1 000 REQUEST`,
      ...Object.entries(headers).map(([name, value], at) => `${name}:${at % 2 === 0 ? '' : ' '}${value}`),
      `Content-Length: ${String([...body].length)}`,
      'Encoding:UTF8',
      'Schema-version: 2',
    ];
    return body === '' ? lines.join('\n') : [...lines, '', `${body}\n`].join('\n');
  },
};

/**
 * Ends lines with CRLF; gives Content-Length in bytes; always writes an empty line; names the file of a record in its
 * first line (dossier 4.5).
 */
const postfix: Dialect = {
  path: '/catp',
  contentType: 'text/plain',
  write: ({ method, session, headers = {}, body = '' }) =>
    [
      `${method} ${session} CATP/1.1 000 REQUEST`,
      'Encoding: UTF-8',
      `Content-Length: ${String(Buffer.byteLength(body))}`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      '',
      body,
    ].join('\r\n'),
};

export const DIALECTS = { ruby, postfix } as const;

/**
 * Sends a request to the server at this address and splits the answer into lines. Throws for any HTTP status except
 * 200.
 */
export async function post(url: string, dialect: Dialect, request: ForeignRequest): Promise<ForeignAnswer> {
  const response = await fetch(new URL(dialect.path, url), {
    method: 'POST',
    headers: { 'content-type': dialect.contentType, 'user-agent': 'foreign' },
    body: Buffer.from(dialect.write(request), 'utf8'),
  });
  if (response.status !== 200) throw new Error(`HTTP ${String(response.status)}`);
  const text = await response.text();
  const lines = text.split('\r\n');
  const end = lines.indexOf('', 2);
  const headers = lines.slice(1, end).map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return {
    lines,
    first: (lines[0] ?? '').split(' '),
    headers: new Map(headers),
    body: lines.slice(end + 1).join('\r\n'),
  };
}
