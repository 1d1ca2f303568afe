import type { Change, Failure, ImportedRequest } from '#domain/api/imports';

/** Keys of Alma's request that name the patron. */
const PATRON_FIELDS: readonly string[] = ['requester', 'user_id', 'user_primary_id'];
/**
 * Alma errors whose message repeats the patron's id (alma.md section 2.1, U1): user not found, not affiliated, no
 * owner.
 */
const NAMES_PATRON: readonly string[] = ['401890', '401861', '401768', '401608'];

/** The request without anything that identifies the patron: a report leaves the library as a file. */
export function withoutPatron({ failure, ...request }: ImportedRequest): ImportedRequest {
  return {
    ...request,
    changes: request.changes.map(changeWithoutPatron),
    ...(failure === undefined ? {} : { failure: failureWithoutPatron(failure) }),
  };
}

function changeWithoutPatron(change: Change): Change {
  const { what, field } = change;
  if (what === 'collective-patron') return { what };
  return field !== undefined && PATRON_FIELDS.includes(field) ? { what, field } : change;
}

function failureWithoutPatron({ name, almaMessage, detail, ...failure }: Failure): Failure {
  const isAboutPatron = failure.code === 'requester-unknown' || failure.code === 'requester-missing';
  if (isAboutPatron || NAMES_PATRON.includes(failure.almaCode ?? '')) return failure;
  return {
    ...failure,
    ...(name === undefined ? {} : { name }),
    ...(almaMessage === undefined ? {} : { almaMessage }),
    ...(detail === undefined ? {} : { detail }),
  };
}
