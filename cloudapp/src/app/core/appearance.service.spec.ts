import { DOCUMENT } from '@angular/common';
import { TestBed } from '@angular/core/testing';
import { TranslateService } from '@ngx-translate/core';
import { FakeHost, SESSION } from '../testing/fake-host';
import { AppearanceService } from './appearance.service';
import { HostError } from './app-error';
import { HostService } from './host.service';

describe('AppearanceService', () => {
  let host: FakeHost;
  let translate: jasmine.SpyObj<TranslateService>;
  let page: Document;

  /** Uses a separate document, so that the spec runner keeps its appearance. */
  function startIn(language: string, bodyClass = 'cloudapp-theme--blue other'): void {
    host = new FakeHost();
    translate = jasmine.createSpyObj<TranslateService>('TranslateService', ['use']);
    page = document.implementation.createHTMLDocument();
    page.body.className = bodyClass;
    Object.defineProperty(page, 'defaultView', { value: { navigator: { language } } });
    TestBed.configureTestingModule({
      providers: [
        AppearanceService,
        { provide: HostService, useValue: host },
        { provide: TranslateService, useValue: translate },
        { provide: DOCUMENT, useValue: page },
      ],
    });
    TestBed.inject(AppearanceService).start();
  }
  const languages = () => translate.use.calls.allArgs().flat();

  it("begins in the browser's language", () => {
    startIn('ja-JP');
    expect(languages()).toEqual(['ja']);
    expect(page.documentElement.lang).toBe('ja');
  });

  it('changes to the language of Alma', () => {
    startIn('en-US');
    host.session$.next({ ...SESSION, language: 'jp' });
    expect(languages()).toEqual(['en', 'ja']);
    expect(page.documentElement.lang).toBe('ja');
  });

  it("takes Alma's colour in place of the one before, and nothing else", () => {
    startIn('ja');
    host.session$.next({ ...SESSION, colour: 'teal_green' });
    expect(page.body.className.split(' ').sort()).toEqual(['cloudapp-theme--teal_green', 'other']);
  });

  it('keeps its colour when Alma names none, or none that can be one', () => {
    for (const colour of ['', 'red blue', 'x"><script>', 'BLUE']) {
      TestBed.resetTestingModule();
      startIn('ja');
      host.session$.next({ ...SESSION, colour });
      expect(page.body.className).withContext(colour).toBe('cloudapp-theme--blue other');
    }
  });

  it('stays as it is when Alma does not answer', () => {
    startIn('ja');
    host.session$.error(new HostError('host-timeout'));
    expect(languages()).toEqual(['ja']);
    expect(page.body.className).toBe('cloudapp-theme--blue other');
  });
});
