import { ChangeDetectionStrategy, Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import { concatMap, Subject } from 'rxjs';
import institutionMessages from '../../i18n/institution.json';
import { CODE_TABLES } from '../../domain/ill/codes';
import {
  DEFAULT_INSTITUTION,
  isPatronLimit,
  normalGatewayUrl,
  type InstitutionSettings,
} from '../core/institution-settings';
import { PageMessages } from '../core/page-messages';
import { errorOf, IDLE, toRemote, valueOf } from '../core/remote';
import { SettingsService } from '../core/settings.service';
import { ErrorMessageComponent } from '../ui/error-message.component';

/** The institution's settings, for administrators: the gateway, and defaults of orders. */
@Component({
  standalone: true,
  imports: [ErrorMessageComponent, MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './config.page.html',
  styles: 'label { display: flex; flex-direction: column; gap: 0.125rem; }',
  host: { class: 'stack' },
})
export class ConfigPage {
  private readonly settings = inject(SettingsService);
  private readonly saves$ = new Subject<InstitutionSettings>();
  protected readonly tables = CODE_TABLES;
  protected readonly read = toSignal(toRemote(this.settings.institution()), { initialValue: IDLE });
  protected readonly saved = toSignal(
    this.saves$.pipe(concatMap((settings) => toRemote(this.settings.saveInstitution(settings)))),
    { initialValue: IDLE },
  );
  protected readonly value = signal<InstitutionSettings>(DEFAULT_INSTITUTION);
  protected readonly readError = computed(() => errorOf(this.read()));
  protected readonly saveError = computed(() => errorOf(this.saved()));
  protected readonly isUrlWrong = computed(() => normalGatewayUrl(this.value().gatewayUrl) === undefined);

  protected readonly isLimitWrong = computed(() => !isPatronLimit(this.value().patronLimit));

  constructor() {
    inject(PageMessages).add(institutionMessages);
    effect(
      () => {
        const settings = valueOf(this.read());
        if (settings !== undefined)
          untracked(() => {
            this.value.set(settings);
          });
      },
      { allowSignalWrites: true },
    );
  }

  protected type(name: 'gatewayUrl' | 'staffTemplate' | 'payment' | 'copyType' | 'sendingMethod', event: Event): void {
    const { value } = event.target as HTMLInputElement | HTMLSelectElement;
    this.value.update((settings) => ({ ...settings, [name]: value }));
  }

  protected typePrefixes(event: Event): void {
    const ncidPrefixes = (event.target as HTMLInputElement).value.split(/[\s,]+/).filter((prefix) => prefix !== '');
    this.value.update((settings) => ({ ...settings, ncidPrefixes }));
  }

  protected typeLimit(event: Event): void {
    const patronLimit = (event.target as HTMLInputElement).valueAsNumber;
    this.value.update((settings) => ({ ...settings, patronLimit }));
  }

  protected save(event: Event): void {
    event.preventDefault();
    const gatewayUrl = normalGatewayUrl(this.value().gatewayUrl);
    if (gatewayUrl !== undefined && !this.isLimitWrong()) this.saves$.next({ ...this.value(), gatewayUrl });
  }
}
