import type { CatalogQuery, HoldingsQuery, MembersQuery, Page } from '#domain/api-catalog';
import type { CatalogRecord, Holding, Member } from '#domain/catalog';
import type { Command } from '#domain/commands';
import type { Kind, Side } from '#domain/kinds';
import type { IllRequest, RequestFields } from '#domain/request';

/** A library's account with NACSIS-CAT/ILL. The password never leaves the gateway. */
export interface NacsisAccount {
  readonly memberId: string;
  readonly user: string;
  readonly password: string;
}

export interface CommandCall {
  readonly kind: Kind;
  readonly side: Side;
  readonly command: Command;
  /** Absent for a new record. */
  readonly id?: string;
  /** Only what changes; `lenders` and `charges` replace the whole group (SPC 3). */
  readonly fields: RequestFields;
  readonly comment?: string;
  /** Time in milliseconds after which the command must not be sent any more: its lease would end before the call does. */
  readonly notAfter?: number;
}

export interface RequestsOfRecord {
  readonly requests: readonly IllRequest[];
  /** false: there are more than are read at a time. */
  readonly isComplete: boolean;
}

/** Which records of one of the four files of a library are read. All of them without `since` and `status`. */
export interface FileReading {
  readonly kind: Kind;
  readonly side: Side;
  /** Only what was changed on or after this day (RNWDT), yyyyMMdd in Asia/Tokyo; further back than `MAX_SINCE_DAYS` everything is read. */
  readonly since?: string;
  /** Only what stands in this state: the STAT text. */
  readonly status?: string;
}

/** A record that is no request, as it is written. Holds nothing of its content but the id. */
export interface UnreadableRecord {
  /** The id in NACSIS-ILL; `?1`, `?2` … in the order of a reading where that cannot be read either. */
  readonly id: string;
  /** For the reader of a log, in English. */
  readonly reason: string;
}
export interface FilePage {
  readonly requests: readonly IllRequest[];
  readonly unreadable: readonly UnreadableRecord[];
}
export type SavePage = (page: FilePage) => Promise<void>;

/** A search by day names each day, so that a span has a limit. */
export const MAX_SINCE_DAYS = 31;

/** Everything the gateway asks of NACSIS-CAT/ILL. Every method throws a `NacsisError` and nothing else. */
export interface NacsisPort {
  /** Runs one ILL-command and returns the record after it. One round trip when a handle is free. */
  perform(account: NacsisAccount, call: CommandCall): Promise<IllRequest>;
  /**
   * The record as it is now, or undefined when this library does not see one with this id on this side. Looks in the file of the kind;
   * where that is not known in both, one after the other.
   */
  readRequest(account: NacsisAccount, side: Side, id: string, kind?: Kind): Promise<IllRequest | undefined>;
  /** The library's own requests of one kind for a bibliographic record (NCID), in every state. */
  requestsOfRecord(account: NacsisAccount, kind: Kind, bibId: string): Promise<RequestsOfRecord>;
  /** The library's own requests of one kind that were created on or after `sinceCreated` (yyyyMMdd, Asia/Tokyo). */
  requestsCreatedSince(account: NacsisAccount, kind: Kind, sinceCreated: string): Promise<readonly IllRequest[]>;
  /**
   * Reads a file of the library, page by page: the next page is asked for when `save` has done with the last. A record that cannot be
   * read is told beside the others. After a failure the pages before it are saved; a page may come twice when a handle was lost.
   */
  readFile(account: NacsisAccount, wanted: FileReading, save: SavePage): Promise<void>;
  /** Number of requests by STAT text, from INDEXLIST on OMLIDS / AMLIDS. */
  countsByStatus(account: NacsisAccount, kind: Kind, side: Side): Promise<ReadonlyMap<string, number>>;

  searchCatalog(account: NacsisAccount, query: CatalogQuery): Promise<Page<CatalogRecord>>;
  catalogRecord(account: NacsisAccount, ncid: string): Promise<CatalogRecord | undefined>;
  /** Holdings with the member record of each holder joined in. */
  holdings(account: NacsisAccount, ncid: string, query: HoldingsQuery): Promise<Page<Holding>>;
  searchMembers(account: NacsisAccount, query: MembersQuery): Promise<Page<Member>>;
  /** The members with these ids, absent where NACSIS-CAT knows none. From the cache where `fresh` is false; the others in one search. */
  members(
    account: NacsisAccount,
    ids: readonly string[],
    options: { readonly fresh: boolean },
  ): Promise<ReadonlyMap<string, Member>>;
  /** Releases every handle. */
  close(): Promise<void>;
}

/**
 * What is known of the command when the call failed.
 * - nothing: it never reached NACSIS-ILL, or NACSIS-ILL refused it and changed nothing
 * - unknown: it was sent and no whole answer came back
 */
export type Effect = 'nothing' | 'unknown';

export type NacsisErrorCode = 'nacsis-unavailable' | 'nacsis-login-refused' | 'nacsis-rejected' | 'nacsis-malformed';

export class NacsisError extends Error {
  override readonly name = 'NacsisError';
  constructor(
    readonly code: NacsisErrorCode,
    readonly effect: Effect,
    message: string,
    readonly details: {
      /** NACSIS-ILL's own status code and words. */
      readonly nacsis?: { readonly status: string; readonly message: string };
      /** Why there is no answer. `unreached`: nothing was sent. After `timeout` the command may still be at work. */
      readonly how?: 'unreached' | 'cut' | 'timeout' | 'malformed';
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: details.cause });
  }
}
