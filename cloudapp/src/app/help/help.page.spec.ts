import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { TranslateService } from '@ngx-translate/core';
import { Dom } from '../testing/dom';
import { provideMessages } from '../testing/messages-at-once';
import { HelpPage } from './help.page';

describe('HelpPage', () => {
  function open(language: string): Dom {
    TestBed.configureTestingModule({
      providers: [provideRouter([]), provideMessages()],
    });
    TestBed.inject(TranslateService).use(language);
    return new Dom(TestBed.createComponent(HelpPage));
  }

  for (const language of ['ja', 'en']) {
    it(`has a title and words for each of its topics (${language})`, () => {
      const dom = open(language);
      const [groups, titles, texts] = [dom.texts('h2'), dom.texts('h3'), dom.texts('section p')];
      expect([groups.length, titles.length, texts.length]).toEqual([6, 26, 26]);
      for (const words of [...groups, ...titles, ...texts]) expect(words).not.toMatch(/^help\.|^$/);
      expect([new Set(groups).size, new Set(titles).size]).toEqual([6, 26]);
    });
  }

  it('leads back to the start', () => {
    expect(open('ja').one('header a').getAttribute('href')).toBe('/');
  });

  it('leads to the pages that it speaks of, by their own names', () => {
    const links = open('ja').all('section a');
    expect(links.map((link) => [link.getAttribute('href'), link.textContent?.trim()])).toEqual([
      ['/', '依頼・受付一覧 →'],
      ['/batch', '一括処理 →'],
      ['/settings/tariffs', '料金表と貸出日数 →'],
      ['/create/new', '新規検索 →'],
      ['/drafts', '下書き →'],
      ['/imports', '取込 →'],
      ['/settings/integration', '統合プロファイル →'],
      ['/bridge', 'Alma との連絡 →'],
      ['/members', '参加館 →'],
      ['/members/closures', '休館の予定 →'],
      ['/settings', '個人の設定 →'],
    ]);
  });
});
