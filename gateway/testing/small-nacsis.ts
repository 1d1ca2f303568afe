import { headerValue } from '#catp/header-block';
import { HEADER } from '#catp/names';
import { decodeRecord, encodeRecord, groups } from '#catp/record';
import { encodeIndexList } from '#catp/index-list';
import type { CatpRecord } from '#catp/types';
import { answering, CatpServer, finding } from './catp-server';
import { LENDER_IDS, OWN_ID } from './spec-app';

/** The only request of the library: a copy in 準備中. */
export const ONLY_REQUEST = 'LA0000000012';

const MEMBER_FIELDS = {
  ILLFLG: 'A',
  STAT: 'A',
  COPYS: 'A',
  LOANS: 'A',
  FAXS: 'N',
  ADDRESS: '東京都',
  ILLSTAFF: '担当 A',
};
const MEMBERS = [OWN_ID, ...LENDER_IDS].map((ID) => ({ ID, NAME: ID, ...MEMBER_FIELDS }));

/**
 * Starts a NACSIS-ILL on a real socket, with one request and open members. It reads every call as strictly as the codec
 * can, and gives each order a new id.
 */
export async function startSmallNacsis(): Promise<CatpServer> {
  const server = await CatpServer.start();
  let orders = 0;
  let stored: CatpRecord = {
    ...{ ID: ONLY_REQUEST, STAT: '準備中', OMLID: OWN_ID, ACCT: 'pb', BIBG: [{ BIBNT: '見本の資料' }] },
    ...{ SENDG: [{ SENDCMND: 'SAVE', SENDMLID: OWN_ID }] },
  };
  server.always('SEARCH', (socket, request) => {
    const database = headerValue(request.headers, HEADER.databaseNames);
    // The other library of the institution has no request.
    const isOwn = database === 'COPYO' && [OWN_ID, ONLY_REQUEST].some((id) => request.body.includes(id));
    const named = MEMBERS.filter(({ ID }) => request.body.includes(ID));
    const members = named.length > 0 ? named : MEMBERS;
    finding(database === 'MEMBER' ? members : isOwn ? [stored] : [])(socket, request);
  });
  server.always('UPDATE', (socket, request) => {
    const record = decodeRecord(request.body);
    answering({ body: encodeRecord({ NAME: OWN_ID, ...MEMBER_FIELDS, ...record }) })(socket, request);
  });
  server.always('INDEXLIST', answering({ body: encodeIndexList([]) }));
  server.always('SERVERPROCEDURECALL', (socket, request) => {
    const { _COMMENT_: comment, ...record } = decodeRecord(request.body);
    const command = headerValue(request.headers, HEADER.illCommand) ?? '';
    const entry = {
      SENDCMND: command,
      SENDMLID: OWN_ID,
      ...(typeof comment === 'string' && comment !== '' ? { SENDCMNT: comment } : {}),
    };
    const before = record['ID'] === ONLY_REQUEST ? groups(stored, 'SENDG') : [];
    const STAT = command === 'ORDER' ? '未処理' : '準備中';
    const after = { ...stored, ...record, STAT, OMLID: OWN_ID, SENDG: [...before, entry] };
    if (record['ID'] === ONLY_REQUEST) stored = { ...after, STAT: '準備中' };
    const ID = record['ID'] ?? `LB${String((orders += 1)).padStart(10, '0')}`;
    answering({ body: encodeRecord({ ...after, ID }) })(socket, request);
  });
  return server;
}
