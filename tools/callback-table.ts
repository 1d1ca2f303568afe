import { COMMAND_WIRE } from '#domain/ill/commands';
import type { Kind } from '#domain/ill/kinds';
import { STATE_IDS, stateSpec, type StateId } from '#domain/ill/states';
import { TRANSITIONS, type Transition } from '#domain/ill/transitions';
import { nameOf, NOTES, STRICT_MARK } from './table-marks';

/** States that can only be reached, directly or indirectly, through RENEW or SENDBACK. */
const ALWAYS_RETURNED: ReadonlySet<StateId> = alwaysReturned();

/** The effect of CALLBACK after each command (dossier 3.2). */
export function callbackSection(): readonly string[] {
  const commands = TRANSITIONS.filter(({ command, alias }) => command !== 'CALLBACK' && !alias);
  return [
    '',
    '## What CALLBACK takes back',
    '',
    'Only the side that gave the last command may call it back, and only until the other side acts. RECEIVE, FORWARD, RETRY and a PARDON that went',
    'to the next candidate are never called back; what stands there after FORWARD is the borrower’s way out of 未処理. CANCEL leads to 準備中, also',
    'when it was given in 照会.',
    '',
    '| Side | Command | Given in | State then | CALLBACK leads to | If | Kinds |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...commands.map((edge) => {
      const back = backFrom(edge);
      const target =
        back === undefined ? '—' : `${stateSpec(back.to).wire}${back.lenientOnly ? ` ${STRICT_MARK}` : ''}`;
      const note = back?.guard === undefined ? '' : NOTES[back.guard][0];
      return `| ${edge.side} | ${COMMAND_WIRE[edge.command]} | ${nameOf(edge.from)} | ${stateSpec(edge.to).wire} | ${target} | ${note} | ${edge.kinds.join(', ')} |`;
    }),
  ];
}

/** The transition of CALLBACK right after this command; undefined when there is none. */
function backFrom(edge: Transition): Transition | undefined {
  return TRANSITIONS.find(
    (each) =>
      each.command === 'CALLBACK' &&
      each.side === edge.side &&
      each.from === edge.to &&
      isOfKind(each, edge.kinds) &&
      !(each.guard === 'never-renewed-or-returned' && edge.from !== null && ALWAYS_RETURNED.has(edge.from)),
  );
}

function alwaysReturned(): ReadonlySet<StateId> {
  const states = new Set(STATE_IDS);
  const isEnteredOtherwise = (state: StateId): boolean =>
    TRANSITIONS.some(
      ({ from, to, command }) =>
        to === state && command !== 'RENEW' && command !== 'SENDBACK' && (from === null || !states.has(from)),
    );
  for (let removed = true; removed;) {
    const otherwise = [...states].filter(isEnteredOtherwise);
    for (const state of otherwise) states.delete(state);
    removed = otherwise.length > 0;
  }
  return states;
}

function isOfKind(edge: Transition, kinds: readonly Kind[]): boolean {
  return kinds.some((kind) => edge.kinds.includes(kind));
}
