import { DatePipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject, input, viewChild } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';
import type { BridgeMessage, HoldReason, MessageAction, MessageName } from '../../domain/api/bridge';
import { valueOf } from '../core/remote';
import { SessionService } from '../core/session.service';
import { ageOf } from '../ui/age';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { QuestionDialogComponent } from '../ui/question-dialog.component';
import { MessageActionsStore } from './message-actions.store';
import { MessageNameComponent } from './message-name.component';
import { MessageWarningsComponent } from './message-warnings.component';
import { problemWords } from './problem-words';

/** Holds that end when staff consent; each has words for its button. */
const ASKED: readonly HoldReason[] = ['expired', 'ask-claim', 'ask-return', 'ask-late'];
/** Questions of Alma; one that is dropped is answered with No. */
const QUESTIONS: readonly MessageName[] = ['Cancel', 'Renew'];

/** A message: what was said, why it waits and since when, what to do, and the buttons. */
@Component({
  selector: 'app-bridge-message',
  standalone: true,
  imports: [
    DatePipe,
    ErrorMessageComponent,
    MatButton,
    MessageNameComponent,
    MessageWarningsComponent,
    QuestionDialogComponent,
    TranslatePipe,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './bridge-message.component.html',
  styles: 'q { quotes: none; } .since { margin-inline-start: auto; }',
  host: { class: 'stack gap-s' },
})
export class BridgeMessageComponent {
  readonly message = input.required<BridgeMessage>();
  readonly now = input.required<Date>();
  protected readonly store = inject(MessageActionsStore);
  private readonly session = inject(SessionService);
  private readonly translate = inject(TranslateService);
  private readonly language = toSignal(this.translate.onLangChange);
  private readonly dialog = viewChild(QuestionDialogComponent);

  protected readonly since = computed(() => this.message().hold?.since ?? this.message().at);
  protected readonly age = computed(() => {
    this.language();
    return ageOf(this.since(), this.now(), this.translate.currentLang);
  });
  protected readonly hold = computed(() => {
    const { state, hold } = this.message();
    return state === 'held' ? hold?.reason : undefined;
  });
  /** Part of the i18n key that says what dropping the message means. */
  protected readonly dropNote = computed(() => {
    const { direction, name } = this.message();
    return direction === 'in' && QUESTIONS.includes(name) ? 'question' : direction;
  });
  /** Fields that NACSIS-ILL does not take. */
  protected readonly badFields = computed(() => {
    const { code, detail } = this.message().problem ?? {};
    return code === 'invalid-fields' && detail !== undefined ? detail.split(', ') : undefined;
  });
  protected readonly problem = computed(() => problemWords(this.message()));
  /** How the delivery of a waiting message goes. */
  protected readonly waiting = computed(() => {
    const { state, direction, attempts, nextAt } = this.message();
    if (state !== 'waiting') return undefined;
    const isRepeated = attempts > 0 && nextAt !== undefined;
    if (direction === 'in') return isRepeated ? 'bridge.waiting.inAgain' : 'bridge.waiting.in';
    return isRepeated ? 'bridge.waiting.again' : 'bridge.waiting.out';
  });
  protected readonly mayAct = computed(() => valueOf(this.session.session())?.me.user.mayAct !== false);
  protected readonly error = computed(() => {
    const failure = this.store.failure();
    return failure?.of.message.id === this.message().id ? failure.error : undefined;
  });

  protected labelOf(action: MessageAction): string {
    const { state } = this.message();
    const reason = this.hold();
    if (action === 'apply' && reason !== undefined && ASKED.includes(reason)) return `bridge.apply.${reason}`;
    return action === 'drop' && state === 'refused' ? 'bridge.action.dismiss' : `bridge.action.${action}`;
  }

  protected act(action: MessageAction): void {
    // A refused message has done nothing, so that nothing is lost with it.
    if (action === 'drop' && this.message().state !== 'refused') this.dialog()?.open();
    else this.store.run(this.message(), action);
  }

  protected answered(isGo: boolean): void {
    if (isGo) this.store.run(this.message(), 'drop');
  }
}
