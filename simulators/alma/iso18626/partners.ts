import type { AgencyId } from '#iso18626/message';
import { objectOrEmpty } from '../../shared/json-body';
import type { JsonObject, PartnerRecord } from '../model';

/**
 * What the institution entered for a library and its ISO 18626 partner. Symbols have the form `type:value`. `partner`:
 * code of the partner record.
 */
export interface IsoLink {
  readonly institution: string;
  readonly library: string;
  readonly partner: string;
  /** Of the partner, with its secret. */
  readonly address: string;
  /** The library's own symbol. */
  readonly almaSymbol: string;
  readonly partnerSymbol: string;
  /** Requests name their requester. */
  readonly sendsRequester: boolean;
  /** The nightly job lets lending requests expire. */
  readonly expires: boolean;
}

/** An ISO 18626 partner as messages need it. Address and symbol are those of the partner record. */
export interface IsoPartner {
  readonly institution: string;
  readonly library: string;
  readonly code: string;
  readonly address: string;
  readonly symbol: AgencyId;
  readonly ownSymbol: AgencyId;
  readonly sendsRequester: boolean;
  readonly expires: boolean;
}

/**
 * The partner record of a link.
 * @unconfirmed O: The keys of `iso_18626_details`; they are assumed to be those of `iso_details`. Confirm: read an ISO 18626 partner of an Alma sandbox by the API.
 */
export function isoPartnerRecord(link: IsoLink): PartnerRecord {
  const { institution, partner: code, address, partnerSymbol, sendsRequester, expires } = link;
  const body: JsonObject = {
    partner_details: {
      code,
      name: `NACSIS-ILL（${link.library}）`,
      status: 'ACTIVE',
      profile_details: {
        profile_type: 'ISO_18626',
        iso_18626_details: {
          ill_server: address,
          iso_symbol: partnerSymbol,
          request_expiry_type: expires
            ? { value: 'EXPIRY_TIME', desc: 'Expiry time' }
            : { value: 'NO_EXPIRY', desc: 'No expiry' },
          send_requester_information: sendsRequester,
          shared_barcodes: false,
          alternative_document_delivery: false,
          ignore_shipping_cost_override: false,
        },
      },
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

/** The partner of a link as its record is now; undefined when the record is gone or no longer of this type. */
export function isoPartnerOf(link: IsoLink, record: PartnerRecord | undefined): IsoPartner | undefined {
  const details = isoDetails(record);
  const [symbol, ownSymbol] = [agencyOf(details['iso_symbol']), agencyOf(link.almaSymbol)];
  const address = details['ill_server'];
  if (symbol === undefined || ownSymbol === undefined || typeof address !== 'string') return undefined;
  return {
    institution: link.institution,
    library: link.library,
    code: link.partner,
    address,
    symbol,
    ownSymbol,
    sendsRequester: details['send_requester_information'] === true,
    expires: objectOrEmpty(details['request_expiry_type'])['value'] !== 'NO_EXPIRY',
  };
}

/** `ISIL:JP-X` → type and value; undefined for anything else. */
export function agencyOf(symbol: unknown): AgencyId | undefined {
  const [, type, value] = /^([^\s:]{1,20}):([^\s:]{1,40})$/.exec(typeof symbol === 'string' ? symbol : '') ?? [];
  return type === undefined || value === undefined ? undefined : { type, value };
}

/** Ignores case (iso18626.md 8). */
export function isSameAgency(left: AgencyId, right: AgencyId): boolean {
  return `${left.type}:${left.value}`.toLowerCase() === `${right.type}:${right.value}`.toLowerCase();
}

function isoDetails(record: PartnerRecord | undefined): JsonObject {
  const profile = objectOrEmpty(objectOrEmpty(record?.body['partner_details'])['profile_details']);
  return profile['profile_type'] === 'ISO_18626' ? objectOrEmpty(profile['iso_18626_details']) : {};
}
