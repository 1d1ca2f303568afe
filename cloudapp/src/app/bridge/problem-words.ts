import { MESSAGE_PROBLEMS, REFUSAL_TEXTS, type MessageProblem } from '../../domain/alma/message-problems';
import type { BridgeMessage } from '../../domain/api/bridge';
import { ERROR_CODES, REFUSALS } from '../../domain/errors';

/** i18n keys of why a message is refused, has stopped or is repeated, and of what to do; none while it is repeated. */
interface ProblemWords {
  readonly why: string;
  readonly way?: string;
}

/** Undefined for a message without a problem. A code that the app does not know is a code of Alma or of the network. */
export function problemWords({ problem, direction, state }: BridgeMessage): ProblemWords | undefined {
  if (problem === undefined) return undefined;
  const { code } = problem;
  const known = MESSAGE_PROBLEMS.find((each) => each === code);
  if (state === 'waiting') return { why: known === undefined ? whyKey(code) : `bridge.problem.${known}` };
  if (known !== undefined) return wordsOf(known);
  if (direction === 'out') return wordsOf(state === 'refused' ? 'not-accepted' : 'unreachable');
  return { why: whyKey(code), way: 'bridge.problemWay.not-done' };
}

function wordsOf(problem: MessageProblem): ProblemWords {
  return { why: `bridge.problem.${problem}`, way: `bridge.problemWay.${problem}` };
}

function whyKey(code: string): string {
  if (REFUSAL_TEXTS.some((each) => each === code)) return `bridge.refusal.${code}`;
  if (REFUSALS.some((each) => each === code)) return `refusal.${code}`;
  return ERROR_CODES.some((each) => each === code) ? `error.${code}.title` : 'bridge.problem.unknown';
}
