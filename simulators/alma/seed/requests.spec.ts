import { BORROWING_STATUSES, LENDING_STATUSES } from '../statuses';
import { seedBibs } from './bibs';
import { INSTITUTIONS } from './institutions';
import { seedRequests } from './requests';

describe('seeded requests', () => {
  const [institution] = INSTITUTIONS;
  const seeded = institution
    ? seedRequests(institution, seedBibs(institution), Date.UTC(2025, 3, 1), 0)
    : { borrowing: [], lending: [] };

  it('are 25 borrowing requests, one of them without requester, and 15 lending requests', () => {
    expect(seeded.borrowing.length).toBe(25);
    expect(seeded.borrowing.filter(({ user }) => user === undefined).length).toBe(1);
    expect(seeded.lending.length).toBe(15);
  });

  it('have statuses that the code tables know, many different ones', () => {
    const known = (statuses: readonly { readonly code: string }[], value: string): boolean =>
      statuses.some(({ code }) => code === value);
    for (const { request } of seeded.borrowing)
      expect(known(BORROWING_STATUSES, request.status.value)).withContext(request.status.value).toBeTrue();
    for (const { request } of seeded.lending)
      expect(known(LENDING_STATUSES, request.status.value)).withContext(request.status.value).toBeTrue();
    expect(new Set(seeded.borrowing.map(({ request }) => request.status.value)).size).toBeGreaterThan(15);
  });

  it('are for books and for articles with volume, issue and pages', () => {
    const articles = seeded.borrowing.filter(({ request }) => request['journal_title'] !== undefined);
    expect(articles.length).toBeGreaterThan(5);
    expect(
      articles.every(
        ({ request }) => Boolean(request['volume']) && Boolean(request['issue']) && Boolean(request['pages']),
      ),
    ).toBeTrue();
    expect(seeded.borrowing.length - articles.length).toBeGreaterThan(10);
  });

  it('have ids that differ', () => {
    const ids = [...seeded.borrowing, ...seeded.lending].map(({ request }) => request.request_id);
    expect(new Set(ids).size).toBe(40);
    expect(ids.every((id) => /^\d{17}$/.test(id))).toBeTrue();
  });
});
