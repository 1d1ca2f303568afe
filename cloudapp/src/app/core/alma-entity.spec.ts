import { entitiesFrom } from './alma-entity';

const bib = { id: '990001', type: 'BIB_MMS', link: '/bibs/990001', description: '書誌' };

describe('entitiesFrom', () => {
  it('takes over the four parts of each record, in their order', () => {
    const lending = { id: '7', type: 'LENDING_REQUEST', link: '', description: '' };
    expect(entitiesFrom([lending, { ...bib, code: 'x', extra: { a: 1 } }])).toEqual([lending, bib] as never);
  });

  it('takes nothing from what is no list', () => {
    for (const raw of [undefined, null, 'BIB_MMS', 1, { 0: bib, length: 1 }]) expect(entitiesFrom(raw)).toEqual([]);
  });

  it('leaves out what has not the shape of a record', () => {
    const wrong = [
      null,
      'x',
      [],
      { ...bib, type: 'USER' },
      { ...bib, type: 'toString' },
      { ...bib, id: 990001 },
      { ...bib, id: '' },
      { type: 'BIB_MMS' },
    ];
    expect(entitiesFrom([...wrong, bib])).toEqual([bib] as never);
  });

  it('takes the same record once, but the same id in two types twice', () => {
    const request = { ...bib, type: 'BORROWING_REQUEST' };
    expect(entitiesFrom([bib, { ...bib, description: 'again' }, request])).toEqual([bib, request] as never);
  });

  it('empties a link that is no path of the REST API', () => {
    const links = [
      'javascript:alert(1)',
      'https://evil.example/bibs/1',
      '/bibs/1?x=1',
      '/a b',
      7,
      undefined,
      '/users/../x',
      '/users/./x',
      '//evil.example/users/1',
      '/\\evil.example/1',
      '/users/a\nb/resource-sharing-requests/1',
      '/users//resource-sharing-requests/1',
      '/users/a#b/resource-sharing-requests/1',
      'data:text/html,x',
    ];
    const kept = entitiesFrom(links.map((link, at) => ({ ...bib, id: String(at), link })));
    expect(kept.map(({ link }) => link)).toEqual(links.map(() => ''));
  });

  it('empties a link whose encoded parts lead upwards', () => {
    for (const id of ['%2e%2E', '%2e', '.%2e', '%2e%2e%2fx', 'x%2F..', '..%5Cx'])
      expect(
        entitiesFrom([{ ...bib, type: 'BORROWING_REQUEST', link: `/users/${id}/resource-sharing-requests/1` }])[0]
          ?.link,
      )
        .withContext(id)
        .toBe('');
  });

  it('keeps a link whatever the id of the requester is made of', () => {
    for (const id of [
      "o'k",
      'a:b',
      'u 1',
      '利用者001',
      'é',
      '(a)',
      'a!b*c',
      'a,b;c',
      'a..b',
      'a&b=c',
      'a"b',
      'a|b',
      'a%2Fb%3F',
      '𠮷野',
      'a+b@c',
    ])
      for (const link of [id, encodeURIComponent(id)].map((each) => `/users/${each}/resource-sharing-requests/1`))
        expect(entitiesFrom([{ ...bib, type: 'BORROWING_REQUEST', link }])[0]?.link)
          .withContext(link)
          .toBe(link);
  });

  it('leaves out an id that would lead upwards in a path', () => {
    expect(entitiesFrom([{ ...bib, id: '..' }])).toEqual([]);
  });

  it('reads a description that is no text as none', () => {
    expect(entitiesFrom([{ ...bib, description: { html: '<b>' } }])[0]?.description).toBe('');
  });

  it('looks at the first hundred only', () => {
    const many = Array.from({ length: 150 }, (_, at) => ({ ...bib, id: String(at) }));
    expect(entitiesFrom(many).length).toBe(100);
  });
});
