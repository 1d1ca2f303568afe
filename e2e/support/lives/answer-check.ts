import { STATE_ID } from '../../../test/fixtures/actions.fixture';
import type { Done } from './deeds';
import type { Explanation } from './explain';
import { isLegal } from './gateway-user';
import { isSeenBy } from './life';
import type { World } from './world';

interface Checked {
  readonly step: string;
  readonly done: Done;
  readonly explanation: Explanation;
  /** True when nothing else was attempted on this request at the same time. */
  readonly isAlone: boolean;
}

/** Checks that the gateway's answer to an action is true and complete. */
export function checkAnswer(world: World, checked: Checked): void {
  const { step, done } = checked;
  const { deed, known, attempt } = done;
  const wrong = (kind: string, found: string, expected: string): void =>
    world.chronicle.violation(step, deed.life.id, kind, `${found} (${attempt.words})`, expected);
  world.chronicle.count(`action: ${known.told.at(-1) ?? ''}${known.answer === undefined ? ', given up' : ''}`);
  if (known.answer === undefined) {
    if (known.told.length >= 25) wrong('never known', `asked ${known.told.length} times`, 'an outcome in the end');
    return;
  }
  const { body } = known.answer;
  if (body.request?.id === deed.life.id) world.screens.saw(deed.seat, body.request);
  if (done.isBlind && body.code === 'nacsis-rejected') return;
  if (!isLegal(known.answer))
    wrong('an answer that may not be', `${known.answer.status} ${body.code ?? ''}`, 'no fault');
  else if (known.answer.status < 300) checkSuccess(world, checked, wrong);
  else checkRefusal(world, checked, wrong);
}

type Wrong = (kind: string, found: string, expected: string) => void;

function checkSuccess(world: World, { done, explanation, isAlone }: Checked, wrong: Wrong): void {
  const { deed, known, newestBefore } = done;
  if (known.told.length > 1) return;
  if (deed.held.version < newestBefore)
    wrong(
      'an old version was accepted',
      `version ${deed.held.version}`,
      `stale-version: ${newestBefore} was shown since`,
    );
  const { life, visited } = explanation;
  // The answer describes the request only until the request moves on to the next lender.
  if (!isAlone || !isSeenBy(life, deed.seat.library, deed.seat.side)) return;
  const body = known.answer?.body;
  const to = STATE_ID[life.model.state];
  // The answer to an edit has no states.
  if (deed.action !== 'save' && body?.to !== to)
    wrong('a wrong state is told', `to ${String(body?.to)}`, `to ${to ?? ''}`);
  const status = body?.request?.externalStatus ?? body?.externalStatus;
  if (status !== life.model.state) wrong('a wrong state is told', `request in ${String(status)}`, life.model.state);
  const unseen = (visited[0]?.model.history ?? []).slice(deed.held.known).map(({ SENDCMND = '' }) => SENDCMND);
  if (unseen.length === 0 || deed.isRow) return;
  world.chronicle.count('done on a record that had changed unseen');
  const told = (body?.changes ?? []).map(({ command = '' }) => command);
  if (told.join() !== unseen.join())
    wrong('changes that the user has not seen are not told', `changes: ${told.join() || 'none'}`, unseen.join());
}

function checkRefusal(world: World, checked: Checked, wrong: Wrong): void {
  const { done, explanation, isAlone } = checked;
  const { deed, known, newestBefore } = done;
  const { life, visited } = explanation;
  const body = known.answer?.body ?? {};
  const { seat, held } = deed;
  const seen = isSeenBy(life, seat.library, seat.side);
  switch (body.code) {
    case 'stale-version': {
      const isStale = life.model.history.length !== held.known || newestBefore > held.version || !isAlone;
      if (!isStale) wrong('refused as stale, though nothing has changed', 'stale-version', 'done, or not allowed');
      return checkShown(checked, wrong);
    }
    case 'action-not-allowed':
      return checkShown(checked, wrong);
    case 'invalid-fields':
      if (
        !deed.content.isIncomplete &&
        !(deed.action === 'order' && !life.lenders.every((id) => world.takes(id, life.kind)))
      )
        wrong('refused for its fields, though they are complete', JSON.stringify(body), 'another answer');
      return;
    case 'not-found':
      if (seen && visited.every((each) => isSeenBy(each, seat.library, seat.side)))
        wrong('not found, though NACSIS-ILL delivers it', 'not-found', life.model.state);
      return;
    default:
      return wrong(
        'a refusal that is not expected',
        `${known.answer?.status ?? ''} ${body.code ?? ''}`,
        'a refusal with a reason',
      );
  }
}

/** A refusal includes the request as NACSIS-ILL has it now. */
function checkShown({ done, explanation, isAlone }: Checked, wrong: Wrong): void {
  const { deed, known } = done;
  const { life, visited } = explanation;
  const { request, changes, code } = known.answer?.body ?? {};
  const { seat, held } = deed;
  if (!isSeenBy(life, seat.library, seat.side)) {
    if (isAlone && request?.gone === undefined)
      wrong('a request that went away is shown as if it was there', String(request?.externalStatus), 'gone');
    return;
  }
  const moments = isAlone ? [life] : visited;
  // The request left the library's view and came back while the gateway answered this call.
  if (request?.gone !== undefined && moments.some((each) => !isSeenBy(each, seat.library, seat.side))) return;
  const states = moments.map(({ model }) => model.state);
  if (!states.includes(request?.externalStatus ?? ''))
    wrong(
      'a refusal shows an old state',
      `${String(code)} with ${String(request?.externalStatus)}`,
      states.join(' or '),
    );
  else if (isAlone && request?.history.length !== life.model.history.length)
    wrong(
      'a refusal shows an old record',
      `${String(request?.history.length)} entries`,
      String(life.model.history.length),
    );
  else if (isAlone && code === 'stale-version' && (changes ?? []).length !== life.model.history.length - held.known)
    wrong(
      'a refusal does not tell what was done since',
      `${String((changes ?? []).length)} changes`,
      `${String(life.model.history.length - held.known)} since the ${String(held.known)} entries that the user saw`,
    );
}
