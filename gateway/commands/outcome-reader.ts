import { commandByWire } from '#domain/commands';
import { addDays, today } from '#domain/dates';
import { markOf } from '#domain/order-mark';
import type { IllRequest } from '#domain/request';
import type { NacsisAccount, NacsisPort } from '../nacsis/port';
import type { JournalRow } from '../store/journal-store';

/**
 * What NACSIS-ILL shows of a command whose answer was lost. `request`: the record as it is now, where this library sees one. Done
 * without it: the command has taken the record out of this library's sight.
 */
export interface Found {
  readonly done: boolean;
  readonly request?: IllRequest;
}

/**
 * Reads whether a command was done. A new record is found by its mark among those that the library created since the
 * command was sent; on an existing one the command shows as the next entry of the history, by this library. After a PARDON that
 * passed it on there is nothing left to read, and that tells the same.
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
  if (request === undefined) return { done: takesOutOfSight(row) };
  const entry = request.history[row.history_length];
  const done =
    entry !== undefined && entry.memberId === account.memberId && commandByWire(entry.command ?? '') === row.command;
  return { done, request };
}

/**
 * The snapshot that the command was checked against was this lender's, in 処理中: nothing but a PARDON takes a request away from
 * there (dossier 10), except a transition that NII forces. So one that is not delivered any more was refused as the librarian wished.
 */
function takesOutOfSight({ side, command, request_id: id }: JournalRow): boolean {
  return id !== null && side === 'lender' && command === 'PARDON';
}
