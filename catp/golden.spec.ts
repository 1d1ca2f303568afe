import { readdirSync, readFileSync } from 'node:fs';
import { CatpError } from './errors';
import { decodeRequest, decodeResponse, encodeRequest, encodeResponse } from './framing';
import { BOOK, FLAT_BOOK, GOLDEN, ORDERED, REFERENCE_BOOK, SERIAL_WITH_HISTORY } from './testing/golden-messages';
import { METHODS } from './names';
import { decodeRecord, decodeRecords } from './record';
import { isRefusal } from './status';

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
    expect(decodeRecords(body('search-one.answer.txt'))).toEqual([BOOK]);
    expect(decodeRecords(body('search-several.answer.txt'))).toEqual([BOOK, FLAT_BOOK]);
    expect(decodeRecords(body('search-reference.answer.txt'))).toEqual([REFERENCE_BOOK]);
    expect(decodeRecords(body('search-history.answer.txt'))).toEqual([SERIAL_WITH_HISTORY]);
    expect(decodeRecord(body('serverprocedurecall.answer.txt'))).toEqual(ORDERED);
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

  it('finds no boundary around a single hit', () => {
    expect(lines('search-one.answer.txt')[8]).toBe('ID=BA90000017');
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
