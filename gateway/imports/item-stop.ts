import type { Failure } from '#domain/api-import';
import type { ImportFault } from '#domain/import';
import { type AlmaError } from '../alma/port';
import type { ItemResult, PostponedReason, Settled } from './item';

/** Ends the work on one request with what became of it. */
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
/** `isFurther`: something was done on the way that need not be done again. */
export function timeOver(now: Date, isFurther = false): ItemStop {
  return new ItemStop({ notBefore: now, reason: 'time-over', ...(isFurther ? { isFurther } : {}) });
}

/** Seconds until Alma is asked again after it could not be asked. The run counts how often it had to wait, and may wait longer. */
const WAIT_SECONDS = { 'unavailable': 60, 'daily-threshold': 3600, 'key-refused': 600 } as const;

/** Codes of Alma that name what is wrong better than a refusal does (alma.md 2.1). */
const NAMED_REFUSALS: Readonly<Partial<Record<string, ImportFault>>> = {
  '401890': 'requester-unknown',
  '402118': 'partner-missing',
};

/**
 * What an error of Alma means for the request, where it is certain that nothing was done: of a read, of a change that Alma did not take, or
 * of one that may be repeated. `hidden`: ids of patrons, which must not stand in what is told.
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
