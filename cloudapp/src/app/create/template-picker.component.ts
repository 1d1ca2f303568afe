import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { TemplatesStore } from './templates.store';

/** Chooses a template of the library; managers also save what is on the form as one, or remove one. */
@Component({
  selector: 'app-template-picker',
  standalone: true,
  imports: [ErrorMessageComponent, MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (store.offered().length > 0) {
      <label>
        {{ 'templates.label' | translate }}
        <select (change)="choose($event)">
          <option value="">{{ 'templates.none' | translate }}</option>
          @for (template of store.offered(); track template.name) {
            <option [value]="template.name" [selected]="template.name === store.chosenName()">
              {{ template.name }}
            </option>
          }
        </select>
      </label>
    }
    @if (store.mayChange()) {
      @if (isNaming()) {
        <div class="row naming">
          <label
            >{{ 'templates.name' | translate }}
            <input
              type="text"
              maxlength="60"
              [value]="name()"
              (input)="type($event)"
              (keydown.enter)="save($event)"
              autocomplete="off"
          /></label>
          <button mat-stroked-button type="button" [disabled]="!isNameGood()" (click)="save($event)">
            {{ (isKnown() ? 'templates.replace' : 'templates.save') | translate }}
          </button>
          <button class="link" type="button" (click)="isNaming.set(false)">{{ 'templates.cancel' | translate }}</button>
        </div>
        <p class="muted">{{ 'templates.about' | translate }}</p>
      } @else {
        <div class="row">
          <button class="link" type="button" (click)="begin()">{{ 'templates.saveAs' | translate }}</button>
          @if (store.chosen(); as chosen) {
            <button class="link" type="button" (click)="store.remove(chosen.name)">
              {{ 'templates.remove' | translate: { name: chosen.name } }}
            </button>
          }
        </div>
      }
    }
    @if (store.saveError() ?? store.readError(); as failure) {
      <app-error-message [error]="failure" />
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 0.25rem;
    }
    label {
      display: flex;
      flex-direction: column;
      font-size: 0.857rem;
      color: var(--sys-on-surface-variant);
    }
    .naming {
      align-items: flex-end;
    }
    .naming label {
      flex: 1;
      min-width: 10rem;
    }
  `,
})
export class TemplatePickerComponent {
  protected readonly store = inject(TemplatesStore);
  protected readonly isNaming = signal(false);
  protected readonly name = signal('');
  protected readonly isKnown = computed(() => this.store.offered().some(({ name }) => name === this.name().trim()));
  protected readonly isNameGood = computed(() => this.name().trim() !== '' && (this.isKnown() || !this.store.isFull()));

  protected choose(event: Event): void {
    this.store.choose((event.target as HTMLSelectElement).value);
  }

  protected begin(): void {
    this.name.set(this.store.chosenName());
    this.isNaming.set(true);
  }

  protected type(event: Event): void {
    this.name.set((event.target as HTMLInputElement).value);
  }

  protected save(event: Event): void {
    event.preventDefault();
    if (!this.isNameGood()) return;
    this.store.save(this.name().trim());
    this.isNaming.set(false);
  }
}
