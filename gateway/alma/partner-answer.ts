import type { AlmaPartner } from './port';
import { codedIn, objectFrom, textIn } from './request-answer';

const INACTIVE = 'INACTIVE';

/** The partner in an answer; its content is in `partner_details` (P2). It is active unless Alma says otherwise. */
export function partnerFrom(json: unknown, askedFor: string): AlmaPartner {
  const details = objectFrom(objectFrom(json)['partner_details']);
  const code = textIn(details['code']) ?? askedFor;
  return { code, name: textIn(details['name']) ?? code, isActive: codedIn(details['status'])?.code !== INACTIVE };
}
