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
import type { CreateRequest } from '../../domain/api/requests';
import type { FieldError } from '../../domain/errors';
import { KINDS } from '../../domain/ill/kinds';
import { namesNoPart } from '../../domain/ill/validation';
import type { Source } from '../alma/source';
import { SessionService } from '../core/session.service';
import { valueOf } from '../core/remote';
import { AskingComponent } from '../ui/asking.component';
import { FieldErrorComponent } from '../ui/field-error.component';
import { ConfirmOrderComponent } from './submit/confirm-order.component';
import { CreateStore } from './create.store';
import { DraftStore } from './form/draft.store';
import { FormBlockComponent } from './form/form-block.component';
import { HoldingsPanelComponent } from './lenders/holdings-panel.component';
import { HoldingsStore } from './lenders/holdings.store';
import { LendersBlockComponent } from './lenders/lenders-block.component';
import { KeptDraftsStore } from './form/kept-drafts.store';
import type { OrderDraft } from './form/order-draft';
import { OrderDoneComponent } from './submit/order-done.component';
import { labelOf } from './form/order-fields';
import { OrderFormStore, type Mode } from './form/order-form.store';
import { ResourceBlockComponent } from './form/resource-block.component';
import { RecordStore } from './material/record.store';
import { RotaStore } from './lenders/rota.store';
import { SubmissionNoticeComponent } from './submit/submission-notice.component';
import { SubmissionStore } from './submit/submission.store';
import { TemplatesStore } from './form/templates.store';
import { WarningsComponent } from './submit/warnings.component';
import { WarningsStore } from './submit/warnings.store';

/** The form of one order, from its source to its id: three blocks on one page. */
@Component({
  selector: 'app-order-flow',
  standalone: true,
  imports: [
    AskingComponent,
    ConfirmOrderComponent,
    FieldErrorComponent,
    FormBlockComponent,
    HoldingsPanelComponent,
    LendersBlockComponent,
    MatButton,
    OrderDoneComponent,
    ResourceBlockComponent,
    SubmissionNoticeComponent,
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
  /** A draft to resume immediately. */
  readonly draftId = input<string>();
  readonly another = output();

  private readonly session = inject(SessionService);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly store = inject(CreateStore);
  protected readonly form = inject(OrderFormStore);
  protected readonly drafts = inject(DraftStore);
  private readonly rota = inject(RotaStore);
  private readonly sending = inject(SubmissionStore);
  protected readonly kinds = KINDS;
  protected readonly submission = this.sending.submission;
  protected readonly labelOf = labelOf;
  private readonly confirmation = viewChild.required(ConfirmOrderComponent);
  /** True while the dialog is open, which then says what became of the order. */
  protected readonly isConfirming = computed(() => this.confirmation().isOpen());
  /** The checked order that awaits confirmation. */
  protected readonly toConfirm = signal<CreateRequest | undefined>(undefined);
  private readonly tried = signal<Mode | undefined>(undefined);
  /** Faults of the order, shown after the first attempt; they disappear as they are corrected. */
  protected readonly summary = computed<readonly FieldError[]>(() => {
    const mode = this.tried();
    return mode === undefined ? [] : [...this.form.shownErrors(), ...(mode === 'order' ? this.rota.errors() : [])];
  });
  protected readonly isReady = computed(() => this.session.library() !== undefined);
  private readonly kept = inject(KeptDraftsStore);
  protected readonly draft = this.kept.offered;
  protected readonly hasToRepeat = computed(() => this.submission().state === 'unknown');
  /** Set while the app asks for the outcome of the order. */
  protected readonly asking = computed(() => {
    const submission = this.submission();
    return submission.state === 'unknown' ? submission.asking : undefined;
  });
  protected readonly isSending = computed(() => this.submission().state === 'sending');
  protected readonly saved = this.drafts.saved;
  protected readonly isSpare = computed(() => {
    const saved = this.saved();
    return saved.state === 'failed' && saved.isSpare;
  });
  protected readonly request = computed(() => {
    const submission = this.submission();
    return submission.state === 'done' ? submission.request : undefined;
  });

  private wasConfirming = false;
  private isApplicantFocused = false;

  constructor() {
    effect(() => {
      const isConfirming = this.isConfirming();
      const isBack = this.wasConfirming && !isConfirming;
      this.wasConfirming = isConfirming;
      const [fault] = isBack ? untracked(this.summary) : [];
      if (fault !== undefined) this.focus(fault.field);
    });
    effect(() => {
      const isDescribed = untracked(() => this.form.view('bibNote').value !== '');
      if (this.form.isWithoutRecord() && !isDescribed) this.focus('bibNote');
    });
    effect(() => {
      if (this.form.asksApplicant())
        untracked(() => {
          this.focusApplicant();
        });
    });
    effect(
      () => {
        const draft = this.kept.toResume(this.draftId());
        if (draft !== undefined)
          untracked(() => {
            this.resume(draft);
          });
      },
      { allowSignalWrites: true },
    );
  }

  /** True when leaving would lose input or leave an order with unknown outcome. */
  isDirty(): boolean {
    const { state } = this.submission();
    return state === 'sending' || state === 'unknown' || (state !== 'done' && this.form.isDirty());
  }

  ngOnInit(): void {
    this.store.source.set(this.source());
    this.kept.source.set(this.source());
  }

  /**
   * Shows the confirmation unless the user disabled it and nothing speaks against the order. SAVE and repetitions are
   * sent immediately.
   */
  protected send(mode: Mode): void {
    this.tried.set(mode);
    const [fault] = this.store.check(mode);
    if (fault !== undefined) this.focus(fault.field);
    else if (mode === 'save' || this.hasToRepeat() || this.isWithoutQuestion()) this.store.send(mode);
    else this.confirm();
  }

  private isWithoutQuestion(): boolean {
    const isWanted = valueOf(this.session.session())?.user.skipConfirm === true;
    return isWanted && !namesNoPart(this.store.order('order'));
  }

  protected stopAsking(): void {
    this.sending.stopAsking();
  }

  private confirm(): void {
    this.toConfirm.set(this.store.order('order'));
    this.sending.dismiss();
    this.confirmation().open();
  }

  protected confirmed(): void {
    // Sends the confirmed order, even if the proposal has changed since.
    this.store.send('order', this.toConfirm());
  }

  /** Says at once what the form needs of the user, unless the user has begun elsewhere. */
  private focusApplicant(): void {
    const { nativeElement } = this.host;
    const isWorking = nativeElement.contains(nativeElement.ownerDocument.activeElement);
    if (!this.isApplicantFocused && !isWorking) this.focus('applicant');
    this.isApplicantFocused = true;
  }

  /** Focuses the field of a summary entry. */
  protected focus(field: string): void {
    const id = field.startsWith('lenders') ? 'lenders-heading' : `field-${field}`;
    // Waits for the field's group to expand.
    setTimeout(() => {
      const element = this.host.nativeElement.querySelector<HTMLElement>(`#${CSS.escape(id)}`);
      element?.scrollIntoView({ block: 'center' });
      element?.focus();
    });
  }

  protected resume(draft: OrderDraft): void {
    this.kept.isAnswered.set(true);
    this.store.resume(draft);
  }

  protected discard(draft: OrderDraft): void {
    this.kept.isAnswered.set(true);
    // When discarding fails, the draft still exists, so it is offered again.
    this.drafts.discard(draft.draftId).subscribe({
      error: () => {
        this.kept.isAnswered.set(false);
      },
    });
  }
}
