import type { Action } from '../../domain/ill/commands';
import { offerOf, requestIn } from '../testing/offers';
import { isRenewalReply, placedParams, rowParams, stepsOf } from './action-steps';
import { usual } from './chain-memory.service';

const placed = (
  action: Action,
  ...[state, side, kind, changes]: Parameters<typeof requestIn>
): ReturnType<typeof placedParams> => {
  const request = requestIn(state, side, kind, changes);
  const offer = offerOf(request, action);
  return placedParams(stepsOf(offer, usual(offer)), request, false);
};
const names = (params: ReturnType<typeof placedParams>) => params.map(({ name, step }) => `${step} ${name}`);
const RENEWED = { history: [{ command: 'RENEW' }, { command: 'RECEIVE' }] };

describe('stepsOf', () => {
  const offer = offerOf(requestIn('SHIPPED'), 'accept');

  it('is the action alone, or with the one that follows', () => {
    expect([stepsOf(offer), stepsOf(offer, 'receive')].map((steps) => steps.map(({ action }) => action))).toEqual([
      ['accept'],
      ['accept', 'receive'],
    ]);
  });

  it('is the action alone where nothing follows', () => {
    expect(stepsOf(offerOf(requestIn('ON_LOAN', 'borrower', 'loan'), 'return'), 'receive').length).toBe(1);
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

  it('asks for nothing of the work on a request that is refused or inquired about at once', () => {
    const request = requestIn('UNPROCESSED', 'lender', 'loan');
    for (const then of ['reject', 'inquiry'] as const)
      expect(names(placedParams(stepsOf(offerOf(request, 'accept'), then), request, false)))
        .withContext(then)
        .toEqual(['0 acceptDate', '1 comment']);
  });

  it('gives a comment that the first step requires to that step', () => {
    const request = requestIn('SHIPPED');
    const [first, second] = stepsOf(offerOf(request, 'accept'), 'receive');
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
    expect(placedParams(stepsOf(claim), request, false)).toEqual([]);
  });

  it('leaves the own number out for many: each has its own', () => {
    const request = requestIn('UNPROCESSED', 'lender');
    const asked = (many: boolean) => names(placedParams(stepsOf(offerOf(request, 'accept')), request, many));
    expect([asked(false).includes('0 lenderNumber'), asked(true).includes('0 lenderNumber')]).toEqual([true, false]);
  });

  it('leaves the charges out for many: they belong to the rows, with the due date', () => {
    const request = requestIn('PROCESSING', 'lender', 'loan');
    const offer = offerOf(request, 'ship');
    expect(names(placedParams(stepsOf(offer), request, true))).toEqual(['0 shipDate', '0 dueDate', '0 comment']);
    expect(new Set(names(rowParams(offer.params)))).toEqual(
      new Set(['0 charges', '0 fee', '0 postage', '0 total', '0 dueDate']),
    );
    expect(rowParams(offerOf(request, 'reject').params)).toEqual([]);
  });
});

describe('isRenewalReply', () => {
  it("is the lender's CLAIM after RENEW only", () => {
    const isReply = (action: Action, history: readonly { command: string }[]) => {
      const request = requestIn('RETURN_PROCESSING', 'lender', 'loan', { history: [...history] });
      return isRenewalReply(stepsOf(offerOf(request, action))[0]!, request);
    };
    expect([isReply('claim', RENEWED.history), isReply('check-in', RENEWED.history), isReply('claim', [])]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
