import { COMMAND_WIRE } from '#domain/ill/commands';
import { KINDS, type Kind } from '#domain/ill/kinds';
import { STATE_IDS, stateSpec, type StateId } from '#domain/ill/states';
import { TRANSITIONS, type Guard, type Transition } from '#domain/ill/transitions';

const KIND_TITLE: Readonly<Record<Kind, string>> = { copy: '複写 (copy)', loan: '貸借 (loan)' };
const SIDE_MARK = { borrower: '依', lender: '受' } as const;
const SIDE_NAME = { borrower: '依頼館', lender: '受付館' } as const;
const GUARD_TEXT: Readonly<Record<Guard, string>> = {
  'claim-open': 'claim open',
  'no-claim-open': 'no claim open',
  'candidate-remains': 'candidate remains',
  'no-candidate-remains': 'no candidate remains',
  'never-renewed-or-returned': 'never renewed or returned',
};
/** Mermaid's symbol for the start and the end of a life. */
const END_POINT = '[*]';

/** docs/states.md: both state machines, generated from the table of transitions. Ends with a line break. */
export function statesDocument(): string {
  const intro = [
    '# States of a request',
    '',
    'Written by `npm run states` from `cloudapp/src/domain/ill/transitions.ts`; change the table, not this file.',
    `${SIDE_MARK.borrower} = ${SIDE_NAME.borrower} (borrower), ${SIDE_MARK.lender} = ${SIDE_NAME.lender} (lender). In brackets the condition beside the state. A star marks the rows that strict mode leaves out.`,
  ];
  return `${[...intro, ...KINDS.flatMap(section)].join('\n')}\n`;
}

function section(kind: Kind): readonly string[] {
  const states = STATE_IDS.filter((id) => stateSpec(id).kinds.includes(kind));
  const edges = TRANSITIONS.filter((edge) => edge.kinds.some((each) => each === kind));
  return [
    '',
    `## ${KIND_TITLE[kind]}`,
    '',
    '```mermaid',
    'stateDiagram-v2',
    ...states.map((id) => `  state "${stateSpec(id).wire}" as ${id}`),
    ...edges.map(arrow),
    ...states.filter((id) => stateSpec(id).final).map((id) => `  ${id} --> ${END_POINT}`),
    '```',
    '',
    '| State | Id | Must act |',
    '| --- | --- | --- |',
    ...states.map(stateRow),
  ];
}

function arrow(edge: Transition): string {
  const guard = edge.guard === undefined ? '' : ` [${GUARD_TEXT[edge.guard]}]`;
  return `  ${edge.from ?? END_POINT} --> ${edge.to}: ${SIDE_MARK[edge.side]} ${COMMAND_WIRE[edge.command]}${guard}${edge.lenientOnly ? ' *' : ''}`;
}

function stateRow(id: StateId): string {
  const { wire, mustAct } = stateSpec(id);
  return `| ${wire} | \`${id}\` | ${mustAct === null ? '(final)' : SIDE_NAME[mustAct]} |`;
}
