import { MEMBER_NAMES, memberFrom } from '#catp/member-record';
import type { CatpRecord } from '#catp/types';
import { MANY_HOLDERS } from '../../shared/special-records';
import { MEMBER_COUNT, seedMember } from './members';

/** FA numbers of the libraries here: FA09500…; behind those of the ordinary ones, apart from those of the member files in specs. */
const FIRST = 500;
const WITH_UNKNOWN_FLAGS = 990;
const WITHOUT_RECORD = 999;
/** SETCODE and ORGCODE: 研修・テスト用. */
const TRAINING = '8';
/** Values that no table has. */
const UNKNOWN = { service: 'X', copyService: 'Q' } as const;

/** Libraries for training and testing, so many that 500 can hold one book; their flags are as various as those of the ordinary ones. */
export function trainingMembers(): readonly CatpRecord[] {
  return Array.from({ length: MANY_HOLDERS - MEMBER_COUNT }, (_, at) =>
    trainingMember(FIRST + at, `第${String(at + 1)}`),
  );
}

/** Takes part, but its flags for the service and for copies have values that nobody knows. */
export function memberWithUnknownFlags(): CatpRecord {
  return {
    ...trainingMember(WITH_UNKNOWN_FLAGS, '符号不明'),
    [MEMBER_NAMES.participates]: 'A',
    [MEMBER_NAMES.service]: UNKNOWN.service,
    [MEMBER_NAMES.copyService]: UNKNOWN.copyService,
  };
}

/** A library that holds things and has no member record (any more). */
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
