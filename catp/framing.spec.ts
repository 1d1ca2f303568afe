import fc from 'fast-check';
import { CatpError, type CatpErrorCode } from './errors';
import { decodeRequest, decodeResponse, encodeRequest, encodeResponse } from './framing';
import type { CatpHeaders, CatpRequest, CatpResponse } from './types';

/** A fixed seed, so that every run has the same inputs. */
const RUNS = { seed: 20251124, numRuns: 200 };

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (message: Uint8Array): string => new TextDecoder().decode(message);

const REQUEST: CatpRequest = {
  method: 'SEARCH',
  handle: '0A1B2C3D4E',
  frame: '001',
  version: 'CATP/1.1',
  headers: [['Database-names', 'BOOK']],
  body: 'ISBNKEY="1"',
};
const RESPONSE: CatpResponse = { ...REQUEST, headers: [], status: '200', reason: 'OK', body: '' };
const STATUS_LINE = 'SEARCH 0A1B2C3D4E 001 CATP/1.1 200 OK';

function codeOf(run: () => unknown): CatpErrorCode | 'no error' | 'another error' {
  try {
    run();
    return 'no error';
  } catch (error) {
    return error instanceof CatpError ? error.code : 'another error';
  }
}

describe('encodeRequest', () => {
  it('counts the body in bytes of UTF-8', () => {
    expect(textOf(encodeRequest({ ...REQUEST, body: '髙𠮷' }))).toContain('Content-Length: 7\r\n');
  });

  const refused: readonly (readonly [what: string, change: Partial<CatpRequest>, code: CatpErrorCode])[] = [
    ['a method in small letters', { method: 'search' }, 'bad-start-line'],
    ['a handle of 9 characters', { handle: '123456789' }, 'bad-start-line'],
    ['a handle with a blank', { handle: '12345 7890' }, 'bad-start-line'],
    ['a frame of 2 digits', { frame: '01' }, 'bad-start-line'],
    ['another version', { version: 'CATP/2.0' }, 'bad-start-line'],
    ['a line end in the handle', { handle: '12345\n7890' }, 'bad-start-line'],
    ['a line end in a header value', { headers: [['Authenticate', 'a,b\r\nILL-command: OK']] }, 'unencodable'],
    ['Japanese in a header value', { headers: [['Authenticate', '利用者,b']] }, 'unencodable'],
    ['a blank in a header name', { headers: [['Database names', 'BOOK']] }, 'bad-header'],
    ['a Content-Length of the caller', { headers: [['content-length', '3']] }, 'bad-header'],
    ['an Encoding of the caller', { headers: [['Encoding', 'GB']] }, 'bad-header'],
    ['half a surrogate pair', { body: '\ud842' }, 'unencodable'],
  ];
  for (const [what, change, code] of refused) {
    it(`refuses ${what}: ${code}`, () => {
      expect(codeOf(() => encodeRequest({ ...REQUEST, ...change }))).toBe(code);
    });
  }
});

describe('encodeResponse', () => {
  it('puts the result set into lines 2 to 4, whatever order it is given in', () => {
    const headers = [
      ['Next-result-set-position', '0'],
      ['Result-count', '1'],
      ['Number-of-records-returned', '1'],
    ] as const;
    const lines = textOf(encodeResponse({ ...RESPONSE, headers })).split('\r\n');
    expect(lines.slice(1, 5)).toEqual([
      'Methods:',
      'Result-count:1',
      'Number-of-records-returned:1',
      'Next-result-set-position:0',
    ]);
  });

  it('refuses a status that is none and a reason with a line end', () => {
    expect(codeOf(() => encodeResponse({ ...RESPONSE, status: '2000' }))).toBe('bad-status');
    expect(codeOf(() => encodeResponse({ ...RESPONSE, status: '999' }))).toBe('bad-status');
    expect(codeOf(() => encodeResponse({ ...RESPONSE, reason: '' }))).toBe('bad-status');
    expect(codeOf(() => encodeResponse({ ...RESPONSE, reason: 'O\nK' }))).toBe('unencodable');
  });
});

describe('decodeRequest', () => {
  const start = 'SEARCH 0A1B2C3D4E 001 CATP/1.1 000 REQUEST';
  const read = (text: string): CatpRequest => decodeRequest(bytes(text));

  it('takes LF as well as CRLF, and a value with or without a blank before it', () => {
    for (const text of [
      `${start}\r\nDatabase-names: BOOK\r\nContent-Length: 1\r\nEncoding: UTF8\r\n\r\nX`,
      `${start}\nDatabase-names:BOOK\nContent-Length:1\nEncoding:UTF8\n\nX`,
    ]) {
      expect(read(text)).toEqual({ ...REQUEST, body: 'X' });
    }
  });

  it('takes a body that is longer than Content-Length to its end, without one line end', () => {
    expect(read(`${start}\nContent-Length: 2\nEncoding: UTF8\n\n新潟\n`).body).toBe('新潟');
    expect(read(`${start}\nContent-Length: 2\nEncoding: UTF8\n\n新潟\r\n`).body).toBe('新潟');
    expect(read(`${start}\nContent-Length: 2\nEncoding: UTF8\n\n新潟\n\n`).body).toBe('新潟\n');
    expect(read(`${start}\nContent-Length: 2\nEncoding: UTF8\n\n新潟`).body).toBe('新潟');
  });

  it('keeps the line end of a body whose length counts it', () => {
    expect(read(`${start}\r\nContent-Length: 3\r\nEncoding: UTF8\r\n\r\nX\r\n`).body).toBe('X\r\n');
  });

  it('needs neither empty line nor Content-Length where there is no body', () => {
    expect(read(`${start}\nContent-Length: 0`).body).toBe('');
    expect(read(`${start}\nDatabase-names: BOOK\n\n`).body).toBe('');
    expect(read(`${start}\r\n\r\n`).headers).toEqual([]);
  });

  const refused: readonly (readonly [what: string, text: string, code: CatpErrorCode])[] = [
    ['nothing at all', '', 'bad-start-line'],
    ['another first line', `GET / HTTP/1.1\r\nContent-Length: 0\r\n\r\n`, 'bad-start-line'],
    ['another request code', `SEARCH 0A1B2C3D4E 001 CATP/1.1 200 REQUEST\nContent-Length: 0\n\n`, 'bad-start-line'],
    ['an answer', `${STATUS_LINE}\nContent-Length: 0\n\n`, 'bad-start-line'],
    ['a body without Content-Length', `${start}\nEncoding: UTF8\n\nX`, 'missing-length'],
    ['a length that is no number', `${start}\nContent-Length: -1\n\n`, 'bad-length'],
    ['a length out of all bounds', `${start}\nContent-Length: 99999999999999999999\n\n`, 'bad-length'],
    ['two lengths', `${start}\nContent-Length: 0\nContent-length: 1\n\n`, 'bad-header'],
    ['a body that is too short', `${start}\nContent-Length: 9\nEncoding: UTF8\n\nX`, 'truncated'],
    ['a header without a colon', `${start}\nContent-Length\n\n`, 'bad-header'],
    ['Japanese before the body', `${start}\nDatabase-names: 図書\nContent-Length: 0\n\n`, 'bad-header'],
    ['another encoding', `${start}\nContent-Length: 1\nEncoding: JIS7\n\nX`, 'unsupported-encoding'],
  ];
  for (const [what, text, code] of refused) {
    it(`refuses ${what}: ${code}`, () => {
      expect(codeOf(() => read(text))).toBe(code);
    });
  }

  it('refuses bytes that are no UTF-8', () => {
    const head = bytes(`${start}\nContent-Length: 2\nEncoding: UTF8\n\n`);
    expect(codeOf(() => decodeRequest(new Uint8Array([...head, 0x90, 0x56])))).toBe('bad-encoding');
  });
});

describe('decodeResponse', () => {
  const read = (text: string): CatpResponse => decodeResponse(bytes(text));
  const head = `${STATUS_LINE}\r\nMethods:\r\n`;

  it('takes an empty line 1, or a bare list of methods in it', () => {
    expect(read(`${STATUS_LINE}\r\n\r\nContent-Length:0\r\n\r\n`).headers).toEqual([]);
    expect(read(`${STATUS_LINE}\r\nGETHANDLE,SEARCH\r\nContent-Length:0\r\n\r\n`).headers).toEqual([
      ['Methods', 'GETHANDLE,SEARCH'],
    ]);
  });

  it('takes LF lines, blanks after the colon and a missing reason phrase', () => {
    const answer = read(`SEARCH 0A1B2C3D4E 001 CATP/1.0 404\nResult-count: 0\nContent-Length: 0\n\n`);
    expect([answer.status, answer.reason, answer.version]).toEqual(['404', '', 'CATP/1.0']);
    expect(answer.headers).toEqual([['Result-count', '0']]);
  });

  const refused: readonly (readonly [what: string, text: string, code: CatpErrorCode])[] = [
    ['nothing at all', '', 'truncated'],
    ['a status of another form', `SEARCH 0A1B2C3D4E 001 CATP/1.1 20 OK\r\nContent-Length:0\r\n\r\n`, 'bad-status'],
    ['a status of no known class', `SEARCH 0A1B2C3D4E 001 CATP/1.1 600 OK\r\nContent-Length:0\r\n\r\n`, 'bad-status'],
    ['an HTML page', `<html><body>\r\nservice is closed</body>\r\n\r\n`, 'bad-start-line'],
    ['an answer without Content-Length', `${head}Encoding:UTF8\r\n\r\n`, 'missing-length'],
    ['a body one byte too short', `${head}Content-Length:4\r\nEncoding:UTF8\r\n\r\n新`, 'truncated'],
    ['a body one byte too long', `${head}Content-Length:2\r\nEncoding:UTF8\r\n\r\n新`, 'bad-length'],
    ['a length in characters', `${head}Content-Length:1\r\nEncoding:UTF8\r\n\r\n新`, 'bad-length'],
    ['a body in another encoding', `${head}Content-Length:1\r\nEncoding:GBK\r\n\r\nX`, 'unsupported-encoding'],
    ['an unknown encoding without a body', `${head}Content-Length:0\r\nEncoding:JIS7\r\n\r\n`, 'unsupported-encoding'],
    ['a body without an encoding', `${head}Content-Length:1\r\n\r\nX`, 'unsupported-encoding'],
    ['a header line that is none', `${head}Result count\r\nContent-Length:0\r\n\r\n`, 'bad-header'],
  ];
  for (const [what, text, code] of refused) {
    it(`refuses ${what}: ${code}`, () => {
      expect(codeOf(() => read(text))).toBe(code);
    });
  }

  it('refuses bytes that are no UTF-8', () => {
    const start = bytes(`${head}Content-Length:2\r\nEncoding:UTF8\r\n\r\n`);
    expect(codeOf(() => decodeResponse(new Uint8Array([...start, 0xe3, 0x81])))).toBe('bad-encoding');
  });

  it('keeps a U+FEFF at the beginning of the body', () => {
    expect(decodeResponse(encodeResponse({ ...RESPONSE, body: '\ufeffID=1' })).body).toBe('\ufeffID=1');
  });

  it('refuses the answer to another request; GETHANDLE alone gives a new handle and frame', () => {
    const answer = encodeResponse(RESPONSE);
    expect(codeOf(() => decodeResponse(answer, REQUEST))).toBe('no error');
    expect(codeOf(() => decodeResponse(answer, { ...REQUEST, method: 'SCAN' }))).toBe('wrong-echo');
    expect(codeOf(() => decodeResponse(answer, { ...REQUEST, handle: '0A1B2C3D4F' }))).toBe('wrong-echo');
    expect(codeOf(() => decodeResponse(answer, { ...REQUEST, frame: '002' }))).toBe('wrong-echo');
    const login = encodeResponse({ ...RESPONSE, method: 'GETHANDLE' });
    expect(codeOf(() => decodeResponse(login, { method: 'GETHANDLE', handle: '0123456789', frame: '000' }))).toBe(
      'no error',
    );
  });

  it('never lets the message of an error repeat what was sent', () => {
    try {
      encodeRequest({ ...REQUEST, headers: [['Authenticate', 'user,秘密']] });
      fail('not refused');
    } catch (error) {
      expect(String(error)).not.toContain('秘密');
    }
  });
});

describe('framing, for any content', () => {
  const printable = fc.string({
    unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
    maxLength: 20,
  });
  const session = {
    method: fc.constantFrom('SEARCH', 'RETRIEVE', 'SERVERPROCEDURECALL'),
    handle: fc.string({ unit: fc.constantFrom(...'0123456789ABCDEF'), minLength: 10, maxLength: 10 }),
    frame: fc.integer({ min: 0, max: 999 }).map((frame) => String(frame).padStart(3, '0')),
    version: fc.constantFrom('CATP/1.0', 'CATP/1.1'),
    headers: fc.array(fc.tuple(fc.constantFrom('Database-names', 'ILL-command', 'X-Any'), printable), { maxLength: 4 }),
    body: fc.string({ unit: 'binary', maxLength: 60 }),
  };

  it('a request is read as it was written', () => {
    fc.assert(
      fc.property(fc.record(session), (request) => {
        expect(decodeRequest(encodeRequest(request))).toEqual(request);
      }),
      RUNS,
    );
  });

  it('an answer is read as it was written, with the files that it names in line 1', () => {
    const inLayout = (headers: CatpHeaders): CatpHeaders => {
      const files = headers.find(([name]) => name === 'Database-names');
      return files === undefined ? headers : [files, ...headers.filter((header) => header !== files)];
    };
    const response = fc.record({
      ...session,
      status: fc.constantFrom('200', '300', '409', '500'),
      reason: fc.constantFrom('OK', 'NOT ALLOWED'),
    });
    fc.assert(
      fc.property(response, (answer) => {
        expect(decodeResponse(encodeResponse(answer), answer)).toEqual({
          ...answer,
          headers: inLayout(answer.headers),
        });
      }),
      RUNS,
    );
  });

  it('any bytes are read or refused with a CatpError', () => {
    const message = fc.tuple(
      fc.constantFrom('', `${STATUS_LINE}\r\nContent-Length:3\r\nEncoding:UTF8\r\n\r\n`),
      fc.uint8Array({ maxLength: 80 }),
    );
    fc.assert(
      fc.property(message, ([head, rest]) => {
        const input = new Uint8Array([...bytes(head), ...rest]);
        expect(codeOf(() => decodeResponse(input))).not.toBe('another error');
        expect(codeOf(() => decodeRequest(input))).not.toBe('another error');
      }),
      RUNS,
    );
  });
});
