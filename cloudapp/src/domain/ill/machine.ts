import { ACTIONS_OF_SIDE, type Action, type Command } from './commands';
import type { Refusal } from '../errors';
import type { Kind, Side } from './kinds';
import { isHistoryFull, type Situation } from './request';
import { STATES, type StateId } from './states';
import { CHAINS, TRANSITIONS, type Guard, type Transition } from './transitions';

/** lenient (the default, design 8): every row of the table; strict: without the rows marked `lenientOnly`. */
export type Mode = 'lenient' | 'strict';

const GUARD_REFUSAL: Readonly<Record<Guard, Refusal>> = {
  'claim-open': 'no-claim-open',
  'no-claim-open': 'claim-open',
  'candidate-remains': 'no-candidate-remains',
  'no-candidate-remains': 'candidate-remains',
  'never-renewed-or-returned': 'renewed-or-returned',
};

export type Step =
  { readonly allowed: true; readonly edge: Transition } | { readonly allowed: false; readonly refusal: Refusal };

/** The offer of one action to a side; `commands` has two entries for a chain. */
export type Offer =
  | {
      readonly action: Action;
      readonly allowed: true;
      readonly commands: readonly Command[];
      readonly edges: readonly [Transition, ...Transition[]];
      readonly primary: boolean;
    }
  | {
      readonly action: Action;
      readonly allowed: false;
      readonly refusal: Refusal;
      readonly possibleIn: readonly StateId[];
    };

/** The edge that `command` takes from this state, or the refusal. */
export function stepFor(situation: Situation, side: Side, command: Command, mode: Mode = 'lenient'): Step {
  if (situation.state === null) return refuse('unknown-state');
  const named = TRANSITIONS.filter((edge) => edge.command === command && !(mode === 'strict' && edge.lenientOnly));
  const here = named.filter((edge) => edge.from === (situation.state ?? null) && edge.kinds.includes(situation.kind));
  const mine = here.filter((edge) => edge.side === side);
  if (mine.length === 0)
    return refuse(refusalWithoutEdge(situation, side, named, isStrictOnly(situation, side, command, mode)));
  if (isHistoryFull(situation)) return refuse('history-full');
  const edge = mine.find((candidate) => isGuardMet(candidate.guard, situation));
  if (edge) return { allowed: true, edge };
  const guard = mine[0]?.guard;
  return refuse(guard ? refusalOf(guard, situation) : 'wrong-state');
}

/** All actions of the side, allowed or not, in the order of the panel. Derived from the table alone. */
export function offersFor(situation: Situation, side: Side, mode: Mode = 'lenient'): readonly Offer[] {
  return ACTIONS_OF_SIDE[side].map((action) => offerFor(situation, side, action, mode));
}

export function offerFor(situation: Situation, side: Side, action: Action, mode: Mode = 'lenient'): Offer {
  const refusals: Refusal[] = [];
  for (const command of commandsOf(action, side)) {
    const step = stepFor(situation, side, command, mode);
    if (step.allowed && step.edge.action === action && !step.edge.alias) {
      return {
        action,
        allowed: true,
        commands: [command],
        edges: [step.edge],
        primary: isPrimary(step.edge, situation),
      };
    }
    if (!step.allowed) refusals.push(isOfOther(action, situation, side, command) ? 'wrong-state' : step.refusal);
  }
  const chain = chainFor(situation, side, action, mode);
  if (chain !== undefined && typeof chain !== 'string')
    return { action, allowed: true, commands: chain.map((edge) => edge.command), edges: chain, primary: false };
  return {
    action,
    allowed: false,
    refusal: chain ?? mostTelling(refusals),
    possibleIn: statesAllowing(action, side, situation.kind, mode),
  };
}

/** The answer to a renewal comes before the check-in. */
function isPrimary({ from, command, primary }: Transition, { renewalPending }: Situation): boolean {
  if (renewalPending && from === 'RETURN_PROCESSING') return command === 'CLAIM';
  return primary === true;
}

/** The states in which the table allows the action to this side, ignoring guards. */
export function statesAllowing(action: Action, side: Side, kind: Kind, mode: Mode = 'lenient'): readonly StateId[] {
  const states = edgesOf(action, side, mode)
    .filter((edge) => edge.kinds.includes(kind))
    .flatMap((edge) => (edge.from === null ? [] : [edge.from]));
  const chained = CHAINS.filter((chain) => chain.action === action && chain.side === side).map((chain) => chain.from);
  return [...new Set([...states, ...chained])];
}

/** The edges of the chain for this action, or its refusal; undefined when there is no chain. */
function chainFor(
  situation: Situation,
  side: Side,
  action: Action,
  mode: Mode,
): readonly [Transition, Transition] | Refusal | undefined {
  const chain = CHAINS.find((each) => each.action === action && each.side === side && each.from === situation.state);
  if (!chain) return undefined;
  const [first, second] = chain.commands;
  const step = stepFor(situation, side, first, mode);
  if (!step.allowed) return step.refusal;
  const after = { ...situation, state: step.edge.to, historyLength: situation.historyLength + 1 };
  const next = stepFor(after, side, second, mode);
  return next.allowed ? [step.edge, next.edge] : next.refusal;
}

function edgesOf(action: Action, side: Side, mode: Mode): readonly Transition[] {
  return TRANSITIONS.filter(
    (edge) => edge.action === action && edge.side === side && !edge.alias && !(mode === 'strict' && edge.lenientOnly),
  );
}

function commandsOf(action: Action, side: Side): readonly Command[] {
  return [...new Set(edgesOf(action, side, 'lenient').map((edge) => edge.command))];
}

function isGuardMet(guard: Guard | undefined, situation: Situation): boolean {
  switch (guard) {
    case undefined:
      return true;
    case 'claim-open':
      return situation.claimOpen;
    case 'no-claim-open':
      return !situation.claimOpen;
    case 'candidate-remains':
      return isCandidateLeft(situation);
    case 'no-candidate-remains':
      return !isCandidateLeft(situation);
    case 'never-renewed-or-returned':
      return !situation.renewedOrReturned;
  }
}

/** True when a candidate remains, not counting candidates that have stopped their service (dossier 3.1). */
function isCandidateLeft({ candidateRemains, candidateServes }: Situation): boolean {
  return candidateRemains && candidateServes !== false;
}

function refusalOf(guard: Guard, { candidateRemains }: Situation): Refusal {
  return guard === 'candidate-remains' && candidateRemains ? 'no-candidate-serves' : GUARD_REFUSAL[guard];
}

function isStrictOnly(situation: Situation, side: Side, command: Command, mode: Mode): boolean {
  return (
    mode === 'strict' &&
    TRANSITIONS.some(
      (edge) =>
        edge.lenientOnly &&
        edge.command === command &&
        edge.side === side &&
        edge.from === situation.state &&
        edge.kinds.includes(situation.kind),
    )
  );
}

function refusalWithoutEdge(situation: Situation, side: Side, named: readonly Transition[], strict: boolean): Refusal {
  if (strict) return 'strict-mode';
  const bySide = named.filter((edge) => edge.side === side);
  if (bySide.length === 0) return 'not-this-side';
  if (!bySide.some((edge) => edge.kinds.includes(situation.kind))) return 'not-this-kind';
  if (situation.state === undefined || situation.state === null) return 'wrong-state';
  const spec = STATES[situation.state];
  if (spec.final) return 'final-state';
  return spec.mustAct === side ? 'wrong-state' : 'other-side-must-act';
}

/** True when the command means another action here. For example, CALLBACK is `reactivate` only in CANCEL. */
function isOfOther(action: Action, { state, kind }: Situation, side: Side, command: Command): boolean {
  const here = TRANSITIONS.filter(
    (edge) => edge.from === state && edge.side === side && edge.command === command && edge.kinds.includes(kind),
  );
  return here.length > 0 && here.every((edge) => edge.action !== action);
}

/** The most specific refusal of an action with several commands: a failed guard comes before a plain `wrong-state`. */
function mostTelling(refusals: readonly Refusal[]): Refusal {
  const plain: readonly Refusal[] = [
    'wrong-state',
    'other-side-must-act',
    'not-this-side',
    'not-this-kind',
    'final-state',
  ];
  return (
    refusals.find((refusal) => !plain.includes(refusal)) ??
    refusals.find((refusal) => refusal !== 'not-this-kind') ??
    refusals[0] ??
    'wrong-state'
  );
}

function refuse(refusal: Refusal): Step {
  return { allowed: false, refusal };
}
