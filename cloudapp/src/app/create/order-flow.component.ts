import { ChangeDetectionStrategy, Component, computed, ElementRef, inject, input, type OnInit, output, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import { switchMap } from 'rxjs';
import type { FieldError } from '../../domain/errors';
import { KINDS } from '../../domain/kinds';
import { sourceKey, type Source } from '../alma/source';
import { DeskService } from '../core/desk.service';
import { GatewayClient } from '../core/gateway.client';
import { IDLE, toRemote, valueOf } from '../core/remote';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { FieldErrorComponent } from '../ui/field-error.component';
import { CreateStore } from './create.store';
import { DraftStore } from './draft.store';
import { FormBlockComponent } from './form-block.component';
import { HoldingsStore } from './holdings.store';
import { LendersBlockComponent } from './lenders-block.component';
import { draftFrom, type OrderDraft } from './order-draft';
import { OrderDoneComponent } from './order-done.component';
import { OrderFormStore, type Mode } from './order-form.store';
import { ResourceBlockComponent } from './resource-block.component';
import { RotaStore } from './rota.store';
import { SubmissionStore } from './submission.store';

/** One order, from its source to its id: three blocks on one page. */
@Component({
  selector: 'app-order-flow',
  standalone: true,
  imports: [ErrorMessageComponent, FieldErrorComponent, FormBlockComponent, LendersBlockComponent, MatButton, OrderDoneComponent, ResourceBlockComponent, TranslatePipe],
  providers: [OrderFormStore, RotaStore, HoldingsStore, DraftStore, SubmissionStore, CreateStore],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './order-flow.component.html',
  styleUrl: './order-flow.component.scss',
})
export class OrderFlowComponent implements OnInit {
  readonly source = input.required<Source>();
  readonly another = output();

  private readonly desk = inject(DeskService);
  private readonly gateway = inject(GatewayClient);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly store = inject(CreateStore);
  protected readonly form = inject(OrderFormStore);
  protected readonly drafts = inject(DraftStore);
  private readonly sending = inject(SubmissionStore);
  protected readonly kinds = KINDS;
  protected readonly submission = this.sending.submission;
  protected readonly summary = signal<readonly FieldError[]>([]);
  private readonly isDraftAnswered = signal(false);

  private readonly kept = toSignal(
    this.desk.library$.pipe(switchMap(() => toRemote(this.gateway.drafts()))),
    { initialValue: IDLE },
  );
  /** What was typed here before and not sent. */
  protected readonly draft = computed<OrderDraft | undefined>(() => {
    if (this.isDraftAnswered() || this.form.isDirty()) return undefined;
    const key = sourceKey(this.source());
    const library = this.desk.library()?.code;
    return (valueOf(this.kept()) ?? []).filter((draft) => draft.library === library).map(draftFrom).find((draft) => draft?.source === key);
  });
  protected readonly hasToRepeat = computed(() => this.submission().state === 'unknown');
  protected readonly isSending = computed(() => this.submission().state === 'sending');
  protected readonly saved = this.drafts.saved;
  protected readonly error = computed(() => {
    const submission = this.submission();
    return submission.state === 'editing' || submission.state === 'unknown' ? submission.error : undefined;
  });
  protected readonly request = computed(() => {
    const submission = this.submission();
    return submission.state === 'done' ? submission.request : undefined;
  });

  /** Whether something would be lost by leaving. */
  isDirty(): boolean {
    return this.submission().state !== 'done' && this.form.isDirty();
  }

  ngOnInit(): void {
    this.store.source.set(this.source());
    const remembered = valueOf(this.desk.desk())?.user.kind;
    if (remembered !== undefined) this.form.kind.set(remembered);
  }

  protected send(mode: Mode): void {
    const faults = this.store.send(mode);
    this.summary.set(faults);
    if (faults.length > 0) this.focus(faults[0]?.field ?? '');
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
    this.drafts.discard(draft.draftId).subscribe({ error: () => { this.isDraftAnswered.set(false); } });
  }
}
