import { isRenewalPending } from './request';
import type { StateId } from './states';

describe('isRenewalPending', () => {
  const isPending = (state: StateId, ...commands: readonly string[]) =>
    isRenewalPending({ state, history: commands.map((command) => ({ command })) });

  it('is a matter of what the borrower did last: asked for a renewal, or sent the material back', () => {
    expect([
      isPending('RETURN_PROCESSING', 'BORROW', 'RENEW', 'RECEIVE'),
      isPending('RETURN_PROCESSING', 'RENEW', 'RECEIVE', 'CLAIM', 'RECEIVE', 'SENDBACK', 'RECEIVE'),
      isPending('RETURN_PROCESSING'),
    ]).toEqual([true, false, false]);
  });

  it('is not in another state', () => {
    expect(isPending('ON_LOAN', 'RENEW', 'CALLBACK')).toBeFalse();
    expect(isPending('RENEW_REQUESTED', 'RENEW')).toBeTrue();
  });
});
