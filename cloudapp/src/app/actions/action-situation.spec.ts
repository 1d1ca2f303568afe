import { aRequest, memberIdOf } from '../testing/records';
import { CLAIM_OPEN, requestIn } from '../testing/offers';
import { isClaimOpen, labelKeyOf, lastEntry, nextLender, offersOf, primaryOf } from './action-situation';

const said = (...commands: readonly string[]) => ({ history: commands.map((command) => ({ command })) });

describe('isClaimOpen', () => {
  it('is what the record says', () => {
    expect([isClaimOpen(aRequest({ fields: CLAIM_OPEN })), isClaimOpen(aRequest())]).toEqual([true, false]);
  });
});

describe('lastEntry', () => {
  it('is the newest with one of the commands', () => {
    const request = aRequest({
      history: [
        { command: 'INQUIRE', comment: '古い' },
        { command: 'INQUIRE', comment: '新しい' },
        { command: 'RECEIVE' },
        { command: 'made-up' },
        {},
      ],
    });
    expect([lastEntry(request, ['INQUIRE', 'PARDON'])?.comment, lastEntry(request, ['CLAIM'])]).toEqual([
      '新しい',
      undefined,
    ]);
  });
});

describe('primaryOf', () => {
  it('is nothing while an order still lacks something, because the form comes first', () => {
    const prepared = requestIn('PREPARING');
    expect(
      [prepared, { ...prepared, lacks: [] }, { ...prepared, lacks: ['payment'] }].map(
        (request) => primaryOf(request)?.action,
      ),
    ).toEqual(['order', 'order', undefined]);
  });
});

describe('labelKeyOf', () => {
  it('is the name that the action has in this state', () => {
    expect([
      labelKeyOf('accept', requestIn('SHIPPED')),
      labelKeyOf('receive', requestIn('ARRIVED', 'borrower', 'loan')),
      labelKeyOf('ship', requestIn('PROCESSING', 'lender', 'copy', { fields: CLAIM_OPEN })),
      labelKeyOf('accept', requestIn('ARRIVED'), 'SHIPPED'),
    ]).toEqual([
      'actionIn.borrower.accept.SHIPPED',
      'actionIn.borrower.receive.loan',
      'actionIn.lender.ship.claim-open',
      'actionIn.borrower.accept.SHIPPED',
    ]);
  });

  it('of a claim after a renewal is that it is answered', () => {
    const claim = (...commands: readonly string[]) =>
      labelKeyOf('claim', requestIn('RETURN_PROCESSING', 'lender', 'loan', said(...commands)));
    expect([claim('RENEW', 'RECEIVE'), claim('SENDBACK', 'RECEIVE')]).toEqual([
      'actionIn.lender.claim.renewal',
      'actionIn.lender.claim.RETURN_PROCESSING',
    ]);
  });
});

describe('nextLender', () => {
  it('is the candidate behind the one that is asked', () => {
    const lenders = [10, 11, 12].map((number) => ({ memberId: memberIdOf(number) }));
    const asked = (number: number) => nextLender(aRequest({ fields: { lenders, lenderId: memberIdOf(number) } }));
    expect([asked(10)?.memberId, asked(12)]).toEqual([memberIdOf(11), undefined]);
  });
});

describe('primaryOf', () => {
  it('is that of the table', () => {
    expect([
      primaryOf(requestIn('SHIPPED'))?.action,
      primaryOf(requestIn('RETURN_PROCESSING', 'lender', 'loan', said('SENDBACK', 'RECEIVE')))?.action,
      primaryOf(requestIn('PROCESSING'))?.action,
    ]).toEqual(['accept', 'check-in', undefined]);
  });

  it('answers a renewal before anything is checked in', () => {
    const request = requestIn('RETURN_PROCESSING', 'lender', 'loan', said('RENEW', 'RECEIVE'));
    expect(primaryOf(request)?.action).toBe('claim');
  });
});

describe('offersOf', () => {
  it('leaves out SAVE, which changes nothing without fields', () => {
    const request = requestIn('PREPARING');
    expect(request.actions.some(({ action, allowed }) => action === 'save' && allowed)).toBeTrue();
    expect(offersOf(request).map(({ action }) => action)).not.toContain('save');
    expect(offersOf(request).length).toBe(request.actions.length - 1);
  });
});
