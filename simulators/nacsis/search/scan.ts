import { Script } from 'node:vm';
import { CATALOG_NAMES, HOLDING_NAMES } from '#catp/catalog-names';
import type { IndexedDatabase } from '#catp/indexes';
import { MEMBER_NAMES } from '#catp/member-record';
import { termsOf, type Query, type TermQuery } from '#catp/query';
import { text, texts } from '#catp/record';
import type { CatpRecord } from '#catp/types';
import { CHARGE_PARTS, FIELDS, HISTORY_PARTS, LENDER_PARTS } from '#domain/ill/fields';
import { isIllDatabase, type MemberLookup } from '../data-files';
import { Refused } from '../refused';
import type { Hit } from './search';

/**
 * @unconfirmed O: A regular expression of SCAN (JS 16) is one of ECMAScript, tells capitals from small letters, and matches any part of a
 * field's value, but the whole of what a filter by holder looks at, since KENCODE 15 is no part of 151.
 * Confirm: SCAN the holdings of a record for LOC with a part of a location's name, and for _KENCODE_ with 15.
 */
const MATCHES: Readonly<Record<'field' | 'holder', (pattern: string) => string>> = {
  field: (pattern) => pattern,
  holder: (pattern) => `^(?:${pattern})$`,
};
/**
 * Longest pattern in characters, and the time limit in milliseconds for all patterns of a SCAN together, so that no
 * pattern can block the server.
 */
const MAX_PATTERN = 200;
const MAX_MS = 500;

/** Filters such as `_COPYS_` test the holder's member record (BH, ALMA). */
const HOLDER_FILTERS: ReadonlyMap<string, string> = new Map(
  ['KENCODE', 'SETCODE', 'ORGCODE', 'ILLFLG', 'COPYS', 'LOANS', 'FAXS', 'STAT', 'GRPCODE'].map((name) => [
    `_${name}_`,
    name,
  ]),
);
/** A name in the tables of SCAN that stands for the location field. */
const LOCATION_KEY = 'LOCKEY';
const DATES = [FIELDS.createdOn.wire, FIELDS.updatedOn.wire];
const OF_CATALOGUE = new Set([...namesIn(CATALOG_NAMES), ...DATES]);
const OF_HOLDINGS = new Set([...namesIn(HOLDING_NAMES), ...DATES, ...HOLDER_FILTERS.keys(), LOCATION_KEY]);
const OF_MEMBERS = new Set([...namesIn(MEMBER_NAMES), ...DATES]);
const OF_REQUESTS = new Set(
  [FIELDS, LENDER_PARTS, CHARGE_PARTS, HISTORY_PARTS].flatMap((specs) => Object.values(specs).map(({ wire }) => wire)),
);

/**
 * The hits whose records match the patterns. Refuses a field that none of the files has, and a pattern that is invalid,
 * too long or too slow.
 */
export function scan(query: Query, hits: readonly Hit[], member: MemberLookup): readonly Hit[] {
  const databases = new Set(hits.map(({ database }) => database));
  if (databases.size === 0) return [];
  const terms = termsOf(query);
  const unknown = terms.find(({ index }) => ![...databases].some((database) => fieldsOf(database).has(index)));
  if (unknown !== undefined) throw new Refused('badRequest', `no field ${unknown.index} here`);
  const end = performance.now() + MAX_MS;
  const matched = new Map(
    terms.map((term) => [term, matching(term, hits, member, Math.ceil(end - performance.now()))] as const),
  );
  const found = outcome(query, (term) => matched.get(term) ?? []);
  return hits.filter((_, at) => found[at] === true);
}

/** Tells for each hit whether it satisfies the query. */
function outcome(query: Query, of: (term: TermQuery) => readonly boolean[]): readonly boolean[] {
  if (query.kind === 'term') return of(query);
  if (query.kind === 'and-not') {
    const except = outcome(query.except, of);
    return outcome(query.from, of).map((is, at) => is && except[at] !== true);
  }
  const [first = [], ...others] = query.items.map((item) => outcome(item, of));
  return query.kind === 'and'
    ? first.map((is, at) => is && others.every((other) => other[at]))
    : first.map((is, at) => is || others.some((other) => other[at]));
}

const MATCHER = new Script('values.map((each) => each.some((text) => pattern.test(text)))');

function matching(term: TermQuery, hits: readonly Hit[], member: MemberLookup, timeout: number): readonly boolean[] {
  const filtered = HOLDER_FILTERS.get(term.index);
  const pattern = patternOf(term, MATCHES[filtered === undefined ? 'field' : 'holder']);
  const values = hits.map(({ record }) =>
    filtered === undefined
      ? valuesOf(record, term.index === LOCATION_KEY ? HOLDING_NAMES.location : term.index)
      : texts(member(text(record, HOLDING_NAMES.memberId) ?? '') ?? {}, filtered),
  );
  try {
    // Runs in a new context, because only this allows a timeout, and a pattern may run forever.
    return MATCHER.runInNewContext({ pattern, values }, { timeout: Math.max(1, timeout) }) as readonly boolean[];
  } catch {
    throw new Refused('badRequest', `the pattern of ${term.index} takes too long`);
  }
}

function patternOf({ index, value }: TermQuery, form: (pattern: string) => string): RegExp {
  if (value === '' || value.length > MAX_PATTERN)
    throw new Refused('badRequest', `the pattern of ${index} is empty or too long`);
  try {
    return new RegExp(form(value), 'u');
  } catch {
    throw new Refused('badRequest', `the pattern of ${index} is no regular expression`);
  }
}

/** The texts of a field in the record itself and in its groups. */
function valuesOf(record: CatpRecord, name: string): readonly string[] {
  const inGroups = Object.values(record).flatMap((value) =>
    typeof value === 'string' ? [] : value.flatMap((item) => (typeof item === 'string' ? [] : (item[name] ?? []))),
  );
  return [...texts(record, name), ...inGroups];
}

function fieldsOf(database: IndexedDatabase): ReadonlySet<string> {
  if (isIllDatabase(database)) return OF_REQUESTS;
  if (database === 'MEMBER') return OF_MEMBERS;
  return database === 'BHOLD' || database === 'SHOLD' ? OF_HOLDINGS : OF_CATALOGUE;
}

/** All names in a table of names. */
function namesIn(table: object): readonly string[] {
  return Object.values(table).flatMap((value: unknown) =>
    typeof value === 'object' && value !== null ? namesIn(value) : [String(value)],
  );
}
