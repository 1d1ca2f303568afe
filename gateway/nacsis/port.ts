import type { CatalogQuery, HoldingsQuery, MembersQuery, Page } from '#domain/api/catalog';
import type { CatalogRecord, Holding, Member } from '#domain/catalog/catalog';
import type { Command } from '#domain/ill/commands';
import type { Kind, Side } from '#domain/ill/kinds';
import type { MemberValues } from '#domain/ill/own-record';
import type { IllRequest, RequestFields } from '#domain/ill/request';

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
  /** Only changed fields; `lenders` and `charges` replace the whole group (SPC 3). */
  readonly fields: RequestFields;
  readonly comment?: string;
  /** Time in milliseconds after which the command must not be sent: its lease would end before the call does. */
  readonly notAfter?: number;
}

export interface RequestsOfRecord {
  readonly requests: readonly IllRequest[];
  /** False when there are more requests than one reading takes, or when a request could not be read. */
  readonly isComplete: boolean;
}

/** Selects the records to read from one of the four files of a library; all of them without `since` and `status`. */
export interface FileReading {
  readonly kind: Kind;
  readonly side: Side;
  /**
   * Only records changed on or after this day (RNWDT), yyyyMMdd in Asia/Tokyo. Beyond `MAX_SINCE_DAYS` everything is
   * read.
   */
  readonly since?: string;
  /** Only records in this state (STAT text). */
  readonly status?: string;
  /** Only records last changed in this year or month (RNWDT): yyyy or yyyyMM. Not together with `since`. */
  readonly updatedIn?: string;
}

/** A record that is not a valid request. Contains nothing of its content but the id. */
export interface UnreadableRecord {
  /** The id in NACSIS-ILL; when the id cannot be read, `?1`, `?2` … in the order of the reading. */
  readonly id: string;
  /** In English, for the log. */
  readonly reason: string;
}
export interface FilePage {
  readonly requests: readonly IllRequest[];
  readonly unreadable: readonly UnreadableRecord[];
}
export type SavePage = (page: FilePage) => Promise<void>;

/** Maximum span of a search by day, which names each day. */
export const MAX_SINCE_DAYS = 31;

/** All calls of the gateway to NACSIS-CAT/ILL. Every method throws only `NacsisError`. */
export interface NacsisPort {
  /** Performs one ILL command and resolves to the record after it. Takes one round trip when a handle is free. */
  perform(account: NacsisAccount, call: CommandCall): Promise<IllRequest>;
  /**
   * The current record, or undefined when this library sees none with this id on this side. Searches the file of the
   * kind; when the kind is unknown, both files one after the other.
   */
  readRequest(account: NacsisAccount, side: Side, id: string, kind?: Kind): Promise<IllRequest | undefined>;
  /** The library's own requests of one kind for a bibliographic record (NCID), in any state. */
  requestsOfRecord(account: NacsisAccount, kind: Kind, bibId: string): Promise<RequestsOfRecord>;
  /** The library's own requests of one kind created on or after `sinceCreated` (yyyyMMdd, Asia/Tokyo). */
  requestsCreatedSince(account: NacsisAccount, kind: Kind, sinceCreated: string): Promise<readonly IllRequest[]>;
  /**
   * Reads a file of the library page by page; requests the next page when `save` has finished with the last. Unreadable
   * records are reported with their page. After a failure the earlier pages are saved; a page may come twice when a
   * handle was lost.
   */
  readFile(account: NacsisAccount, wanted: FileReading, save: SavePage): Promise<void>;
  /** Number of records that such a reading would return. Takes one search, which returns no records. */
  countInFile(account: NacsisAccount, wanted: FileReading): Promise<number>;
  /** Number of requests by STAT text, from INDEXLIST on OMLIDS / AMLIDS. */
  countsByStatus(account: NacsisAccount, kind: Kind, side: Side): Promise<ReadonlyMap<string, number>>;

  /** A page of records omits unreadable ones and gives their number (`unreadable`). */
  searchCatalog(account: NacsisAccount, query: CatalogQuery): Promise<Page<CatalogRecord>>;
  catalogRecord(account: NacsisAccount, ncid: string): Promise<CatalogRecord | undefined>;
  /** Holdings with the member record of each holder. */
  holdings(account: NacsisAccount, ncid: string, query: HoldingsQuery): Promise<Page<Holding>>;
  searchMembers(account: NacsisAccount, query: MembersQuery): Promise<Page<Member>>;
  /**
   * The members with these ids; ids unknown to NACSIS-CAT are absent. Uses the cache unless `fresh`; reads the others
   * in one search.
   */
  members(
    account: NacsisAccount,
    ids: readonly string[],
    options: { readonly fresh: boolean },
  ): Promise<ReadonlyMap<string, Member>>;
  /**
   * Changes the library's own member record, and resolves to the record afterwards. `notAfter`: time in milliseconds
   * after which the change must not be sent.
   */
  updateMember(account: NacsisAccount, changes: MemberValues, notAfter: number): Promise<Member>;
  /** Releases every handle. */
  close(): Promise<void>;
}

/**
 * Effect of the command when the call failed.
 * - nothing: it never reached NACSIS-ILL, or NACSIS-ILL refused it and changed nothing
 * - unknown: it was sent, and no complete answer came back
 */
type Effect = 'nothing' | 'unknown';

export type NacsisErrorCode = 'nacsis-unavailable' | 'nacsis-login-refused' | 'nacsis-rejected' | 'nacsis-malformed';

export class NacsisError extends Error {
  override readonly name = 'NacsisError';
  constructor(
    readonly code: NacsisErrorCode,
    readonly effect: Effect,
    message: string,
    readonly details: {
      /** NACSIS-ILL's own status code and message. */
      readonly nacsis?: { readonly status: string; readonly message: string };
      /**
       * Why there is no answer. `unreached`: nothing was sent. After `timeout` NACSIS-ILL may still be processing the
       * command.
       */
      readonly how?: 'unreached' | 'cut' | 'timeout' | 'malformed';
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: details.cause });
  }
}
