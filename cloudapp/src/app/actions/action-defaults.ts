import type { RequestView } from '../../domain/api/requests';
import type { Member } from '../../domain/catalog/catalog';
import { addDays, isDay } from '../../domain/ill/dates';
import { SCALAR_NAMES, type ScalarName } from '../../domain/ill/fields';
import { proposedDueDate } from '../../domain/ill/loan-period';
import { addressLine, staffLine } from '../../domain/ill/member';
import { wishIn } from './action-reasons';
import { lastEntry } from './action-situation';

/** Origin of a value. Each has the i18n key `actions.origin.<origin>`. */
export type Origin =
  'today' | 'stored' | 'own-member' | 'loan-days' | 'member-period' | 'renewed-days' | 'wished' | 'two-weeks';
export interface Default {
  readonly value: string;
  readonly origin?: Origin;
  /** Number of days, for loan-days and member-period. */
  readonly days?: number;
}

export interface LoanDays {
  readonly days: number;
  readonly origin: 'loan-days' | 'member-period';
}

export interface DefaultsContext {
  readonly request: RequestView;
  readonly many: boolean;
  /** yyyyMMdd */
  readonly today: string;
  readonly member?: Member;
  readonly loanDays?: LoanDays;
  /** Ship date that the form currently contains, yyyyMMdd. The due date depends on it. */
  readonly shipDate: string;
  /** Set when the form answers a renewal request. */
  readonly reply?: 'grant' | 'refuse';
}

/** Default length of a renewal in days after the due date. */
const RENEWAL_DAYS = 14;
const NOTHING: Default = { value: '' };

/** Initial value of a form field. `asked`: the `default` of the offer's parameter. */
export function defaultOf(name: string, asked: string | undefined, context: DefaultsContext): Default {
  if (asked === 'today') return { value: context.today, origin: 'today' };
  if (asked !== undefined) return { value: asked };
  switch (name) {
    case 'dueDate':
      return dueDate(context);
    case 'checkInDate':
      // Uses today when no check-in date is stored: after a renewal request, a returned item has none yet.
      return stored(name, context).value === '' ? { value: context.today, origin: 'today' } : stored(name, context);
    case 'wishedDate':
      return wishedDate(context);
    case 'lenderStaff':
    case 'lenderAddress':
      return ofOwnMember(name, context);
    default:
      return isScalar(name) ? stored(name, context) : NOTHING;
  }
}

function dueDate(context: DefaultsContext): Default {
  const { reply, request, shipDate, loanDays, today } = context;
  const now = stored('dueDate', context);
  if (reply === 'refuse') return now;
  if (reply === 'grant') {
    const wished = wishIn(lastEntry(request, ['RENEW'])?.comment);
    if (wished !== undefined && isDay(wished)) return { value: wished, origin: 'wished' };
    const from = isDay(now.value) ? now.value : today;
    return loanDays === undefined
      ? NOTHING
      : { value: proposedDueDate(from, loanDays.days), days: loanDays.days, origin: 'renewed-days' };
  }
  if (now.value !== '' || loanDays === undefined || !isDay(shipDate)) return now;
  return { value: proposedDueDate(shipDate, loanDays.days), ...loanDays };
}

function wishedDate(context: DefaultsContext): Default {
  const { value } = stored('dueDate', context);
  return isDay(value) ? { value: addDays(value, RENEWAL_DAYS), origin: 'two-weeks' } : NOTHING;
}

function ofOwnMember(name: 'lenderStaff' | 'lenderAddress', context: DefaultsContext): Default {
  const now = isOfThisLender(context) ? stored(name, context) : NOTHING;
  if (now.value !== '' || context.member === undefined) return now;
  const value = name === 'lenderStaff' ? staffLine(context.member) : addressLine(context.member);
  return value === '' ? NOTHING : { value, origin: 'own-member' };
}

/**
 * True when staff and address belong to this lender. In 未処理, they may belong to a previous lender that passed the
 * request on.
 */
function isOfThisLender({ request }: DefaultsContext): boolean {
  return request.state !== 'UNPROCESSED';
}

function stored(name: ScalarName, { request, many }: DefaultsContext): Default {
  const value = many ? '' : (request.fields[name] ?? '');
  return value === '' ? NOTHING : { value, origin: 'stored' };
}

function isScalar(name: string): name is ScalarName {
  return (SCALAR_NAMES as readonly string[]).includes(name);
}
