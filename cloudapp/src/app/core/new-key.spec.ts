import { newKey } from './new-key';

describe('newKey', () => {
  it('is a random UUID', () => {
    const keys = Array.from({ length: 500 }, newKey);
    expect(
      keys.every((key) => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(key)),
    ).toBeTrue();
    expect(new Set(keys).size).toBe(500);
  });

  it('is taken as the id of a draft by the gateway', () => {
    expect(newKey()).toMatch(/^[A-Za-z0-9_-]{8,64}$/);
  });
});
