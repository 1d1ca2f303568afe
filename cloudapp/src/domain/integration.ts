import type { Integration } from './api-profile';

/** What holds for a library that has saved nothing, and that the gateway's configuration tells nothing of. The partner's code is only usual. */
export const DEFAULT_INTEGRATION: Integration = {
  partner: { code: 'NACSIS', perMember: false },
  requester: {},
  schedule: { every: 'off', at: '06:00', timeZone: 'Asia/Tokyo' },
};
