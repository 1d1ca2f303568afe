import { PageFollower } from './page-follower';

describe('PageFollower', () => {
  it('opens a record by itself once, and again after another one', () => {
    const follower = new PageFollower();
    expect(['bib:1', 'bib:1', 'bib:2', 'bib:2', 'bib:1'].map((key) => follower.mayOpen(key))).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
  });
});
