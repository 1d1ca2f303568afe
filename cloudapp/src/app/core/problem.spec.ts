import { HttpErrorResponse, HttpHeaders } from '@angular/common/http';
import fc from 'fast-check';
import { ERROR_CODES } from '../../domain/errors';
import { requestIn } from '../testing/offers';
import { errorFromResponse } from './problem';

const answer = (error: unknown, status = 422, headers = {}) =>
  errorFromResponse(new HttpErrorResponse({ error, status, headers: new HttpHeaders(headers) }));

describe('errorFromResponse', () => {
  it("takes over code, field errors, NACSIS' words, number and waiting time", () => {
    const errors = [
      { field: 'payment', code: 'required' },
      { field: 'volume', code: 'too-long', params: { bytes: 300, maxBytes: 254 } },
    ];
    const nacsis = { status: '402', message: 'パラメータ誤り' };
    const error = answer({ code: 'invalid-fields', requestId: 'req-1', errors, nacsis, retryAfterSeconds: 1.2 });
    expect(error.code).toBe('invalid-fields');
    expect(error.details).toEqual({ requestId: 'req-1', fieldErrors: errors as never, nacsis, retryAfterSeconds: 2 });
  });

  it('takes over the request as it is now, why not, and what was done since', () => {
    const request = requestIn('CANCELLED');
    const changes = [{ command: 'CANCEL', at: '2026-11-24T01:42:00.000Z' }];
    const { details } = answer({ code: 'action-not-allowed', request, reason: 'final-state', changes }, 409);
    expect(details).toEqual({ request, reason: 'final-state', changes });
  });

  it('leaves out a reason that nobody knows', () => {
    const body = { code: 'stale-version', reason: 'toString', changes: [] };
    expect(answer(body, 409).details).toEqual({});
  });

  it('reads a problem document that came as text', () => {
    expect(answer('{"code":"forbidden","requestId":"r"}', 403).details.requestId).toBe('r');
  });

  it('takes the number from the header when the body has none', () => {
    expect(answer('<html>', 500, { 'x-request-id': 'req-9' }).details).toEqual({ requestId: 'req-9' });
  });

  it('reads a problem document that came as bytes', () => {
    const bytes = new TextEncoder().encode('{"code":"forbidden","requestId":"r"}').buffer;
    expect(answer(bytes, 403).details.requestId).toBe('r');
  });

  it('has no details where the body says nothing, or is not ours', () => {
    expect(answer({ code: 'internal', errors: [], retryAfterSeconds: 0 }, 500).details).toEqual({});
    expect(answer({ errors: [{ field: 'a', code: 'required' }], nacsis: { message: '誤り' } }).details).toEqual({});
  });

  it('judges an answer that is not ours by its status', () => {
    const codes = {
      0: 'gateway-unreachable',
      401: 'unauthenticated',
      403: 'forbidden',
      404: 'not-found',
      413: 'payload-too-large',
      400: 'invalid-request',
      418: 'invalid-request',
      500: 'internal',
      501: 'internal',
    };
    for (const [status, code] of Object.entries(codes)) {
      expect(answer('<html>', Number(status)).code)
        .withContext(status)
        .toBe(code as never);
      expect(answer({ code: 'made-up' }, Number(status)).code)
        .withContext(status)
        .toBe(code as never);
    }
  });

  it('says of an answer from before the gateway only that the gateway was not reached', () => {
    for (const status of [502, 503, 504]) expect(answer('<html>', status).code).toBe('gateway-unreachable');
  });

  it('does not take the name of an object method for a code', () => {
    for (const code of ['toString', 'constructor', '__proto__', ['forbidden']])
      expect(answer({ code }, 500).code).toBe('internal');
  });

  it('makes an error of the catalogue of any body and status, and never throws', () => {
    fc.assert(
      fc.property(fc.anything(), fc.integer({ min: 0, max: 599 }), (body, status) => {
        const { code, details } = answer(body, status);
        return (
          ERROR_CODES.includes(code) && (details.fieldErrors ?? []).every(({ field }) => typeof field === 'string')
        );
      }),
    );
  });

  it('makes an error of the catalogue of a document with any parts', () => {
    const part = fc.oneof(
      fc.anything(),
      fc.array(fc.record({ field: fc.anything(), code: fc.anything(), params: fc.anything() })),
    );
    const document = fc.record({ code: part, errors: part, nacsis: part, requestId: part, retryAfterSeconds: part });
    fc.assert(fc.property(document, (body) => ERROR_CODES.includes(answer(body).code)));
  });
});
