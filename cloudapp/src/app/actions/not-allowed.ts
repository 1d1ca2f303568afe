import { formatDate } from '@angular/common';
import type { RequestView } from '../../domain/api';
import { commandByWire } from '../../domain/commands';
import type { AppError, Change } from '../core/app-error';
import type { Wording } from './words-of';

/** An action that was not done, because the request is not, or no longer, where it is possible. */
export function isRefusal(error: AppError): boolean {
  return error.code === 'action-not-allowed' || error.code === 'stale-version';
}

/** What was done since the request was shown, oldest first: as the gateway says, else what the newer history has more. */
export function changesSince(shown: RequestView, fresh: RequestView, told: readonly Change[] = []): readonly Change[] {
  const further = fresh.history.slice(shown.history.length);
  // The time stands in the history of the request; the list of changes may lack it.
  return told.length === 0 || further.length === told.length ? further : told;
}

/** Who did what, and when as far as it is known. `at`: already as a person reads it. */
export function changeWords(change: Change, fresh: RequestView, at: string): Wording {
  const wire = change.command ?? '';
  const command = commandByWire(wire);
  const who = isOwn(change, fresh) ? 'own' : 'other';
  return {
    key: `actions.change.${who}${at === '' ? '' : 'At'}`,
    params: { at, wire, command: wire },
    ...(command !== undefined && { words: { command: `command.${command}` } }),
  };
}

/** Of this library: another librarian, or another program. */
function isOwn({ memberId }: Change, { side, fields }: RequestView): boolean {
  return memberId !== undefined && memberId === (side === 'borrower' ? fields.borrowerId : fields.lenderId);
}

/** When it was done, as a person reads it: the hour alone on the same day; '' where it is not known. `at`: ISO 8601 */
export function changeTime(at: string | undefined, locale: string): string {
  const time = new Date(at ?? '');
  if (Number.isNaN(time.getTime())) return '';
  const isToday = new Date().toDateString() === time.toDateString();
  return formatDate(time, isToday ? 'HH:mm' : 'MM-dd HH:mm', locale);
}
