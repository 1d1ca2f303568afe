import { indexSpec, type IndexedDatabase } from '#catp/indexes';
import { termsOf, type Query, type TermQuery } from '#catp/query';
import type { CatpRecord } from '#catp/types';
import { Refused } from '../refused';
import { readerOf } from './readers';

/** A record and its file. */
export interface Hit {
  readonly database: IndexedDatabase;
  readonly record: CatpRecord;
}

type Test = (record: CatpRecord) => boolean;

/**
 * The hits of a query among records of several files, in their original order. Refuses an index that none of the files
 * has, and truncation where the index does not allow it.
 */
export function search(query: Query, hits: Iterable<Hit>, databases: readonly IndexedDatabase[]): readonly Hit[] {
  for (const term of termsOf(query)) checkTerm(term, databases);
  const tests = new Map(databases.map((database) => [database, testOf(query, database)]));
  return [...hits].filter(({ database, record }) => tests.get(database)?.(record) === true);
}

function testOf(query: Query, database: IndexedDatabase): Test {
  if (query.kind === 'and-not') {
    const [from, except] = [testOf(query.from, database), testOf(query.except, database)];
    return (record) => from(record) && !except(record);
  }
  if (query.kind !== 'term') {
    const tests = query.items.map((item) => testOf(item, database));
    return query.kind === 'and'
      ? (record) => tests.every((test) => test(record))
      : (record) => tests.some((test) => test(record));
  }
  if (indexSpec(database, query.index) === undefined) return () => false;
  const reader = readerOf(database, query.index);
  return (record) => reader(record, query.value, query.prefix);
}

function checkTerm({ index, prefix }: TermQuery, databases: readonly IndexedDatabase[]): void {
  const specs = databases.flatMap((database) => indexSpec(database, index) ?? []);
  if (specs.length === 0) throw new Refused('badRequest', `no index ${index} here`);
  if (prefix && !specs.some((spec) => spec.prefix))
    throw new Refused('badRequest', `index ${index} has no right truncation`);
}
