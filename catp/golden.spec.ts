import { readdirSync, readFileSync } from 'node:fs';
import { CatpError } from './errors';
import { decodeRequest, decodeResponse, encodeRequest, encodeResponse } from './framing';
import { BOOK, FLAT_BOOK, GOLDEN, ORDERED, REFERENCE_BOOK, SERIAL_WITH_HISTORY } from './testing/golden-messages';
import { METHODS } from './names';
import { and, andNot, or, parseQuery, term, type Query } from './query';
import { decodeRecord, decodeRecords } from './record';
import { resultSetFrom } from './result-set';
import { isRefusal } from './status';
import type { CatpRecord } from './types';

const FOLDER = new URL('../test/golden/', import.meta.url);
const golden = (file: string): Uint8Array => new Uint8Array(readFileSync(new URL(file, FOLDER)));
const ANSWERS = readdirSync(FOLDER).filter((file) => file.endsWith('.answer.txt'));

describe('the golden messages', () => {
  it('cover every method', () => {
    expect([...new Set(GOLDEN.map(({ request }) => request.method))].sort()).toEqual([...METHODS].sort());
  });

  for (const { name, request, response } of GOLDEN) {
    it(`${name}: the request is written byte for byte and read back`, () => {
      expect(encodeRequest(request)).toEqual(golden(`${name}.request.txt`));
      expect(decodeRequest(golden(`${name}.request.txt`))).toEqual(request);
    });

    it(`${name}: the answer is written byte for byte and read back`, () => {
      expect(encodeResponse(response)).toEqual(golden(`${name}.answer.txt`));
      expect(decodeResponse(golden(`${name}.answer.txt`), request)).toEqual(response);
    });
  }

  it('hold records that read as they were typed, also beyond JIS X 0208', () => {
    const body = (file: string): string => decodeResponse(golden(file)).body;
    const of = (database: string, record: CatpRecord): CatpRecord => ({ _DBNAME_: database, ...record });
    expect(decodeRecords(body('search-one.answer.txt'))).toEqual([of('BOOK', BOOK)]);
    expect(decodeRecords(body('search-several.answer.txt'))).toEqual([of('BOOK', BOOK), of('BOOK', FLAT_BOOK)]);
    expect(decodeRecords(body('search-reference.answer.txt'))).toEqual([of('JPMARC', REFERENCE_BOOK)]);
    expect(decodeRecords(body('search-history.answer.txt'))).toEqual([SERIAL_WITH_HISTORY]);
    expect(decodeRecord(body('serverprocedurecall.answer.txt'))).toEqual(of('LOANO', ORDERED));
    expect(body('serverprocedurecall.answer.txt')).toContain('髙𠮷');
  });

  it('have 髙 in three bytes and 𠮷 in four, as UTF-8 has them', () => {
    for (const name of [
      'search-one.answer',
      'serverprocedurecall.request',
      'serverprocedurecall.answer',
      'scan.request',
    ]) {
      const message = Buffer.from(golden(`${name}.txt`)).toString('hex');
      expect(message).withContext(name).toContain('e9ab99');
      if (name !== 'scan.request') expect(message).withContext(name).toContain('f0a0aeb7');
    }
  });

  it('a refusal is read as one', () => {
    const refused = decodeResponse(golden('refused.answer.txt'));
    expect(refused.status).toBe('409');
    expect(isRefusal(refused.status)).toBeTrue();
  });
});

describe('the known client reads by line position', () => {
  const lines = (file: string): readonly string[] => new TextDecoder().decode(golden(file)).split('\r\n');

  it('finds the numbers of a SEARCH answer in lines 2 to 4 and the body from line 8', () => {
    const answer = lines('search-several.answer.txt');
    expect(answer[2]).toMatch(/^Result-count:\d+$/);
    expect(answer[3]).toMatch(/^Number-of-records-returned:\d+$/);
    expect(answer[4]).toMatch(/^Next-result-set-position:\d+$/);
    expect(answer[5]).toMatch(/^Content-Length:\d+$/);
    expect(answer[6]).toBe('Encoding:UTF8');
    expect(answer[7]).toBe('');
    expect(answer[8]).toBe('--NACSIS-CATP');
  });

  it('finds the same lines whether the answer names its files or not: the name stands in line 1, which it ignores', () => {
    const [named, nameless] = [lines('search-one.answer.txt'), lines('search-history.answer.txt')];
    expect([named[1], nameless[1]]).toEqual(['Database-names:BOOK', 'Methods:']);
    const names = (answer: readonly string[]) => answer.slice(2, 8).map((line) => line.replace(/:.*/, ''));
    expect(names(named)).toEqual(names(nameless));
  });

  it('finds no boundary around a single hit', () => {
    expect(lines('search-one.answer.txt').slice(8, 10)).toEqual(['_DBNAME_=BOOK', 'ID=BA90000017']);
    expect(lines('search-history.answer.txt')[8]).toBe('ID=AN90000012');
  });

  it('finds the methods in line 1 of a GETHANDLE answer', () => {
    expect(lines('gethandle.answer.txt')[1]).toContain('SEARCH');
  });
});

describe('the known client sends LF, counts characters and leaves the empty line out', () => {
  it('logs in and out', () => {
    const login = decodeRequest(golden('known-client-gethandle.request.txt'));
    expect(login).toEqual({
      method: 'GETHANDLE',
      handle: '0123456789',
      frame: '000',
      version: 'CATP/1.1',
      headers: [
        ['Authenticate', 'sim901,secret'],
        ['Schema-version', '2'],
      ],
      body: '',
    });
    expect(decodeRequest(golden('known-client-releasehandle.request.txt')).method).toBe('RELEASEHANDLE');
  });

  it('searches: the body is whole and without the line end after it', () => {
    expect(decodeRequest(golden('known-client-search.request.txt')).body).toBe('TITLEKEY="新潟"');
  });
});

describe('the client in production use writes CRLF, the line of its database, and searches in postfix', () => {
  const queryIn = (name: string): Query => parseQuery(decodeRequest(golden(`${name}.request.txt`)).body);

  it('searches by the virtual fields, and one of them without others', () => {
    const [title, author, publisher] = [
      term('_TITLE_', '𠮷野の桜'),
      term('_AUTH_', '髙橋'),
      term('PUBLKEY', '髙田書房'),
    ];
    expect(queryIn('postfix-client-search')).toEqual(and(title, author, publisher));
    expect(queryIn('postfix-client-search-without')).toEqual(
      andNot(term('_TITLE_', '桜'), or(term('_TITLE_', '梅'), term('_TITLE_', '桃'))),
    );
  });

  it('asks for several records by their ids in one chain', () => {
    expect(queryIn('postfix-client-search-ids')).toEqual(
      or(term('ID', 'BA90000017'), term('ID', 'BA90000028'), term('ID', 'BA90000039')),
    );
  });
});

describe('an answer of another server', () => {
  const request = { method: 'SEARCH', handle: '0A1B2C3D4E', frame: '001' };

  it('is read whatever its headers are and in whatever order they stand', () => {
    const answer = decodeResponse(golden('other-order.answer.txt'), request);
    expect(resultSetFrom(answer.headers)).toEqual({ count: 2, returned: 2, next: 0 });
    expect(decodeRecords(answer.body)).toEqual([BOOK, FLAT_BOOK]);
  });
});

describe('a golden answer cut at any byte', () => {
  for (const file of ANSWERS) {
    it(`${file} is refused with a CatpError at every position`, () => {
      const whole = golden(file);
      const wrong = Array.from(whole.keys()).filter((end) => !isRefused(() => decodeResponse(whole.subarray(0, end))));
      expect(wrong).toEqual([]);
    });

    it(`${file} with a byte more, or one header byte changed to a control character, is refused`, () => {
      const whole = golden(file);
      expect(isRefused(() => decodeResponse(new Uint8Array([...whole, 0x0a])))).toBeTrue();
      const damaged = whole.slice();
      damaged[3] = 0x01;
      expect(isRefused(() => decodeResponse(damaged))).toBeTrue();
    });
  }
});

function isRefused(read: () => unknown): boolean {
  try {
    read();
    return false;
  } catch (error) {
    return error instanceof CatpError;
  }
}
