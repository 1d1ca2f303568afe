import { ChangeDetectionStrategy, Component, computed, input, type OnInit, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import { TypedKeysDirective } from './typed-keys.directive';

/** Asks for a name to save under. Saving replaces an entry with the same name, and the button says so. */
@Component({
  selector: 'app-name-row',
  standalone: true,
  imports: [MatButton, TranslatePipe, TypedKeysDirective],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { class: 'row' },
  template: `
    <label class="field"
      >{{ words() + 'name' | translate }}
      <input
        type="text"
        maxlength="60"
        autocomplete="off"
        [value]="name()"
        (input)="type($event)"
        (appEnter)="save($event)"
    /></label>
    <button mat-stroked-button type="button" [disabled]="!isGood()" (click)="save($event)">
      {{ words() + (isTaken() ? 'replace' : 'save') | translate }}
    </button>
    <button class="link" type="button" (click)="cancelled.emit()">{{ words() + 'cancel' | translate }}</button>
  `,
  styles: `
    :host {
      align-items: flex-end;
    }
    label {
      flex: 1;
      min-width: 10rem;
    }
  `,
})
export class NameRowComponent implements OnInit {
  /** Prefix of the i18n keys name, save, replace, cancel. */
  readonly words = input.required<string>();
  readonly others = input.required<readonly { readonly name: string }[]>();
  /** True when the maximum is reached: only an existing name can be saved. */
  readonly isFull = input.required<boolean>();
  /** Initial name. */
  readonly first = input('');
  /** The trimmed name; never empty. */
  readonly named = output<string>();
  readonly cancelled = output();

  protected readonly name = signal('');
  private readonly wanted = computed(() => this.name().trim());
  /** True when the typed name exists. */
  readonly isTaken = computed(() => this.others().some(({ name }) => name === this.wanted()));
  protected readonly isGood = computed(() => this.wanted() !== '' && (this.isTaken() || !this.isFull()));

  ngOnInit(): void {
    this.name.set(this.first());
  }

  protected type(event: Event): void {
    this.name.set((event.target as HTMLInputElement).value);
  }

  /** Keeps Enter from submitting an enclosing form. */
  protected save(event: Event): void {
    event.preventDefault();
    if (this.isGood()) this.named.emit(this.wanted());
  }
}
