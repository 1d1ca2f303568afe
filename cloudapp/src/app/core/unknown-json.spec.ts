import { AppError } from './app-error';
import { listIn, objectOf } from './unknown-json';

describe('JSON of which nothing is known', () => {
  it('has the properties of an object, and none otherwise', () => {
    expect(objectOf({ a: 1 })).toEqual({ a: 1 });
    for (const other of [null, undefined, 'x', 5, [1]]) expect(objectOf(other)).toEqual({});
  });

  it('has a list, none where Alma counts 0, and otherwise cannot be read', () => {
    expect(listIn({ user: ['a'], total_record_count: 3 }, 'user')).toEqual(['a']);
    for (const none of [{ user: [] }, { total_record_count: 0 }, { user: null, total_record_count: 0 }])
      expect(listIn(none, 'user')).toEqual([]);
    for (const answer of [null, 'x', {}, { user: {} }, { user: null }, { total_record_count: 3 }])
      expect(() => listIn(answer, 'user'))
        .withContext(JSON.stringify(answer))
        .toThrowError(AppError);
  });
});
