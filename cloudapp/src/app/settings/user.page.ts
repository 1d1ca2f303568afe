import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import settingsMessages from '../../i18n/settings.json';
import { PageHeaderComponent } from '../ui/page-header.component';
import { FORMS, type Form } from '../../domain/catalog/catalog-files';
import { KINDS, type Kind } from '../../domain/ill/kinds';
import { AppearanceService } from '../core/appearance.service';
import { LANGUAGES, type Language } from '../core/language';
import { SessionService } from '../core/session.service';
import { PageMessages } from '../core/page-messages';
import { valueOf } from '../core/remote';
import { DEFAULT_USER, type UserSettings } from '../core/user-settings';

/** Each in itself, so that its readers find it. */
const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { ja: '日本語', en: 'English' };

/** The user's own settings; each change is saved immediately. */
@Component({
  standalone: true,
  imports: [PageHeaderComponent, RouterLink, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-page-header [heading]="'settings.title' | translate" />
    <p class="muted">{{ 'settings.about' | translate }}</p>
    @for (form of forms; track form) {
      <fieldset class="row">
        <legend>{{ 'settings.kind.' + form | translate }}</legend>
        @for (kind of kinds; track kind) {
          <label
            ><input
              type="radio"
              [name]="'kind-' + form"
              [checked]="user().kinds[form] === kind"
              (change)="changeKind(form, kind)"
            />
            {{ 'kind.' + kind | translate }}</label
          >
        }
        <label
          ><input
            type="radio"
            [name]="'kind-' + form"
            [checked]="!user().kinds[form]"
            (change)="changeKind(form, undefined)"
          />
          {{ 'settings.kind.usual' | translate }}</label
        >
      </fieldset>
    }
    <label class="check"
      ><input type="checkbox" [checked]="!user().noProposal" (change)="change({ noProposal: !isChecked($event) })" />
      {{ 'settings.propose' | translate }}</label
    >
    <p class="muted small hint">{{ 'settings.proposeHint' | translate }}</p>
    <label class="check"
      ><input type="checkbox" [checked]="!user().skipConfirm" (change)="change({ skipConfirm: !isChecked($event) })" />
      {{ 'settings.confirm' | translate }}</label
    >
    <p class="muted small hint">{{ 'settings.confirmHint' | translate }}</p>
    <label class="check"
      ><input type="checkbox" [checked]="user().catpNames" (change)="change({ catpNames: isChecked($event) })" />
      {{ 'settings.catpNames' | translate }}</label
    >
    <p class="muted small hint">{{ 'settings.catpNamesHint' | translate }}</p>
    <label class="field"
      >{{ 'settings.language' | translate }}
      <select (change)="changeLanguage($event)">
        <option value="" [selected]="user().language === ''">{{ 'settings.languageOfAlma' | translate }}</option>
        @for (language of languages; track language) {
          <option [value]="language" [lang]="language" [selected]="user().language === language">
            {{ names[language] }}
          </option>
        }
      </select>
    </label>
    <div class="row">
      <button class="link" type="button" (click)="forget()">{{ 'settings.forget' | translate }}</button>
      @if (isKept()) {
        <span class="chip good" role="status">✓ {{ 'config.saved' | translate }}</span>
      }
    </div>
    <p class="muted small hint">{{ 'settings.forgetHint' | translate }}</p>
    <p>
      <a routerLink="/settings/tariffs">{{ 'settings.tariffs' | translate }}</a>
    </p>
    <p>
      <a routerLink="/settings/integration">{{ 'settings.integration' | translate }}</a>
    </p>
  `,
  styles: ':host { max-width: 40rem; } .hint { margin-bottom: 0.5rem; }',
  host: { class: 'stack gap-m' },
})
export class UserPage {
  private readonly session = inject(SessionService);
  private readonly appearance = inject(AppearanceService);
  protected readonly languages = LANGUAGES;
  protected readonly names = LANGUAGE_NAMES;
  protected readonly forms = FORMS;
  protected readonly kinds = KINDS;
  private readonly changed = signal<Partial<UserSettings>>({});
  protected readonly user = computed<UserSettings>(() => ({
    ...(valueOf(this.session.session())?.user ?? DEFAULT_USER),
    ...this.changed(),
  }));
  protected readonly isKept = computed(() => Object.keys(this.changed()).length > 0);

  constructor() {
    inject(PageMessages).add(settingsMessages);
  }

  protected change(change: Partial<UserSettings>): void {
    this.changed.update((known) => ({ ...known, ...change }));
    this.session.remember(change);
  }

  protected changeKind(form: Form, kind: Kind | undefined): void {
    const { [form]: _before, ...others } = this.user().kinds;
    this.change({ kinds: kind === undefined ? others : { ...others, [form]: kind } });
  }

  protected changeLanguage(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    const language = LANGUAGES.find((each) => each === value) ?? '';
    this.change({ language });
    this.appearance.choose(language);
  }

  /** Clears the stored choices of the last order, filters, columns and work list; the settings above stay. */
  protected forget(): void {
    const { payment, copyType, sendingMethod, filter, columns, list } = DEFAULT_USER;
    this.change({ payment, copyType, sendingMethod, filter, columns, list });
  }

  protected isChecked(event: Event): boolean {
    return (event.target as HTMLInputElement).checked;
  }
}
