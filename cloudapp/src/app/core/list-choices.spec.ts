import { DEFAULT_CHOICES, readChoices } from './list-choices';

describe('readChoices', () => {
  it('reads what was kept', () => {
    const kept = { side: 'lender', sort: 'due', pageSize: 100 } as const;
    expect(readChoices({ ...kept, extra: 1 })).toEqual(kept);
  });

  it('chooses itself where a choice cannot be read', () => {
    for (const raw of [undefined, null, 'x', 7, [], { side: 'both', sort: 'random', pageSize: 10_000 }])
      expect(readChoices(raw)).toEqual(DEFAULT_CHOICES);
  });
});
