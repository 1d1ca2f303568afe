import { DOCUMENT } from '@angular/common';
import { inject, Injectable } from '@angular/core';
import { TranslateService } from '@ngx-translate/core';
import type { Observable } from 'rxjs';
import { HostService } from './host.service';
import { languageOf, type Language } from './language';
import { SettingsService } from './settings.service';

const THEME = 'cloudapp-theme--';

/**
 * Applies the language that the user has chosen, otherwise Alma's, and Alma's colour. Until Alma answers: the browser's
 * language, blue.
 */
@Injectable({ providedIn: 'root' })
export class AppearanceService {
  private readonly translate = inject(TranslateService);
  private readonly host = inject(HostService);
  private readonly document = inject(DOCUMENT);
  private readonly settings = inject(SettingsService);
  private chosen: Language | '' = '';
  private ofAlma = '';

  /** Completes when the messages of the first language are loaded. */
  start(): Observable<unknown> {
    this.translate.onLangChange.subscribe(({ lang }) => {
      this.document.documentElement.lang = lang;
    });
    const messages$ = this.useLanguage(this.document.defaultView?.navigator.language ?? 'en');
    this.host.session$.subscribe({
      next: ({ language, colour }) => {
        this.ofAlma = language;
        this.useLanguage(this.chosen || language);
        if (/^[a-z_]+$/.test(colour)) this.useColour(colour);
      },
      // Without Alma's answer the defaults stay; pages that need Alma report the error.
      error: () => undefined,
    });
    this.settings.user().subscribe({
      next: ({ language }) => {
        if (language !== '') this.choose(language);
      },
    });
    return messages$;
  }

  /** Applies the user's choice at once; '' returns to Alma's language. */
  choose(language: Language | ''): void {
    this.chosen = language;
    const code = language || this.ofAlma;
    if (code !== '') this.useLanguage(code);
  }

  /** Keeps the previous language until the messages of the new one are loaded. */
  private useLanguage(code: string): Observable<unknown> {
    return this.translate.use(languageOf(code));
  }

  private useColour(colour: string): void {
    const { classList } = this.document.body;
    for (const name of [...classList]) if (name.startsWith(THEME)) classList.remove(name);
    classList.add(`${THEME}${colour}`);
  }
}
