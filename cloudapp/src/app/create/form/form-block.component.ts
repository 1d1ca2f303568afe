import { ChangeDetectionStrategy, Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { FieldErrorComponent } from '../../ui/field-error.component';
import { FIELD_GROUPS, isForKind, type FieldGroup, type OrderField } from './order-fields';
import { OrderFieldComponent } from './order-field.component';
import { OrderFormStore } from './order-form.store';
import { PatronSearchComponent } from './patron-search.component';
import { TemplatePickerComponent } from './template-picker.component';

/** OPEN groups are initially expanded. FOLDED groups are filled automatically and expand on errors. */
const OPEN: readonly FieldGroup[] = ['part', 'terms'];
const FOLDED: readonly FieldGroup[] = ['applicant', 'bibliography', 'staff', 'numbers'];

/** The third block: the fields of the order. */
@Component({
  selector: 'app-form-block',
  standalone: true,
  imports: [FieldErrorComponent, OrderFieldComponent, PatronSearchComponent, TemplatePickerComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-template-picker />
    @for (group of open; track group) {
      <div class="grid">
        @for (name of fieldsOf(group); track name) {
          <app-order-field [name]="name" />
        }
      </div>
    }
    @for (group of folded; track group) {
      <details [open]="opened().has(group)" (toggle)="toggled(group, $event)">
        <summary>
          {{ 'create.group.' + group | translate }}
          <span class="muted small">{{
            (wrong().has(group) ? 'create.toCorrect' : filled(group) ? 'create.filledIn' : 'create.optional')
              | translate
          }}</span>
        </summary>
        <div class="grid">
          @for (name of fieldsOf(group); track name) {
            <app-order-field [name]="name" />
          }
        </div>
        @if (group === 'applicant') {
          @if (isSearching()) {
            @defer (on immediate) {
              <app-patron-search />
            } @error {
              <p class="note error">{{ 'create.notLoaded' | translate }}</p>
            }
          } @else {
            <button class="link" type="button" (click)="isSearching.set(true)" data-testid="find-patron">
              {{ 'create.patron.title' | translate }}
            </button>
          }
        }
      </details>
    }
    <div class="stack comment">
      <label class="muted small" for="field-comment">{{ 'field.comment' | translate }}</label>
      <textarea
        id="field-comment"
        rows="2"
        [value]="form.comment()"
        (input)="comment($event)"
        aria-describedby="field-comment-hint"
      ></textarea>
      <div id="field-comment-hint">
        @for (error of commentErrors(); track error.code) {
          <app-field-error [error]="error" />
        }
      </div>
    </div>
  `,
  styles: `
    .grid {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr));
      gap: 0 0.75rem;
    }
    .grid > :has(textarea, .warn-text) {
      grid-column: 1 / -1;
    }
    .comment {
      gap: 0.125rem;
    }
    summary {
      padding: 0.375rem 0;
      min-height: 2rem;
    }
    summary .muted {
      margin-inline-start: 0.5rem;
    }
    details {
      border-top: var(--line);
    }
  `,
  host: { class: 'stack gap-m' },
})
export class FormBlockComponent {
  protected readonly form = inject(OrderFormStore);
  protected readonly open = OPEN;
  protected readonly folded = FOLDED;
  /** True once the search for a patron was asked for, which is then loaded. */
  protected readonly isSearching = signal(false);
  protected readonly opened = signal<ReadonlySet<FieldGroup>>(new Set());
  protected readonly commentErrors = computed(() => this.form.shownErrors().filter(({ field }) => field === 'comment'));
  protected readonly wrong = computed<ReadonlySet<FieldGroup>>(() => {
    const fields = new Set(this.form.shownErrors().map(({ field }) => field));
    return new Set(FOLDED.filter((group) => FIELD_GROUPS[group].some((name) => fields.has(name))));
  });
  /** The groups in which the user must do something. */
  private readonly wanted = computed<ReadonlySet<FieldGroup>>(
    () =>
      new Set([
        ...this.wrong(),
        ...(this.form.asksApplicant() ? (['applicant'] as const) : []),
        ...(this.form.isWithoutRecord() ? (['bibliography'] as const) : []),
      ]),
  );

  constructor() {
    effect(
      () => {
        const wanted = this.wanted();
        untracked(() => {
          this.opened.update((opened) => new Set([...opened, ...wanted]));
        });
      },
      { allowSignalWrites: true },
    );
  }

  protected fieldsOf(group: FieldGroup): readonly OrderField[] {
    return FIELD_GROUPS[group].filter((name) => isForKind(name, this.form.kind()));
  }

  protected filled(group: FieldGroup): boolean {
    return this.fieldsOf(group).some((name) => this.form.view(name).value !== '');
  }

  protected toggled(group: FieldGroup, event: Event): void {
    const isOpen = (event.target as HTMLDetailsElement).open;
    this.opened.update((opened) => new Set(isOpen ? [...opened, group] : [...opened].filter((each) => each !== group)));
  }

  protected comment(event: Event): void {
    this.form.typeComment((event.target as HTMLTextAreaElement).value);
  }
}
