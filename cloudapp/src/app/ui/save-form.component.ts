import { ChangeDetectionStrategy, Component, input, type Signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import type { AppError } from '../core/app-error';
import { ErrorMessageComponent } from './error-message.component';

/** The store of a form that is saved as a whole. */
export interface SavedAsWhole {
  readonly mayChange: Signal<boolean>;
  readonly isChanged: Signal<boolean>;
  readonly isSaving: Signal<boolean>;
  readonly isSaved: Signal<boolean>;
  /** Why saving failed. */
  readonly saveError: Signal<AppError | undefined>;
  /** Ignored when there are faults. */
  save(): void;
  /** Reads the stored values and discards unsaved input. */
  reload(): void;
}

/**
 * Frame of a form that is saved as a whole: permission note, save button and result. Further buttons are projected by
 * the attributes `beforeSave` and `afterSave`.
 */
@Component({
  selector: 'app-save-form',
  standalone: true,
  imports: [ErrorMessageComponent, MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (!store().mayChange()) {
      <p class="note">{{ words() + 'managersOnly' | translate }}</p>
    }
    <form novalidate (submit)="save($event)">
      <fieldset class="stack" [disabled]="!store().mayChange() || store().isSaving()">
        <ng-content />
        @if (store().mayChange()) {
          <div class="row">
            <ng-content select="[beforeSave]" />
            <button
              mat-flat-button
              class="primary-action"
              type="submit"
              [disabled]="!store().isChanged() || hasFaults() || store().isSaving()"
              [attr.data-testid]="saveTestId()"
            >
              {{ words() + 'save' | translate }}
            </button>
            <ng-content select="[afterSave]" />
          </div>
        }
      </fieldset>
    </form>
    <p role="status">
      @if (store().isSaved()) {
        <span class="chip good">✓ {{ 'config.saved' | translate }}</span>
      }
    </p>
    @if (store().saveError(); as failure) {
      <app-error-message [error]="failure" />
      @if (failure.code === 'stale-version') {
        <div>
          <button mat-stroked-button type="button" (click)="store().reload()">
            {{ words() + 'reload' | translate }}
          </button>
        </div>
      }
    }
  `,
  // Lays out its parts in the page's column with the page's gap.
  styles: ':host { display: contents; }',
})
export class SaveFormComponent {
  readonly store = input.required<SavedAsWhole>();
  /** Prefix of the i18n keys managersOnly, save, reload. */
  readonly words = input.required<string>();
  readonly saveTestId = input.required<string>();
  /** True when the input cannot be saved. */
  readonly hasFaults = input(false);

  protected save(event: Event): void {
    event.preventDefault();
    this.store().save();
  }
}
