import fc from 'fast-check';

/**
 * Texts that a caller should not send: all kinds of characters, and texts that look like a number, a time or a path.
 */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc
    .tuple(fc.string({ maxLength: 5 }), fc.integer({ min: 0, max: 0xffff }), fc.string({ maxLength: 5 }))
    .map(([before, unit, after]) => before + String.fromCharCode(unit) + after),
  fc.constantFrom(
    ...[
      '',
      ' ',
      '\u0000',
      '\u0085',
      '\u009c',
      '\u2028',
      '\ufeff',
      '\ufffe',
      '\ufffd',
      '\ud800',
      '\udc00x',
      '"',
      '\\',
      '*',
    ],
    ...[
      'NaN',
      '-1',
      '0',
      '1e3',
      '1e400',
      '2147483648',
      '9007199254740993',
      '99999999999999999999',
      '0x10',
      '1.5',
      '-0',
    ],
    ...['0000-01-01T00:00:00Z', '0001-01-01T00:00:00+14:00', '9999-12-31T23:59:59-14:00', '2016-12-31T23:59:60Z'],
    ...[
      '00000000',
      '00000101',
      '99991231',
      '20260230',
      'true',
      'null',
      '[]',
      '{}',
      '__proto__',
      '..',
      '../x',
      '%',
      '%00',
    ],
    ...["' or 1=1 --", '発送', '髙𠮷', 'BA90000012', 'FA090018', 'x'.repeat(5_000), '書'.repeat(600)],
  ),
);

/** Any JSON with such texts in it. */
const hostileJson: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e308, -1e308, 2_147_483_648, [], {}, [null], { length: 5 }),
  fc.array(hostileText, { maxLength: 3 }),
  fc.dictionary(hostileText, hostileText, { maxKeys: 3 }),
  fc.constantFrom(7, 40, 2_000).map(nested),
);

/** A copy of `json` with one part replaced: any of its parts, or a new member of an object. */
export function withHostilePart(json: unknown): fc.Arbitrary<unknown> {
  return fc
    .tuple(fc.constantFrom(...placesIn(json)), hostileJson)
    .map(([place, value]) => replaced(json, place, value));
}

type Place = readonly (string | number)[];

function placesIn(json: unknown): readonly Place[] {
  if (typeof json !== 'object' || json === null) return [[]];
  const within = Array.isArray(json) ? json.map((item: unknown, at) => [at, item] as const) : Object.entries(json);
  const further: readonly Place[] = Array.isArray(json) ? [] : [['further'], ['\u0000']];
  const places = within.flatMap(([name, item]) => placesIn(item).map((place): Place => [name, ...place]));
  return [[], ...further, ...places];
}

function replaced(json: unknown, [first, ...rest]: Place, value: unknown): unknown {
  if (first === undefined) return value;
  if (Array.isArray(json)) return json.map((item: unknown, at) => (at === first ? replaced(item, rest, value) : item));
  const object = json as Readonly<Record<string, unknown>>;
  return { ...object, [first]: replaced(object[first], rest, value) };
}

function nested(depth: number): unknown {
  let json: unknown = 'x';
  for (let level = 0; level < depth; level += 1) json = level % 2 === 0 ? [json] : { x: json };
  return json;
}
