import { today } from '#domain/ill/dates';
import { Counters } from '../shared/counters';
import { FaultList } from '../shared/fault-list';
import { isObject } from '../shared/json-body';
import { JsonFile } from '../shared/json-file';
import { HostDocuments } from './documents';
import type { Fault } from './faults';
import { isoPartnerOf, isoPartnerRecord, type IsoLink, type IsoPartner } from './iso18626/partners';
import { IsoTraffic } from './iso18626/traffic';
import type { AlmaUser, Bib, Institution, Library, PartnerRecord } from './model';
import { Partners } from './partners';
import { CALLS_PER_DAY, CALLS_PER_SECOND, RateLimit } from './rest/rate-limit';
import { seedBibs } from './seed/bibs';
import { INSTITUTIONS, seedUsers } from './seed/institutions';
import { seedPartners } from './seed/partners';
import { nacsisRequests, type NacsisRequest } from './seed/nacsis-requests';
import { seedRequests } from './seed/requests';
import { SharingRequests, type StoredRequests } from './sharing-requests';
import { SigningKeys } from './signing-keys';

export interface WorldOptions {
  /** Address of the simulated Alma, without a trailing slash. */
  readonly url: string;
  readonly dataFolder?: string;
  /** Address of the gateway. CONFIG names it until one is stored. */
  readonly gateway?: string;
  /** Current time in milliseconds since the epoch. */
  readonly now?: () => number;
}

/** Settings that `_sim/settings` changes at run time. A reset restores them. */
export interface Settings {
  /** Calls with an API key per second and institution. */
  readonly apiCallsPerSecond: number;
  /** Calls with an API key per day (UTC) and institution. */
  readonly apiCallsPerDay: number;
  /** Alma's customer parameter `check_patron_duplicate_borrowing_requests`. */
  readonly checkDuplicates: boolean;
  /** Lists a user's ended requests with `status=history` only (alma.md 2.1, U5). */
  readonly listsEndedApart: boolean;
  /** Times that Alma repeats a message to an ISO 18626 partner without an answer, and the pause before each. */
  readonly isoRepeats: number;
  readonly isoRepeatPauseMs: number;
  /** Timestamp of a repeated message. */
  readonly isoRepeatTimestamp: 'same' | 'new';
  /** How long Alma waits for an answer. */
  readonly isoAnswerTimeoutMs: number;
  /** A general message of the supplier has an empty status. */
  readonly isoEmptyStatus: boolean;
  /** Whether reasonForMessage is that of the standard. */
  readonly isoReasons: 'right' | 'wrong';
  /** Check in sends a message: "Checked In Message" of the lending workflow. */
  readonly isoCheckedIn: boolean;
  /** What CopyCompleted makes of a borrowing request: shipped digitally, or received at once. */
  readonly isoCopiesArrive: 'shipped' | 'received';
  /** A request that arrives again gets an ERROR even with the timestamp of the first. */
  readonly isoRefusesRepeats: boolean;
  /** reasonUnfilled of an expired lending request; empty: none. */
  readonly isoExpiredReason: string;
}
/**
 * @unconfirmed O: How often Alma repeats an unanswered message and with which timestamp, and what its messages look like (`iso…`).
 * Confirm: record the messages of an Alma sandbox to an ISO 18626 partner that answers late.
 */
export const DEFAULT_SETTINGS: Settings = {
  apiCallsPerSecond: CALLS_PER_SECOND,
  apiCallsPerDay: CALLS_PER_DAY,
  checkDuplicates: false,
  listsEndedApart: false,
  isoRepeats: 1,
  isoRepeatPauseMs: 100,
  isoRepeatTimestamp: 'new',
  isoAnswerTimeoutMs: 10_000,
  isoEmptyStatus: true,
  isoReasons: 'wrong',
  isoCheckedIn: true,
  isoCopiesArrive: 'shipped',
  isoRefusesRepeats: false,
  isoExpiredReason: '',
};

interface Stored {
  readonly requests: StoredRequests;
  readonly partners: readonly PartnerRecord[];
  readonly documents: Readonly<Record<string, string>>;
  /** Absent in data of before there were any. */
  readonly isoLinks?: readonly IsoLink[];
}

/**
 * All data of the simulated Alma. The catalogue is fixed; requests, partners and the app's documents change and are
 * stored.
 */
export class AlmaWorld {
  /** Calls of each endpoint and host message, for example `GET /almaws/v1/bibs/:mmsId` and `message INIT_DATA`. */
  readonly counters = new Counters();
  readonly faults = new FaultList<Fault>();
  institutions: readonly Institution[] = INSTITUTIONS;
  readonly rateLimit: RateLimit;
  readonly keys: SigningKeys;
  readonly requests: SharingRequests;
  readonly partners: Partners;
  readonly documents: HostDocuments;
  readonly iso: IsoTraffic;
  readonly now: () => number;
  settings: Settings = DEFAULT_SETTINGS;
  private users = INSTITUTIONS.flatMap(seedUsers);
  private readonly bibs = new Map<string, readonly Bib[]>();
  private readonly file: JsonFile<unknown>;

  private constructor(readonly options: WorldOptions) {
    this.now = options.now ?? Date.now;
    this.rateLimit = new RateLimit(this.now);
    this.keys = new SigningKeys(options.dataFolder);
    this.file = new JsonFile(options.dataFolder, 'alma.json', () => this.snapshot());
    const changed = (): void => this.file.changed();
    const start = readStored(this.file.read()) ?? this.seed();
    this.requests = new SharingRequests(start.requests, changed);
    this.partners = new Partners(start.partners, changed);
    this.documents = new HostDocuments(new Map(Object.entries(start.documents)), changed);
    this.iso = new IsoTraffic(start.isoLinks ?? [], options.dataFolder, this.now, changed);
    changed();
  }

  /** Opens the data of the folder, or creates seed data. */
  static async open(options: WorldOptions): Promise<AlmaWorld> {
    const world = new AlmaWorld(options);
    await world.saved();
    return world;
  }

  get url(): string {
    return this.options.url;
  }

  /** Resolves when all changes so far are on disk. */
  saved(): Promise<void> {
    return this.file.saved();
  }

  /**
   * Restores the seed data and the initial faults, counters, limits, libraries and settings. Keeps the signing keys
   * and the links to ISO 18626 partners.
   */
  reset(): void {
    const fresh = this.seed();
    this.requests.replaceAll(fresh.requests);
    this.partners.replaceAll([...fresh.partners, ...this.iso.all().map(isoPartnerRecord)]);
    this.iso.reset();
    this.documents.replaceAll(new Map(Object.entries(fresh.documents)));
    this.faults.clear();
    this.counters.clear();
    this.rateLimit.clear();
    this.changeSettings(DEFAULT_SETTINGS);
    this.changeInstitutions(INSTITUTIONS);
  }

  changeSettings(settings: Settings): void {
    this.settings = settings;
    this.rateLimit.perSecond = settings.apiCallsPerSecond;
    this.rateLimit.perDay = settings.apiCallsPerDay;
  }

  /** Adds a library to the institution. A resource sharing library serves the same users as the existing ones. */
  addLibrary(institution: Institution, library: Library): void {
    const { code, libraries } = institution;
    const changed = { ...institution, libraries: [...libraries, library] };
    this.changeInstitutions(this.institutions.map((each) => (each.code === code ? changed : each)));
  }

  /** Enters an ISO 18626 partner and its record. The caller checks that the symbol is unique in the institution. */
  linkPartner(link: IsoLink): void {
    this.iso.save(link);
    this.partners.save(isoPartnerRecord(link));
  }

  isoPartners(): readonly IsoPartner[] {
    return this.iso
      .all()
      .map((link) => isoPartnerOf(link, this.partners.find(link.institution, link.partner)))
      .filter((partner) => partner !== undefined);
  }

  institution(code: string): Institution | undefined {
    return this.institutions.find((candidate) => candidate.code === code);
  }

  /** Ignores the case of the id, as Alma does. */
  findUser(institution: string, primaryId: string): AlmaUser | undefined {
    const wanted = primaryId.toLowerCase();
    return this.users.find((user) => user.institution === institution && user.primaryId.toLowerCase() === wanted);
  }

  usersOf(institution: string): readonly AlmaUser[] {
    return this.users.filter((user) => user.institution === institution);
  }

  bibsOf(institution: Institution): readonly Bib[] {
    const known = this.bibs.get(institution.code) ?? seedBibs(institution);
    this.bibs.set(institution.code, known);
    return known;
  }

  private changeInstitutions(institutions: readonly Institution[]): void {
    this.institutions = institutions;
    this.users = institutions.flatMap(seedUsers);
  }

  private seed(): Stored {
    const perInstitution = this.institutions.map((institution, index) =>
      seedRequests(institution, this.bibsOf(institution), this.now(), index * 1000, this.nacsisOf(institution, index)),
    );
    return {
      requests: {
        borrowing: perInstitution.flatMap((requests) => requests.borrowing),
        lending: perInstitution.flatMap((requests) => requests.lending),
        sequence: 10_000,
      },
      partners: this.institutions.flatMap(({ code }) => seedPartners(code)),
      documents: {},
    };
  }

  /** The institution's requests in the seed of NACSIS-ILL, which concerns the library of the first institution only. */
  private nacsisOf(institution: Institution, index: number): readonly NacsisRequest[] {
    if (index > 0) return [];
    return nacsisRequests(
      institution,
      this.bibsOf(institution),
      today(() => new Date(this.now())),
    );
  }

  private snapshot(): Stored {
    return {
      requests: this.requests.snapshot(),
      partners: this.partners.snapshot(),
      documents: this.documents.snapshot(),
      isoLinks: this.iso.all(),
    };
  }
}

function readStored(document: unknown): Stored | undefined {
  if (document === undefined) return undefined;
  if (isObject(document) && ['requests', 'partners', 'documents'].every((key) => key in document))
    return document as unknown as Stored;
  throw new Error('alma.json is not the data of this simulator; move it away to start with fresh data');
}
