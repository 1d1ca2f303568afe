import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { ErrorMessageComponent } from '../../ui/error-message.component';
import { NameRowComponent } from '../../ui/name-row.component';
import { TemplatesStore } from './templates.store';

/** Chooses a template of the library; managers can also save the form as a template, or delete one. */
@Component({
  selector: 'app-template-picker',
  standalone: true,
  imports: [ErrorMessageComponent, NameRowComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (store.offered().length > 0) {
      <label class="field">
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
        <app-name-row
          [words]="'templates.naming.'"
          [others]="store.offered()"
          [isFull]="store.isFull()"
          [first]="store.chosenName()"
          (named)="save($event)"
          (cancelled)="isNaming.set(false)"
        />
        <p class="muted">{{ 'templates.about' | translate }}</p>
      } @else {
        <div class="row">
          <button class="link" type="button" (click)="isNaming.set(true)">{{ 'templates.saveAs' | translate }}</button>
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
  host: { class: 'stack gap-xs' },
})
export class TemplatePickerComponent {
  protected readonly store = inject(TemplatesStore);
  protected readonly isNaming = signal(false);

  protected choose(event: Event): void {
    this.store.choose((event.target as HTMLSelectElement).value);
  }

  protected save(name: string): void {
    this.store.save(name);
    this.isNaming.set(false);
  }
}
