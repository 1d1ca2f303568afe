import { CatpError } from '#catp/errors';
import { decodeRequest, encodeResponse } from '#catp/framing';
import { headerValue } from '#catp/header-block';
import { loginIn } from '#catp/login';
import {
  CATP_VERSION,
  DUMMY_FRAME,
  DUMMY_HANDLE,
  EDIT_TYPE,
  HEADER,
  ILL_PROCEDURE,
  METHODS,
  type CatpMethod,
} from '#catp/names';
import { parseQuery } from '#catp/query';
import { decodeRecord, text } from '#catp/record';
import { statusOf, type StatusName } from '#catp/status';
import type { CatpRequest, CatpResponse } from '#catp/types';
import { commandByWire } from '#domain/ill/commands';
import { DATABASES } from '#domain/ill/kinds';
import { isIllDatabase } from '../data-files';
import { ID_WIRE } from '../ill/command-body';
import type { IllEngine } from '../ill/engine';
import { asciiOnly, Refused } from '../refused';
import type { NacsisWorld } from '../world';
import { updateOwnMember } from './member-update';
import type { CatpCall } from './catp-call';
import { editType, NOTHING, type Answer } from './result-pages';
import { databasesIn, Retrieval } from './retrieval';
import { FIRST_FRAME, type Session } from './sessions';
import { received, transferred } from './transfer';

type Method = (session: Session, request: CatpRequest) => Answer;

/**
 * CATP/1.1: takes the bytes of a request and returns the bytes of an answer. Never throws; an internal fault becomes a
 * 500 status line.
 */
export class CatpService {
  private readonly retrieval: Retrieval;
  private readonly methods: Readonly<Record<Exclude<CatpMethod, 'GETHANDLE'>, Method>>;

  constructor(private readonly world: NacsisWorld) {
    const retrieval = new Retrieval(world.files, world.bodies);
    this.retrieval = retrieval;
    this.methods = {
      RELEASEHANDLE: (session) => {
        this.world.sessions.close(session.handle);
        return NOTHING;
      },
      RELEASEFRAME: (session, request) => this.retrieval.releaseFrame(session, request),
      SEARCH: (session, request) => this.retrieval.search(session, request),
      RETRIEVE: (session, request) => this.retrieval.retrieve(session, request),
      SCAN: (session, request) => this.retrieval.scan(session, request),
      INDEXLIST: (session, request) => this.retrieval.indexList(session, request),
      UPDATE: (session, request) => this.update(session, request),
      SERVERPROCEDURECALL: (session, request) => callProcedure(this.world.engine, session, request),
    };
  }

  read(bytes: Uint8Array): CatpCall {
    try {
      const request = decodeRequest(bytes);
      return { request, echo: request, ...commandIn(request) };
    } catch (error) {
      if (!(error instanceof CatpError)) throw error;
      return { request: undefined, error, echo: echoOf(bytes) };
    }
  }

  answer(call: CatpCall): Uint8Array {
    return encodeResponse(this.respond(call));
  }

  /** Answers with this status without doing anything. */
  refuse(call: CatpCall, status: string, reason: string): Uint8Array {
    return encodeResponse({ ...call.echo, status, reason: asciiOnly(reason), headers: [], body: '' });
  }

  private respond({ request, error, echo }: CatpCall): CatpResponse {
    try {
      if (request === undefined) throw error ?? new Refused('badRequest', '');
      return request.method === 'GETHANDLE' ? this.logIn(request) : this.run(request);
    } catch (thrown) {
      return { ...echo, ...refusalOf(thrown), headers: [], body: '' };
    }
  }

  private logIn(request: CatpRequest): CatpResponse {
    const login = loginIn(request.headers);
    const account = this.world.accounts().find(({ user }) => user === login?.user);
    if (login === undefined || account === undefined || account.password !== login.password)
      throw new Refused('loginRefused', '');
    const { handle } = this.world.sessions.open(account.user, account.memberId);
    return {
      ...request,
      handle,
      frame: FIRST_FRAME,
      ...statusOf('ok'),
      headers: [[HEADER.methods, METHODS.join(',')]],
      body: '',
    };
  }

  private run(request: CatpRequest): CatpResponse {
    const { method, handle, frame, version } = request;
    const session = this.world.sessions.use(handle);
    if (!isMethod(method)) throw new Refused('badRequest', `method ${method} is not served`);
    const answer = this.methods[method](session, request);
    this.world.calls.countRecords(Number(headerValue(answer.headers, HEADER.numberOfRecordsReturned) ?? 0));
    return { method, handle, frame, version, ...statusOf('ok'), ...answer };
  }

  private update(session: Session, request: CatpRequest): Answer {
    const [database, ...others] = databasesIn(request);
    if (database !== 'MEMBER' || others.length > 0) throw new Refused('badRequest', 'UPDATE is for MEMBER only');
    const type = editType(request.headers, HEADER.returnedEditType, EDIT_TYPE.none);
    const record = updateOwnMember(
      this.world.members,
      session.memberId,
      received(database, decodeRecord(request.body)),
    );
    return type === EDIT_TYPE.none ? NOTHING : { headers: [], body: transferred({ database, record }, type) };
  }
}

/**
 * SERVERPROCEDURECALL with the procedure ILL. The database name determines kind and side (SPC 2). Ignores the frame.
 */
function callProcedure(engine: IllEngine, session: Session, request: CatpRequest): Answer {
  if (headerValue(request.headers, HEADER.procedureName) !== ILL_PROCEDURE)
    throw new Refused('badRequest', `${HEADER.procedureName} must be ${ILL_PROCEDURE}`);
  const [database, ...others] = databasesIn(request);
  if (database === undefined || others.length > 0 || !isIllDatabase(database))
    throw new Refused('badRequest', 'one of the four ILL files is needed');
  const command = commandByWire(headerValue(request.headers, HEADER.illCommand) ?? '');
  if (command === undefined) throw new Refused('badRequest', `${HEADER.illCommand} is unknown`);
  const type = editType(request.headers, HEADER.returnedEditType, EDIT_TYPE.none);
  const after = engine.perform({
    library: session.memberId,
    ...DATABASES[database],
    command,
    body: received(database, decodeRecord(request.body)),
  });
  return type === EDIT_TYPE.none
    ? NOTHING
    : { headers: [], body: transferred({ database, record: after.record }, type) };
}

function isMethod(method: string): method is Exclude<CatpMethod, 'GETHANDLE'> {
  return method !== 'GETHANDLE' && (METHODS as readonly string[]).includes(method);
}

function refusalOf(thrown: unknown): Pick<CatpResponse, 'status' | 'reason'> {
  if (thrown instanceof Refused) return reasoned(thrown.status, thrown.detail);
  if (thrown instanceof CatpError) return reasoned('badRequest', thrown.code);
  return statusOf('serverError');
}

function reasoned(name: StatusName, detail: string): Pick<CatpResponse, 'status' | 'reason'> {
  const { status, reason } = statusOf(name);
  return { status, reason: detail === '' ? reason : asciiOnly(`${reason}: ${detail}`) };
}

function commandIn(request: CatpRequest): Pick<CatpCall, 'command' | 'id'> {
  const isCommand = request.method === 'SERVERPROCEDURECALL';
  const command = isCommand ? headerValue(request.headers, HEADER.illCommand) : undefined;
  const id = idIn(request);
  return { ...(command === undefined ? {} : { command }), ...(id ? { id } : {}) };
}

/**
 * The id of the record that a command addresses, or that a SEARCH requests by ID alone; undefined when the body cannot
 * be read.
 */
function idIn({ method, body }: CatpRequest): string | undefined {
  try {
    if (method === 'SERVERPROCEDURECALL') return text(decodeRecord(body), ID_WIRE);
    if (method !== 'SEARCH') return undefined;
    const query = parseQuery(body);
    return query.kind === 'term' && query.index === ID_WIRE && !query.prefix ? query.value : undefined;
  } catch {
    return undefined;
  }
}

/** Returns the parts to echo for an unreadable request: each part of its first line that is valid. */
function echoOf(bytes: Uint8Array): CatpCall['echo'] {
  const line = Buffer.from(bytes.subarray(0, 200)).toString('latin1').split(/\r?\n/)[0] ?? '';
  const [method = '', handle = '', frame = '', version = ''] = line.split(' ');
  return {
    method: /^[A-Z]{2,32}$/.test(method) ? method : 'UNKNOWN',
    handle: /^[\x21-\x7e]{10}$/.test(handle) ? handle : DUMMY_HANDLE,
    frame: /^\d{3}$/.test(frame) ? frame : DUMMY_FRAME,
    version: /^CATP\/1\.[01]$/.test(version) ? version : CATP_VERSION,
  };
}
