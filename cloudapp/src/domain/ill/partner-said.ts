import { commandByWire } from './commands';
import { BEGINNING, passagesThrough } from './history-walk';
import type { Side } from './kinds';
import { sideOfEntry, type HistoryEntry, type IllRequest } from './request';

/**
 * The last comment of the library on the other side: a question, an answer, a refusal, a claim, a renewal request. For
 * a borrower it may come from an earlier lender. Notes that NACSIS-ILL adds to a refusal are not anybody's words.
 */
export function partnerSaid(request: IllRequest & { readonly side: Side }): HistoryEntry | undefined {
  return said(request).findLast(
    (entry) => sideOfEntry(request, entry) !== request.side && (entry.comment ?? '').trim() !== '',
  );
}

/** Which of its two meanings 新着照会 has, and 照会 after it: the lender asks, or every candidate has refused. */
export function inquiryMeaning(request: IllRequest): 'asked' | 'refused' | undefined {
  if (request.state !== 'NEW_INQUIRY' && request.state !== 'INQUIRY') return undefined;
  const last = said(request).findLast(({ command }) => command === 'INQUIRE' || command === 'PARDON');
  if (last === undefined) return undefined;
  return last.command === 'INQUIRE' ? 'asked' : 'refused';
}

/** The entries that libraries made themselves. */
function said(request: IllRequest): readonly HistoryEntry[] {
  const { history } = request;
  const passages = passagesThrough(request, BEGINNING);
  if (passages !== undefined) return history.filter((_entry, at) => passages.some(({ index }) => index === at));
  const isRefusal = (entry: HistoryEntry | undefined): boolean => commandByWire(entry?.command ?? '') === 'PARDON';
  return history.filter((entry, at) => !(isRefusal(entry) && isRefusal(history[at - 1])));
}
