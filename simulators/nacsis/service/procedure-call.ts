import { headerValue } from '#catp/header-block';
import { EDIT_TYPE, HEADER, ILL_PROCEDURE } from '#catp/names';
import { decodeRecord } from '#catp/record';
import type { CatpRequest } from '#catp/types';
import { commandByWire } from '#domain/ill/commands';
import { DATABASES } from '#domain/ill/kinds';
import { isIllDatabase } from '../data-files';
import type { IllEngine } from '../ill/engine';
import { Refused } from '../refused';
import { editType, NOTHING, type Answer } from './result-pages';
import { databasesIn } from './retrieval';
import type { Session } from './sessions';
import { received, transferred } from './transfer';

/**
 * SERVERPROCEDURECALL with the procedure ILL. The database name determines kind and side (SPC 2). Ignores the frame.
 */
export function callProcedure(engine: IllEngine, session: Session, request: CatpRequest): Answer {
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
