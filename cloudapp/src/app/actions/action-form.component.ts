import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  input,
  output,
  untracked,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import type { ActionOffer, RequestView } from '../../domain/api/requests';
import type { FieldError } from '../../domain/errors';
import type { Action } from '../../domain/ill/commands';
import type { Warning } from '../../domain/ill/plausibility';
import { FieldErrorComponent } from '../ui/field-error.component';
import { TypedKeysDirective } from '../ui/typed-keys.directive';
import { ActionCommentComponent } from './action-comment.component';
import { rootOf } from './action-field';
import { ActionFieldComponent } from './action-field.component';
import { ActionFormStore } from './action-form.store';
import { notesFor } from './action-notes';
import { reasonsFor } from './action-reasons';
import { isClaimOpen, labelKeyOf } from './action-situation';
import type { ActionInput, Typed } from './action-steps';
import { ChargeCalculatorComponent } from './charge-calculator.component';
import { OwnLibraryStore } from './own-library.store';
import { WordingComponent } from './wording.component';
import type { Wording } from './words-of';

/**
 * Form of an action, for one request or for many of the same side. Escape and the first button close the form, except
 * with `many`, where the form is part of the page. Enter in a field submits.
 */
@Component({
  selector: 'app-action-form',
  standalone: true,
  imports: [
    ActionCommentComponent,
    ActionFieldComponent,
    ChargeCalculatorComponent,
    FieldErrorComponent,
    MatButton,
    TranslatePipe,
    TypedKeysDirective,
    WordingComponent,
  ],
  providers: [ActionFormStore, OwnLibraryStore],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './action-form.component.html',
  styleUrl: './action-form.component.scss',
})
export class ActionFormComponent {
  readonly offer = input.required<ActionOffer>();
  /** The request; with `many` a representative that provides side, kind and state. */
  readonly request = input.required<RequestView>();
  readonly many = input(false);
  /** The action that is to follow at once, as chosen before. */
  readonly then = input<Action>();
  /** True while the action is being sent: input and submit are disabled. */
  readonly busy = input(false);
  /** True when the outcome of the sent action is unknown: input and submit are disabled. */
  readonly unknown = input(false);
  /** Field errors of the gateway's response. */
  readonly errors = input<readonly FieldError[]>([]);
  /** i18n key of the action's name; by default its name for the request. */
  readonly labelKey = input<string>();
  /** Text of the submit button; the action's name by default. */
  readonly submitWords = input<Wording>();
  /** What was typed before. */
  readonly typed = input<Typed>({});
  readonly typedChange = output<Typed>();
  readonly submitted = output<ActionInput>();
  readonly cancelled = output();

  protected readonly store = inject(ActionFormStore);
  protected readonly own = inject(OwnLibraryStore);
  protected readonly replies = ['grant', 'refuse'] as const;
  protected readonly rootOf = rootOf;
  private readonly form = viewChild<unknown, ElementRef<HTMLFormElement>>('form', { read: ElementRef });

  protected readonly locked = computed(() => this.busy() || this.unknown());
  protected readonly label = computed(() => this.labelKey() ?? labelKeyOf(this.offer().action, this.request()));
  protected readonly submitLabel = computed<Wording>(() => this.submitWords() ?? { key: this.label() });
  /** The actions that may follow at once, none of them when the form is for many. */
  protected readonly continuations = computed(() => {
    const { then = [], to } = this.offer();
    return this.many() ? [] : then.map(({ action }) => ({ action, label: labelKeyOf(action, this.request(), to) }));
  });
  protected readonly thenLabel = computed(
    () => this.continuations().find(({ action }) => action === this.store.then())?.label,
  );
  protected readonly notes = computed(() => notesFor(this.store.steps(), this.request(), this.many()));
  /** The lenders that an order will be sent to. */
  protected readonly rota = computed(() =>
    this.offer().action === 'order' && !this.many() ? (this.request().fields.lenders ?? []) : [],
  );
  protected readonly reasons = computed(() => {
    if (this.store.isReply()) return [];
    const { side, kind } = this.request();
    const action = this.store.steps().at(-1)?.action ?? this.offer().action;
    return reasonsFor({ action, side, kind, claimOpen: isClaimOpen(this.request()) });
  });
  protected readonly otherWarnings = computed(() => {
    const shown = this.store.fields().map(({ name }) => name);
    return this.store.warnings().filter(({ field }) => !shown.includes(field));
  });
  /**
   * Identifies the input. For one request the key stays the same after a refusal and after the first half of a chain,
   * so that the input is kept.
   */
  private readonly formKey = computed(() => {
    const { id, side } = this.request();
    return this.many() ? `${side} ${this.offer().action}` : `${side} ${id}`;
  });

  constructor() {
    effect(
      () => {
        const subject = { offer: this.offer(), request: this.request(), many: this.many(), then: this.then() };
        const key = this.formKey();
        untracked(() => {
          this.store.show({ ...subject, typed: this.typed() }, key);
        });
      },
      { allowSignalWrites: true },
    );
    effect(
      () => {
        this.typedChange.emit(this.store.typed());
      },
      { allowSignalWrites: true },
    );
    effect(
      () => {
        this.store.answer(this.errors());
      },
      { allowSignalWrites: true },
    );
    // Focuses the first field to fill in, otherwise the button, so that Enter is enough. Does nothing with `many`,
    // because that form opens while further items are being scanned.
    effect(() => {
      const form = this.form()?.nativeElement;
      if (form !== undefined && !untracked(this.many)) toBeginWith(form)?.focus();
    });
  }

  protected warningsOf(name: string): readonly Warning[] {
    return this.store.warnings().filter(({ field }) => field === name);
  }

  protected goOn(action: Action, event: Event): void {
    this.store.goOnTo((event.target as HTMLInputElement).checked ? action : undefined);
  }

  protected submit(event: Event): void {
    event.preventDefault();
    if (this.locked()) return;
    const input = this.store.input();
    if (input === undefined) this.focusFault();
    else this.submitted.emit(input);
  }

  protected escape(event: Event): void {
    if (this.busy() || this.many()) return;
    event.stopPropagation();
    this.cancelled.emit();
  }

  /** Focuses the first field with a fault, after the faults are rendered. */
  private focusFault(): void {
    setTimeout(() => {
      this.form()?.nativeElement.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
    });
  }
}

function toBeginWith(form: HTMLFormElement): HTMLElement | undefined {
  const controls = Array.from(
    form.querySelectorAll<HTMLInputElement>('input:is([type=text], [type=date]), textarea[aria-required=true]'),
  );
  return (
    controls.find(({ value, disabled }) => value === '' && !disabled) ??
    form.querySelector<HTMLElement>('[type=submit]') ??
    undefined
  );
}
