import type { Change, ConfigurationError } from '#domain/api/imports';
import type { Integration } from '#domain/api/profile';
import { patronIdOf } from '#domain/imports/patron-id';
import type { RequestFields } from '#domain/ill/request';

type Rule = Integration['requester'];

/** The users of Alma, by primary id. */
interface Users {
  hasUser(userId: string): Promise<boolean>;
}

/** The patron for whom a borrowing request is created in Alma. */
interface Requester {
  readonly userId: string;
  readonly changes: readonly Change[];
}

/**
 * Resolves the patron that the request names when Alma knows exactly that id, otherwise the collective patron. An
 * unknown id is not reported: patron ids must not appear in reports. Resolves to the fault when there is no collective
 * patron, or Alma does not know it.
 */
export async function requesterOf(
  fields: RequestFields,
  rule: Rule,
  library: string,
  users: Users,
): Promise<Requester | ConfigurationError> {
  const patron = patronIdOf(fields, rule);
  if (patron !== undefined && (await users.hasUser(patron))) return { userId: patron, changes: [] };
  const { collectivePatron: name } = rule;
  if (name === undefined) return { library, code: 'requester-missing' };
  if (await users.hasUser(name)) return { userId: name, changes: [{ what: 'collective-patron' }] };
  return { library, code: 'requester-unknown', name };
}
