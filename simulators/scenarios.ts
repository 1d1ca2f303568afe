/**
 * Named faults for docs/training.md, for people who try the app, and for the end-to-end tests.
 * `POST /_sim/scenarios/{name}` of a simulator starts one; `DELETE /_sim/faults` ends it.
 */

interface NacsisFault {
  readonly match: { readonly method?: string; readonly command?: string };
  readonly do: 'drop-before' | 'drop-after' | 'delay' | 'status';
  readonly times?: number;
  /** Milliseconds. */
  readonly ms?: number;
  /** CATP status code. */
  readonly code?: number;
}
interface AlmaFault {
  readonly match: { readonly message: string };
  readonly do: 'drop-before' | 'delay' | 'status';
  readonly times?: number;
  readonly ms?: number;
  readonly code?: number;
}

/**
 * Delay in milliseconds, longer than the timeout of the gateway in the end-to-end tests. The gateway of `npm start`
 * waits 20 s.
 */
const LATE = 8_000;
/** Number of calls that a fault affects: more than the retries of a test. */
const FOR_A_WHILE = 20;
const ORDER = { command: 'ORDER' } as const;

export const NACSIS_SCENARIOS = {
  'order-answered-late': [{ match: ORDER, do: 'delay', ms: LATE }],
  'outcome-unreadable': [
    { match: ORDER, do: 'delay', ms: LATE },
    { match: { method: 'SEARCH' }, do: 'delay', ms: LATE, times: 2 },
  ],
  'order-cut-before': [{ match: ORDER, do: 'drop-before' }],
  'order-answer-lost': [{ match: ORDER, do: 'drop-after' }],
  'password-refused': [{ match: { method: 'GETHANDLE' }, do: 'status', code: 401, times: FOR_A_WHILE }],
  'order-refused': [{ match: ORDER, do: 'status', code: 422 }],
  'order-fails': [{ match: ORDER, do: 'status', code: 500 }],
  'catalogue-fails': [{ match: { method: 'SEARCH' }, do: 'status', code: 500, times: FOR_A_WHILE }],
} as const satisfies Readonly<Record<string, readonly NacsisFault[]>>;
export type NacsisScenario = keyof typeof NACSIS_SCENARIOS;

export const ALMA_SCENARIOS = {
  'record-late': [{ match: { message: 'CALL_REST_API' }, do: 'delay', ms: LATE }],
  'record-never': [{ match: { message: 'CALL_REST_API' }, do: 'drop-before' }],
  'record-refused': [{ match: { message: 'CALL_REST_API' }, do: 'status', code: 401 }],
  'token-refused': [{ match: { message: 'JWT_AUTH_TOKEN' }, do: 'status', code: 403 }],
} as const satisfies Readonly<Record<string, readonly AlmaFault[]>>;

/**
 * Behaviour of the other library, for training and tests: `POST /_sim/partners`. `side` is the side that the script
 * acts on; the first library acts on the other side. Every script ends like the first script of its side.
 */
export const PARTNER_SCRIPTS = {
  'ships': {
    side: 'lender',
    ja: '受け付けて発送し、延長の依頼には応じ、返送された資料を確認して終える',
    en: 'accepts and ships, grants a renewal, checks in what comes back',
  },
  'ships-late': {
    side: 'lender',
    ja: '受け付けたあと、発送までに時間がかかる',
    en: 'accepts, and takes its time before it ships',
  },
  'ships-wrong-charge': {
    side: 'lender',
    ja: '明細と合わない料金合計で発送する（クレームには正しい料金で回答する）',
    en: 'ships with a total that is not the sum of its lines, and answers a claim with the right one',
  },
  'inquires': {
    side: 'lender',
    ja: '受け付けて照会し、回答を受けてから発送する',
    en: 'inquires first, and ships when it was answered',
  },
  'refuses': {
    side: 'lender',
    ja: '候補館が順に謝絶する',
    en: 'refuses, and so does each candidate after it',
  },
  'refuses-renewal': {
    side: 'lender',
    ja: '延長の依頼を断り、もとの返却期限で回答する',
    en: 'refuses a renewal: answers with the old due date',
  },
  'asks-about-return': {
    side: 'lender',
    ja: '返送された資料について問い合わせる',
    en: 'asks about the item that came back, once',
  },
  'sends-back': {
    side: 'borrower',
    ja: '照会に回答し、受け取って（貸借では借用して）返送する',
    en: 'answers, receives, and sends a loan back',
  },
  'claims': {
    side: 'borrower',
    ja: '届いた資料についてクレームし、回答を受けて先へ進む',
    en: 'claims about what arrived, once, and goes on after the answer',
  },
  'asks-for-renewal': {
    side: 'borrower',
    ja: '借用中に返却期限の延長を依頼し、回答を受けてから返送する',
    en: 'asks for a renewal, once, and sends the item back after the answer',
  },
  'cancels': {
    side: 'borrower',
    ja: '照会を受けて依頼を取り消す',
    en: 'cancels when it was inquired of',
  },
} as const satisfies Readonly<
  Record<string, { readonly side: 'borrower' | 'lender'; readonly ja: string; readonly en: string }>
>;
export type PartnerScript = keyof typeof PARTNER_SCRIPTS;

/** The faults of a scenario; undefined for an unknown name. */
export function scenarioOf<T>(
  scenarios: Readonly<Record<string, readonly T[]>>,
  name: string,
): readonly T[] | undefined {
  return Object.hasOwn(scenarios, name) ? scenarios[name] : undefined;
}
