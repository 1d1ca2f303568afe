import type { RequestView } from '#domain/api/requests';
import { LENDER_IDS, type SpecApp } from './spec-app';

export const [LENDER, OTHER_LENDER] = LENDER_IDS;

/** Fields of a copy that can be ordered as they are; staff and address come from the own member record. */
export const COPY_FIELDS = {
  payment: 'pb',
  copyType: '電子複写',
  bibId: 'BA90000012',
  bibNote: '髙𠮷の研究',
  volume: '12(3)',
  pages: '1-10',
  applicant: '利用者 001',
  lenders: [{ memberId: LENDER }, { memberId: OTHER_LENDER }],
} as const;

/** The body of POST /requests. `fields` are added to those above; undefined removes one. */
export function orderBody(
  fields: Readonly<Record<string, unknown>> = {},
  more: Readonly<Record<string, unknown>> = {},
) {
  return { library: 'RES_SHARE', kind: 'copy', mode: 'order', fields: { ...COPY_FIELDS, ...fields }, ...more };
}

/** Orders or saves, and resolves to the request. */
export async function ordered(spec: SpecApp, more: Readonly<Record<string, unknown>> = {}): Promise<RequestView> {
  const { status, json } = await spec.call('POST', '/api/v1/requests', {
    key: spec.newKey(),
    body: orderBody({}, more),
  });
  if (status !== 201) throw new Error(`the order was answered with ${String(status)}: ${JSON.stringify(json)}`);
  return (json as { request: RequestView }).request;
}
