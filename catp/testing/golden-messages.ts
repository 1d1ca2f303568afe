/** The messages in `test/golden` in typed form, for specs only. */
import { encodeIndexList } from '../index-list';
import { loginHeader } from '../login';
import {
  CATP_VERSION,
  DATABASE_FIELD,
  DUMMY_FRAME,
  DUMMY_HANDLE,
  EDIT_TYPE,
  HEADER,
  ILL_PROCEDURE,
  METHODS,
} from '../names';
import { and, andNot, or, printQuery, term } from '../query';
import { encodeRecord, encodeRecords } from '../record';
import { resultSetHeaders } from '../result-set';
import { statusOf, type StatusName } from '../status';
import type { CatpHeaders, CatpRecord, CatpRequest, CatpResponse } from '../types';

interface GoldenExchange {
  readonly name: string;
  readonly request: CatpRequest;
  readonly response: CatpResponse;
}

const HANDLE = '0A1B2C3D4E';

export const BOOK: CatpRecord = {
  ID: 'BA90000017',
  TR: [{ TRD: '𠮷野の桜 / 髙橋著', TRR: 'ヨシノ ノ サクラ' }],
  PUB: [{ PUBP: '新潟', PUBL: '髙田書房', PUBDT: '2019.4' }],
  VOLG: [{ VOL: '', ISBN: '9784900000018' }],
};
export const FLAT_BOOK: CatpRecord = { ID: 'BA90000028', TRD: '新潟の地誌', NOTE: ['E=mc²', '「注」'] };
export const REFERENCE_BOOK: CatpRecord = {
  ID: 'JPM9900001',
  NBN: ['JP99000001', 'JP99000002'],
  TR: [{ TRD: '𠮷野の桜 / 髙橋著' }],
};
export const SERIAL_WITH_HISTORY: CatpRecord = {
  ID: 'AN90000012',
  TR: [{ TRD: '新潟評論 / 新潟学会' }],
  FID: '99000011',
  BHNT: [
    { BHK: 'CF', BHTR: '新潟学報 / 新潟学会', BHBID: 'AN90000023' },
    { BHK: 'ZZ', BHBID: 'AN90000034' },
  ],
};

const ORDER: CatpRecord = {
  ACCT: 'pb',
  CLNT: '利用者 001 髙𠮷',
  BIBG: [{ BIBID: 'BA90000017', BIBNT: '𠮷野の桜 / 髙橋著. -- 2019.4' }],
  HMLG: [{ HMLID: 'FA090018', LOC: '本館' }, { HMLID: 'FA090029' }],
};
export const ORDERED: CatpRecord = {
  ID: 'LA9000000001',
  STAT: '未処理',
  OMLID: 'FA090007',
  AMLID: 'FA090018',
  ...ORDER,
  SENDG: [{ SENDCMND: 'ORDER', SENDMLID: 'FA090007', SENDCMNT: 'よろしくお願いします。' }],
};
const CLOSED = { ID: 'FA090007', STAT: 'N', POLICY: ['複写:即日', '貸借:2週間'] };

const SETS: CatpHeaders = [
  [HEADER.smallSetElementSetNames, EDIT_TYPE.full],
  [HEADER.mediumSetElementSetNames, EDIT_TYPE.full],
  [HEADER.smallSetUpperBound, '50'],
  [HEADER.largeSetLowerBound, '200'],
  [HEADER.mediumSetPresentNumber, '200'],
];
const BOOKS: CatpHeaders = [[HEADER.databaseNames, 'BOOK'], ...SETS];

/** Writes the records as a server sends them when it names their file. */
const transferred = (database: string, ...records: readonly CatpRecord[]): string =>
  encodeRecords(records.map((record) => ({ [DATABASE_FIELD]: database, ...record })));
/** The headers of a SEARCH answer that names the files. */
const found = (databases: string, count: number, returned: number, next: number): CatpHeaders => [
  [HEADER.databaseNames, databases],
  ...resultSetHeaders({ count, returned, next }),
];

interface Sides {
  readonly frame: string;
  readonly headers?: CatpHeaders;
  readonly body?: string;
  readonly answer?: { readonly headers?: CatpHeaders; readonly body?: string; readonly status?: StatusName };
}

function exchange(
  name: string,
  method: string,
  { frame, headers = [], body = '', answer = {} }: Sides,
): GoldenExchange {
  const session = { method, handle: HANDLE, frame, version: CATP_VERSION };
  return {
    name,
    request: { ...session, headers, body },
    response: {
      ...session,
      ...statusOf(answer.status ?? 'ok'),
      headers: answer.headers ?? [],
      body: answer.body ?? '',
    },
  };
}

const login = exchange('gethandle', 'GETHANDLE', {
  frame: '001',
  headers: [loginHeader({ user: 'sim901', password: 'secret' })],
  answer: { headers: [[HEADER.methods, METHODS.join(',')]] },
});

/** One request and answer for each method; SEARCH with one hit and with several. */
export const GOLDEN: readonly GoldenExchange[] = [
  { ...login, request: { ...login.request, handle: DUMMY_HANDLE, frame: DUMMY_FRAME } },
  exchange('releasehandle', 'RELEASEHANDLE', { frame: '000' }),
  exchange('releaseframe', 'RELEASEFRAME', { frame: '002' }),
  exchange('search-one', 'SEARCH', {
    frame: '001',
    headers: BOOKS,
    body: printQuery(and(term('TITLEKEY', '新潟'), term('YEARKEY', '2019'))),
    answer: { headers: found('BOOK', 1, 1, 0), body: transferred('BOOK', BOOK) },
  }),
  exchange('search-several', 'SEARCH', {
    frame: '002',
    headers: BOOKS,
    body: printQuery(term('TITLEKEY', '新潟')),
    answer: { headers: found('BOOK', 3, 2, 3), body: transferred('BOOK', BOOK, FLAT_BOOK) },
  }),
  exchange('search-reference', 'SEARCH', {
    frame: '005',
    headers: [[HEADER.databaseNames, 'JPMARC,TRCMARC'], ...SETS],
    body: printQuery(and(term('AKEY', '吉の'), term('NBN', 'JP99000001'))),
    answer: { headers: found('JPMARC,TRCMARC', 1, 1, 0), body: transferred('JPMARC', REFERENCE_BOOK) },
  }),
  // This answer comes from a server that names neither the searched files nor the file of a record.
  exchange('search-history', 'SEARCH', {
    frame: '006',
    headers: [[HEADER.databaseNames, 'SERIAL'], ...SETS],
    body: printQuery(term('FID', '99000011')),
    answer: {
      headers: resultSetHeaders({ count: 1, returned: 1, next: 0 }),
      body: encodeRecords([SERIAL_WITH_HISTORY]),
    },
  }),
  exchange('retrieve', 'RETRIEVE', {
    frame: '002',
    headers: [
      [HEADER.resultSetStartPosition, '3'],
      [HEADER.numberOfRecordsRequested, '1'],
    ],
    answer: { headers: resultSetHeaders({ count: 3, returned: 1, next: 0 }), body: transferred('BOOK', FLAT_BOOK) },
  }),
  exchange('search-nested', 'SEARCH', {
    frame: '007',
    headers: BOOKS,
    body: printQuery(
      andNot(
        and(term('_TITLE_', '𠮷野'), or(term('YEARKEY', '2018'), term('YEARKEY', '2019')), term('_AUTH_', '髙橋')),
        term('PUBLKEY', '髙田書房'),
      ),
    ),
    answer: { headers: found('BOOK', 0, 0, 0) },
  }),
  exchange('scan', 'SCAN', {
    frame: '003',
    headers: [[HEADER.targetFrame, '002'], ...SETS],
    body: printQuery(and(term('AHDNG', '髙橋'), term('YEAR1', '201[89]'))),
    answer: { headers: resultSetHeaders({ count: 0, returned: 0, next: 0 }) },
  }),
  exchange('indexlist', 'INDEXLIST', {
    frame: '004',
    headers: [
      [HEADER.databaseNames, 'COPYO'],
      [HEADER.indexName, 'OMLIDS'],
    ],
    answer: {
      body: encodeIndexList([
        { key: 'FA090007未処理', count: 12 },
        { key: 'FA090007CANCEL', count: 3 },
      ]),
    },
  }),
  exchange('update', 'UPDATE', {
    frame: '001',
    headers: [
      [HEADER.databaseNames, 'MEMBER'],
      [HEADER.returnedEditType, EDIT_TYPE.full],
    ],
    body: encodeRecord(CLOSED),
    answer: {
      body: transferred('MEMBER', { ID: CLOSED.ID, NAME: '模擬大学図書館', STAT: CLOSED.STAT, POLICY: CLOSED.POLICY }),
    },
  }),
  exchange('serverprocedurecall', 'SERVERPROCEDURECALL', {
    frame: '001',
    headers: [
      [HEADER.procedureName, ILL_PROCEDURE],
      [HEADER.databaseNames, 'LOANO'],
      [HEADER.illCommand, 'ORDER'],
      [HEADER.returnedEditType, EDIT_TYPE.full],
    ],
    body: encodeRecord({ ...ORDER, _COMMENT_: 'よろしくお願いします。' }),
    answer: { body: transferred('LOANO', ORDERED) },
  }),
];
