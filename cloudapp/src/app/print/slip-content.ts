import type { RequestView } from '../../domain/api/requests';
import type { Member } from '../../domain/catalog/catalog';
import type { Lender } from '../../domain/ill/request';
import { memberAddress, NO_ADDRESS, postalAddress, type PostalAddress } from './postal-address';
import type { Slip } from './slip-kind';

/** The data of one slip. Unknown values are absent or '' and are printed as gaps. */
export interface SlipContent {
  readonly request: RequestView;
  readonly addressee: PostalAddress;
  readonly sender: PostalAddress;
  /** The candidate entry of the current lender, with the item's location there. */
  readonly shelf: Partial<Lender>;
  /** The borrower's last comment. */
  readonly remark: string;
  /** True when both libraries take part in the charge offset service; undefined while one of them is unknown. */
  readonly isOffset: boolean | undefined;
}

export interface KnownMembers {
  readonly own?: Member | undefined;
  readonly partner?: Member | undefined;
}

/** Member records that the slip needs: for addresses missing in the request, and for the charge offset. */
export function membersNeeded(
  slip: Slip,
  { side, fields }: RequestView,
): { readonly [who in keyof KnownMembers]: boolean } {
  if (slip === 'pull' || slip === 'pickup') return { own: false, partner: false };
  if (slip === 'shipping') return { own: true, partner: true };
  const lacks = (text: string | undefined): boolean => (text ?? '').trim() === '';
  const [own, partner] =
    side === 'lender' ? [fields.lenderAddress, fields.borrowerAddress] : [fields.borrowerAddress, fields.lenderAddress];
  return { own: lacks(own), partner: lacks(partner) };
}

export function slipContent(request: RequestView, { own, partner }: KnownMembers = {}): SlipContent {
  const { side, fields, history } = request;
  const [ownText, theirText] =
    side === 'lender' ? [fields.lenderAddress, fields.borrowerAddress] : [fields.borrowerAddress, fields.lenderAddress];
  const fromBorrower = history.filter(({ memberId, comment }) => memberId === fields.borrowerId && hasText(comment));
  return {
    request,
    addressee: addressFrom(theirText, partner, request.partner.name),
    sender: addressFrom(ownText, own, side === 'lender' ? fields.lenderName : fields.borrowerName),
    shelf: activeLender(request) ?? {},
    remark: fromBorrower.at(-1)?.comment ?? '',
    isOffset: own === undefined || partner === undefined ? undefined : own.offset && partner.offset,
  };
}

/** Compares by location and call number, the order of the stacks; requests with neither come last. */
export function byShelf(one: SlipContent, other: SlipContent): number {
  const keys = [one, other].map(({ shelf: { location = '', callNumber = '' } }) => [location, callNumber] as const);
  const [[location, mark] = ['', ''], [otherLocation, otherMark] = ['', '']] = keys;
  const isBlank = Number(location + mark === '') - Number(otherLocation + otherMark === '');
  return isBlank || compare(location, otherLocation) || compare(mark, otherMark);
}

const COLLATOR = new Intl.Collator('ja', { numeric: true });
function compare(one: string, other: string): number {
  return COLLATOR.compare(one, other);
}

/** Addresses in the request take precedence over the member directory. */
function addressFrom(text: string | undefined, member: Member | undefined, name = ''): PostalAddress {
  if (hasText(text)) return postalAddress(text, name);
  return member === undefined ? { ...NO_ADDRESS, name } : memberAddress(member);
}

function activeLender({ fields }: RequestView): Lender | undefined {
  const { lenders = [], lenderId } = fields;
  return lenders.find(
    ({ memberId, acceptingMemberId }) =>
      lenderId !== undefined && (memberId === lenderId || acceptingMemberId === lenderId),
  );
}

function hasText(text: string | undefined): boolean {
  return (text ?? '').trim() !== '';
}
