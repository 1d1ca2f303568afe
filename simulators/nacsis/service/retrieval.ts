import { headerValue } from '#catp/header-block';
import { encodeIndexList, STATUS_INDEX, statusKey } from '#catp/index-list';
import { INDEXES, type IndexedDatabase } from '#catp/indexes';
import { HEADER } from '#catp/names';
import { parseQuery, parseScan } from '#catp/query';
import { text } from '#catp/record';
import type { CatpRequest } from '#catp/types';
import { FIELDS } from '#domain/ill/fields';
import { DATABASES } from '#domain/ill/kinds';
import { isIllDatabase, type DataFiles } from '../data-files';
import { Refused } from '../refused';
import type { RecordBodies } from '../record-bodies';
import { scan } from '../search/scan';
import { search } from '../search/search';
import { editType, firstPage, NOTHING, numberIn, page, type Answer } from './result-pages';
import { resultSetOf, usableFrame, type Session } from './sessions';
import { SEARCH_NAMES_FILES } from './transfer';

/**
 * The methods that read. Each takes the session of the request's handle and returns headers and body, or throws
 * `Refused` or `CatpError`.
 */
export class Retrieval {
  constructor(
    private readonly files: DataFiles,
    private readonly bodies: RecordBodies,
  ) {}

  search(session: Session, request: CatpRequest): Answer {
    const frame = usableFrame(request.frame);
    const databases = databasesIn(request);
    const candidates = databases.flatMap((database) =>
      this.files.read(database, session.memberId).map((record) => ({ database, record })),
    );
    const hits = search(parseQuery(request.body), candidates, databases);
    const { headers, body } = firstPage(hits, request.headers, this.bodies.write);
    session.frames.set(frame, hits);
    return { headers: SEARCH_NAMES_FILES ? [[HEADER.databaseNames, databases.join(',')], ...headers] : headers, body };
  }

  /**
   * Filters the result set of one frame into another by patterns in the fields of its records.
   * @unconfirmed I: `Target-frame` names the frame that is filtered, the request's own frame takes what is left.
   * Confirm: SCAN with two frames, and RETRIEVE from both.
   */
  scan(session: Session, request: CatpRequest): Answer {
    const frame = usableFrame(request.frame);
    const source = resultSetOf(session, headerValue(request.headers, HEADER.targetFrame) ?? frame);
    const hits = scan(parseScan(request.body), source, this.files.member);
    const answer = firstPage(hits, request.headers, this.bodies.write);
    session.frames.set(frame, hits);
    return answer;
  }

  retrieve(session: Session, { frame, headers }: CatpRequest): Answer {
    const hits = resultSetOf(session, frame);
    const start = numberIn(headers, HEADER.resultSetStartPosition);
    const wanted = numberIn(headers, HEADER.numberOfRecordsRequested);
    if (start < 1 || start > hits.length)
      throw new Refused('badRequest', `position ${String(start)} is outside the result set`);
    return page(hits, { start, wanted, type: editType(headers, HEADER.elementSetNames) }, this.bodies.write);
  }

  releaseFrame(session: Session, { frame }: CatpRequest): Answer {
    resultSetOf(session, frame);
    session.frames.delete(frame);
    return NOTHING;
  }

  /**
   * Counts the library's own requests by state, in the index OMLIDS or AMLIDS of the four ILL files. Omits states
   * without requests.
   */
  indexList(session: Session, request: CatpRequest): Answer {
    const databases = databasesIn(request);
    const counts = new Map<string, number>();
    for (const database of databases) {
      const index = statusIndex(request, database);
      const member = index === STATUS_INDEX.borrower ? FIELDS.borrowerId.wire : FIELDS.lenderId.wire;
      for (const record of this.files.read(database, session.memberId)) {
        const key = statusKey(text(record, member) ?? '', text(record, FIELDS.state.wire) ?? '');
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    return { headers: [], body: encodeIndexList([...counts].map(([key, count]) => ({ key, count }))) };
  }
}

function statusIndex(request: CatpRequest, database: IndexedDatabase): string {
  if (!isIllDatabase(database)) throw new Refused('badRequest', `INDEXLIST is not for ${database}`);
  const index = headerValue(request.headers, HEADER.indexName) ?? STATUS_INDEX[DATABASES[database].side];
  if (!Object.values<string>(STATUS_INDEX).includes(index))
    throw new Refused('badRequest', 'INDEXLIST is for OMLIDS and AMLIDS');
  return index;
}

/** The files in `Database-names`, a comma-separated list. */
export function databasesIn({ headers }: CatpRequest): readonly IndexedDatabase[] {
  const names = (headerValue(headers, HEADER.databaseNames) ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) throw new Refused('badRequest', `${HEADER.databaseNames} is missing`);
  const unknown = names.find((name) => !isDatabase(name));
  if (unknown !== undefined) throw new Refused('badRequest', `no database ${unknown}`);
  return [...new Set(names.filter(isDatabase))];
}

function isDatabase(name: string): name is IndexedDatabase {
  return Object.hasOwn(INDEXES, name);
}
