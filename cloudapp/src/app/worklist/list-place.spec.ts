import { ListPlace } from './list-place';

describe('ListPlace', () => {
  it('knows once where the page was scrolled to, and which request was opened', () => {
    const place = new ListPlace();
    expect(place.takeBack()).toBeUndefined();
    place.leave({ side: 'lender', id: 'LA1' }, 420);
    expect([place.takeBack(), place.takeBack()]).toEqual([420, undefined]);
    expect(place.opened()).toEqual({ side: 'lender', id: 'LA1' });
  });
});
