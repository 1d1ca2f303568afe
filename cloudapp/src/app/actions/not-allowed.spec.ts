import { AppError } from '../core/app-error';
import { LIBRARY } from '../testing/records';
import { PARTNER, requestIn } from '../testing/offers';
import { changesSince, changeWords, isRefusal } from './not-allowed';

describe('isRefusal', () => {
  it('is what the request does not allow, or not any more', () => {
    const isOne = (code: ConstructorParameters<typeof AppError>[0]) => isRefusal(new AppError(code));
    expect([isOne('action-not-allowed'), isOne('stale-version'), isOne('forbidden')]).toEqual([true, true, false]);
  });
});

describe('changesSince', () => {
  const ordered = { command: 'ORDER' };
  const received = { command: 'RECEIVE', at: '2026-11-24T01:42:00.000Z' };
  const shown = requestIn('UNPROCESSED', 'borrower', 'copy', { history: [ordered] });
  const fresh = requestIn('PROCESSING', 'borrower', 'copy', { history: [ordered, received] });

  it('is what the newer history has more', () => {
    expect([changesSince(shown, fresh), changesSince(shown, shown)]).toEqual([[received], []]);
  });

  it('has the time of the history where the gateway tells the change without', () => {
    expect(changesSince(shown, fresh, [{ command: 'RECEIVE' }])).toEqual([received]);
  });

  it('believes the gateway where the histories do not tell', () => {
    expect(changesSince(fresh, fresh, [{ command: 'RECEIVE' }])).toEqual([{ command: 'RECEIVE' }]);
  });
});

describe('changeWords', () => {
  const said = (change: Parameters<typeof changeWords>[0], side: 'borrower' | 'lender' = 'borrower', at = '') =>
    changeWords(change, requestIn('SHIPPED', side), at);

  it('says who, and when', () => {
    expect(said({ command: 'SEND', memberId: PARTNER.id }, 'borrower', '10:42')).toEqual({
      key: 'actions.change.otherAt',
      params: { at: '10:42', wire: 'SEND', command: 'SEND' },
      words: { command: 'command.SEND' },
    });
    expect([
      said({ command: 'SEND', memberId: PARTNER.id }).key,
      said({ command: 'SEND', memberId: LIBRARY.memberId }, 'lender', '10:42').key,
      said({ command: 'ORDER', memberId: LIBRARY.memberId }).key,
      said({}).key,
    ]).toEqual(['actions.change.other', 'actions.change.ownAt', 'actions.change.own', 'actions.change.other']);
  });

  it('names a command that it does not know as it stands', () => {
    const words = said({ command: 'FORCED' });
    expect([words.words, words.params?.['command']]).toEqual([undefined, 'FORCED']);
  });
});
