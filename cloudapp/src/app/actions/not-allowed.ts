import { formatDate } from '@angular/common';
import type { RequestView } from '../../domain/api/requests';
import { commandByWire } from '../../domain/ill/commands';
import type { AppError, Change } from '../core/app-error';
import type { Wording } from './words-of';

/** True when the request does not, or no longer, allow the action. */
export function isRefusal(error: AppError): boolean {
  return error.code === 'action-not-allowed' || error.code === 'stale-version';
}

/** Commands since the request was shown, oldest first: from the gateway, otherwise from the newer history. */
export function changesSince(shown: RequestView, fresh: RequestView, told: readonly Change[] = []): readonly Change[] {
  const further = fresh.history.slice(shown.history.length);
  // Prefers the history when it has as many new entries, because the gateway's list may lack the times.
  return told.length === 0 || further.length === told.length ? further : told;
}

/** Describes who did what, with the time if known. `at`: the time, already formatted. */
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

/** True when the command came from this library: from another librarian or another program. */
function isOwn({ memberId }: Change, { side, fields }: RequestView): boolean {
  return memberId !== undefined && memberId === (side === 'borrower' ? fields.borrowerId : fields.lenderId);
}

/** Display time: only hours and minutes on the same day; '' when unknown. `at`: ISO 8601 */
export function changeTime(at: string | undefined, locale: string): string {
  const time = new Date(at ?? '');
  if (Number.isNaN(time.getTime())) return '';
  const isToday = new Date().toDateString() === time.toDateString();
  return formatDate(time, isToday ? 'HH:mm' : 'MM-dd HH:mm', locale);
}
