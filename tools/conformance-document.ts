/** What the document uses of the map of the bridge (gateway/bridge/bridge-map.ts). */
interface Conditions {
  readonly kind?: string;
  readonly when?: readonly string[];
  readonly setting?: Readonly<Record<string, unknown>>;
}
interface Origin {
  readonly basis: string;
  readonly source: string;
}
type MessageRow = Conditions &
  Origin & {
    readonly side: string;
    readonly message: string;
    readonly state: string;
    readonly do: string;
    readonly commands?: readonly string[];
    readonly then?: string;
    readonly reason?: string;
    readonly why?: string;
    readonly tell?: string;
  };
type EventRow = Conditions &
  Origin & {
    readonly side: string;
    readonly event: string;
    readonly by?: string;
    readonly command?: string;
    readonly from?: string;
    readonly to?: string;
    readonly tell: string;
    readonly reason?: string;
    readonly once?: boolean;
  };
export interface MapContent {
  readonly messages: readonly MessageRow[];
  readonly events: readonly EventRow[];
}

const BLOCK = /(?<=<!-- conformance:begin -->\n).*?(?=<!-- conformance:end -->)/s;

const SIDES = [
  { side: 'borrower', title: 'Alma borrows' },
  { side: 'lender', title: 'Alma lends' },
] as const;

const STATES: Readonly<Record<string, string>> = {
  any: 'any',
  none: '(not saved)',
  unknown: '(unknown state)',
  gone: '(not delivered)',
};

const CONDITIONS: Readonly<Record<string, string>> = {
  'by-renewal': 'entered by RENEW',
  'renewal-answered': 'the last renewal was answered',
  'claim-open': 'a claim is open',
  'total-refusal': 'after a PARDON, not an INQUIRE',
  'no-due-date': 'DDATE is empty',
  'passed-on': 'it went to another lender',
  'same-body': 'same id, same body',
  'other-body': 'same id, other body',
  'no-note': 'no note',
  'answer-no': 'answer N',
  'says-unfilled': 'with the status Unfilled',
  'expired': 'no user: without note and reason, or "expired"',
  'keyword-forward': 'the note is 次館',
  'keyword-claim': 'the note is クレーム and a text',
  'keyword-callback': 'the note is 取戻',
  'keyword-accept': 'the note is 受領',
  'still-refused': 'nobody took the request up again',
  'comes-here': 'the request comes to this library',
};

const HOLDS: Readonly<Record<string, string>> = {
  'partner-first': 'the step of the other library',
  'answer-first': 'the answer to the renewal',
  'expired': 'the consent of staff',
  'ask-claim': 'the consent of staff',
  'ask-return': 'the consent of staff',
};

/** Returns the document with new tables between its two marks. Throws when it lacks them. */
export function withConformance(document: string, map: MapContent): string {
  if (!BLOCK.test(document)) throw new Error('the document has no place for the conformance table');
  const lines = SIDES.flatMap(({ side, title }) => [
    ...[
      '',
      `### ${title}: messages of Alma`,
      '',
      '| message | state | if | NACSIS-ILL | basis | facts |',
      '|---|---|---|---|---|---|',
    ],
    ...messageLines(map.messages.filter((row) => row.side === side)),
    ...[
      '',
      `### ${title}: what Alma is told`,
      '',
      '| event | in the history | if | message | basis | facts |',
      '|---|---|---|---|---|---|',
    ],
    ...map.events.filter((row) => row.side === side).map(eventLine),
  ]);
  return document.replace(BLOCK, () => `${lines.join('\n')}\n\n`);
}

/** Rows of one message that differ only in their state are one line. */
function messageLines(rows: readonly MessageRow[]): readonly string[] {
  const lines = new Map<string, { readonly row: MessageRow; readonly states: string[] }>();
  for (const row of rows) {
    const key = JSON.stringify([row.message, ifOf(row), doneBy(row), row.basis, row.source]);
    const state = STATES[row.state] ?? row.state;
    const line = lines.get(key);
    if (line === undefined) lines.set(key, { row, states: [state] });
    else line.states.push(state);
  }
  return [...lines.values()].map(({ row, states }) =>
    lineOf([row.message, states.join(', '), ifOf(row), doneBy(row), row.basis, row.source]),
  );
}

function eventLine(row: EventRow): string {
  const { event, by, command, from, to } = row;
  const way = [from, to].some((each) => each !== undefined) ? `${from ?? '…'} → ${to ?? '…'}` : '';
  const history =
    command === undefined ? 'no longer delivered' : [by, command, way].filter((each) => each !== '').join(' ');
  return lineOf([event, history, ifOf(row), toldBy(row), row.basis, row.source]);
}

function toldBy({ tell, reason, once }: EventRow): string {
  if (tell === 'nothing') return 'nothing';
  const why = reason === 'first-or-change' ? 'RequestResponse if it is the first answer, else StatusChange' : reason;
  return [tell, why, once === true ? 'once' : undefined].filter((each) => each !== undefined).join(', ');
}

function ifOf({ kind, when = [], setting = {} }: Conditions): string {
  return [
    ...(kind === undefined ? [] : [kind]),
    ...when.map((each) => CONDITIONS[each] ?? each),
    ...Object.entries(setting).map(([name, value]) => `\`${name}\` is \`${String(value)}\``),
  ].join('; ');
}

function doneBy(row: MessageRow): string {
  switch (row.do) {
    case 'commands':
      return [row.commands?.join(' + ') ?? '', ...(row.then === undefined ? [] : ['then SAVE, ORDER by rule'])].join(
        ', ',
      );
    case 'hold':
      return `held for ${HOLDS[row.reason ?? ''] ?? row.reason ?? ''} (\`${row.reason ?? ''}\`)`;
    case 'nothing':
      return nothingBy(row);
    case 'refuse':
      return `refused (\`${row.why ?? ''}\`)`;
    case 'save':
      return 'SAVE, ORDER by rule';
    case 'status':
      return 'nothing; StatusRequestResponse';
    default:
      return 'nothing; the draft is removed';
  }
}

function nothingBy({ why, tell }: MessageRow): string {
  if (tell !== undefined) return `nothing; a Notification (\`${tell}\`)`;
  return why === 'note' ? 'nothing; the note is kept' : 'nothing: done already';
}

function lineOf(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
