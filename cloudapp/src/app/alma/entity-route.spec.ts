import type { AlmaEntity } from '../core/alma-entity';
import { aBib } from '../testing/fake-host';
import { entityRoute } from './entity-route';

const request = (type: AlmaEntity['type'], link: string): AlmaEntity => ({ id: '7', type, link, description: '' });

describe('entityRoute', () => {
  it('leads from a record to an order, and from a request to its page', () => {
    expect(entityRoute(aBib('1'))).toEqual({ commands: ['/create', 'bib', '1'] });
    expect(entityRoute(request('BORROWING_REQUEST', '/users/u1/resource-sharing-requests/7'))).toEqual({
      commands: ['/entity', 'borrowing', 'u1', '7'],
      queryParams: { auto: 'true' },
    });
    expect(entityRoute(request('LENDING_REQUEST', '/partners/N/lending-requests/7'))?.commands).toEqual([
      '/entity',
      'lending',
      'N',
      '7',
    ]);
  });

  it('leads nowhere from a request that Alma gives no way to', () => {
    expect(entityRoute(request('BORROWING_REQUEST', ''))).toBeUndefined();
  });
});
