import type { Change } from '#domain/api-import';
import type { Integration } from '#domain/api-profile';
import { withoutMark } from '#domain/order-mark';
import type { RequestFields } from '#domain/request';
import type { AlmaLookups } from './alma-lookups';
import { failed } from './item-stop';

type Rule = Integration['requester'];

/** For whom a borrowing request is made in Alma. */
export interface Requester {
  readonly userId: string;
  readonly changes: readonly Change[];
}

/** An id ends at a blank or punctuation; these may stand within one, before a letter or digit. */
const PATRON_ID = /^\s*([\p{L}\p{N}]+(?:[-_.@][\p{L}\p{N}]+)*)/u;

/** The patron's id that the rule finds in the request; nobody has asked Alma for it. */
export function patronIdOf(fields: RequestFields, { patronIdField, patronIdPrefix = '' }: Rule): string | undefined {
  if (patronIdField === undefined) return undefined;
  const text = withoutMark(fields[patronIdField] ?? '').normalize('NFKC');
  const [, ...behind] = patronIdPrefix === '' ? ['', text] : text.split(patronIdPrefix.normalize('NFKC'));
  return behind.map((rest) => PATRON_ID.exec(rest)?.[1]).find((id) => id !== undefined);
}

/**
 * The patron whom the request names and Alma knows, else the collective patron. Which patron was not found is not told: his id belongs
 * into no report. Stops where there is no collective patron, or none that Alma knows.
 */
export async function requesterOf(
  fields: RequestFields,
  rule: Rule,
  library: string,
  lookups: Pick<AlmaLookups, 'hasUser'>,
): Promise<Requester> {
  const patron = patronIdOf(fields, rule);
  if (patron !== undefined && (await lookups.hasUser(patron))) return { userId: patron, changes: [] };
  const { collectivePatron: name } = rule;
  if (name === undefined)
    throw failed({ code: 'requester-missing' }, { configuration: { library, code: 'requester-missing' } });
  if (await lookups.hasUser(name)) return { userId: name, changes: [{ what: 'collective-patron' }] };
  const fault = { code: 'requester-unknown', name } as const;
  throw failed(fault, { configuration: { library, ...fault } });
}
