import type { Member } from '../../domain/catalog';
import { aHolding, aMember, aRow, memberIdOf } from '../testing/records';
import { moved, pickOf, ranked, rotaErrors, rotaOf, rowOf } from './lender-choice';

const OWN = { memberId: memberIdOf(1), region: '13' };
const reasonFor = (kind: 'copy' | 'loan', changes: Partial<Member>) =>
  rowOf(aHolding(10, { member: aMember(changes) }), kind, OWN).reason;

describe('rowOf', () => {
  it('can be asked when it takes part and serves', () => {
    const row = rowOf(aHolding(10), 'copy', OWN);
    expect([row.reason, row.through, row.isSameRegion, row.name]).toEqual([undefined, undefined, false, '館10']);
  });

  it('says why a library cannot be asked', () => {
    expect(reasonFor('copy', { participates: false })).toBe('not-participating');
    expect(reasonFor('copy', { service: 'N' })).toBe('service-stopped');
    expect(reasonFor('copy', { copyService: 'N' })).toBe('copy-not-served');
    expect(reasonFor('loan', { loanService: 'N' })).toBe('loan-not-served');
    expect(reasonFor('copy', { copyService: 'C' })).toBe('no-window');
    expect(reasonFor('loan', { loanService: 'C', copyVia: memberIdOf(11) })).toBe('no-window');
  });

  it('never takes an unknown flag for a yes', () => {
    expect(reasonFor('copy', { service: 'unknown' })).toBe('flag-unknown');
    expect(reasonFor('copy', { copyService: 'unknown' })).toBe('flag-unknown');
    expect(reasonFor('loan', { loanService: 'unknown' })).toBe('flag-unknown');
  });

  it('asks for one kind by the flag of that kind', () => {
    expect(reasonFor('loan', { copyService: 'N' })).toBeUndefined();
    expect(reasonFor('copy', { loanService: 'unknown' })).toBeUndefined();
  });

  it('names the window that takes its requests', () => {
    const member = aMember({ copyService: 'C', copyVia: memberIdOf(11), loanService: 'C', loanVia: memberIdOf(12) });
    const holding = aHolding(10, { member });
    expect([rowOf(holding, 'copy', OWN).through, rowOf(holding, 'loan', OWN).through]).toEqual([
      memberIdOf(11),
      memberIdOf(12),
    ]);
  });

  it('does not ask the own library, whatever it serves', () => {
    expect(rowOf(aHolding(1), 'copy', OWN).reason).toBe('own-library');
  });

  it('does not ask a library whose requests the own library takes', () => {
    const member = aMember({ copyService: 'C', copyVia: OWN.memberId });
    expect(rowOf(aHolding(10, { member }), 'copy', OWN).reason).toBe('own-library');
    expect(rowOf(aHolding(10, { member }), 'loan', OWN).reason).toBeUndefined();
  });

  it('does not ask a library without a member record', () => {
    const { member: _, ...bare } = aHolding(10);
    expect(rowOf(bare, 'copy', OWN).reason).toBe('no-member-record');
  });

  it('names a library by what is known of it', () => {
    const member = aMember({ name: '正式名', abbreviation: '略称' });
    const { memberName: _, ...unnamed } = aHolding(10, { member });
    expect(rowOf(unnamed, 'copy', OWN).name).toBe('略称');
    expect(rowOf({ ...unnamed, member: aMember({ name: '正式名' }) }, 'copy', OWN).name).toBe('正式名');
    const { member: __, ...unknown } = unnamed;
    expect(rowOf(unknown, 'copy', OWN).name).toBe(memberIdOf(10));
  });

  it('is in the same region only when both regions are known', () => {
    const near = aHolding(10, { member: aMember({ region: '13' }) });
    expect(rowOf(near, 'copy', OWN).isSameRegion).toBeTrue();
    expect(rowOf(near, 'copy', { memberId: OWN.memberId }).isSameRegion).toBeFalse();
    expect(rowOf(aHolding(10), 'copy', { memberId: OWN.memberId }).isSameRegion).toBeFalse();
  });
});

describe('ranked', () => {
  const row = (name: string, changes: Partial<Member>) =>
    rowOf(aHolding(10, { memberName: name, member: aMember(changes) }), 'copy', OWN);

  it('puts those who can be asked first, then the same prefecture, then charge offset', () => {
    const rows = [
      row('closed, near, offset', { service: 'N', region: '13', offset: true }),
      row('far', { region: '01' }),
      row('far, offset', { region: '01', offset: true }),
      row('near', { region: '13' }),
      row('near, offset', { region: '13', offset: true }),
    ];
    expect(ranked(rows).map(({ name }) => name)).toEqual([
      'near, offset',
      'near',
      'far, offset',
      'far',
      'closed, near, offset',
    ]);
  });

  it('leaves equals in the order of NACSIS-CAT, and the list itself as it is', () => {
    const rows = [row('b', {}), row('a', {}), row('c', {})];
    expect(ranked(rows).map(({ name }) => name)).toEqual(['b', 'a', 'c']);
    expect(rows.map(({ name }) => name)).toEqual(['b', 'a', 'c']);
  });
});

describe('pickOf', () => {
  it('takes over what the holding says, and no empty parts', () => {
    expect(pickOf(aRow(10, { location: '本館', callNumber: '007/A' })).lender).toEqual({
      memberId: memberIdOf(10),
      memberName: '館10',
      location: '本館',
      callNumber: '007/A',
    });
    expect(pickOf(aRow(10, { location: '' })).lender).toEqual({ memberId: memberIdOf(10), memberName: '館10' });
  });

  it('takes over the volume that is wanted', () => {
    const volumes = [{ volume: '上', callNumber: '007/1', registrationNumber: '001' }, { volume: '下' }];
    const row = aRow(10, { volumes, callNumber: '007' });
    expect(pickOf(row).lender).toEqual(
      jasmine.objectContaining({ volume: '上', callNumber: '007/1', registrationNumber: '001' }),
    );
    expect(pickOf(row, 1).lender).toEqual({
      memberId: memberIdOf(10),
      memberName: '館10',
      volume: '下',
      callNumber: '007',
    });
  });
});

describe('rotaOf', () => {
  const window = aMember({ copyService: 'C', copyVia: memberIdOf(11), loanService: 'C', loanVia: memberIdOf(12) });
  const accepting = (kind: 'copy' | 'loan', member?: Member, acceptingMemberId?: string) =>
    rotaOf(
      [
        {
          lender: { memberId: memberIdOf(10), ...(acceptingMemberId !== undefined && { acceptingMemberId }) },
          ...(member && { member }),
        },
      ],
      kind,
    )[0]?.acceptingMemberId;

  it('lets each library accept by itself', () => {
    expect(accepting('copy', aMember())).toBe(memberIdOf(10));
  });

  it('lets the window of the kind accept: COPYAL for copies, LOANAL for loans', () => {
    expect([accepting('copy', window), accepting('loan', window)]).toEqual([memberIdOf(11), memberIdOf(12)]);
  });

  it('keeps who accepts when nothing is known of the library any more, after a reload', () => {
    expect(accepting('copy', undefined, memberIdOf(11))).toBe(memberIdOf(11));
    expect(accepting('copy')).toBe(memberIdOf(10));
  });

  it('forgets the window of another kind', () => {
    expect(accepting('loan', aMember(), memberIdOf(11))).toBe(memberIdOf(10));
  });
});

describe('rotaErrors', () => {
  const copiesOnly = pickOf(aRow(11, { member: aMember({ loanService: 'N' }) }));
  const both = pickOf(aRow(10));

  it('names each library that does not serve the kind that was switched to', () => {
    expect(rotaErrors([both, copiesOnly], 'copy')).toEqual([]);
    expect(rotaErrors([both, copiesOnly], 'loan')).toEqual([
      { field: 'lenders[1].memberId', code: 'lender-cannot-serve', params: { memberId: '館11' } },
    ]);
  });

  it('says nothing of libraries that nothing is known of', () => {
    expect(rotaErrors([{ lender: { memberId: memberIdOf(10) } }], 'loan')).toEqual([]);
  });
});

describe('moved', () => {
  it('changes places with the neighbour', () => {
    expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b']);
  });

  it('does nothing beyond the ends', () => {
    for (const [from, by] of [
      [0, -1],
      [1, 1],
      [5, -1],
    ] as const)
      expect(moved(['a', 'b'], from, by)).toEqual(['a', 'b']);
  });
});
