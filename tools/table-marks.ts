import { stateSpec, type StateId } from '#domain/ill/states';
import type { Guard } from '#domain/ill/transitions';

/** Footnote for each guard condition: its mark and its text. */
export const NOTES: Readonly<Record<Guard, readonly [mark: string, text: string]>> = {
  'claim-open': ['1', 'a claim of the borrower is open (CLAIMFLG)'],
  'no-claim-open': ['2', 'no claim is open'],
  'candidate-remains': ['3', 'a candidate lender that serves follows in the list; suspended ones are passed over'],
  'no-candidate-remains': ['4', 'no candidate lender that serves is left'],
  'never-renewed-or-returned': ['5', 'neither RENEW nor SENDBACK was ever issued (LOANFLG)'],
};
export const STRICT_MARK = '\\*';

/** The name of a state in NACSIS-ILL. */
export function nameOf(state: StateId | null): string {
  return state === null ? '(new)' : stateSpec(state).wire;
}
