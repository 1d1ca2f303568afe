import { LENDER, orderBody } from './order-body';
import { ONLY_REQUEST } from './small-nacsis';

/** Parameters that let a call of every route get as far as possible. */
export const GOOD: Readonly<Record<string, string>> = {
  ...{ library: 'RES_SHARE', form: 'book', ncid: 'BA90000012', memberId: LENDER, id: ONLY_REQUEST },
  ...{ runId: 'run-000001', draftId: 'draft-000001', lang: 'en', side: 'borrower', externalId: 'ALMA-1' },
  ...{ closureId: '00000000-0000-4000-8000-000000000001', from: '20991228', to: '20991231' },
};
/** Parameters that the route requires, or that are so selective that other parameters do not matter. */
export const ALWAYS: readonly string[] = [
  'library',
  'form',
  'ncid',
  'memberId',
  'id',
  'runId',
  'draftId',
  'side',
  'externalId',
  'closureId',
  'from',
  'to',
];

const FIELDS = { volume: '1', article: '題名', copyType: '電子複写', lenders: [{ memberId: LENDER }] };
const PARAMS = { ...FIELDS, comment: '連絡' };
const SCHEDULE = { every: 'hours', hours: 6, at: '06:00', timeZone: 'Asia/Tokyo' };
export const BODIES: Readonly<Record<string, unknown>> = {
  'POST /requests': orderBody(
    {},
    { comment: '連絡', draftId: 'draft-000001', almaRequest: { userId: 'u', requestId: '1' } },
  ),
  'PUT /requests/{id}': { version: 1, fields: FIELDS, comment: '連絡' },
  'POST /requests/{id}/actions': { side: 'borrower', action: 'order', version: 1, params: PARAMS },
  'POST /actions': {
    side: 'borrower',
    action: 'order',
    params: PARAMS,
    items: [{ id: ONLY_REQUEST, version: 1, params: PARAMS }],
  },
  'POST /requests/{id}/link': { side: 'borrower', almaRequest: { userId: 'u', requestId: '1' } },
  'POST /requests/refresh': { library: 'RES_SHARE', full: false },
  'PUT /drafts/{draftId}': {
    library: 'RES_SHARE',
    kind: 'copy',
    content: { values: { article: '題名' }, lenders: ['x'] },
  },
  'POST /imports': { library: 'RES_SHARE', full: true, dryRun: true },
  'POST /imports/{runId}/retry': { id: ONLY_REQUEST, side: 'borrower' },
  'PUT /libraries/{library}/member': {
    before: { illStaff: '担当 A', policies: [] },
    changes: { illStaff: '担当 B', policies: ['一'] },
  },
  'POST /libraries/{library}/closures': { from: '20991228', to: '20991231' },
  'PUT /libraries/{library}/closures/{closureId}': { from: '20991228', to: '20991231', version: 1 },
  'POST /libraries/{library}/closures/{closureId}/cancel': { version: 1 },
  'POST /libraries/{library}/closures/{closureId}/end': { version: 1 },
  'PUT /profiles/{library}': {
    version: 0,
    templates: [{ name: '一', kind: 'copy', values: { payment: 'pb', comment: '連絡' } }],
    views: [{ name: '二', query: { q: 'x', from: '-6', status: '発送 照会' } }],
    tariffs: [{ name: '三', lines: [{ item: 'A4', unitPrice: 40 }], postage: 100 }],
    loanDays: 14,
    integration: {
      writer: 'rest',
      partner: { code: 'NACSIS', perMember: false },
      requester: { patronIdField: 'borrowerLocalData', patronIdPrefix: 'P:', collectivePatron: 'ILL' },
      pickupLibrary: 'MAIN',
      schedule: SCHEDULE,
    },
  },
};
