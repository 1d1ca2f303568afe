import { DOCUMENT } from '@angular/common';
import { TestBed } from '@angular/core/testing';
import {
  provideTranslateService,
  TranslateLoader,
  TranslateService,
  type TranslationObject,
} from '@ngx-translate/core';
import { of, Subject, type Observable } from 'rxjs';
import { FakeHost, SESSION } from '../testing/fake-host';
import { provideMessages } from '../testing/messages-at-once';
import { AppearanceService } from './appearance.service';
import { HostError } from './app-error';
import { HostService } from './host.service';
import { languageOf, type Language } from './language';

type Messages = Readonly<Record<Language, Subject<TranslationObject>>>;

/** Messages that arrive when the spec says so. */
class ArrivingMessages implements TranslateLoader {
  constructor(private readonly messages: Messages) {}

  getTranslation(code: string): Observable<TranslationObject> {
    return this.messages[languageOf(code)];
  }
}

describe('AppearanceService', () => {
  let host: FakeHost;
  let use: jasmine.Spy<TranslateService['use']>;
  let isReady: boolean;
  let page: Document;
  /** The user's settings in Alma. */
  let settings: unknown;

  beforeEach(() => {
    settings = {};
  });

  /** Uses a separate document, so that the spec runner keeps its appearance. */
  function startIn(language: string, messages?: Messages): void {
    host = new FakeHost();
    host.readSettings.and.returnValue(of(settings));
    page = document.implementation.createHTMLDocument();
    page.body.className = 'cloudapp-theme--blue other';
    Object.defineProperty(page, 'defaultView', { value: { navigator: { language } } });
    TestBed.configureTestingModule({
      providers: [
        AppearanceService,
        { provide: HostService, useValue: host },
        messages === undefined
          ? provideMessages()
          : provideTranslateService({ loader: { provide: TranslateLoader, useValue: new ArrivingMessages(messages) } }),
        { provide: DOCUMENT, useValue: page },
      ],
    });
    use = spyOn(TestBed.inject(TranslateService), 'use').and.callThrough();
    isReady = false;
    TestBed.inject(AppearanceService)
      .start()
      .subscribe({ complete: () => (isReady = true) });
  }
  const arriving = (): Messages => ({ ja: new Subject(), en: new Subject() });
  const languages = () => use.calls.allArgs().flat();

  it("begins in the browser's language", () => {
    startIn('ja-JP');
    expect(languages()).toEqual(['ja']);
    expect([page.documentElement.lang, isReady]).toEqual(['ja', true]);
  });

  it('is not ready before the messages are there, and does not wait for Alma', () => {
    const messages = arriving();
    startIn('ja', messages);
    expect([page.documentElement.lang, isReady]).toEqual(['', false]);
    messages.ja.next({});
    expect([page.documentElement.lang, isReady]).toEqual(['ja', true]);
  });

  it("stays in the browser's language until the messages of Alma's are there", () => {
    const messages = arriving();
    startIn('en-US', messages);
    messages.en.next({});
    host.session$.next({ ...SESSION, language: 'ja' });
    expect(page.documentElement.lang).toBe('en');
    messages.ja.next({});
    expect(page.documentElement.lang).toBe('ja');
  });

  it("ends in Alma's language also when the messages of the browser's arrive last", () => {
    const messages = arriving();
    startIn('en-US', messages);
    host.session$.next({ ...SESSION, language: 'ja' });
    messages.ja.next({});
    messages.en.next({});
    expect([page.documentElement.lang, isReady]).toEqual(['ja', true]);
  });

  it('changes to the language of Alma', () => {
    startIn('en-US');
    host.session$.next({ ...SESSION, language: 'jp' });
    expect(languages()).toEqual(['en', 'ja']);
    expect(page.documentElement.lang).toBe('ja');
  });

  it("takes the language that the user has chosen, whatever Alma's is", () => {
    settings = { version: 1, language: 'en' };
    startIn('ja');
    host.session$.next({ ...SESSION, language: 'ja' });
    expect(page.documentElement.lang).toBe('en');
  });

  it("changes to the user's language at once, and back to Alma's", () => {
    startIn('ja');
    host.session$.next({ ...SESSION, language: 'ja' });
    const appearance = TestBed.inject(AppearanceService);
    appearance.choose('en');
    expect(page.documentElement.lang).toBe('en');
    appearance.choose('');
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
