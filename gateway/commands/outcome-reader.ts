import { addDays, today } from '#domain/ill/dates';
import { markOf } from '#domain/ill/order-mark';
import type { IllRequest } from '#domain/ill/request';
import type { NacsisAccount, NacsisPort } from '../nacsis/port';
import type { JournalRow } from '../store/journal-store';
import { showsCommand } from './own-command';

/**
 * What NACSIS-ILL shows of a command whose answer was lost. `request`: the current record, when this library sees it.
 * Done without a record: the command took it out of this library's sight.
 */
export interface Found {
  readonly done: boolean;
  readonly request?: IllRequest;
}

/**
 * Reads whether a command was done. A new record is found by its mark among those that the library created since the
 * command was sent. On an existing record the command is recognised by everything that was sent (own-command.ts). After
 * a PARDON that passed the record on there is nothing to read, which proves the same.
 */
export async function readOutcome(nacsis: NacsisPort, account: NacsisAccount, row: JournalRow): Promise<Found> {
  return row.mark === null ? readExisting(nacsis, account, row) : readNew(nacsis, account, row);
}

async function readNew(nacsis: NacsisPort, account: NacsisAccount, row: JournalRow): Promise<Found> {
  // One day of overlap, because the clocks of the two machines may differ around midnight.
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
  return { done: showsCommand(row, request), request };
}

/**
 * The command was checked against a snapshot of this lender in 処理中. Only a PARDON takes a request away from there
 * (dossier 10), except a transition forced by NII. So a request that is no longer delivered was refused as the
 * librarian wished.
 */
function takesOutOfSight({ side, command, request_id: id }: JournalRow): boolean {
  return id !== null && side === 'lender' && command === 'PARDON';
}
