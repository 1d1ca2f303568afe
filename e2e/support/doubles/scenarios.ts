import type { ImportedRequest } from '#domain/api/imports';
import { awkwardCreate, awkwardRead, awkwardTell, CREATE_WAYS, unknownPatron } from './awkward-calls';
import { awkwardList, LIST_WAYS, TASK_LIST_WAYS, type ListWay } from './awkward-lists';
import type { AlmaCall } from './alma-call';
import type { Life } from './life';
import { certainly, holdIt, sow, type Sown } from './sowing';

/** The number of new requests in NACSIS-ILL, and how many of them and of the seeded ones Alma holds. */
export interface Size {
  readonly requests: number;
  readonly held: number;
  /**
   * The long form: lists stay awkward for a whole run. When Alma cannot answer a call, the import repeats it after a
   * minute, six times.
   */
  readonly isLong: boolean;
}

/** Number of awkward answers per list in the short form. */
const TIMES = 4;
/** Number of seeded lending requests that Alma holds. */
const HELD_BY_THE_SEED = 27;
/** Coprime to all counts of requests and patrons, so that each patron, side and age is represented. */
const HELD_STRIDE = 7;
const COLLECTIVE_PATRON = 'ILL000';
const UNKNOWN_PATRON = 'nobody-there';
const PATRONS = Array.from({ length: 11 }, (_, at) => `patron${String(at + 1).padStart(3, '0')}`);

/** A large first import in several steps, with a kill and with others working at the same time. */
export async function inSeveralSteps(life: Life, { requests, held }: Size): Promise<void> {
  const sown = await sow(life, requests);
  await holdSome(life, sown, held - HELD_BY_THE_SEED);
  const promised = await life.dryRun();
  const done = await life.run({}, { kills: 1, strangers: true });
  life.compare(promised, done);
  await life.run();
}

/** Each patron's and partner's list is awkward in a different way; afterwards all lists are normal. */
export async function withAwkwardLists(life: Life, { requests, held, isLong }: Size): Promise<void> {
  const { stack, random } = life;
  const times = isLong ? Number.POSITIVE_INFINITY : TIMES;
  const sown = await sow(life, requests, [...PATRONS, undefined]);
  const partners = [...new Set(sown.filter(({ side }) => side === 'lender').map(({ partner }) => partner))];
  await stack.addPartnerPerMember();
  await stack.api.saveProfile({ partner: { code: 'NACSIS', perMember: true } });
  await holdSome(life, sown, held, true);
  const ways = new Map<string, ListWay>([
    ...[...PATRONS, COLLECTIVE_PATRON].map((owner, at) => [owner, LIST_WAYS[at % LIST_WAYS.length]!] as const),
    ...partners.map((owner, at) => [owner, TASK_LIST_WAYS[at % TASK_LIST_WAYS.length]!] as const),
  ]);
  for (const { id, side, patron = COLLECTIVE_PATRON, partner, status } of sown) {
    const owner = side === 'borrower' ? patron : partner;
    life.chronicle.name(id, `${side} ${status} of ${owner}, whose list has: ${ways.get(owner) ?? ''}`);
  }
  stack.alma.awkward = [
    ...LIST_WAYS.map((way) => awkwardList(way, ({ owner }) => ways.get(owner) === way, { random, times })),
    // Applies to lists requested without a partner.
    ...TASK_LIST_WAYS.map((way, at) =>
      awkwardList(way, ({ owner, kind }) => owner === '' && kind === 'task-list' && random() < 1 / (7 - at), {
        random,
        times,
      }),
    ),
  ];
  await life.run({}, { kills: 1 });
  stack.alma.awkward = [];
  await life.run();
  if (isLong) await life.run({ full: true });
}

/** Makes the create of every fourth request fail, each way in turn. Saved requests show up late or at once. */
export async function withAwkwardCreates(life: Life, { requests, held }: Size): Promise<void> {
  const { stack } = life;
  const sown = await sow(life, requests);
  await holdSome(life, sown, held);
  const hidden = hideUnanswered(life, sown);
  const [told, unread, empty] = [struckBy('tell', 3), struckBy('read', 5), struckBy('read', 4)];
  stack.alma.awkward = [...wrongCreates(sown), awkwardTell(told.fits), unknownPatron(UNKNOWN_PATRON)];
  const first = await life.run({}, { strangers: true });
  life.expectNotDone(told.almaIds, first, 'said to be told to Alma', isTold);
  for (const { id, failure } of first.values())
    if (failure?.code === 'requester-unknown') life.wrong(id, 'no collective patron', failure.code, COLLECTIVE_PATRON);
  // Another run must not create again what Alma has saved but still hides.
  await life.run();
  stack.alma.awkward = [awkwardRead('errors with status 200', unread.fits), awkwardRead('null', empty.fits)];
  const second = await life.run({ full: true });
  for (const { almaIds } of [unread, empty])
    life.expectNotDone(almaIds, second, 'said to be in line', ({ outcome }) => outcome !== 'failed');
  stack.alma.awkward = [];
  hidden.clear();
  await life.run();
  await life.run({ full: true });
}

function wrongCreates(sown: readonly Sown[]): Life['stack']['alma']['awkward'] {
  const wrong = sown.filter((_, at) => at % 4 === 1);
  return CREATE_WAYS.flatMap((way, nth) => {
    const ids = wrong.filter((_, at) => at % CREATE_WAYS.length === nth).map(({ id }) => id);
    const [once, always] = [ids.filter((_, at) => at % 2 === 0), ids.filter((_, at) => at % 2 === 1)];
    const among = (some: readonly string[]) => (call: AlmaCall) => some.includes(call.nacsisId ?? '');
    return [awkwardCreate(way, among(once), 1), awkwardCreate(way, among(always))];
  });
}

/**
 * Hides from Alma's lists two thirds of the requests that were saved without an answer, until the returned set is
 * cleared.
 */
export function hideUnanswered({ stack }: Life, sown: readonly Sown[]): Set<string> {
  const hidden = new Set<string>();
  const lagging = new Set(sown.filter((_, at) => at % 3 !== 0).map(({ id }) => id));
  stack.alma.unanswered = (nacsisId, almaId) => {
    if (lagging.has(nacsisId)) hidden.add(almaId);
  };
  stack.alma.shows = (almaId) => !hidden.has(almaId);
  return hidden;
}

function isTold({ changes }: ImportedRequest): boolean {
  return changes.some(({ what }) => what === 'cost' || what === 'cancelled');
}

/** Matches every `nth` request of Alma in calls of this kind. */
function struckBy(
  kind: AlmaCall['kind'],
  nth: number,
): { readonly almaIds: ReadonlySet<string>; readonly fits: (call: AlmaCall) => boolean } {
  const seen: string[] = [];
  const almaIds = new Set<string>();
  const fits = ({ kind: is, almaId }: AlmaCall): boolean => {
    if (is !== kind || almaId === undefined) return false;
    if (!seen.includes(almaId)) {
      seen.push(almaId);
      if (seen.length % nth === 0) almaIds.add(almaId);
    }
    return almaIds.has(almaId);
  };
  return { almaIds, fits };
}

/** Puts this number of the requests into Alma, of both sides, old and new. */
export async function holdSome(life: Life, sown: readonly Sown[], number: number, perMember = false): Promise<void> {
  for (let at = 0; at < number; at += 1) {
    const request = sown[(at * HELD_STRIDE) % sown.length];
    if (request === undefined) return;
    const partner = perMember && request.side === 'lender' ? request.partner : undefined;
    await holdIt(life, request, certainly(request.id, at), undefined, partner);
  }
}
