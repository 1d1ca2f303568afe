import type { Integration } from '../api/profile';

/**
 * Defaults for a library that has saved nothing and has nothing in the gateway's configuration. The partner code is
 * only the usual one.
 */
export const DEFAULT_INTEGRATION: Integration = {
  writer: 'rest',
  partner: { code: 'NACSIS', perMember: false },
  requester: {},
  schedule: { every: 'off', at: '06:00', timeZone: 'Asia/Tokyo' },
};
