import type { Failure } from '#domain/api/imports';
import type { ImportFault } from '#domain/imports/import';
import { type AlmaError } from '../alma/port';
import type { ItemResult, PostponedReason, Settled } from './item';

/** Ends the work on one request with a result. */
export class ItemStop extends Error {
  override readonly name = 'ItemStop';
  constructor(readonly result: ItemResult) {
    super('outcome' in result ? `${result.outcome} ${result.failure?.code ?? ''}` : 'postponed');
  }
}

export function failed(failure: Failure, more: Pick<Settled, 'configuration' | 'save'> = {}): ItemStop {
  return new ItemStop({ outcome: 'failed', changes: [], failure, ...more });
}
export function postponed(notBefore: Date, reason: Exclude<PostponedReason, 'time-over' | 'unreached'>): ItemStop {
  return new ItemStop({ notBefore, reason });
}
/** `isFurther`: work was done that the next attempt need not repeat. */
export function timeOver(now: Date, isFurther = false): ItemStop {
  return new ItemStop({ notBefore: now, reason: 'time-over', ...(isFurther ? { isFurther } : {}) });
}

/** Seconds until the next attempt when Alma could not be asked. The run counts its own waits and may wait longer. */
const WAIT_SECONDS = { 'unavailable': 60, 'daily-threshold': 3600, 'key-refused': 600 } as const;

/** Alma codes with a more specific meaning than a refusal (alma.md 2.1). */
const NAMED_REFUSALS: Readonly<Partial<Record<string, ImportFault>>> = {
  '401890': 'requester-unknown',
  '402118': 'partner-missing',
};

/**
 * Maps an Alma error to the result of the request. Only for errors after which certainly nothing was done: of a read,
 * of a change that Alma refused, or of one that may be repeated. `hidden`: patron ids, which must not appear in
 * messages.
 */
export function stopOf({ fault, message, details }: AlmaError, now: Date, hidden: readonly string[] = []): ItemStop {
  const bare = (text: string) => hidden.reduce((rest, id) => (id === '' ? rest : rest.replaceAll(id, '…')), text);
  if (fault === 'malformed') return failed({ code: 'alma-malformed', detail: bare(message) });
  if (fault === 'refused')
    return failed({
      code: NAMED_REFUSALS[details.code ?? ''] ?? 'alma-refused',
      ...(details.code === undefined ? {} : { almaCode: details.code }),
      ...(details.message === undefined ? {} : { almaMessage: bare(details.message) }),
    });
  const why = fault === 'unknown' ? 'unavailable' : fault;
  const notBefore = new Date(now.getTime() + WAIT_SECONDS[why] * 1000);
  return new ItemStop({ notBefore, reason: 'unreached', fault: `alma-${why}`, detail: bare(message) });
}
