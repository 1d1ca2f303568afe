import { changeTime, changeWords } from '../actions/not-allowed';
import type { Wording } from '../actions/words-of';
import type { AppError } from '../core/app-error';
import type { RunRow } from './batch-plan';

/**
 * Why a row was not processed, one line each: commands of others with their times, the refusal by the table, and
 * NACSIS-ILL's message. `locale`: for the times.
 */
export function reasonsOf(error: AppError, locale: string): readonly Wording[] {
  const { changes = [], request, reason, nacsis } = error.details;
  return [
    ...(request === undefined
      ? []
      : changes.map((change) => changeWords(change, request, changeTime(change.at, locale)))),
    ...(reason === undefined ? [] : [{ key: `refusal.${reason}` }]),
    ...(nacsis === undefined ? [] : [{ key: 'message.nacsisSays', params: { ...nacsis } }]),
  ];
}

/** The newest known state of the request, from the list or from the refusal. */
export function standingOf({ row, outcome }: RunRow): Wording {
  if (outcome.state === 'done') return stateWording(outcome.to, outcome.externalStatus);
  const refused = 'error' in outcome ? outcome.error?.details.request : undefined;
  const { state, externalStatus } = refused !== undefined && refused.version > row.version ? refused : row;
  return stateWording(state, externalStatus);
}

/** i18n key of why NACSIS-ILL no longer delivers the request. */
export function goneKey({ row, outcome }: RunRow): string | undefined {
  const gone = ('error' in outcome ? outcome.error?.details.request?.gone : undefined) ?? row.gone;
  return gone === undefined ? undefined : `request.gone.${gone}`;
}

/** Names the field of each fault by the start of the path: `lenders[2].memberId`. */
export function faultsOf(error: AppError) {
  return (error.details.fieldErrors ?? []).map((fault) => ({
    error: fault,
    label: `field.${fault.field.split(/[.[]/)[0] ?? ''}`,
  }));
}

export function errorOfRow({ outcome }: RunRow): AppError | undefined {
  return 'error' in outcome ? outcome.error : undefined;
}

function stateWording(state: RunRow['row']['state'], externalStatus: string): Wording {
  return state === null ? { key: 'batch.text', params: { text: externalStatus } } : { key: `state.${state}` };
}
