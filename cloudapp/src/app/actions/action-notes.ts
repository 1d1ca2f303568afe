import type { RequestView } from '../../domain/api/requests';
import { formatDay, today } from '../../domain/ill/dates';
import { isRenewalPending } from '../../domain/ill/request';
import { isClaimOpen, lastEntry, nextLender } from './action-situation';
import { isRenewalReply, type ActionStep } from './action-steps';
import type { Wording } from './words-of';

/** Information shown before an action. */
export interface Note extends Wording {
  readonly isWarning: boolean;
}

type Params = Pick<Wording, 'params' | 'words'>;
const info = (key: string, params: Params = {}): Note => ({ key: `actions.note.${key}`, isWarning: false, ...params });
const warn = (key: string, params: Params = {}): Note => ({ ...info(key, params), isWarning: true });

/** Returns the notes of these steps. With `many`, returns only notes that apply to every request. */
export function notesFor(steps: readonly ActionStep[], request: RequestView, many: boolean): readonly Note[] {
  return steps.flatMap((step) => [...generalNotes(step, request, many), ...(many ? [] : ownNotes(step, request))]);
}

function generalNotes(step: ActionStep, request: RequestView, many: boolean): readonly Note[] {
  const { action, command, to } = step;
  switch (action) {
    case 'reject':
      return [info('rejectOrInquire'), ...(many ? [warn('rejectMany')] : [])];
    case 'callback':
      if (many && to === undefined) return [info('callbackMany')];
      return [info('callback', { words: { from: stateKey(request.state), to: stateKey(to) } })];
    case 'reactivate':
      if (many && to === undefined) return [];
      return [info(request.state === 'CANCELLED' ? 'reactivateCancelled' : 'reactivate', leadingTo(to))];
    case 'cancel':
      if (command.length < 2) return [info('cancel')];
      return [info('cancelChain', { params: { commands: command.join(' → ') } })];
    case 'forward':
      return [warn('forwardWaiting')];
    default:
      return [];
  }
}

function ownNotes(step: ActionStep, request: RequestView): readonly Note[] {
  switch (step.action) {
    case 'reject':
      return [rejectNote(request)];
    case 'forward':
      return nextNote('forward', request);
    case 'answer':
      return answerNotes(request);
    case 'receive':
      return request.kind === 'loan' ? dueNotes(request) : [];
    case 'renew':
      return dueNotes(request);
    case 'return':
      return dueNotes(request).filter(({ isWarning }) => isWarning);
    case 'check-in':
      return isRenewalPending(request) ? [warn('checkInRenewal')] : [];
    case 'claim':
      return isRenewalReply(step, request) ? said('renewal', request, ['RENEW']) : [];
    case 'ship':
      return isClaimOpen(request) ? said('claim', request, ['CLAIM']) : [];
    default:
      return [];
  }
}

function rejectNote(request: RequestView): Note {
  const next = nextLender(request);
  if (next === undefined) return info('rejectLast');
  return warn('reject', { params: { name: next.memberName ?? next.memberId } });
}

function nextNote(key: string, request: RequestView): readonly Note[] {
  const next = nextLender(request);
  return next === undefined ? [] : [info(key, { params: { name: next.memberName ?? next.memberId } })];
}

/** Warns when all lenders refused: an answer then asks the last lender again, which rarely helps (NL2-2). */
function answerNotes(request: RequestView): readonly Note[] {
  const asked = lastEntry(request, ['INQUIRE', 'PARDON']);
  const refused = asked?.command === 'PARDON' ? [warn('answerRefused')] : [];
  return [...said('inquiry', request, ['INQUIRE', 'PARDON']), ...refused];
}

/** Shows the due date, which must be checked before BORROW (M7-5_6). */
function dueNotes({ fields }: RequestView): readonly Note[] {
  const due = fields.dueDate ?? '';
  if (due === '') return [warn('noDueDate')];
  const params = { params: { date: formatDay(due) } };
  return [due < today() ? warn('duePast', params) : info('due', params)];
}

/** Returns a note with the comment that the other side gave with the last of these commands. */
function said(key: string, request: RequestView, commands: Parameters<typeof lastEntry>[1]): readonly Note[] {
  const comment = lastEntry(request, commands)?.comment ?? '';
  return comment === '' ? [] : [info(key, { params: { comment } })];
}

function leadingTo(to: ActionStep['to']): Params {
  return { words: { to: stateKey(to) } };
}

function stateKey(state: RequestView['state'] | undefined): string {
  return state === null || state === undefined ? 'actions.unknownState' : `state.${state}`;
}
