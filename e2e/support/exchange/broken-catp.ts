import { randomInt } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { historyIn, textIn, type WireRecord } from '../../../test/catp-client/catp-client';
import { INSTEAD, type BreakWay } from './broken-http';
import { bodyOf, catpAnswer, idOf, recordIn, type CatpCall, type CatpParts } from './catp-message';
import type { Strike } from './hostile-proxy';
import { rawAnswer } from './raw-http';

/** Data for forging a plausible answer. */
export interface Forger {
  /** The FA number of the library whose commands are broken. */
  readonly memberId: string;
  /** Made-up ids of requests that do not exist. */
  readonly madeUp: Set<string>;
  /** The current record in NACSIS-ILL. */
  readonly current: (id: string) => Promise<WireRecord>;
  /** Another request of the same file that the gateway knows. */
  readonly bystander: (database: string) => WireRecord;
  /** The bytes of the last real answer to a command on another request. */
  readonly foreign: (call: CatpCall) => Buffer;
}

type Draft = CatpParts & { readonly record: WireRecord };
/** Makes one thing wrong in a plausible answer. */
type Forgery = (draft: Draft, call: CatpCall, forger: Forger) => Buffer | Promise<Buffer>;

/** Texts that do not look like NACSIS-ILL ids. */
export const WRONG_IDS = ['0', 'x', 'LA-1', 'LA12', '../../etc', 'ＬＡ８００００００００１'] as const;
const ALIEN_HANDLE = 'ZZZZZZZZZZ';

/** The real answer if there is one, otherwise the answer to expect if the command had succeeded. */
async function draftOf({ call, answer }: Strike, forger: Forger): Promise<Draft> {
  const record = answer === undefined ? await imagined(call, forger) : recordIn(answer);
  const { method, handle, frame } = call;
  return { method, handle, frame, record, body: bodyOf(record) };
}

async function imagined(call: CatpCall, { memberId, madeUp, current }: Forger): Promise<WireRecord> {
  const { _COMMENT_: comment, ...given } = call.record;
  const entry = {
    SENDCMND: call.command,
    SENDMLID: memberId,
    ...(typeof comment === 'string' ? { SENDCMNT: comment } : {}),
  };
  const id = idOf(call);
  if (id !== '') {
    const before = await current(id);
    return { ...before, ...given, SENDG: [...historyIn(before), entry] };
  }
  const state = call.command === 'SAVE' ? '準備中' : '未処理';
  const made = { ID: `LA8${String(randomInt(1_000_000_000)).padStart(9, '0')}`, STAT: state, OMLID: memberId };
  madeUp.add(made.ID);
  return { ...given, ...made, SRVCE: call.database.startsWith('COPY') ? 'C' : 'L', SENDG: [entry] };
}

type Limits = Pick<BreakWay, 'only' | 'refuses' | 'succeeds' | 'anyCall'>;

const forged =
  (name: string, forgery: Forgery, limits: Limits = {}) =>
  (forger: Forger): BreakWay => ({
    name,
    moments: limits.refuses ? ['received', 'working'] : limits.succeeds ? ['done'] : INSTEAD,
    ...limits,
    strike: async (strike) => {
      const draft = await draftOf(strike, forger);
      strike.socket.write(await forgery(draft, strike.call, forger));
    },
  });

const inHttp = (bytes: Buffer | string): Buffer => rawAnswer(bytes);
/** The draft with some parts replaced. */
const part = (name: string, parts: Partial<CatpParts>, limits: Limits = {}) =>
  forged(name, (draft) => inHttp(catpAnswer({ ...draft, ...parts })), limits);
/** The draft with another record. */
const about = (
  name: string,
  change: (record: WireRecord, call: CatpCall, forger: Forger) => WireRecord,
  only: 'new' | 'existing',
) =>
  forged(
    name,
    (draft, call, forger) => inHttp(catpAnswer({ ...draft, body: bodyOf(change(draft.record, call, forger)) })),
    { only },
  );
/** The draft with other bytes instead of its record. */
const around = (name: string, change: (body: string) => string | Buffer) =>
  forged(name, (draft) => inHttp(catpAnswer({ ...draft, body: Buffer.from(change(draft.body.toString())) })));
/** The bytes of the draft, cut or changed. */
const bytes = (name: string, change: (whole: Buffer) => Buffer | string, limits: Limits = {}) =>
  forged(name, (draft) => inHttp(change(catpAnswer(draft))), limits);

const ANY = { anyCall: true } as const;
const upTo = (whole: Buffer, text: string, more = 0): Buffer => whole.subarray(0, whole.indexOf(text) + more);

/** Incomplete answers and answers to another call. */
const FRAMES = [
  bytes('half a CATP line', (whole) => whole.subarray(0, 12), ANY),
  bytes('a CATP status line without its end', (whole) => upTo(whole, '\r\n'), ANY),
  bytes('a CATP status line and nothing else', (whole) => upTo(whole, '\r\n', 2), ANY),
  bytes('CATP headers without their end', (whole) => upTo(whole, '\r\n\r\n', 2), ANY),
  bytes('half a CATP record', (whole) => whole.subarray(0, whole.length - 40)),
  bytes('a CATP answer with garbage behind it', (whole) => Buffer.concat([whole, Buffer.from('X-Cache: HIT\r\n')])),
  bytes('a CATP answer twice in one', (whole) => Buffer.concat([whole, whole])),
  part('another handle', { handle: ALIEN_HANDLE }),
  part('another frame', { frame: '777' }),
  part('another method', { method: 'RELEASEFRAME' }, ANY),
  part('another version', { version: 'CATP/9.9' }, ANY),
  part('no CATP length', { length: [] }),
  part('a CATP length that is too long', { length: ['Content-Length:999999'] }, ANY),
  part('a CATP length that is too short', { length: ['Content-Length:3'] }),
  part('a CATP length that is no number', { length: ['Content-Length:0x10'] }, ANY),
  part('two CATP lengths', { length: ['Content-Length:1', 'Content-Length:2'] }, ANY),
  part('another encoding', { encoding: 'SJIS' }),
  forged('the answer of another call', (_draft, call, { foreign }) => inHttp(foreign(call))),
  forged('the request as its own answer', (_draft, { bytes: sent }) => inHttp(sent), ANY),
  forged('a true answer below HTTP 500', (draft) =>
    rawAnswer(catpAnswer(draft), { status: '500 Internal Server Error' }),
  ),
  forged('a true answer below HTTP 404', (draft) => rawAnswer(catpAnswer(draft), { status: '404 Not Found' })),
  forged('a true answer that HTTP makes shorter', (draft) => {
    const whole = catpAnswer(draft);
    return rawAnswer(whole, { length: whole.length - 30 });
  }),
  forged('a true answer in gzip', (draft) =>
    rawAnswer(gzipSync(catpAnswer(draft)), { headers: { 'Content-Encoding': 'gzip' } }),
  ),
];

/** Wrong CATP statuses. */
const CATP_STATUSES = [
  ...['500 SERVER ERROR', '503 SERVICE UNAVAILABLE', '599 WHATEVER'].map((status) =>
    part(`CATP ${status}`, { status, body: Buffer.alloc(0) }, ANY),
  ),
  part('CATP 500 with a record', { status: '500 SERVER ERROR' }),
  ...['100 CONTINUE', '999 WHATEVER', '2OO OK', '20 OK'].map((status) => part(`CATP ${status}`, { status }, ANY)),
  ...['409 NOT ALLOWED IN THIS STATE', '422 INVALID FIELDS', '403 NOT PERMITTED', '412 NO SUCH HANDLE'].map((status) =>
    part(`CATP ${status}`, { status, body: Buffer.alloc(0) }, { refuses: true }),
  ),
  part('CATP 300 WARNING SUCCESS', { status: '300 WARNING SUCCESS' }, { succeeds: true }),
];

/** Bodies that are not exactly one record. */
const BODIES = [
  around('no record', () => ''),
  around('a page in the place of the record', () => '<html>\r\n<body>\r\n'),
  around('a record with a line that is no field', (body) => `${body}garbage without a sign\r\n`),
  around('a record whose group does not end', (body) => `${body}<HMLG>\r\nHMLID=FA000000\r\n`),
  around('a record in another encoding', (body) => Buffer.from(body, 'utf16le')),
  around('a record that is no UTF-8', (body) =>
    Buffer.concat([Buffer.from(body), Buffer.from([0x43, 0x4c, 0x4e, 0x54, 0x3d, 0xff, 0xfe, 0x0d, 0x0a])]),
  ),
  around('a record without its id', (body) => body.replace(/^ID=.*\r\n/m, '')),
  around('two records', (body) => `--NACSIS-CATP\r\n${body}--NACSIS-CATP\r\n${body}--NACSIS-CATP--\r\n`),
];

/** Answers whose frame belongs to this call and whose record belongs to another. */
const RECORDS = [
  about('the record of another request', (_record, call, { bystander }) => bystander(call.database), 'existing'),
  about(
    'the command on another request',
    (record, call, { bystander }) => ({ ...record, ID: textIn(bystander(call.database), 'ID') }),
    'existing',
  ),
  forged(
    'an older answer of the same request',
    async (draft, call, { current }) => {
      const record = await current(idOf(call));
      const length = historyIn(draft.record).length - 1;
      return inHttp(
        catpAnswer({ ...draft, body: bodyOf({ ...record, SENDG: [...historyIn(record).slice(0, length)] }) }),
      );
    },
    { only: 'existing' },
  ),
  ...WRONG_IDS.map((id) => about(`the id ${id}`, (record) => ({ ...record, ID: id }), 'new')),
  about(
    'the id of another request',
    (record, call, { bystander }) => ({ ...record, ID: textIn(bystander(call.database), 'ID') }),
    'new',
  ),
  about('the record of another order', (_record, call, { bystander }) => bystander(call.database), 'new'),
  about('no mark', (record) => ({ ...record, OLDF: '' }), 'new'),
  about("another order's mark", (record) => ({ ...record, OLDF: '[NI:AAAAAAAAAAAAA]' }), 'new'),
];

/** CATP answers that are wrong or belong to another call. */
export function catpWays(forger: Forger): readonly BreakWay[] {
  return [...FRAMES, ...CATP_STATUSES, ...BODIES, ...RECORDS].map((way) => way(forger));
}
