import type { RequestView } from '#domain/api/requests';
import { textIn } from '../../../test/catp-client/catp-client';
import { actionsWithRoom, isEntry, isSeenBy, type Life } from './life';
import { SIDE_NAME, type Held, type Seat } from './screens';
import type { World } from './world';

type Freshness = 'now' | 'stored' | 'if-possible';
const QUERY = { 'now': '&fresh=true', 'stored': '&fresh=false', 'if-possible': '' } as const;

/** The request as a user at this seat sees it; undefined when the gateway finds none. */
export async function readView(
  world: World,
  seat: Seat,
  id: string,
  freshness: Freshness,
): Promise<RequestView | undefined> {
  const path = `/requests/${id}?side=${SIDE_NAME[seat.side]}${QUERY[freshness]}`;
  const { answer, told } = await world.user(seat).known({ method: 'GET', path });
  world.chronicle.count(`read: ${told.at(-1) ?? ''}`);
  const request = answer?.body.request;
  if (request !== undefined) world.screens.saw(seat, request);
  else if (answer?.status !== 404) throw new Error(`GET ${path} was answered with ${told.join(', ')}`);
  return request;
}

/** The newest data on the user's screen; reads it when there is none. */
export async function heldOr(world: World, seat: Seat, id: string): Promise<Held | undefined> {
  const newest = world.screens.newest(seat, id);
  if (newest !== undefined) return newest;
  await readView(world, seat, id, 'if-possible');
  return world.screens.newest(seat, id);
}

/**
 * Checks that a view read after the last change in NACSIS-ILL equals NACSIS-ILL, with the actions that the fixture
 * allows.
 */
function checkView(world: World, step: string, life: Life, seat: Seat, view: RequestView | undefined): void {
  const { model } = life;
  const wrong = (found: string, expected: string): void =>
    world.chronicle.violation(step, life.id, `a view of the ${SIDE_NAME[seat.side]} is wrong`, found, expected);
  if (!isSeenBy(life, seat.library, seat.side)) {
    if (view !== undefined && view.gone === undefined)
      wrong(`${view.externalStatus}, not gone`, `not delivered to ${world.letter(seat.library)} any more`);
    return;
  }
  if (view === undefined) return wrong('not-found', model.state);
  if (view.gone !== undefined) return wrong(`${view.externalStatus}, gone: ${view.gone}`, model.state);
  if (view.externalStatus !== model.state) return wrong(view.externalStatus, model.state);
  const entries = view.history.map(({ command, memberId, comment }) => ({
    SENDCMND: command,
    SENDMLID: memberId,
    SENDCMNT: comment,
  }));
  const same = entries.length === model.history.length && model.history.every((each, at) => isEntry(entries[at], each));
  if (!same)
    wrong(`a history of ${String(entries.length)} entries`, `${String(model.history.length)} entries as in NACSIS-ILL`);
  const offered = view.actions.flatMap(({ action, allowed }) => (allowed ? [action as string] : [])).sort();
  const expected = actionsWithRoom(life, seat.side, world.takes);
  const remaining = life.lenders.slice(model.active + 1);
  if (model.state === '照会' && remaining.length > 0 && !remaining.some((id) => world.takes(id, life.kind)))
    world.chronicle.count('seen: nobody takes what might be forwarded');
  if (offered.join() === expected.join()) return;
  const extra = offered.filter((action) => !expected.includes(action));
  const kind = extra.includes('forward')
    ? 'forward is offered though no candidate can take it'
    : 'wrong actions are offered';
  const found = `in ${model.state}: ${offered.join(', ') || 'none'}`;
  world.chronicle.violation(step, life.id, kind, found, expected.join(', ') || 'none');
}

/** Reads the request as each party that uses the gateway and checks the view. */
export async function checkViews(world: World, step: string, life: Life, freshness: Freshness): Promise<void> {
  for (const { library, institution } of world.members)
    for (const side of ['B', 'L'] as const) {
      const isParty = side === 'B' ? life.borrower === library : life.lenders.includes(library);
      const seat = { institution, library, side };
      if (!isParty) continue;
      const view = await readView(world, seat, life.id, freshness);
      checkView(world, step, life, seat, view);
    }
}

/** A description for messages. */
export function nameOf(world: World, life: Life): string {
  const lenders = life.lenders.map((id) => world.letter(id)).join(', ');
  return `(${life.kind}, ${world.letter(life.borrower)} borrows from ${lenders})`;
}

export function idIn(record: Readonly<Record<string, unknown>>): string {
  return textIn(record, 'ID');
}
