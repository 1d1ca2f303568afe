import { commandByWire } from '#domain/commands';
import { addDays, today } from '#domain/dates';
import { markOf } from '#domain/order-mark';
import type { IllRequest } from '#domain/request';
import type { NacsisAccount, NacsisPort } from '../nacsis/port';
import type { JournalRow } from '../store/journal-store';

/** What NACSIS-ILL shows of a command whose answer was lost. `request`: the record as it is now, when there is one. */
export type Found =
  { readonly done: true; readonly request: IllRequest } | { readonly done: false; readonly request?: IllRequest };

/**
 * Reads whether a command was done. A new record is found by its mark among those that the library created since the
 * command was sent; on an existing one the command shows as the next entry of the history, by this library.
 */
export async function readOutcome(nacsis: NacsisPort, account: NacsisAccount, row: JournalRow): Promise<Found> {
  return row.mark === null ? readExisting(nacsis, account, row) : readNew(nacsis, account, row);
}

async function readNew(nacsis: NacsisPort, account: NacsisAccount, row: JournalRow): Promise<Found> {
  // A day of overlap: the clocks of the two machines may stand on different sides of midnight.
  const since = addDays(
    today(() => row.sent_at),
    -1,
  );
  const requests = await nacsis.requestsCreatedSince(account, row.kind, since);
  const request = requests.find((each) => markOf(each.fields.borrowerLocalData) === row.mark);
  return request === undefined ? { done: false } : { done: true, request };
}

async function readExisting(nacsis: NacsisPort, account: NacsisAccount, row: JournalRow): Promise<Found> {
  const { request_id: id, side, kind } = row;
  const request = id === null ? undefined : await nacsis.readRequest(account, side, id, kind);
  if (request === undefined) return { done: false };
  const entry = request.history[row.history_length];
  const done =
    entry !== undefined && entry.memberId === account.memberId && commandByWire(entry.command ?? '') === row.command;
  return { done, request };
}
