import fc from 'fast-check';
import { offerOf, requestIn } from '../testing/offers';
import { changesIn, requestFrom } from './request-shape';

const WHOLE = requestIn('SHIPPED', 'borrower', 'copy', {
  fields: { lenders: [{ memberId: 'FA1' }], charges: [] },
  history: [{ command: 'ORDER' }],
});

describe('requestFrom', () => {
  it('takes a request as it is', () => {
    expect(requestFrom(WHOLE)).toBe(WHOLE);
    expect(requestFrom({ ...WHOLE, state: null, extra: 1 })).toBeDefined();
  });

  it('refuses whatever lacks a part of it, or has another in its place', () => {
    for (const name of Object.keys(WHOLE)) {
      expect(requestFrom({ ...WHOLE, [name]: undefined }))
        .withContext(`without ${name}`)
        .toBeUndefined();
      expect(requestFrom({ ...WHOLE, [name]: 7.5 }))
        .withContext(`${name} of 7.5`)
        .toBeUndefined();
    }
  });

  it('looks into the parts', () => {
    const offer = offerOf(WHOLE, 'accept');
    const broken = [
      { state: 'toString' },
      { side: 'both' },
      { kind: 'gift' },
      { fields: { lenders: 'none' } },
      { fields: { charges: [1] } },
      { history: [null] },
      { actions: [{ ...offer, action: 'destroy' }] },
      { actions: [{ ...offer, params: [{ name: 1 }] }] },
      { actions: [{ ...offer, possibleIn: ['HERE'] }] },
      { actions: [{ ...offer, then: {} }] },
      { actions: [{ ...offer, allowed: 'yes' }] },
    ];
    for (const part of broken)
      expect(requestFrom({ ...WHOLE, ...part }))
        .withContext(JSON.stringify(part))
        .toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.anything(), (value) => requestFrom(value) === undefined));
  });
});

describe('changesIn', () => {
  it('keeps what an entry of the history has, and leaves out what is none', () => {
    const entry = { command: 'SEND', memberId: 'FA1', comment: 'a', at: '2026-11-24T01:42:00.000Z' };
    expect(changesIn([entry, { command: 1, at: 'x' }, null, 'y'])).toEqual([entry, { at: 'x' }]);
    expect([changesIn('x'), changesIn(undefined)]).toEqual([[], []]);
  });
});
