/** The content of commands: under wire names for a CATP program, under API names for the gateway. */
import type { WireRecord } from '../../../test/catp-client/catp-client';
import { CHAINED_CANCEL, actionOf } from '../../../test/fixtures/actions.fixture';
import { COPY_TABLE, LOAN_TABLE, type FixtureSide } from '../../../test/fixtures/transitions.fixture';
import type { ModelKind } from '../../../test/model/ill-model';
import { dayFromNow } from '../../../test/support/wire-request';
import type { Life, Sent } from './life';

export const DATABASE = { copy: { B: 'COPYO', L: 'COPYS' }, loan: { B: 'LOANO', L: 'LOANS' } } as const;
/** Actions that NACSIS-ILL refuses without a comment. */
const COMMENTED: Readonly<Record<FixtureSide, readonly string[]>> = { B: ['claim'], L: ['inquiry', 'reject'] };
/** Fields that the gateway fills in when empty: days, and the library's own staff and address. */
const FILLED_IN: Readonly<Record<string, readonly string[]>> = {
  'L accept': ['ADATE', 'KDATE'],
  'L ship': ['SDATE'],
  'B return': ['BDATE'],
  'B order': ['ODATE', 'OSTAF', 'OADRS'],
};
const BOOK = '𠮷野の民家 / 髙山民俗資料研究会編';

/** Texts and numbers that are unique in a run, so that each command can be identified. */
export class Marks {
  #last = 0;

  constructor(private readonly lane: number) {}

  /** Returns the next text: at most 10 bytes, because it is also used in the libraries' own numbers. */
  next(): string {
    this.#last += 1;
    return `${this.lane}-${this.#last.toString(36)}`;
  }

  /** In yen. */
  nextTotal(): string {
    this.#last += 1;
    return String(this.#last * 10 + this.lane);
  }
}

/** An action in the gateway's form, and its expected effect in NACSIS-ILL. */
export interface ActionContent {
  readonly params: Readonly<Record<string, string>>;
  readonly sent: Pick<Sent, 'comment' | 'values'>;
  /** True when the gateway must refuse the action because a field is missing. */
  readonly isIncomplete: boolean;
}

/**
 * Returns the content of an action. `comment`: always present (`always`), only where required (`none`), or missing
 * although required (`missing`).
 */
export function actionContent(
  { kind }: Life,
  side: FixtureSide,
  action: string,
  marks: Marks,
  comment: 'always' | 'none' | 'missing',
): ActionContent {
  const isNeeded = COMMENTED[side].includes(action);
  const text = comment === 'always' || (isNeeded && comment === 'none') ? `よろしく ${marks.next()}` : undefined;
  const filled = (FILLED_IN[`${side} ${action}`] ?? []).map((name) => [name, 'filled in'] as const);
  const own = ownFields(kind, side, action, marks);
  return {
    params: { ...own.params, ...(text === undefined ? {} : { comment: text }) },
    sent: {
      values: { ...Object.fromEntries(filled), ...own.values },
      ...(text === undefined ? {} : { comment: text }),
    },
    isIncomplete: isNeeded && text === undefined,
  };
}

interface OwnFields {
  readonly params: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string>>;
}

function ownFields(kind: ModelKind, side: FixtureSide, action: string, marks: Marks): OwnFields {
  if (side === 'L' && action === 'ship') {
    const total = marks.nextTotal();
    const dueDate = dayFromNow(30);
    return kind === 'copy'
      ? { params: { total, postage: total }, values: { SUM: total } }
      : { params: { total, postage: total, dueDate }, values: { SUM: total, DDATE: dueDate } };
  }
  if (side === 'L' && action === 'accept') {
    const number = marks.next();
    return { params: { lenderNumber: number }, values: { ANO: number } };
  }
  return { params: {}, values: {} };
}

/** The complete content of a program's command. Has a comment if requested or required. */
export function wireContent(
  life: Life,
  command: string,
  side: FixtureSide,
  marks: Marks,
  hasComment: boolean,
): Pick<Sent, 'comment' | 'values'> {
  const isNeeded = ['INQUIRE', 'PARDON', 'CLAIM'].includes(command);
  const comment = hasComment || isNeeded ? { comment: `ご確認ください ${marks.next()}` } : {};
  return { ...comment, values: wireValues(life.kind, command, side, marks) };
}

function wireValues(
  kind: ModelKind,
  command: string,
  side: FixtureSide,
  marks: Marks,
): Readonly<Record<string, string>> {
  const day = dayFromNow(0);
  switch (`${side} ${command}`) {
    case 'L RECEIVE':
      return { ADATE: day, ANO: marks.next(), ...(kind === 'loan' && { KDATE: day }) };
    case 'L SEND':
    case 'L ANSWER': {
      const total = marks.nextTotal();
      return { SDATE: day, SUM: total, POSTG: total, ...(kind === 'loan' && { DDATE: dayFromNow(25) }) };
    }
    case 'B SENDBACK':
      return kind === 'loan' ? { BDATE: day } : {};
    case 'B ORDER':
      return { ODATE: day, OSTAF: '担当 A', OADRS: '見本大学附属図書館' };
    case 'B SAVE':
      return { VLNO: `巻 ${marks.next()}` };
    default:
      return {};
  }
}

export function wireBody({ id }: Pick<Life, 'id'>, { values, comment, lenders }: Omit<Sent, 'command'>): WireRecord {
  return {
    ...(id === '' ? {} : { ID: id }),
    ...values,
    ...(lenders === undefined ? {} : { HMLG: lenders.map((HMLID) => ({ HMLID })) }),
    ...(comment === undefined ? {} : { _COMMENT_: comment }),
  };
}

/** A new request: its fields in the API and on the wire, and the resulting fields in NACSIS-ILL. */
export function newRequest(kind: ModelKind, lenders: readonly string[], tag: string) {
  const volume = `巻 ${tag}`;
  const day = dayFromNow(0);
  const copy = kind === 'copy';
  const api = {
    ...{ payment: 'pb', bibNote: BOOK, volume, borrowerNumber: tag, applicant: '利用者 001', orderDate: day },
    ...{ borrowerStaff: '担当 A', borrowerAddress: '見本大学附属図書館' },
    ...(copy && { copyType: '電子複写', pages: '45-67', year: '2019', article: '髙山の民家' }),
    lenders: lenders.map((memberId) => ({ memberId })),
  };
  const values = {
    ...{ ACCT: 'pb', VLNO: volume, ONO: tag, CLNT: '利用者 001', ODATE: day },
    ...{ OSTAF: '担当 A', OADRS: '見本大学附属図書館' },
    ...(copy && { TYPE: '電子複写', PAGE: '45-67', YEAR: '2019', ARTCL: '髙山の民家' }),
  };
  return { api, values, bibliography: [{ BIBNT: BOOK }] };
}

/** The commands that the gateway may send for an action, for any state in NACSIS-ILL. */
export function waysOf(kind: ModelKind, side: FixtureSide, action: string): readonly (readonly string[])[] {
  const table = kind === 'copy' ? COPY_TABLE : LOAN_TABLE;
  const commands = table.flatMap((row) =>
    row.side === side && actionOf(side, row.state, row.command) === action ? [row.command] : [],
  );
  const chains = side === 'B' && action === 'cancel' ? Object.values(CHAINED_CANCEL) : [];
  return [...[...new Set(commands)].map((command) => [command]), ...chains];
}
