import { MEMBER_NAMES, memberFrom } from '#catp/member-record';
import type { CatpRecord } from '#catp/types';
import { MANY_HOLDERS } from '../../shared/special-records';
import { MEMBER_COUNT, seedMember } from './members';

/**
 * First number of these libraries, FA09500. It is above the numbers of the ordinary libraries and apart from the member
 * files in specs.
 */
const FIRST = 500;
const WITH_UNKNOWN_FLAGS = 990;
const WITHOUT_RECORD = 999;
/** SETCODE and ORGCODE of 研修・テスト用. */
const TRAINING = '8';
/** Values that are in no table. */
const UNKNOWN = { service: 'X', copyService: 'Q' } as const;

/**
 * Libraries for training and testing, enough for 500 holders of one book. Their flags vary like those of the ordinary
 * libraries.
 */
export function trainingMembers(): readonly CatpRecord[] {
  return Array.from({ length: MANY_HOLDERS - MEMBER_COUNT }, (_, at) =>
    trainingMember(FIRST + at, `第${String(at + 1)}`),
  );
}

/** Returns a library that participates, but has unknown values in the flags for the service and for copies. */
export function memberWithUnknownFlags(): CatpRecord {
  return {
    ...trainingMember(WITH_UNKNOWN_FLAGS, '符号不明'),
    [MEMBER_NAMES.participates]: 'A',
    [MEMBER_NAMES.service]: UNKNOWN.service,
    [MEMBER_NAMES.copyService]: UNKNOWN.copyService,
  };
}

/** A library that has holdings but no member record. */
export const MEMBER_WITHOUT_RECORD: CatpRecord = {
  [MEMBER_NAMES.memberId]: memberFrom(seedMember(WITHOUT_RECORD)).memberId,
  [MEMBER_NAMES.abbreviation]: '見本旧館',
};

function trainingMember(at: number, label: string): CatpRecord {
  return {
    ...seedMember(at),
    [MEMBER_NAMES.name]: `研修用${label}図書館`,
    [MEMBER_NAMES.nameReading]: 'ケンシュウヨウ トショカン',
    [MEMBER_NAMES.abbreviation]: `研修${label}`,
    [MEMBER_NAMES.establisher]: TRAINING,
    [MEMBER_NAMES.institutionType]: TRAINING,
  };
}
