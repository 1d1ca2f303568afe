import type { HoldingsQuery } from '#domain/api/catalog';
import type { Holding, Member } from '#domain/catalog/catalog';
import type { Form } from '#domain/catalog/catalog-files';
import { extentOf } from '#domain/catalog/holding-extent';

/** True when the holding itself matches. */
type OfHolding = (holding: Holding) => boolean;
/** True when the member record of the holder matches. */
type OfHolder = (member: Member | undefined) => boolean;

/** Values of ILLFLG and GRPCODE (dossier 6), with their meaning for the member. */
const PARTICIPATES: ReadonlyMap<string, boolean> = new Map([
  ['A', true],
  ['N', false],
]);
const IN_OFFSET = 'N';
/** Conditions on a text or flag of a member. */
const EQUAL = [
  'region',
  'establisher',
  'institutionType',
  'service',
  'copyService',
  'loanService',
  'faxService',
] as const;

/**
 * Returns the conditions of a query on the holdings; undefined when there are none. A holding that does not give the
 * volume or year does not match. Holdings of books give no year, so the year is not checked for them.
 */
export function holdingFilter(query: HoldingsQuery, form: Form): OfHolding | undefined {
  return all<Holding>([
    when(query.memberId, (wanted) => (holding) => holding.memberId === wanted),
    when(query.location, (wanted) => (holding) => holding.location === wanted),
    when(query.volume, (volume) => (holding) => extentOf(holding, { volume }) === 'yes' || hasVolume(holding, volume)),
    when(
      form === 'book' ? undefined : query.year,
      (year) => (holding) => extentOf({ ...holding, volumes: [] }, { year }) === 'yes',
    ),
  ]);
}

/**
 * Returns the conditions on the holders' member records; undefined when there are none. An unknown member does not
 * match.
 */
export function holderFilter(query: HoldingsQuery): OfHolder | undefined {
  return all<Member | undefined>([
    ...EQUAL.map((name) => when(query[name], (wanted) => (member: Member | undefined) => member?.[name] === wanted)),
    when(
      query.participates,
      (wanted) => (member) => member !== undefined && member.participates === PARTICIPATES.get(wanted),
    ),
    when(query.offset, (wanted) => (member) => wanted === IN_OFFSET && member?.offset === true),
  ]);
}

/** True when the name of a volume contains the wanted text. */
function hasVolume({ volumes }: Holding, wanted: string): boolean {
  return volumes.some(({ volume }) => volume?.includes(wanted) === true);
}

type Condition<T> = (item: T) => boolean;

/** Returns the condition for a wanted value; undefined when the value is absent or empty. */
function when<T>(value: string | undefined, condition: (wanted: string) => Condition<T>): Condition<T> | undefined {
  const wanted = value?.trim() ?? '';
  return wanted === '' ? undefined : condition(wanted);
}

function all<T>(conditions: readonly (Condition<T> | undefined)[]): Condition<T> | undefined {
  const set = conditions.filter((condition) => condition !== undefined);
  return set.length === 0 ? undefined : (item) => set.every((condition) => condition(item));
}
