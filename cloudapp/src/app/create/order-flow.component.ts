import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  input,
  type OnInit,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import type { CreateRequest } from '../../domain/api';
import type { FieldError } from '../../domain/errors';
import { KINDS } from '../../domain/kinds';
import type { Source } from '../alma/source';
import { DeskService } from '../core/desk.service';
import { valueOf } from '../core/remote';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { FieldErrorComponent } from '../ui/field-error.component';
import { ConfirmOrderComponent } from './confirm-order.component';
import { CreateStore } from './create.store';
import { DraftStore } from './draft.store';
import { FormBlockComponent } from './form-block.component';
import { HoldingsPanelComponent } from './holdings-panel.component';
import { HoldingsStore } from './holdings.store';
import { LendersBlockComponent } from './lenders-block.component';
import { KeptDraftsStore } from './kept-drafts.store';
import type { OrderDraft } from './order-draft';
import { OrderDoneComponent } from './order-done.component';
import { OrderFormStore, type Mode } from './order-form.store';
import { ResourceBlockComponent } from './resource-block.component';
import { RecordStore } from './record.store';
import { RotaStore } from './rota.store';
import { SubmissionStore } from './submission.store';
import { TemplatesStore } from './templates.store';
import { WarningsComponent } from './warnings.component';
import { WarningsStore } from './warnings.store';

/** One order, from its source to its id: three blocks on one page. */
@Component({
  selector: 'app-order-flow',
  standalone: true,
  imports: [
    ConfirmOrderComponent,
    ErrorMessageComponent,
    FieldErrorComponent,
    FormBlockComponent,
    HoldingsPanelComponent,
    LendersBlockComponent,
    MatButton,
    OrderDoneComponent,
    ResourceBlockComponent,
    TranslatePipe,
    WarningsComponent,
  ],
  providers: [
    OrderFormStore,
    RotaStore,
    HoldingsStore,
    DraftStore,
    KeptDraftsStore,
    SubmissionStore,
    TemplatesStore,
    WarningsStore,
    RecordStore,
    CreateStore,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './order-flow.component.html',
  styleUrl: './order-flow.component.scss',
})
export class OrderFlowComponent implements OnInit {
  readonly source = input.required<Source>();
  /** A draft that is to be resumed at once. */
  readonly draftId = input<string>();
  readonly another = output();

  private readonly desk = inject(DeskService);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly store = inject(CreateStore);
  protected readonly form = inject(OrderFormStore);
  protected readonly drafts = inject(DraftStore);
  private readonly rota = inject(RotaStore);
  private readonly sending = inject(SubmissionStore);
  protected readonly kinds = KINDS;
  protected readonly submission = this.sending.submission;
  private readonly confirmation = viewChild(ConfirmOrderComponent);
  /** What would be sent, once there is nothing against it. */
  protected readonly toConfirm = signal<CreateRequest | undefined>(undefined);
  private readonly tried = signal<Mode | undefined>(undefined);
  /** What stands against the order, from the first try on; it shrinks as the faults are corrected. */
  protected readonly summary = computed<readonly FieldError[]>(() => {
    const mode = this.tried();
    return mode === undefined ? [] : [...this.form.shownErrors(), ...(mode === 'order' ? this.rota.errors() : [])];
  });
  protected readonly isReady = computed(() => this.desk.library() !== undefined);
  private readonly kept = inject(KeptDraftsStore);
  private readonly isDraftAnswered = signal(false);

  /** What was typed here before and not sent. */
  protected readonly draft = computed<OrderDraft | undefined>(() => {
    return this.isDraftAnswered() || this.form.isDirty() ? undefined : this.kept.here()[0];
  });
  protected readonly hasToRepeat = computed(() => this.submission().state === 'unknown');
  protected readonly isSending = computed(() => this.submission().state === 'sending');
  protected readonly saved = this.drafts.saved;
  protected readonly isSpare = computed(() => {
    const saved = this.saved();
    return saved.state === 'failed' && saved.isSpare;
  });
  protected readonly error = computed(() => {
    const submission = this.submission();
    return submission.state === 'editing' || submission.state === 'unknown' ? submission.error : undefined;
  });
  protected readonly request = computed(() => {
    const submission = this.submission();
    return submission.state === 'done' ? submission.request : undefined;
  });

  private isKindSettled = false;

  constructor() {
    // Before a draft is resumed, which has a kind of its own.
    effect(
      () => {
        this.settleKind();
      },
      { allowSignalWrites: true },
    );
    effect(
      () => {
        const wanted = this.draftId();
        const draft =
          wanted === undefined || this.isDraftAnswered()
            ? undefined
            : this.kept.here().find(({ draftId }) => draftId === wanted);
        if (draft !== undefined)
          untracked(() => {
            this.resume(draft);
          });
      },
      { allowSignalWrites: true },
    );
  }

  /** Whether something would be lost, or left behind unknown, by leaving. */
  isDirty(): boolean {
    const { state } = this.submission();
    return state === 'sending' || state === 'unknown' || (state !== 'done' && this.form.isDirty());
  }

  ngOnInit(): void {
    this.store.source.set(this.source());
    this.kept.source.set(this.source());
    this.settleKind();
  }

  /** The kind of last time, once: also where the user's settings come after the page. */
  private settleKind(): void {
    const user = valueOf(this.desk.desk())?.user;
    if (user === undefined || this.isKindSettled) return;
    this.isKindSettled = true;
    this.form.kind.set(user.kind);
  }

  /** Shows what will be sent, unless the user does without; SAVE and a repeat of the very same order go at once. */
  protected send(mode: Mode): void {
    this.tried.set(mode);
    const [fault] = this.store.check(mode);
    if (fault !== undefined) this.focus(fault.field);
    else if (mode === 'save' || this.hasToRepeat() || valueOf(this.desk.desk())?.user.skipConfirm === true)
      this.store.send(mode);
    else this.confirm();
  }

  private confirm(): void {
    this.toConfirm.set(this.store.order('order'));
    this.confirmation()?.open();
  }

  protected confirmed(): void {
    // What was shown, whatever is proposed meanwhile.
    this.store.send('order', this.toConfirm());
  }

  /** To the field that an entry of the summary names. */
  protected focus(field: string): void {
    const id = field.startsWith('lenders') ? 'lenders-heading' : `field-${field}`;
    // The group of the field opens first.
    setTimeout(() => {
      const element = this.host.nativeElement.querySelector<HTMLElement>(`#${CSS.escape(id)}`);
      element?.scrollIntoView({ block: 'center' });
      element?.focus();
    });
  }

  protected label(field: string): string {
    return `field.${field.startsWith('lenders') ? 'lenders' : field}`;
  }

  protected resume(draft: OrderDraft): void {
    this.isDraftAnswered.set(true);
    this.store.resume(draft);
  }

  protected discard(draft: OrderDraft): void {
    this.isDraftAnswered.set(true);
    // Not gone: it is offered again.
    this.drafts.discard(draft.draftId).subscribe({
      error: () => {
        this.isDraftAnswered.set(false);
      },
    });
  }
}
