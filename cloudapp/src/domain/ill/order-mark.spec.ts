import fc from 'fast-check';
import { byteLength, FIELDS } from './fields';
import { MARK_BYTES, markOf, partsBesideMarks, withMark, withoutMark } from './order-mark';

const MARK = 'ABCDEFGHIJ234';
const LIMIT = FIELDS.borrowerLocalData.maxBytes;

describe('order mark', () => {
  it('stands behind the local data and is found and taken off again', () => {
    const marked = withMark('予算 A', MARK);
    expect(marked).toBe('予算 A [NI:ABCDEFGHIJ234]');
    expect(markOf(marked)).toBe(MARK);
    expect(withoutMark(marked ?? '')).toBe('予算 A');
  });

  it('stands alone when there is no local data', () => {
    expect(withMark(undefined, MARK)).toBe('[NI:ABCDEFGHIJ234]');
    expect(withMark('', MARK)).toBe('[NI:ABCDEFGHIJ234]');
    expect(markOf(undefined)).toBeUndefined();
    expect(markOf('[NI:abc]')).toBeUndefined();
  });

  it('replaces an older mark', () => {
    expect(withMark(withMark('x', MARK), 'ZZZZZZZZZZ777')).toBe('x [NI:ZZZZZZZZZZ777]');
  });

  it('is the last one where others were pasted into the text, and takes their place', () => {
    const pasted = 'a [NI:ZZZZZZZZZZ777] b [NI:YYYYYYYYYY777]';
    expect(withMark(pasted, MARK)).toBe(`a b [NI:${MARK}]`);
    expect(markOf(`${pasted} [NI:${MARK}]`)).toBe(MARK);
    expect(withoutMark(pasted)).toBe('a b');
  });

  it('parts what stands beside it', () => {
    expect(partsBesideMarks('a[NI:ZZZZZZZZZZ777]b [NI:YYYYYYYYYY777]')).toEqual(['a', 'b', '']);
    expect(partsBesideMarks('a')).toEqual(['a']);
  });

  it('cuts nothing off: undefined when both do not fit', () => {
    expect(byteLength(withMark('a'.repeat(LIMIT - MARK_BYTES), MARK) ?? '')).toBe(LIMIT);
    expect(withMark('a'.repeat(LIMIT - MARK_BYTES + 1), MARK)).toBeUndefined();
  });

  it('refuses a mark of another length', () => {
    expect(() => withMark('', 'SHORT')).toThrowError(RangeError);
  });

  it('gives the local data back, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }).filter((text) => markOf(text) === undefined),
        (text) => {
          const marked = withMark(text, MARK);
          expect(markOf(marked)).toBe(MARK);
          expect(withoutMark(marked ?? '')).toBe(text);
        },
      ),
    );
  });
});
