import type { Member } from '#domain/catalog/catalog';
import type { Kind } from '#domain/ill/kinds';
import type { Lender } from '#domain/ill/request';
import { LENDER_IDS, OWN_ID } from '../testing/spec-app';
import { openMember } from '../testing/spec-nacsis';
import { checkCandidates, membersNamed } from './order-check';

const [LENDER, WINDOW] = LENDER_IDS;

describe('checkCandidates', () => {
  const check = (lender: Partial<Lender>, changes: Partial<Member> = {}, kind: Kind = 'copy') =>
    checkCandidates([{ memberId: LENDER, ...lender }], {
      kind,
      ownId: OWN_ID,
      members: new Map([LENDER, WINDOW, OWN_ID].map((id) => [id, openMember(id, id === LENDER ? changes : {})])),
    });
  const cannotServe = (reason: string, memberId: string = LENDER) => [
    { field: 'lenders[0].memberId', code: 'lender-cannot-serve' as const, params: { memberId, reason } },
  ];

  it('has nothing against a library that serves, itself or through its window', () => {
    expect(check({})).toEqual([]);
    expect(check({ acceptingMemberId: LENDER })).toEqual([]);
    expect(check({}, { copyService: 'C', copyVia: WINDOW })).toEqual([]);
    expect(check({ acceptingMemberId: WINDOW })).toEqual([]);
  });

  it('names the library that does not serve, with the reason, each kind by its own flag', () => {
    expect(check({}, { participates: false })).toEqual(cannotServe('not-participating'));
    expect(check({}, { service: 'N' })).toEqual(cannotServe('service-stopped'));
    expect(check({}, { copyService: 'N' })).toEqual(cannotServe('copy-not-served'));
    expect(check({}, { copyService: 'N' }, 'loan')).toEqual([]);
    expect(check({}, { loanService: 'N' }, 'loan')).toEqual(cannotServe('loan-not-served'));
    expect(check({}, { copyService: 'C' })).toEqual(cannotServe('no-window'));
    expect(check({}, { service: 'unknown' })).toEqual(cannotServe('flag-unknown'));
  });

  it('does not order from the own library, nor through it', () => {
    expect(check({ memberId: OWN_ID })).toEqual(cannotServe('own-library', OWN_ID));
    expect(check({}, { copyService: 'C', copyVia: OWN_ID })).toEqual(cannotServe('own-library'));
    expect(check({ acceptingMemberId: OWN_ID })).toEqual(cannotServe('own-library'));
  });

  it('says of which library NACSIS-CAT knows nothing', () => {
    const [, , unknown] = LENDER_IDS;
    const fault = (field: string) => [{ field, code: 'unknown-member' as const, params: { memberId: unknown } }];
    expect(check({ memberId: unknown })).toEqual(fault('lenders[0].memberId'));
    expect(check({ acceptingMemberId: unknown })).toEqual(fault('lenders[0].acceptingMemberId'));
  });

  it('gives one entry for each library, at its place', () => {
    const lenders = [{ memberId: WINDOW }, { memberId: OWN_ID }, { memberId: LENDER }];
    const members = new Map(lenders.map(({ memberId }) => [memberId, openMember(memberId, { service: 'N' })]));
    members.set(WINDOW, openMember(WINDOW));
    const faults = checkCandidates(lenders, { kind: 'copy', ownId: OWN_ID, members });
    expect(faults.map(({ field }) => field)).toEqual(['lenders[1].memberId', 'lenders[2].memberId']);
  });
});

describe('membersNamed', () => {
  it('gives each member once', () => {
    const lenders = [{ memberId: LENDER, acceptingMemberId: WINDOW }, { memberId: WINDOW }, { memberId: LENDER }];
    expect(membersNamed(lenders)).toEqual([LENDER, WINDOW]);
    expect(membersNamed([{ memberId: LENDER, acceptingMemberId: '' }])).toEqual([LENDER]);
  });
});
