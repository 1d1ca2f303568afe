import type {
  BorrowingRecord,
  Exchange,
  HistoryEntry,
  JsonObject,
  LendingRecord,
  SharingRequest,
  Side,
} from '../model';
import { codeOf } from '../rest/sharing-view';
import { modifiedAt } from '../rest/time-stamps';
import { BORROWING_STATUSES, LENDING_STATUSES, statusValue } from '../statuses';
import type { AlmaWorld } from '../world';
import type { IsoPartner } from './partners';

export type SharingRecord = BorrowingRecord | LendingRecord;

/** The request's exchange, or a fresh one. */
export function exchangeOf({ exchange, request }: SharingRecord): Exchange {
  return exchange ?? freshExchange(request.external_id);
}

export function freshExchange(requesterRequestId: string, rota: readonly string[] = []): Exchange {
  return { requesterRequestId, rota, generalMessages: [], hasAlert: false, history: [] };
}

/** The ISO 18626 partner of a request; undefined when it has another partner or none. */
export function partnerOf(world: AlmaWorld, record: SharingRecord): IsoPartner | undefined {
  const code = 'partner' in record ? record.partner : codeOf(record.request['partner']);
  return world.isoPartners().find((each) => each.institution === record.institution && each.code === code);
}

/** What comes back to its library. */
export function isReturnable({ request }: SharingRecord): boolean {
  return codeOf(request['format']) === 'PHYSICAL';
}

/** What a step changes. `fields`: of the request as REST shows it. */
export interface Step {
  /** Absent: the history does not mention it. */
  readonly entry?: Pick<HistoryEntry, 'by' | 'what' | 'ignored'>;
  /** The new status; absent: unchanged. */
  readonly to?: string;
  readonly fields?: JsonObject;
  readonly exchange?: Partial<Exchange>;
}

/** Stores a step of a request, with its entry in the history. */
export function takeStep(world: AlmaWorld, side: Side, requestId: string, step: Step): void {
  const record = world.requests.find(side, requestId);
  if (record === undefined) return;
  const statuses = side === 'borrowing' ? BORROWING_STATUSES : LENDING_STATUSES;
  const exchange = exchangeOf(record);
  const status = step.to === undefined ? record.request.status : statusValue(statuses, step.to);
  const at = new Date(world.now()).toISOString();
  const request: SharingRequest = { ...record.request, ...step.fields, status, ...modifiedAt(world.now()) };
  world.requests.change(side, requestId, {
    request,
    exchange: {
      ...exchange,
      ...step.exchange,
      history: step.entry ? [...exchange.history, { at, ...step.entry, status: status.value }] : exchange.history,
    },
  });
}
