import type { ImportedRequest } from '#domain/api/imports';
import type { Evidence, Judgement, Told } from './judge';
import { judgementOn } from './judge';
import type { Held } from './ledger';
import type { Standing, Wished } from './truth';

const ID = 'LA1000000001';
const OTHER = 'LA1000000002';
const KEY = `RES_SHARE borrower ${ID}`;
const TITLE = '記録第00001号';

const wished: Wished = {
  ...{ id: ID, side: 'borrower', library: 'RES_SHARE', status: '発送', cost: 870, patron: 'patron001', title: TITLE },
};
const standing: Standing = {
  ...{ almaId: 'made', side: 'borrower', library: 'RES_SHARE', owner: 'patron001', status: 'REQUEST_CREATED_BOR' },
  ...{ cost: 870, externalId: '', note: `NACSIS-ILL ${ID}`, texts: TITLE },
};
const held: Held = {
  ...{ almaId: 'held', side: 'borrower', nacsisId: ID, isCertain: true, writing: 'external id' },
  ...{ status: 'REQUEST_CREATED_BOR', cost: 0 },
};
const atStaff: Standing = { ...standing, almaId: 'held', note: '', externalId: ID, cost: 0 };
const line: ImportedRequest = {
  ...{ library: 'RES_SHARE', side: 'borrower', id: ID, outcome: 'failed', changes: [] },
  failure: { code: 'outcome-unknown' },
};

interface Case {
  readonly standing: readonly Standing[];
  readonly held?: Held;
  /** Alma's id and the key of the request linked to it. */
  readonly link?: readonly [string, string];
  readonly hasLine?: boolean;
  readonly isInDoubt?: boolean;
}

/** Each case with the expected judgement. */
export const CASES: Readonly<Record<string, readonly [Case, string]>> = {
  'made once': [{ standing: [standing] }, ''],
  'made twice': [{ standing: [standing, { ...standing, almaId: 'again' }] }, 'twice: made several times'],
  'made twice, which nobody could know, and which is said': [
    { standing: [standing, { ...standing, almaId: 'again' }], hasLine: true, isInDoubt: true },
    'unknown',
  ],
  'made three times, and said': [
    { standing: ['made', 'again', 'more'].map((almaId) => ({ ...standing, almaId })), hasLine: true, isInDoubt: true },
    'twice: made several times',
  ],
  'made beside what staff has': [{ standing: [standing, atStaff], held }, 'twice: made, although Alma has it'],
  'linked to what staff has': [{ standing: [atStaff], held, link: ['held', KEY] }, ''],
  'left alone, and said': [{ standing: [atStaff], held, hasLine: true }, 'unknown'],
  'left alone': [{ standing: [atStaff], held }, 'wrong: not linked, without a line'],
  'not in Alma': [{ standing: [] }, 'wrong: missing without a line'],
  'not in Alma, and said': [{ standing: [], hasLine: true }, 'unknown'],
  'for somebody else': [{ standing: [{ ...standing, owner: 'patron002' }] }, 'wrong: made for somebody else'],
  'for the collective patron': [
    { standing: [{ ...standing, owner: 'ILL000' }] },
    'wrong: made for the collective patron',
  ],
  'with another title': [{ standing: [{ ...standing, texts: '' }] }, 'wrong: made with another title'],
  'cancelled': [{ standing: [{ ...standing, status: 'CANCELLED_BY_STAFF' }] }, 'wrong: cancelled in Alma'],
  'told another cost': [{ standing: [{ ...standing, cost: 740 }] }, 'wrong: another cost told'],
  "staff's linked to another": [
    { standing: [standing, atStaff], held: { ...held, nacsisId: OTHER }, link: ['held', KEY] },
    'wrong: linked to what it is not',
  ],
  "staff's cancelled": [
    { standing: [standing, { ...atStaff, status: 'CANCELLED_BY_STAFF' }], held: { ...held, nacsisId: OTHER } },
    'wrong: cancelled in Alma',
  ],
};

/** The judgement on a case. */
export function judged({ standing: all, held: one, link, hasLine = false, isInDoubt = false }: Case): string {
  const evidence: Evidence = { wished: [wished], standing: all, patrons: new Set(['patron001', 'patron002']) };
  const staff = one === undefined ? [] : [one];
  const ledger = {
    all: staff,
    find: (almaId: string) => staff.find((each) => each.almaId === almaId),
    isMade: ({ almaId }: Pick<Standing, 'almaId'>) => !staff.some((each) => each.almaId === almaId),
  };
  const told: Told = {
    items: new Map(hasLine ? [[KEY, line]] : []),
    named: new Set(),
    links: new Map(link === undefined ? [] : [[link[0], new Set([link[1]])]]),
    isWhole: true,
  };
  const excuses = {
    inDoubt: new Set(isInDoubt ? [ID] : []),
    late: new Set<string>(),
    latePatrons: new Set<string>(),
    shows: () => true,
  };
  return wordsOf(judgementOn(evidence, ledger, told, excuses));
}

function wordsOf({ faults, unknown }: Judgement): string {
  const words = faults.map(({ sort, kind }) => `${sort}: ${kind}`);
  return [...words, ...(unknown > 0 ? ['unknown'] : [])].join(', ');
}
