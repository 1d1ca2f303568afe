import { almaSteps, type AlmaStep } from '#domain/alma/alma-steps';
import type { AlmaLink } from '#domain/api/requests';
import type { Change } from '#domain/api/imports';
import type { AlmaAccess, AlmaPort, AlmaRequest } from '../alma/port';
import type { StoredRequest } from '../store/requests-store';
import type { StatusMap } from './status-map';

/**
 * Updates that Alma's API accepts and Alma does not have yet (domain/alma/alma-steps), as far as the status map wants them.
 */
export function stepsFor(row: StoredRequest, alma: AlmaRequest, statusMap: StatusMap): readonly AlmaStep[] {
  if (alma.status === undefined) return [];
  const { total } = row.record.fields;
  const standing = { side: row.side, state: row.state, fields: total === undefined ? {} : { total } };
  const { status, shippingCost } = alma;
  const mayCancel = statusMap.row(row.side, row.kind, row.external_status)?.applied === 'cancel';
  return almaSteps(standing, {
    status: status.code,
    ...(shippingCost === undefined ? {} : { shippingCost }),
  }).filter((step) => step.do !== 'cancel' || mayCancel);
}

export function changeOf(step: AlmaStep): Change {
  return step.do === 'cancel' ? { what: 'cancelled' } : { what: 'cost', to: String(step.yen) };
}

/** Sends an update and resolves to the request as Alma then has it. Safe to repeat. */
export async function tellAlma(
  step: AlmaStep,
  { userId, requestId }: Extract<AlmaLink, { readonly userId: string }>,
  port: AlmaPort,
  access: AlmaAccess,
): Promise<AlmaRequest | undefined> {
  if (step.do === 'shipping-cost') return port.setShippingCost(access, userId, requestId, step.yen);
  await port.cancelBorrowing(access, userId, requestId);
  return port.borrowing(access, userId, requestId);
}
