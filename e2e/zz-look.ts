/* temporary */
import { findBrowser } from '../tools/browser';
import { AlmaPage } from './support/alma-page';
import { TestBrowser } from './support/test-browser';
import { scrollsSideways, violationsOf } from './support/accessibility';
import { STATES, STATE_IDS, type StateId } from '#domain/states';

const b = await findBrowser();
Object.assign(process.env, b.env, { CHROME_BIN: b.executable });
const out = process.argv[2] ?? '/tmp/shots';
const day = (ago: number) => new Date(Date.now() - ago * 86400000 + 9 * 3600000).toISOString().slice(0, 10).replaceAll('-', '');
const TITLES = ['心理学研究', '新潟の地誌', '日本地域文化学会紀要', 'Proceedings of the International Conference on Library Systems and Very Long Titles in Catalogues', '髙田平野の民家と𠮷野杉'];
function rows(side: 'borrower' | 'lender') {
  return Array.from({ length: 74 }, (_, i) => {
    const kind = i % 3 === 0 ? 'loan' : 'copy';
    const states = STATE_IDS.filter((s) => (STATES[s].kinds as readonly string[]).includes(kind) && !STATES[s].final);
    const state = states[i % states.length] as StateId;
    return {
      id: `LA00123${String(45000 + i)}${i % 10}`, library: 'MAIN', side, kind, state, externalStatus: STATES[state].wire,
      title: TITLES[i % 5], citation: kind === 'copy' ? `${i}(3) 2019, 45-50` : '', partner: { id: `FA0900${10 + (i % 5)}`, name: ['東工大岡', '東北大金', '新潟大', '大阪市大', '九州大芸術工学図書館'][i % 5] },
      version: 1, seenAt: new Date().toISOString(), changedAt: new Date().toISOString(),
      ...(i % 7 === 0 ? { newsAt: new Date().toISOString() } : {}),
      updatedOn: day(i % 12), orderedOn: day(i % 12 + 4), ...(kind === 'loan' ? { dueDate: day((i % 5) * 3 - 6) } : {}),
      waitsForUs: STATES[state].mustAct === side, ...(i === 5 ? { gone: 'passed-on' } : {}), ...(i === 6 ? { hasJumped: true } : {}),
      allowed: STATES[state].mustAct === side ? ['accept', 'callback'] : ['callback'],
    };
  });
}
let refreshFails = false;
async function mock(t: TestBrowser) {
  let readAt = new Date(Date.now() - 130_000).toISOString();
  const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*', 'access-control-allow-methods': '*' };
  await t.page.context().route(/\/api\/v1\/requests(\?|\/counts|\/refresh)/, async (route) => {
    const req = route.request();
    if (req.method() === 'OPTIONS') return route.fulfill({ status: 204, headers });
    const url = new URL(req.url());
    if (url.pathname.endsWith('/refresh')) {
      if (refreshFails) return route.fulfill({ status: 503, headers, contentType: 'application/problem+json', body: JSON.stringify({ code: 'nacsis-unavailable', title: 'x', type: 'x', status: 503 }) });
      readAt = new Date().toISOString();
      return route.fulfill({ headers, json: { libraries: [] } });
    }
    const all = { borrower: rows('borrower'), lender: rows('lender') };
    if (url.pathname.endsWith('/counts')) {
      const counts = [...all.borrower, ...all.lender].map((r) => ({ side: r.side, kind: r.kind, state: r.state, externalStatus: r.externalStatus, count: 1, waitsForUs: r.waitsForUs }));
      counts.push({ side: 'borrower', kind: 'copy', state: 'CONFIRMED' as never, externalStatus: '確認', count: 40, waitsForUs: false });
      return route.fulfill({ headers, json: { library: url.searchParams.get('library'), at: readAt, counts } });
    }
    const p = url.searchParams;
    const side = p.get('side') as 'borrower';
    let found = all[side];
    const status = p.getAll('status');
    if (p.get('kind')) found = found.filter((r) => r.kind === p.get('kind'));
    if (p.get('q')) found = found.filter((r) => r.title.includes(p.get('q')!));
    const facet = [...new Set(found.map((r) => r.externalStatus))].map((value) => ({ value, count: found.filter((r) => r.externalStatus === value).length, state: found.find((r) => r.externalStatus === value)!.state, waitsForUs: found.find((r) => r.externalStatus === value)!.waitsForUs }));
    if (status.length) found = found.filter((r) => status.includes(r.externalStatus));
    const page = Number(p.get('page') ?? 1), pageSize = Number(p.get('pageSize') ?? 50);
    await route.fulfill({ headers, json: { total: found.length, page, pageSize, items: found.slice((page - 1) * pageSize, page * pageSize), readAt, newCount: p.get('newSince') ? 3 : undefined, facets: { externalStatus: facet, kind: [{ value: 'copy', count: 3 }], partner: [{ value: 'FA090010', name: '東工大岡', count: 9 }] } } });
  });
}
for (const lang of ['ja', 'en'])
  for (const isFull of [false, true]) {
    refreshFails = false;
    await fetch('http://127.0.0.1:8541/_sim/reset', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
    const t = await TestBrowser.open({ width: 1280, height: isFull ? 900 : 1400 });
    await mock(t);
    const alma = new AlmaPage(t.page, 'http://127.0.0.1:8541');
    const shoot = async (n: string) => {
      const target = isFull ? t.page : t.page.locator('#cloudapp');
      await target.screenshot({ path: `${out}/${n}-${isFull ? 'full' : '400'}-${lang}.png` });
      console.log(n, lang, isFull, await violationsOf(alma), await scrollsSideways(alma));
    };
    await alma.search('', { lang });
    if (isFull) await alma.goFullScreen();
    await alma.app.locator('[data-row]').first().waitFor();
    await t.page.waitForTimeout(800);
    await shoot('1-list');
    await alma.app.locator('app-status-chips button').first().click();
    await alma.app.locator('app-list-filters select').first().selectOption('copy');
    await t.page.waitForTimeout(700);
    await alma.app.locator('[data-row] input').nth(0).check();
    await alma.app.locator('[data-row] input').nth(1).check();
    await shoot('2-filter');
    if (isFull) {
      await alma.app.locator('[data-row] a').nth(1).click();
      await t.page.waitForTimeout(500);
      await shoot('3-panel');
    }
    refreshFails = true;
    await alma.app.getByTestId('refresh').click();
    await t.page.waitForTimeout(500);
    await alma.app.locator('input[type=search]').fill('ない');
    await t.page.waitForTimeout(900);
    await shoot('4-empty');
    await alma.app.getByTestId('refresh').scrollIntoViewIfNeeded();
    await shoot('5-error');
    console.log(t.complaints);
    await t.close();
  }
