import fc from 'fast-check';
import type { Holding, Member } from '../catalog/catalog';
import { MAX_LENDERS } from './fields';
import { candidateOf, OFTEN_ASKED, proposedLenders, rankedCandidates, type Asking } from './lender-proposal';

const MEMBER: Member = {
  memberId: 'FA090018',
  name: '見本大学',
  region: '27',
  participates: true,
  service: 'A',
  copyService: 'A',
  loanService: 'A',
  faxService: 'N',
  offset: false,
  policies: [],
  locations: [],
};
const holding = (memberId: string, member: Partial<Member> = {}, more: Partial<Holding> = {}): Holding => ({
  id: `SH${memberId}`,
  ncid: 'AN00012345',
  memberId,
  volumes: [],
  member: { ...MEMBER, memberId, ...member },
  ...more,
});
const ASKING: Asking = { kind: 'copy', wanted: {}, own: { memberId: 'FA090007', region: '13', offset: true } };
const ids = (candidates: readonly { readonly holding: Holding }[]) =>
  candidates.map(({ holding: { memberId } }) => memberId);

describe('candidateOf', () => {
  it('says why a library cannot be asked', () => {
    expect(candidateOf(holding('FA090007'), ASKING).refusal).toBe('own-library');
    expect(candidateOf({ ...holding('FA090018'), member: undefined }, ASKING).refusal).toBe('no-member-record');
    expect(candidateOf(holding('FA090018', { service: 'N' }), ASKING).refusal).toBe('service-stopped');
    expect(candidateOf(holding('FA090018', { loanService: 'N' }), { ...ASKING, kind: 'loan' }).refusal).toBe(
      'loan-not-served',
    );
    expect(candidateOf(holding('FA090018'), ASKING).refusal).toBeUndefined();
  });

  it('names the library that takes the requests of another', () => {
    expect(candidateOf(holding('FA090018', { copyService: 'C', copyVia: 'FA090029' }), ASKING).through).toBe(
      'FA090029',
    );
  });

  it('gives the reasons for and against it', () => {
    const near = holding('FA090018', { region: '13', offset: true }, { volumeRange: '1-9' });
    expect(candidateOf(near, { ...ASKING, wanted: { volume: '3' }, recent: {} }).reasons).toEqual([
      'offset',
      'same-prefecture',
      'has-volume',
      'rarely-asked',
    ]);
    expect(
      candidateOf(near, { ...ASKING, wanted: { volume: '12' }, recent: { FA090018: OFTEN_ASKED } }).reasons,
    ).toEqual(['offset', 'same-prefecture', 'lacks-volume', 'often-asked']);
    expect(candidateOf(holding('FA090018', { region: '14' }), ASKING).reasons).toEqual(['same-area']);
  });

  it('does not call the offset a reason for a library that takes no part in it', () => {
    expect(
      candidateOf(holding('FA090018', { offset: true }), { ...ASKING, own: { memberId: 'FA090007', offset: false } })
        .reasons,
    ).toEqual([]);
  });
});

describe('the proposal', () => {
  const seen = (holdings: readonly Holding[], asking: Partial<Asking> = {}) =>
    holdings.map((each) => candidateOf(each, { ...ASKING, ...asking }));

  it('puts those with the volume before those in the offset, before the near ones, before the others', () => {
    const candidates = seen(
      [
        holding('FA090040', { region: '01' }),
        holding('FA09003X', { region: '13' }),
        holding('FA090029', { offset: true }),
        holding('FA090018', {}, { volumeRange: '1-9' }),
      ],
      { wanted: { volume: '3' } },
    );
    expect(ids(proposedLenders(candidates))).toEqual(['FA090018', 'FA090029', 'FA09003X', 'FA090040']);
  });

  it('leaves out who cannot be asked, who lacks the volume, and the second copy of the same library', () => {
    const candidates = seen(
      [
        holding('FA090018', { service: 'N' }),
        holding('FA090029', {}, { volumeRange: '7-9' }),
        holding('FA09003X', {}, { id: 'SH1' }),
        holding('FA09003X', {}, { id: 'SH2' }),
      ],
      { wanted: { volume: '3' } },
    );
    expect(ids(proposedLenders(candidates))).toEqual(['FA09003X']);
    expect(ids(rankedCandidates(candidates)).at(-1)).toBe('FA090018');
  });

  it('asks somebody else when a library was asked often', () => {
    const candidates = seen([holding('FA090018', { region: '13' }), holding('FA090029')], {
      recent: { FA090018: OFTEN_ASKED },
    });
    expect(ids(proposedLenders(candidates))).toEqual(['FA090029', 'FA090018']);
  });

  it('never has more than five, and only libraries that can be asked', () => {
    const flag = fc.constantFrom('A', 'C', 'N', 'unknown' as const);
    const library = fc.record({
      at: fc.integer({ min: 1, max: 30 }),
      service: flag,
      copyService: flag,
      offset: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(library, { maxLength: 40 }), (libraries) => {
        const candidates = seen(libraries.map(({ at, ...member }) => holding(`FA${String(at)}`, member)));
        const proposed = proposedLenders(candidates);
        expect(proposed.length).toBeLessThanOrEqual(MAX_LENDERS);
        expect(new Set(ids(proposed)).size).toBe(proposed.length);
        expect(proposed.every(({ refusal }) => refusal === undefined)).toBeTrue();
      }),
    );
  });
});
