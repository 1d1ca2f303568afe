import { ACTIONS_OF_SIDE, COMMAND_WIRE, type Action } from '#domain/ill/commands';
import { KINDS, SIDES, type Kind, type Side } from '#domain/ill/kinds';
import type { Refusal } from '#domain/errors';
import { offerFor, type Offer } from '#domain/ill/machine';
import { NEW_RECORD, type Situation } from '#domain/ill/request';
import { STATE_IDS, stateSpec, type StateId } from '#domain/ill/states';
import { CHAINS, CONTINUATIONS, TRANSITIONS, type Transition } from '#domain/ill/transitions';
import { callbackSection } from './callback-table';
import { nameOf, NOTES, STRICT_MARK } from './table-marks';

const KIND_TITLE: Readonly<Record<Kind, string>> = { copy: 'Copy (複写)', loan: 'Loan (貸借)' };
const SIDE_NAME: Readonly<Record<Side, string>> = { borrower: 'borrower (依頼館)', lender: 'lender (受付館)' };

/** Letters of the refusals in the matrix and their meaning. The app's own texts are `refusal.<reason>`. */
const REFUSED: Readonly<Record<Refusal, readonly [letters: string, text: string]>> = {
  'unknown-state': ['U', 'the state is not in the table'],
  'not-this-side': ['S', 'not a command of this side'],
  'not-this-kind': ['K', 'only for the other kind of request'],
  'gone': ['G', 'NACSIS-ILL does not deliver the request to this library any more'],
  'history-full': ['H', 'the history has its 50 entries'],
  'final-state': ['F', 'the request has ended'],
  'other-side-must-act': ['O', 'it is the other library’s turn'],
  'wrong-state': ['W', 'not in this state'],
  'strict-mode': ['X', 'only in lenient mode'],
  'claim-open': ['C', 'a claim is open'],
  'no-claim-open': ['N', 'no claim is open'],
  'no-candidate-remains': ['L', 'no candidate lender is left'],
  'no-candidate-serves': ['P', 'every candidate lender that is left has stopped its service'],
  'candidate-remains': ['M', 'a candidate lender is left'],
  'renewed-or-returned': ['R', 'a renewal was asked for, or the item was sent back'],
};

/**
 * docs/allowed-actions.md: the actions of each side in each state, from the table of transitions. Ends with a line
 * break.
 */
export function allowedActionsDocument(): string {
  const intro = [
    '# Allowed actions: state × side × kind',
    '',
    'Written by `npm run states` from `cloudapp/src/domain/`; change the table of transitions, not this file. `test/cells/` compares every cell,',
    'typed a second time by hand from the documents, with what the gateway answers and with what the NACSIS-ILL simulator accepts over the wire.',
    '',
    `Bold: the primary button. ${STRICT_MARK} not in strict mode. With 50 entries in the history nothing is allowed; a chain needs room for both of its commands.`,
    '',
    'Conditions:',
    '',
    ...Object.values(NOTES).map(([mark, text]) => `${mark}. ${text}`),
  ];
  return `${[...intro, ...KINDS.flatMap(kindSection), ...callbackSection(), ...chainSection()].join('\n')}\n`;
}

function kindSection(kind: Kind): readonly string[] {
  const sections = SIDES.flatMap((side) => [
    '',
    `### ${KIND_TITLE[kind]}, ${SIDE_NAME[side]}: what is allowed`,
    '',
    '| State | Action | Command | Next state | If |',
    '| --- | --- | --- | --- | --- |',
    ...allowedRows(kind, side),
    '',
    `### ${KIND_TITLE[kind]}, ${SIDE_NAME[side]}: every cell`,
    '',
    ...matrix(kind, side),
  ]);
  const used = new Set(sections.flatMap((line) => line.split(/[ |]+/)));
  const letters = Object.values(REFUSED).flatMap(([mark, text]) => (used.has(mark) ? [`${mark} ${text}`] : []));
  return [
    '',
    `## ${KIND_TITLE[kind]}`,
    ...sections,
    '',
    `✓ allowed, (✓) under a condition, else why not: ${letters.join('; ')}.`,
  ];
}

function allowedRows(kind: Kind, side: Side): readonly string[] {
  return [null, ...statesOf(kind)].flatMap((state) => {
    const edges = TRANSITIONS.filter((edge) => edge.from === state && edge.side === side && edge.kinds.includes(kind));
    const chains = CHAINS.filter((chain) => chain.from === state && chain.side === side);
    return [
      ...edges.map((edge) => row(edge)),
      ...chains.map(
        ({ action, commands }) =>
          `| ${nameOf(state)} | ${action} | ${commands.join(' + ')} | ${chainEnd(kind, side, state, commands)} |  |`,
      ),
    ];
  });
}

function row({ from, action, command, to, guard, primary, lenientOnly, alias }: Transition): string {
  const name = alias ? `${action} (understood, never sent)` : primary ? `**${action}**` : action;
  const mark = lenientOnly ? ` ${STRICT_MARK}` : '';
  return `| ${nameOf(from)} | ${name} | ${COMMAND_WIRE[command]}${mark} | ${stateSpec(to).wire} | ${guard === undefined ? '' : NOTES[guard][0]} |`;
}

function chainEnd(kind: Kind, side: Side, from: StateId | null, commands: readonly string[]): string {
  const end = commands.reduce<StateId | null>((at, command) => {
    const edge = TRANSITIONS.find(
      (each) => each.from === at && each.side === side && each.command === command && each.kinds.includes(kind),
    );
    return edge?.to ?? null;
  }, from);
  return nameOf(end);
}

/**
 * Builds the table with states as rows and actions as columns. Each cell tells, for all guard conditions, whether the
 * action is allowed, and why not.
 */
function matrix(kind: Kind, side: Side): readonly string[] {
  const actions = ACTIONS_OF_SIDE[side];
  return [
    `| State | ${actions.join(' | ')} |`,
    `| --- | ${actions.map(() => '---').join(' | ')} |`,
    ...statesOf(kind).map((state) => {
      const cells = actions.map((action) => cell(kind, state, side, action));
      return `| ${nameOf(state)} | ${cells.join(' | ')} |`;
    }),
  ];
}

function cell(kind: Kind, state: StateId, side: Side, action: Action): string {
  if (side === 'lender' && state === 'PREPARING') return 'invisible';
  const offers = situationsIn(kind, state).map((situation) => offerFor(situation, side, action));
  const letters = [...new Set(offers.flatMap((offer) => (offer.allowed ? [] : [REFUSED[offer.refusal][0]])))];
  const allowed = offers.filter((offer): offer is Extract<Offer, { readonly allowed: true }> => offer.allowed);
  const [first] = allowed;
  if (first === undefined) return letters.join(' ');
  const isStrictToo = situationsIn(kind, state).some(
    (situation) => offerFor(situation, side, action, 'strict').allowed,
  );
  const mark = isStrictToo ? '' : ` ${STRICT_MARK}`;
  return letters.length === 0 ? `✓${mark}` : `(✓)${mark} ${letters.join(' ')}`;
}

/** All combinations of guard conditions that are possible in this state. */
function situationsIn(kind: Kind, state: StateId): readonly Situation[] {
  const either = [true, false];
  const claims = state === 'CLAIMED' || state === 'CLAIM_ANSWERED' ? [true] : either;
  return claims.flatMap((claimOpen) =>
    either.flatMap((candidateRemains) =>
      either.map((renewedOrReturned) => ({
        ...NEW_RECORD(kind),
        state,
        claimOpen,
        candidateRemains,
        renewedOrReturned,
      })),
    ),
  );
}

function chainSection(): readonly string[] {
  return [
    '',
    '## What may follow at once',
    '',
    'Offered as "… and go on" beside the first; each is performed by itself and the chain stops at the first that fails. What the other library says is',
    'read before it is answered, so nothing follows an inquiry, a claim or a reply by itself.',
    '',
    '| Side | In | Action | Then |',
    '| --- | --- | --- | --- |',
    ...CONTINUATIONS.map(
      ({ side, from, action, then }) => `| ${side} | ${stateSpec(from).wire} | ${action} | ${then} |`,
    ),
  ];
}

function statesOf(kind: Kind): readonly StateId[] {
  return STATE_IDS.filter((id) => stateSpec(id).kinds.includes(kind));
}
