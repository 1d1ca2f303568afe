import type { FastifyReply, FastifyRequest } from 'fastify';
import { printQuery, parseQuery, prefixTerm } from '#catp/query';
import { decodeRecord, encodeRecord } from '#catp/record';
import { decodeUtf8, encodeUtf8, hasControlCharacter } from '#catp/text';
import { textFault } from '#domain/ill/sendable-text';
import { GatewayError } from './gateway-error';
import { checkInput, refuseUnstorable } from './input-check';

const checked = (input: { readonly query?: unknown; readonly params?: unknown; readonly body?: unknown }) => {
  let answer: Error | undefined;
  checkInput(input as FastifyRequest, undefined as unknown as FastifyReply, (error) => (answer = error));
  if (answer === undefined) return [];
  if (!(answer instanceof GatewayError)) throw answer;
  return answer.details.errors?.map(({ field, code }) => `${field} ${code}`) ?? [answer.code];
};

describe('the rule of the domain and the codec', () => {
  it('agree: what the rule lets through, CATP can carry, in fields and in searches', () => {
    // All of Unicode in texts of some hundred characters, without the refused characters.
    for (let from = 0; from < 0x110000; from += 0x100) {
      const points = Array.from({ length: 0x100 }, (_, at) => String.fromCodePoint(from + at));
      const text = points.filter((point) => textFault(point) === undefined).join('');
      expect(decodeRecord(decodeUtf8(encodeUtf8(encodeRecord({ VLNO: text }))))).toEqual({ VLNO: text });
      const query = prefixTerm('TITLEKEY', text);
      expect(parseQuery(decodeUtf8(encodeUtf8(printQuery(query))))).toEqual(query);
      // The rule lets no character through that the codec refuses.
      for (const point of points) expect(hasControlCharacter(point) && textFault(point) === undefined).toBeFalse();
    }
  });
});

describe('checkInput', () => {
  it('names every text that cannot be sent, wherever it stands', () => {
    const query = { q: 'a\nb', status: ['発送', '\u0085'], page: 1, side: undefined };
    const body = {
      library: 'A\u0000',
      almaRequest: { userId: '\ud800', requestId: '1' },
      items: [{ id: 'x' }, { id: '\uffff' }],
    };
    expect(checked({ query, params: { id: '\u2028' }, body })).toEqual([
      ...['q line-break', 'status[1] line-break', 'id line-break', 'library line-break'],
      ...['almaRequest.userId bad-format', 'items[1].id bad-format'],
    ]);
  });

  it('names a name, too', () => {
    expect(checked({ body: { 'a\u0000': 1 } })).toEqual(['a\u0000 line-break']);
  });

  it('leaves alone what has a check of its own, and what is no text', () => {
    const own = { fields: { x: '\n' }, params: { comment: '\n' }, comment: '\n', content: '\n', templates: ['\n'] };
    expect(
      checked({ body: { ...own, items: [{ id: 'x', params: { x: '\n' } }], version: 1, full: true, none: null } }),
    ).toEqual([]);
    expect(checked({ body: undefined, query: {}, params: undefined })).toEqual([]);
    // The schema reports a body that is not an object.
    expect(checked({ body: '\n' })).toEqual([]);
  });

  it('tells no more than can be read', () => {
    expect(checked({ query: { ids: Array.from({ length: 5_000 }, () => '\n') } }).length).toBe(20);
  });

  it('refuses a body that is nested too deeply, wherever it is', () => {
    const nested = (depth: number): unknown => Array.from({ length: depth }).reduce<unknown>((inner) => [inner], 'x');
    expect(checked({ body: { content: nested(20) } })).toEqual([]);
    for (const depth of [40, 100_000])
      for (const name of ['content', 'fields', 'library'])
        expect(checked({ body: { [name]: nested(depth) } })).toEqual(['invalid-request']);
  });
});

describe('refuseUnstorable', () => {
  it('takes line ends and tabs, and names what the store cannot hold', () => {
    expect(() => {
      refuseUnstorable('content', { values: { article: 'one\r\ntwo\t\u0085\uffff' }, list: [1, null, ['x']] });
    }).not.toThrow();
    const wrong = { 'values': { article: 'a\u0000' }, 'list': ['x', '\udc00'], 'x\u0000': 1 };
    const fields = ['content.values.article', 'content.list[1]', 'content.x\u0000'];
    expect(() => {
      refuseUnstorable('content', wrong);
    }).toThrow(
      jasmine.objectContaining({
        details: jasmine.objectContaining({ errors: fields.map((field) => ({ field, code: 'bad-format' })) }),
      }),
    );
  });
});
