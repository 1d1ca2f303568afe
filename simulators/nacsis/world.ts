import { MEMBER_NAMES } from '#catp/member-record';
import { text } from '#catp/record';
import type { CatpRecord } from '#catp/types';
import { systemClock, today, type Clock } from '#domain/ill/dates';
import { FaultList } from '../shared/fault-list';
import { JsonFile } from '../shared/json-file';
import { DataFiles, type Catalogue } from './data-files';
import { IllEngine } from './ill/engine';
import { RequestStore } from './ill/request-store';
import { documentOf, storedFrom, type RequestDocument } from './ill/stored-request';
import { MemberDirectory, memberRecordFrom } from './member-directory';
import type { NacsisSimulatorOptions } from './options';
import { RecordBodies } from './record-bodies';
import { seedCatalogue } from './seed/catalogue';
import { seedMembers } from './seed/members';
import { seedRequests } from './seed/requests';
import { withSpecialRecords } from './seed/special-catalogue';
import { memberWithUnknownFlags, trainingMembers } from './seed/training-members';
import { Sessions } from './service/sessions';
import { CallLog } from './sim/call-log';
import type { Fault } from './sim/faults';

/** The account of a library. Passwords of the simulator are not secret. */
export interface Account {
  readonly memberId: string;
  readonly user: string;
  readonly password: string;
}

interface WorldDocument {
  readonly members: readonly CatpRecord[];
  readonly requests: readonly RequestDocument[];
  readonly nextNumber: number;
}

/** All data of a running simulator. */
export class NacsisWorld {
  readonly clock: Clock;
  readonly catalogue: Catalogue;
  readonly members: MemberDirectory;
  readonly requests: RequestStore;
  readonly files: DataFiles;
  readonly engine: IllEngine;
  readonly sessions: Sessions;
  readonly faults = new FaultList<Fault>();
  readonly calls = new CallLog();
  readonly bodies = new RecordBodies();
  private readonly file: JsonFile<WorldDocument>;
  private readonly seeded: readonly CatpRecord[];
  /** The catalogue without special records. The seeded requests concern these titles. */
  readonly ordinary: Catalogue;

  constructor(private readonly options: NacsisSimulatorOptions = {}) {
    const {
      dataFolder,
      members = [],
      mode = 'lenient',
      clock = systemClock,
      settlementLock = false,
      handleIdleMs,
    } = options;
    this.clock = clock;
    this.file = new JsonFile(dataFolder, 'nacsis-ill.json', () => this.document());
    const changed = (): void => {
      this.file.changed();
    };
    this.seeded = [...seedMembers(), ...trainingMembers(), memberWithUnknownFlags(), ...members.map(memberRecordFrom)];
    this.ordinary = seedCatalogue(seedMembers());
    this.catalogue = withSpecialRecords(this.ordinary, seedMembers());
    this.members = new MemberDirectory(changed);
    this.requests = new RequestStore(changed);
    this.files = new DataFiles(this.catalogue, this.members, this.requests);
    this.engine = new IllEngine({ members: this.members, requests: this.requests, mode, clock, settlementLock });
    this.sessions = new Sessions(clock, handleIdleMs);
    const kept = this.file.read();
    if (kept) this.restore(kept);
    else this.seed();
  }

  /** One account per member. The first twelve are ordinary libraries that serve copies and loans. */
  accounts(): readonly Account[] {
    return this.members.records().map((record) => accountOf(text(record, MEMBER_NAMES.memberId) ?? ''));
  }

  /** The library of the seeded requests. */
  get firstLibrary(): string {
    return text(this.members.records()[0] ?? {}, MEMBER_NAMES.memberId) ?? '';
  }

  /** The libraries that exchange requests with the first one. */
  get partners(): readonly string[] {
    return seedMembers().map((record) => text(record, MEMBER_NAMES.memberId) ?? '');
  }

  /** Restores the seed: data, faults, counters, log and handles. Only the numbering of new requests continues. */
  reset(): void {
    this.faults.clear();
    this.bodies.clear();
    this.calls.clear();
    this.sessions.clear();
    const { nextNumber } = this.requests;
    this.seed();
    // Seeded requests keep their ids. The numbering continues for new requests, so that they never reuse an id that a
    // gateway may still know.
    this.requests.skipTo(nextNumber);
  }

  /** Resolves when all changes so far are on disk. */
  saved(): Promise<void> {
    return this.file.saved();
  }

  private seed(): void {
    this.members.replaceAll(this.seeded);
    this.requests.replaceAll([]);
    seedRequests({
      members: this.members,
      requests: this.requests,
      catalogue: this.ordinary,
      day: today(this.clock),
      library: this.firstLibrary,
      partners: this.partners,
    });
  }

  private restore({ members, requests, nextNumber }: WorldDocument): void {
    this.members.replaceAll(members);
    const known = new Set(this.accounts().map(({ memberId }) => memberId));
    for (const record of this.seeded)
      if (!known.has(text(record, MEMBER_NAMES.memberId) ?? '')) this.members.put(record);
    this.requests.replaceAll(requests.map(storedFrom), nextNumber);
  }

  private document(): WorldDocument {
    return {
      members: this.members.records(),
      requests: this.requests.all().map(documentOf),
      nextNumber: this.requests.nextNumber,
    };
  }
}

/** `FA090007` → user `fa090007`, password `pass-fa090007`. */
function accountOf(memberId: string): Account {
  const user = memberId.toLowerCase();
  return { memberId, user, password: `pass-${user}` };
}
