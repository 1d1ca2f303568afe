import { TestBed } from '@angular/core/testing';
import { offerOf, requestIn } from '../testing/offers';
import { ChainMemoryService } from './chain-memory.service';

describe('ChainMemoryService', () => {
  const arrival = offerOf(requestIn('SHIPPED'), 'accept');
  const answer = offerOf(requestIn('CLAIM_ANSWERED'), 'accept');
  const plain = offerOf(requestIn('NEW_INQUIRY'), 'accept');

  it('goes on only where that was chosen, each action for itself', () => {
    const memory = TestBed.inject(ChainMemoryService);
    expect(memory.isOn('borrower', arrival)).toBeFalse();
    memory.set('borrower', arrival, true);
    memory.set('borrower', arrival, true);
    expect([memory.isOn('borrower', arrival), memory.isOn('lender', arrival)]).toEqual([true, false]);
    memory.set('borrower', arrival, false);
    expect([memory.isOn('borrower', arrival), memory.isOn('borrower', answer)]).toEqual([false, false]);
  });

  it('never goes on where nothing follows', () => {
    const memory = TestBed.inject(ChainMemoryService);
    memory.set('borrower', plain, true);
    expect(memory.isOn('borrower', plain)).toBeFalse();
  });
});
