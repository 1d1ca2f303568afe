import { HOLDING_NAMES, NO_LOCATION } from '#catp/catalog-names';
import { MEMBER_NAMES, memberFrom } from '#catp/member-record';
import { texts } from '#catp/record';
import type { CatpRecord } from '#catp/types';
import { servingOf } from '#domain/ill/member';
import { seriesParents } from '../../shared/catalog-seed';
import {
  MANY_HOLDERS_BOOK,
  MANY_HOLDINGS_SERIAL,
  MIXED_HOLDERS_SERIAL,
  titleChanges,
} from '../../shared/special-records';
import type { Catalogue } from '../data-files';
import { bookHolding, bookRecord, serialHolding, serialRecord } from './catalogue';
import { referenceRecords } from './reference-records';
import { MEMBER_WITHOUT_RECORD, memberWithUnknownFlags, trainingMembers } from './training-members';

/** First numbers of the holdings, one range per record, above those of the ordinary records. */
const FIRST = { manyHolders: 100_000, manyHoldings: 101_000, mixed: 102_000, titleChanges: 103_000 } as const;
/** Number of libraries that hold each title of the serial with title changes. */
const HOLDERS_OF_A_CHANGE = 4;

/**
 * The ordinary catalogue of these members, followed by the special records with their holdings, and the reference
 * files.
 */
export function withSpecialRecords(ordinary: Catalogue, members: readonly CatpRecord[]): Catalogue {
  const changes = titleChanges();
  return {
    books: [...ordinary.books, ...[...seriesParents(), MANY_HOLDERS_BOOK].map((seed) => bookRecord(seed))],
    serials: [
      ...ordinary.serials,
      ...[MANY_HOLDINGS_SERIAL, MIXED_HOLDERS_SERIAL, ...changes].map((seed) => serialRecord(seed)),
    ],
    bookHoldings: [
      ...ordinary.bookHoldings,
      ...[...members, ...trainingMembers()].map((member, at) =>
        bookHolding(MANY_HOLDERS_BOOK, member, FIRST.manyHolders + at),
      ),
    ],
    serialHoldings: [
      ...ordinary.serialHoldings,
      ...holdingsEverywhere(members),
      ...mixedHolders(members).map((member, at) => serialHolding(MIXED_HOLDERS_SERIAL, member, FIRST.mixed + at)),
      ...changes.flatMap((serial, at) =>
        members
          .slice(at, at + HOLDERS_OF_A_CHANGE)
          .map((member, copy) => serialHolding(serial, member, FIRST.titleChanges + at * 100 + copy)),
      ),
    ],
    reference: referenceRecords(),
  };
}

/** One holding for each location of each library. */
function holdingsEverywhere(members: readonly CatpRecord[]): readonly CatpRecord[] {
  const places = members.flatMap((member) => {
    const locations = texts(member, MEMBER_NAMES.locations);
    return (locations.length === 0 ? [NO_LOCATION] : locations).map((location) => ({ member, location }));
  });
  return places.map(({ member, location }, at) => ({
    ...serialHolding(MANY_HOLDINGS_SERIAL, member, FIRST.manyHoldings + at),
    [HOLDING_NAMES.location]: location,
  }));
}

/**
 * Returns one library for each answer to whether a library accepts requests for copies: one that accepts them itself,
 * one that accepts them through another library, and one for each reason for refusing. The last library has no member
 * record.
 */
function mixedHolders(members: readonly CatpRecord[]): readonly CatpRecord[] {
  const byAnswer = new Map<string, CatpRecord>();
  // Skips the first library, because it is the borrower.
  for (const record of [...members.slice(1), memberWithUnknownFlags()]) {
    const serving = servingOf(memberFrom(record), 'copy');
    const answer = serving.serves ? (serving.through === undefined ? 'itself' : 'through another') : serving.reason;
    if (!byAnswer.has(answer)) byAnswer.set(answer, record);
  }
  return [...byAnswer.values(), MEMBER_WITHOUT_RECORD];
}
