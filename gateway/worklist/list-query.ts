import type { ListQuery, Sort } from '#domain/api/work-list';
import { isDay } from '#domain/ill/dates';
import type { FieldError } from '#domain/errors';
import { parseNcid } from '#domain/catalog/identifiers';
import { invalidFields } from '../gateway-error';
import type { RequestFilter } from '../store/list-filter';

export interface CheckedQuery {
  /** The filter of the query, without institution and libraries. */
  readonly filter: Omit<RequestFilter, 'institution' | 'libraries' | 'newsAfter'>;
  readonly newSince?: Date;
  readonly onlyNew: boolean;
  readonly sort: Sort;
  readonly page: number;
  readonly pageSize: number;
}

const PAGE_SIZE = 50;
/** Range of times for `newSince`, in milliseconds. The store accepts years of four digits only. */
const EARLIEST = Date.UTC(1900, 0, 1);
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Checks the query of the work list beyond its schema. Throws `invalid-fields` with one entry per wrong parameter. */
export function checkedQuery(query: ListQuery): CheckedQuery {
  const { library: _library, newSince, onlyNew = false, sort, page = 1, pageSize = PAGE_SIZE, bibId, ...rest } = query;
  const faults = [...dayFaults(query), ...newsFaults(query)];
  const ncid = bibId === undefined ? undefined : parseNcid(bibId);
  if (ncid?.ok === false) faults.push({ field: 'bibId', code: ncid.error });
  if (faults.length > 0) throw invalidFields(faults);
  return {
    filter: { ...rest, ...(ncid?.ok === true ? { bibId: ncid.value.id } : {}) },
    ...(newSince === undefined ? {} : { newSince: new Date(newSince) }),
    onlyNew,
    // The list of one side starts with requests that wait for it; a list of both sides has no such order.
    sort: sort ?? (query.side === undefined ? 'newest' : 'needs'),
    page,
    pageSize,
  };
}

function dayFaults({ from, to }: ListQuery): FieldError[] {
  const faults: FieldError[] = [];
  if (from !== undefined && !isDay(from)) faults.push({ field: 'from', code: 'bad-date' });
  if (to !== undefined && (!isDay(to) || to < (from ?? ''))) faults.push({ field: 'to', code: 'bad-date' });
  return faults;
}

function newsFaults({ newSince, onlyNew }: ListQuery): readonly FieldError[] {
  if (newSince === undefined) return onlyNew === true ? [{ field: 'newSince', code: 'required' }] : [];
  const time = Date.parse(newSince);
  return time >= EARLIEST && time <= LATEST ? [] : [{ field: 'newSince', code: 'bad-date' }];
}
