import type { Action } from '../../domain/ill/commands';
import type { Kind, Side } from '../../domain/ill/kinds';
import { STATE_IDS } from '../../domain/ill/states';
import { CLAIM_OPEN, offerOf, requestIn } from '../testing/offers';
import { isRenewalReply, needsForm, placedParams, stepsOf } from './action-steps';

const placed = (
  action: Action,
  ...[state, side, kind, changes]: Parameters<typeof requestIn>
): ReturnType<typeof placedParams> => {
  const request = requestIn(state, side, kind, changes);
  return placedParams(stepsOf(offerOf(request, action), true), request, false);
};
const names = (params: ReturnType<typeof placedParams>) => params.map(({ name, step }) => `${step} ${name}`);
const RENEWED = { history: [{ command: 'RENEW' }, { command: 'RECEIVE' }] };

describe('stepsOf', () => {
  const offer = offerOf(requestIn('SHIPPED'), 'accept');

  it('is the action alone, or with the one that follows', () => {
    expect([stepsOf(offer, false), stepsOf(offer, true)].map((steps) => steps.map(({ action }) => action))).toEqual([
      ['accept'],
      ['accept', 'receive'],
    ]);
  });

  it('is the action alone where nothing follows', () => {
    expect(stepsOf(offerOf(requestIn('ON_LOAN', 'borrower', 'loan'), 'return'), true).length).toBe(1);
  });
});

describe('placedParams', () => {
  it('asks for each once, with the first step that wants it, the comment with the last', () => {
    expect(names(placed('accept', 'UNPROCESSED', 'lender', 'loan'))).toEqual([
      '0 acceptDate',
      '0 lenderNumber',
      '0 lenderStaff',
      '0 lenderAddress',
      '1 comment',
      '1 shipDate',
      '1 total',
      '1 dueDate',
      '1 charges',
      '1 fee',
      '1 postage',
    ]);
  });

  it('gives a comment that the first step requires to that step', () => {
    const request = requestIn('SHIPPED');
    const [first, second] = stepsOf(offerOf(request, 'accept'), true);
    const asked = { ...first!, params: [{ name: 'comment', required: true }] };
    expect(placedParams([asked, second!], request, false)).toEqual([{ name: 'comment', required: true, step: 0 }]);
  });

  it('asks for the due date in the answer to a renewal, whatever the offer says', () => {
    const [first] = placed('claim', 'RETURN_PROCESSING', 'lender', 'loan', RENEWED);
    expect(first).toEqual({ name: 'dueDate', required: true, step: 0 });
  });

  it('does not ask for it in a question about what came back', () => {
    const request = requestIn('RETURN_PROCESSING', 'lender', 'loan');
    const claim = { ...offerOf(request, 'claim'), params: [{ name: 'dueDate', required: false }] };
    expect(placedParams(stepsOf(claim, false), request, false)).toEqual([]);
  });

  it('leaves the own number out for many: each has its own', () => {
    const request = requestIn('UNPROCESSED', 'lender');
    const asked = (many: boolean) => names(placedParams(stepsOf(offerOf(request, 'accept'), false), request, many));
    expect([asked(false).includes('0 lenderNumber'), asked(true).includes('0 lenderNumber')]).toEqual([true, false]);
  });
});

describe('isRenewalReply', () => {
  it("is the lender's CLAIM after RENEW only", () => {
    const isReply = (action: Action, history: readonly { command: string }[]) => {
      const request = requestIn('RETURN_PROCESSING', 'lender', 'loan', { history: [...history] });
      return isRenewalReply(stepsOf(offerOf(request, action), false)[0]!, request);
    };
    expect([isReply('claim', RENEWED.history), isReply('check-in', RENEWED.history), isReply('claim', [])]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('needsForm', () => {
  const allowed = (side: Side, kind: Kind, withForm: boolean): readonly string[] =>
    STATE_IDS.flatMap((state) => {
      const request = requestIn(state, side, kind);
      return request.actions
        .filter((offer) => offer.allowed && needsForm(offer, request, false) === withForm)
        .map(({ action }) => `${state} ${action}`);
    });

  it('is false where one click can do it', () => {
    expect(allowed('borrower', 'copy', false)).toEqual([
      'PREPARING save',
      'NEW_INQUIRY accept',
      'SHIPPED accept',
      'ARRIVED receive',
      'CLAIM_ANSWERED accept',
    ]);
    expect(allowed('borrower', 'loan', false)).toEqual([
      'PREPARING save',
      'NEW_INQUIRY accept',
      'SHIPPED accept',
      'CLAIM_ANSWERED accept',
      'ON_LOAN return',
      'RETURN_CLAIMED accept',
    ]);
    expect(allowed('lender', 'loan', false)).toEqual([
      'ANSWERED accept',
      'CLAIMED accept',
      'RENEW_REQUESTED accept',
      'SENT_BACK accept',
      'RETURN_PROCESSING check-in',
    ]);
  });

  it('is true for whatever is final, goes on to others, takes back, or has to be filled in', () => {
    expect(allowed('lender', 'copy', true)).toEqual([
      'UNPROCESSED accept',
      'PROCESSING ship',
      'PROCESSING inquiry',
      'PROCESSING reject',
      'NEW_INQUIRY callback',
      'SHIPPED callback',
      'CLAIM_ANSWERED callback',
    ]);
    expect(allowed('borrower', 'loan', true)).toContain('ARRIVED receive');
  });

  it('is true where what follows has to be filled in', () => {
    const copy = requestIn('SHIPPED');
    const loan = requestIn('SHIPPED', 'borrower', 'loan');
    const chained = (request: typeof copy) => needsForm(offerOf(request, 'accept'), request, true);
    expect([chained(copy), chained(loan)]).toEqual([false, true]);
  });

  it('is true for a check-in while a renewal waits for its answer', () => {
    const request = requestIn('RETURN_PROCESSING', 'lender', 'loan', RENEWED);
    expect(needsForm(offerOf(request, 'check-in'), request, false)).toBeTrue();
  });

  it('is true for the answer to a claim, too', () => {
    const request = requestIn('PROCESSING', 'lender', 'copy', { fields: CLAIM_OPEN });
    expect(needsForm(offerOf(request, 'ship'), request, false)).toBeTrue();
  });
});
