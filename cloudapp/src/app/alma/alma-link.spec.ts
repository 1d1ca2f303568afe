import type { AlmaEntity } from '../core/alma-entity';
import { keyOfLink, linkOf, pathOfLink, routeOfLink, sideOfEntity, sideOfLink } from './alma-link';

const entity = (type: AlmaEntity['type'], link: string): AlmaEntity => ({ id: '7', type, link, description: '' });
const BORROWING = { userId: 'u 1', requestId: '7' };
const LENDING = { partnerCode: 'NACSIS', requestId: '8' };

describe('a request of Alma', () => {
  it('is told by the link of the record on the page', () => {
    for (const prefix of ['', '/almaws/v1', 'almaws/v1'])
      expect(linkOf(entity('BORROWING_REQUEST', `${prefix}/users/u%201/resource-sharing-requests/7`))).toEqual(
        BORROWING,
      );
    expect(linkOf(entity('LENDING_REQUEST', '/partners/NACSIS/lending-requests/8'))).toEqual(LENDING);
  });

  it('is found by the same id again, whatever it is made of', () => {
    for (const userId of ["o'k", 'a:b', 'u 1', '利用者001', 'a/b', 'a?b#c', 'a..b', 'a;b=c', '100 %', '𠮷野', 'a+b@c'])
      expect(linkOf(entity('BORROWING_REQUEST', pathOfLink({ userId, requestId: '7' }))))
        .withContext(userId)
        .toEqual({ userId, requestId: '7' });
    for (const userId of ["o'k", 'a:b', 'u 1', '利用者001', '100%'])
      expect(linkOf(entity('BORROWING_REQUEST', `/users/${userId}/resource-sharing-requests/7`)))
        .withContext(userId)
        .toEqual({ userId, requestId: '7' });
  });

  it('is not told by a link of something else, by none, or by that of the other side', () => {
    for (const [type, link] of [
      ['BORROWING_REQUEST', ''],
      ['BORROWING_REQUEST', '/partners/NACSIS/lending-requests/8'],
      ['BORROWING_REQUEST', '/users/u1/resource-sharing-requests/7/more'],
      ['LENDING_REQUEST', '/users/u1/resource-sharing-requests/7'],
      ['BIB_MMS', '/partners/NACSIS/lending-requests/8'],
    ] as const)
      expect(linkOf(entity(type, link)))
        .withContext(`${type} ${link}`)
        .toBeUndefined();
  });

  it('keeps what cannot be decoded as it is', () => {
    expect(linkOf(entity('LENDING_REQUEST', '/partners/100%/lending-requests/8'))).toEqual({
      partnerCode: '100%',
      requestId: '8',
    });
  });

  it('has its side, its place in the API, its page in the app, and a key of its own', () => {
    expect([sideOfLink(BORROWING), sideOfLink(LENDING)]).toEqual(['borrower', 'lender']);
    expect([pathOfLink(BORROWING), pathOfLink(LENDING)]).toEqual([
      '/users/u%201/resource-sharing-requests/7',
      '/partners/NACSIS/lending-requests/8',
    ]);
    expect([routeOfLink(BORROWING), routeOfLink(LENDING)]).toEqual([
      ['/entity', 'borrowing', 'u 1', '7'],
      ['/entity', 'lending', 'NACSIS', '8'],
    ]);
    expect(keyOfLink(BORROWING)).not.toBe(keyOfLink(LENDING));
    expect(
      (['BIB_MMS', 'BORROWING_REQUEST', 'LENDING_REQUEST'] as const).map((type) => sideOfEntity(entity(type, ''))),
    ).toEqual([undefined, 'borrower', 'lender']);
  });
});
