import type { ListQuery, Sort } from '#domain/api-list';
import { isDay } from '#domain/dates';
import type { FieldError } from '#domain/errors';
import { parseNcid } from '#domain/identifiers';
import { invalidFields } from '../gateway-error';
import type { RequestFilter } from '../store/list-filter';

export interface CheckedQuery {
  /** Without institution and libraries. */
  readonly filter: Omit<RequestFilter, 'institution' | 'libraries' | 'newsAfter'>;
  readonly newSince?: Date;
  readonly onlyNew: boolean;
  readonly sort: Sort;
  readonly page: number;
  readonly pageSize: number;
}

const PAGE_SIZE = 50;

/** The query of the work list, checked beyond its schema. Throws `invalid-fields`, one entry for each parameter that is wrong. */
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
    // The list of one side begins with what waits for it; one over both sides waits for nobody in particular.
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
  return Number.isNaN(Date.parse(newSince)) ? [{ field: 'newSince', code: 'bad-date' }] : [];
}
