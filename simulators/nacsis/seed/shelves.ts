import { CATALOG_NAMES, HOLDING_NAMES, NO_LOCATION } from '#catp/catalog-names';
import { groups, text } from '#catp/record';
import type { CatpRecord } from '#catp/types';
import type { Kind } from '#domain/ill/kinds';
import type { Lender } from '#domain/ill/request';
import type { Catalogue } from '../data-files';

/** A title and its holdings by member id. */
export interface Shelf {
  readonly record: CatpRecord;
  readonly holdings: ReadonlyMap<string, CatpRecord>;
}

/** The titles to request: serials for copies, books for loans. */
export function shelvesOf(catalogue: Catalogue): Readonly<Record<Kind, readonly Shelf[]>> {
  return {
    copy: shelves(catalogue.serials, catalogue.serialHoldings),
    loan: shelves(catalogue.books, catalogue.bookHoldings),
  };
}

/** Returns the location and call number of the holding as fields of a candidate lender. */
export function shelfMark(holding: CatpRecord | undefined): Pick<Lender, 'location' | 'callNumber'> {
  if (holding === undefined) return {};
  const location = text(holding, HOLDING_NAMES.location);
  const { group, callNumber: part } = HOLDING_NAMES.volumes;
  const callNumber = text(holding, HOLDING_NAMES.callNumber) ?? groups(holding, group)[0]?.[part];
  return {
    ...(location && location !== NO_LOCATION ? { location } : {}),
    ...(callNumber ? { callNumber } : {}),
  };
}

function shelves(records: readonly CatpRecord[], holdings: readonly CatpRecord[]): readonly Shelf[] {
  const byTitle = new Map<string, Map<string, CatpRecord>>();
  for (const holding of holdings) {
    const ncid = text(holding, HOLDING_NAMES.ncid) ?? '';
    const known = byTitle.get(ncid) ?? new Map<string, CatpRecord>();
    byTitle.set(ncid, known.set(text(holding, HOLDING_NAMES.memberId) ?? '', holding));
  }
  return records.map((record) => ({
    record,
    holdings: byTitle.get(text(record, CATALOG_NAMES.id) ?? '') ?? new Map(),
  }));
}
