import type { Holding, Member } from '../../../domain/catalog/catalog';
import { rankedCandidates, type Asking } from '../../../domain/ill/lender-proposal';
import { aHolding, aMember, anAsking, aRow, memberIdOf } from '../../testing/records';
import { pickFor, pickOf, rotaOf, rowOf } from '../../../domain/ill/rota';
import { moved, rotaErrors } from './lender-choice';

const OWN = { memberId: memberIdOf(1), region: '13' };
const see = (holding: Holding, asking: Partial<Asking> = {}) => rowOf(holding, anAsking({ own: OWN, ...asking }));
const refusalFor = (kind: 'copy' | 'loan', changes: Partial<Member>) =>
  see(aHolding(10, { member: aMember(changes) }), { kind }).refusal;

describe('rowOf', () => {
  it('can be asked when it takes part and serves', () => {
    const row = see(aHolding(10));
    expect([row.refusal, row.through, row.reasons, row.extent, row.asked, row.name]).toEqual([
      undefined,
      undefined,
      [],
      'unknown',
      0,
      '館10',
    ]);
  });

  it('says why a library cannot be asked', () => {
    expect(refusalFor('copy', { participates: false })).toBe('not-participating');
    expect(refusalFor('copy', { service: 'N' })).toBe('service-stopped');
    expect(refusalFor('copy', { copyService: 'N' })).toBe('copy-not-served');
    expect(refusalFor('loan', { loanService: 'N' })).toBe('loan-not-served');
    expect(refusalFor('copy', { copyService: 'C' })).toBe('no-window');
    expect(refusalFor('loan', { loanService: 'C', copyVia: memberIdOf(11) })).toBe('no-window');
  });

  it('never takes an unknown flag for a yes', () => {
    expect(refusalFor('copy', { service: 'unknown' })).toBe('flag-unknown');
    expect(refusalFor('copy', { copyService: 'unknown' })).toBe('flag-unknown');
    expect(refusalFor('loan', { loanService: 'unknown' })).toBe('flag-unknown');
  });

  it('asks for one kind by the flag of that kind', () => {
    expect(refusalFor('loan', { copyService: 'N' })).toBeUndefined();
    expect(refusalFor('copy', { loanService: 'unknown' })).toBeUndefined();
  });

  it('names the window that takes its requests', () => {
    const member = aMember({ copyService: 'C', copyVia: memberIdOf(11), loanService: 'C', loanVia: memberIdOf(12) });
    const holding = aHolding(10, { member });
    expect([see(holding).through, see(holding, { kind: 'loan' }).through]).toEqual([memberIdOf(11), memberIdOf(12)]);
  });

  it('does not ask the own library, whatever it serves', () => {
    expect(see(aHolding(1)).refusal).toBe('own-library');
  });

  it('does not ask a library whose requests the own library takes', () => {
    const holding = aHolding(10, { member: aMember({ copyService: 'C', copyVia: OWN.memberId }) });
    expect(see(holding).refusal).toBe('own-library');
    expect(see(holding, { kind: 'loan' }).refusal).toBeUndefined();
  });

  it('does not ask a library without a member record', () => {
    const { member: _, ...bare } = aHolding(10);
    expect(see(bare).refusal).toBe('no-member-record');
  });

  it('names a library by what is known of it', () => {
    const member = aMember({ name: '正式名', abbreviation: '略称' });
    expect(see(aHolding(10, { member })).name).toBe('館10');
    const { memberName: _, ...unnamed } = aHolding(10, { member });
    expect(see(unnamed).name).toBe('略称');
    expect(see({ ...unnamed, member: aMember({ name: '正式名' }) }).name).toBe('正式名');
    const { member: __, ...unknown } = unnamed;
    expect(see(unknown).name).toBe(memberIdOf(10));
  });

  it('is in the same prefecture only when both regions are known', () => {
    const near = aHolding(10, { member: aMember({ region: '13' }) });
    expect(see(near).reasons).toEqual(['same-prefecture']);
    expect(see(near, { own: { memberId: OWN.memberId } }).reasons).toEqual([]);
    expect(see(aHolding(10), { own: { memberId: OWN.memberId } }).reasons).toEqual([]);
  });

  it('knows whether it has what is wanted, and how often it was asked', () => {
    const row = see(aHolding(10, { volumeRange: '1-9' }), {
      wanted: { volume: '3' },
      recent: { [memberIdOf(10)]: 12 },
    });
    expect([row.extent, row.asked, row.reasons]).toEqual(['yes', 12, ['has-volume', 'often-asked']]);
  });
});

describe('rows in the order of the proposal', () => {
  const row = (name: string, changes: Partial<Member>) =>
    see(aHolding(10, { memberName: name, member: aMember(changes) }));

  it('are those who can be asked first; of them charge offset, then the same prefecture', () => {
    const rows = [
      row('closed, near, offset', { service: 'N', region: '13', offset: true }),
      row('far', { region: '01' }),
      row('far, offset', { region: '01', offset: true }),
      row('near', { region: '13' }),
      row('near, offset', { region: '13', offset: true }),
    ];
    expect(rankedCandidates(rows).map(({ name }) => name)).toEqual([
      'near, offset',
      'far, offset',
      'near',
      'far',
      'closed, near, offset',
    ]);
  });

  it('are equals in the order of NACSIS-CAT, and the list itself stays as it is', () => {
    const rows = [row('b', {}), row('a', {}), row('c', {})];
    expect(rankedCandidates(rows).map(({ name }) => name)).toEqual(['b', 'a', 'c']);
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

describe('pickFor', () => {
  const row = aRow(10, { volumes: [{ volume: '上' }, { volume: '下' }] });

  it('is the entry with the volume that is wanted', () => {
    expect(pickFor(row, { volume: '下' }).lender.volume).toBe('下');
  });

  it('is the entry with the first one where none of the name is there, or none is wanted', () => {
    expect([pickFor(row, { volume: '別冊' }), pickFor(row, {})].map(({ lender }) => lender.volume)).toEqual([
      '上',
      '上',
    ]);
  });

  it('knows the holding and the library that it is made of', () => {
    expect([pickFor(row, {}).holding, pickFor(row, {}).member]).toEqual([row.holding, row.holding.member]);
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
    expect(moved(['a', 'b', 'c'], 1, 0)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 1, 2)).toEqual(['a', 'c', 'b']);
  });

  it('goes over several places, the others close up', () => {
    expect(moved(['a', 'b', 'c', 'd'], 0, 3)).toEqual(['b', 'c', 'd', 'a']);
    expect(moved(['a', 'b', 'c', 'd'], 3, 1)).toEqual(['a', 'd', 'b', 'c']);
    expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
  });

  it('does nothing beyond the ends', () => {
    for (const [from, to] of [
      [0, -1],
      [0, 2],
      [1, 2],
      [5, 4],
      [-1, 0],
    ] as const)
      expect(moved(['a', 'b'], from, to)).toEqual(['a', 'b']);
  });

  it('leaves the list itself as it is', () => {
    const list = ['a', 'b'];
    moved(list, 0, 1);
    expect(list).toEqual(['a', 'b']);
  });
});
