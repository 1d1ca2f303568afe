import { TestBed } from '@angular/core/testing';
import { offerOf, requestIn } from '../testing/offers';
import { ChainMemoryService } from './chain-memory.service';

describe('ChainMemoryService', () => {
  const arrival = offerOf(requestIn('SHIPPED'), 'accept');
  const answer = offerOf(requestIn('CLAIM_ANSWERED'), 'accept');
  const plain = offerOf(requestIn('NEW_INQUIRY'), 'accept');

  it('goes on only where that was chosen, each action for itself', () => {
    const memory = TestBed.inject(ChainMemoryService);
    expect(memory.nextOf('borrower', arrival)).toBeUndefined();
    memory.set('borrower', arrival, true);
    memory.set('borrower', arrival, true);
    expect([memory.nextOf('borrower', arrival), memory.nextOf('lender', arrival)]).toEqual(['receive', undefined]);
    memory.set('borrower', arrival, false);
    expect([memory.nextOf('borrower', arrival), memory.nextOf('borrower', answer)]).toEqual([undefined, undefined]);
  });

  it('never goes on where nothing follows', () => {
    const memory = TestBed.inject(ChainMemoryService);
    memory.set('borrower', plain, true);
    expect(memory.nextOf('borrower', plain)).toBeUndefined();
  });
});
