import { DOCUMENT } from '@angular/common';
import { inject, Injectable } from '@angular/core';
import { TranslateService } from '@ngx-translate/core';
import { HostService } from './host.service';
import { languageOf, type Language } from './language';

const THEME = 'cloudapp-theme--';

/** Applies Alma's language and colour. Until Alma answers: the browser's language, blue. */
@Injectable({ providedIn: 'root' })
export class AppearanceService {
  private readonly translate = inject(TranslateService);
  private readonly host = inject(HostService);
  private readonly document = inject(DOCUMENT);

  start(): void {
    this.useLanguage(languageOf(this.document.defaultView?.navigator.language ?? 'en'));
    this.host.session$.subscribe({
      next: ({ language, colour }) => {
        this.useLanguage(languageOf(language));
        if (/^[a-z_]+$/.test(colour)) this.useColour(colour);
      },
      // Without Alma's answer the defaults stay; pages that need Alma report the error.
      error: () => undefined,
    });
  }

  private useLanguage(language: Language): void {
    this.translate.use(language);
    this.document.documentElement.lang = language;
  }

  private useColour(colour: string): void {
    const { classList } = this.document.body;
    for (const name of [...classList]) if (name.startsWith(THEME)) classList.remove(name);
    classList.add(`${THEME}${colour}`);
  }
}
