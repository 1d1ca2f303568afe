import type { JsonObject, PartnerRecord } from '../model';

/** Code of the partner that represents NACSIS-ILL. */
export const NACSIS_PARTNER = 'NACSIS';
/** Code of a partner that does not use NACSIS-ILL. */
export const MAIL_PARTNER = 'MAIL001';

/** The NACSIS partner, an active partner outside NACSIS, and an inactive one. */
export function seedPartners(institution: string): readonly PartnerRecord[] {
  return [
    partner(institution, NACSIS_PARTNER, 'NACSIS-ILL', 'ACTIVE', { profile_type: 'NACSIS' }),
    partner(institution, MAIL_PARTNER, '見本研究所 図書室', 'ACTIVE', {
      profile_type: 'EMAIL',
      email_details: { email: 'ill@library.example' },
    }),
    partner(institution, 'MAIL002', '見本博物館 資料室', 'INACTIVE', {
      profile_type: 'EMAIL',
      email_details: { email: 'ill@museum.example' },
    }),
  ];
}

function partner(institution: string, code: string, name: string, status: string, profile: JsonObject): PartnerRecord {
  const body: JsonObject = {
    partner_details: {
      code,
      name,
      status,
      profile_details: profile,
      system_type: { value: 'OTHER', desc: 'Other' },
      avg_supply_time: 4,
      delivery_delay: 4,
      currency: 'JPY',
      borrowing_supported: true,
      borrowing_workflow: `${code}_Borrowing`,
      lending_supported: true,
      lending_workflow: `${code}_Lending`,
      auto_cancel_supported: false,
      auto_claim_supported: false,
    },
    contact_info: { address: [], phone: [], email: [] },
    notes: {},
  };
  return { institution, code, body };
}
