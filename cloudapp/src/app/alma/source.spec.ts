import type { AlmaEntity } from '../core/alma-entity';
import { aBib } from '../testing/fake-host';
import { routeOf, sourceFromKey, sourceKey, sourceOf, type Source } from './source';

const request = (link: string, type: AlmaEntity['type'] = 'BORROWING_REQUEST'): AlmaEntity => ({
  id: '77',
  type,
  link,
  description: '',
});
const SOURCES: readonly Source[] = [
  { type: 'new' },
  { type: 'bib', mmsId: '990001' },
  { type: 'request', userId: 'user 1', requestId: '77' },
];

describe('sourceOf', () => {
  it('is the record of a bibliographic entity', () => {
    expect(sourceOf(aBib('990001'))).toEqual({ type: 'bib', mmsId: '990001' });
  });

  it('is the user and the request that the link of a borrowing request names', () => {
    const source: Source = { type: 'request', userId: 'u1', requestId: '77' };
    for (const link of [
      '/users/u1/resource-sharing-requests/77',
      '/almaws/v1/users/u1/resource-sharing-requests/77',
      'almaws/v1/users/u1/resource-sharing-requests/77',
    ]) {
      expect(sourceOf(request(link)))
        .withContext(link)
        .toEqual(source);
    }
  });

  it('decodes the ids of the link', () => {
    expect(sourceOf(request('/users/a%20b%2Fc/resource-sharing-requests/77'))).toEqual({
      type: 'request',
      userId: 'a b/c',
      requestId: '77',
    });
    expect(sourceOf(request('/users/50%/resource-sharing-requests/77'))).toEqual({
      type: 'request',
      userId: '50%',
      requestId: '77',
    });
  });

  it('is none without such a link, for a request without a requester, say', () => {
    for (const link of [
      '',
      '/users/u1',
      '/users//resource-sharing-requests/77',
      '/x/users/u1/resource-sharing-requests/77',
      '/users/u1/resource-sharing-requests/77/x',
    ]) {
      expect(sourceOf(request(link)))
        .withContext(link)
        .toBeUndefined();
    }
  });

  it('is none for a lending request', () => {
    expect(sourceOf(request('/users/u1/resource-sharing-requests/77', 'LENDING_REQUEST'))).toBeUndefined();
  });
});

describe('routeOf', () => {
  it('has one command for the router per part, whatever stands in the ids', () => {
    expect(SOURCES.map(routeOf)).toEqual([
      ['/create', 'new'],
      ['/create', 'bib', '990001'],
      ['/create', 'request', 'user 1', '77'],
    ]);
  });
});

describe('sourceKey', () => {
  it('is another for each record', () => {
    expect(SOURCES.map(sourceKey)).toEqual(['new', 'bib:990001', 'request:user 1:77']);
  });
});

describe('sourceFromKey', () => {
  it('is the source that the key was made of', () => {
    const withColon: Source = { type: 'request', userId: 'a:b', requestId: '77' };
    for (const source of [...SOURCES, withColon]) expect(sourceFromKey(sourceKey(source))).toEqual(source);
  });

  it('is a new search for a key that cannot be read', () => {
    for (const key of ['', 'x', 'bib', 'bib:', 'request:u1', 'request', 'user:1:2'])
      expect(sourceFromKey(key)).withContext(key).toEqual({ type: 'new' });
  });
});
