import { ChangeDetectionStrategy, Component, computed, input, type OnInit, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';

/** Asks under which name something is saved; what has the name already is replaced, and the button says so. */
@Component({
  selector: 'app-name-row',
  standalone: true,
  imports: [MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { class: 'row' },
  template: `
    <label
      >{{ words() + 'name' | translate }}
      <input
        type="text"
        maxlength="60"
        autocomplete="off"
        [value]="name()"
        (input)="type($event)"
        (keydown.enter)="save($event)"
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
      display: flex;
      flex: 1;
      flex-direction: column;
      min-width: 10rem;
      font-size: 0.857rem;
      color: var(--sys-on-surface-variant);
    }
  `,
})
export class NameRowComponent implements OnInit {
  /** Begin of the keys of its words: name, save, replace, cancel. */
  readonly words = input.required<string>();
  readonly others = input.required<readonly { readonly name: string }[]>();
  /** There is no room for a further one: only a name of the others can be saved. */
  readonly isFull = input.required<boolean>();
  /** What stands there to begin with. */
  readonly first = input('');
  /** Without the blanks around it; never empty. */
  readonly named = output<string>();
  readonly cancelled = output();

  protected readonly name = signal('');
  private readonly wanted = computed(() => this.name().trim());
  /** One of the others has the name that is typed. */
  readonly isTaken = computed(() => this.others().some(({ name }) => name === this.wanted()));
  protected readonly isGood = computed(() => this.wanted() !== '' && (this.isTaken() || !this.isFull()));

  ngOnInit(): void {
    this.name.set(this.first());
  }

  protected type(event: Event): void {
    this.name.set((event.target as HTMLInputElement).value);
  }

  /** Enter sends no form that the row may stand in. */
  protected save(event: Event): void {
    event.preventDefault();
    if (this.isGood()) this.named.emit(this.wanted());
  }
}
