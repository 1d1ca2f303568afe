import { handleWhen, retry, ConstantBackoff } from 'cockatiel';
import type { CatalogQuery, HoldingsQuery, MembersQuery, Page } from '#domain/api/catalog';
import type { CatalogRecord, Holding, Member } from '#domain/catalog/catalog';
import type { Kind, Side } from '#domain/ill/kinds';
import type { MemberValues } from '#domain/ill/own-record';
import type { IllRequest } from '#domain/ill/request';
import { CatalogFile } from './catalog-file';
import { CatpCaller } from './catp-caller';
import { IllFile } from './ill-file';
import { MemberDirectory } from './member-directory';
import {
  NacsisError,
  type CommandCall,
  type FileReading,
  type NacsisAccount,
  type NacsisPort,
  type RequestsOfRecord,
  type SavePage,
} from './port';
import type { NacsisSettings } from './settings';
import { CatpTransport, type Observe } from './transport';

/** Repeats a read that was cut, including its login, once. Commands are never repeated. */
const readAgain = retry(handleWhen(isCut), { maxAttempts: 1, backoff: new ConstantBackoff(100) });

function isCut(error: unknown): boolean {
  return error instanceof NacsisError && error.details.how === 'cut';
}

/** NACSIS-CAT/ILL over CATP/1.1. */
export class CatpNacsis implements NacsisPort {
  readonly #caller: CatpCaller;
  readonly #requests: IllFile;
  readonly #catalog: CatalogFile;
  readonly #members: MemberDirectory;

  constructor(settings: NacsisSettings, observe?: Observe, now: () => number = Date.now) {
    this.#caller = new CatpCaller(new CatpTransport(settings, observe), settings, now);
    this.#requests = new IllFile(this.#caller);
    this.#members = new MemberDirectory(this.#caller, settings.memberCacheSeconds, now);
    this.#catalog = new CatalogFile(this.#caller, this.#members);
  }

  perform(account: NacsisAccount, call: CommandCall): Promise<IllRequest> {
    return this.#requests.perform(account, call);
  }

  readRequest(account: NacsisAccount, side: Side, id: string, kind?: Kind): Promise<IllRequest | undefined> {
    return readAgain.execute(() => this.#requests.read(account, side, id, kind));
  }

  requestsOfRecord(account: NacsisAccount, kind: Kind, bibId: string): Promise<RequestsOfRecord> {
    return readAgain.execute(() => this.#requests.ofRecord(account, kind, bibId));
  }

  requestsCreatedSince(account: NacsisAccount, kind: Kind, sinceCreated: string): Promise<readonly IllRequest[]> {
    return readAgain.execute(() => this.#requests.createdSince(account, kind, sinceCreated));
  }

  /**
   * Repeats a reading that was cut only when no page of it was saved; otherwise the caller knows how far the reading
   * came.
   */
  async readFile(account: NacsisAccount, wanted: FileReading, save: SavePage): Promise<void> {
    let isBegun = false;
    const begin: SavePage = (requests) => {
      isBegun = true;
      return save(requests);
    };
    const read = () => this.#requests.readFile(account, wanted, begin);
    await read().catch((error: unknown) => {
      if (isBegun || !isCut(error)) throw error;
      return read();
    });
  }

  countInFile(account: NacsisAccount, wanted: FileReading): Promise<number> {
    return readAgain.execute(() => this.#requests.countInFile(account, wanted));
  }

  countsByStatus(account: NacsisAccount, kind: Kind, side: Side): Promise<ReadonlyMap<string, number>> {
    return readAgain.execute(() => this.#requests.countsByStatus(account, kind, side));
  }

  searchCatalog(account: NacsisAccount, query: CatalogQuery): Promise<Page<CatalogRecord>> {
    return readAgain.execute(() => this.#catalog.search(account, query));
  }

  catalogRecord(account: NacsisAccount, ncid: string): Promise<CatalogRecord | undefined> {
    return readAgain.execute(() => this.#catalog.record(account, ncid));
  }

  holdings(account: NacsisAccount, ncid: string, query: HoldingsQuery): Promise<Page<Holding>> {
    return readAgain.execute(() => this.#catalog.holdings(account, ncid, query));
  }

  searchMembers(account: NacsisAccount, query: MembersQuery): Promise<Page<Member>> {
    return readAgain.execute(() => this.#members.search(account, query));
  }

  members(
    account: NacsisAccount,
    ids: readonly string[],
    options: { readonly fresh: boolean },
  ): Promise<ReadonlyMap<string, Member>> {
    return readAgain.execute(() => this.#members.members(account, ids, options));
  }

  updateMember(account: NacsisAccount, changes: MemberValues, notAfter: number): Promise<Member> {
    return this.#members.update(account, changes, notAfter);
  }

  close(): Promise<void> {
    return this.#caller.close();
  }
}
