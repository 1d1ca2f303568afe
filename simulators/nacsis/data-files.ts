import type { IndexedDatabase } from '#catp/indexes';
import type { ReferenceFile } from '#catp/reference-files';
import type { CatpRecord } from '#catp/types';
import { DATABASES, type DatabaseName } from '#domain/ill/kinds';
import type { RequestStore } from './ill/request-store';
import type { MemberDirectory } from './member-directory';

/** The member record of a library, for the filters by holder. */
export type MemberLookup = (memberId: string) => CatpRecord | undefined;

/** The made-up catalogue. It does not change while the simulator runs. */
export interface Catalogue {
  readonly books: readonly CatpRecord[];
  readonly serials: readonly CatpRecord[];
  readonly bookHoldings: readonly CatpRecord[];
  readonly serialHoldings: readonly CatpRecord[];
  /** The non-empty reference files. */
  readonly reference: Readonly<Partial<Record<ReferenceFile, readonly CatpRecord[]>>>;
}

/**
 * The files as one library sees them. Each of the four ILL files holds the library's own requests in one role and kind
 * (GL 2.3).
 */
export class DataFiles {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly members: MemberDirectory,
    private readonly requests: RequestStore,
  ) {}

  readonly member: MemberLookup = (memberId) => this.members.record(memberId);

  read(database: IndexedDatabase, library: string): readonly CatpRecord[] {
    switch (database) {
      case 'BOOK':
        return this.catalogue.books;
      case 'SERIAL':
        return this.catalogue.serials;
      case 'BHOLD':
        return this.catalogue.bookHoldings;
      case 'SHOLD':
        return this.catalogue.serialHoldings;
      case 'MEMBER':
        return this.members.records();
      default:
        return isIllDatabase(database)
          ? this.ownRequests(DATABASES[database], library)
          : (this.catalogue.reference[database] ?? []);
    }
  }

  private ownRequests({ kind, side }: (typeof DATABASES)[DatabaseName], library: string): readonly CatpRecord[] {
    return this.requests
      .visibleTo(library, side)
      .filter(({ request }) => request.kind === kind)
      .map(({ record }) => record);
  }
}

export function isIllDatabase(name: string): name is DatabaseName {
  return Object.hasOwn(DATABASES, name);
}
