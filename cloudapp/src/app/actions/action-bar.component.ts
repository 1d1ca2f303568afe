import { NgTemplateOutlet } from '@angular/common';
import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  Injector,
  input,
  LOCALE_ID,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { outputFromObservable } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import type { ActionOffer, RequestView } from '../../domain/api/requests';
import type { Action } from '../../domain/ill/commands';
import { SessionService } from '../core/session.service';
import { valueOf } from '../core/remote';
import { ActionFailureComponent } from './action-failure.component';
import { ActionFormComponent } from './action-form.component';
import { ActionRunStore, IDLE_RUN, isAsking, isSame, type Failed, type Run } from './action-run.store';
import { asksFirst, undoOf } from './action-rule';
import { labelKeyOf, primaryOf } from './action-situation';
import type { ActionInput } from './action-steps';
import { isAboutFields, mendingForm, newestOf, planOf, waitingKeyOf, type OpenForm } from './action-plan';
import { doneWording, meanwhileWordings, runningWording, stoppedWording, undoWording } from './action-wordings';
import { ChainMemoryService } from './chain-memory.service';
import { MoreActionsComponent } from './more-actions.component';
import { isRefusal } from './not-allowed';
import { NotAllowedComponent } from './not-allowed.component';
import { WordingComponent } from './wording.component';

/** The actions of a request: the primary button, the other actions, their forms and results. */
@Component({
  selector: 'app-action-bar',
  standalone: true,
  imports: [
    ActionFailureComponent,
    ActionFormComponent,
    MatButton,
    MoreActionsComponent,
    NgTemplateOutlet,
    NotAllowedComponent,
    TranslatePipe,
    WordingComponent,
  ],
  providers: [ActionRunStore],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './action-bar.component.html',
  styleUrl: './action-bar.component.scss',
  host: { class: 'stack gap-m' },
})
export class ActionBarComponent {
  readonly request = input.required<RequestView>();
  /** The action that the user chose to begin with: its form opens, or its button is focused. */
  readonly begin = input<string>();
  protected readonly store = inject(ActionRunStore);
  /** Emits the request after an action, or the current one when an action was refused. */
  readonly changed = outputFromObservable(this.store.changed$);

  private readonly chains = inject(ChainMemoryService);
  private readonly session = inject(SessionService);
  private readonly injector = inject(Injector);
  private readonly locale = inject(LOCALE_ID);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly status = viewChild.required<ElementRef<HTMLElement>>('status');
  private readonly refusalBox = viewChild(NotAllowedComponent);

  private isAskingSaid = false;
  private begun: string | undefined;
  protected readonly opened = signal<OpenForm | undefined>(undefined);
  protected readonly isMoreShown = signal(false);
  protected readonly mayAct = computed(() => valueOf(this.session.session())?.me.user.mayAct !== false);
  protected readonly busy = computed(() => this.store.run().state === 'running');
  protected readonly current = computed(() => newestOf(this.request(), this.store.run()));
  /** The run to show: idle when the last run is of another request, or is older than the shown version. */
  protected readonly run = computed<Run>(() => {
    const run = this.store.run();
    if (run.state === 'idle' || !isSame(run.request, this.request())) return IDLE_RUN;
    return run.state === 'running' || run.request.version >= this.request().version ? run : IDLE_RUN;
  });
  private readonly anyFailed = computed<Failed | undefined>(() => {
    const run = this.run();
    return run.state === 'failed' ? run : undefined;
  });
  /** The failed run when the request does not allow the action, which makes the form useless. */
  protected readonly refusal = computed(() => {
    const run = this.anyFailed();
    return run !== undefined && isRefusal(run.error) ? run : undefined;
  });
  protected readonly failed = computed(() => (this.refusal() === undefined ? this.anyFailed() : undefined));
  protected readonly isUnknown = computed(() => this.failed()?.outcome === 'unknown');
  protected readonly isClosed = computed(() => this.busy() || this.isUnknown() || !this.mayAct());
  protected readonly primary = computed(() => primaryOf(this.current()));
  protected readonly isListShown = computed(() => this.isMoreShown() || this.primary() === undefined);
  protected readonly waitingKey = computed(() => waitingKeyOf(this.current()));

  protected readonly isChained = computed(() => {
    const offer = this.primary();
    return offer !== undefined && this.chains.nextOf(this.request().side, offer) !== undefined;
  });
  /** The action that usually follows the primary one. */
  protected readonly thenWords = computed(() => {
    const { then: [next] = [], to } = this.primary() ?? {};
    return next && { key: 'actions.goOn', words: { action: labelKeyOf(next.action, this.current(), to) } };
  });
  /** The other actions that may follow the primary one at once. */
  protected readonly others = computed(() => {
    const { then: [, ...others] = [] } = this.primary() ?? {};
    return others.map(({ action }) => action);
  });
  protected readonly runningWords = computed(() => runningWording(this.run()));
  protected readonly doneWords = computed(() => doneWording(this.run()));
  protected readonly meanwhile = computed(() => meanwhileWordings(this.run(), this.locale));
  protected readonly stopped = computed(() => stoppedWording(this.run()));
  /** The undo offer: set when NACSIS-ILL allows it and the last action was not itself an undo. */
  protected readonly undo = computed(() => {
    const run = this.run();
    return run.state === 'done' && !run.plan.isUndo && this.mayAct() ? undoOf(run.request) : undefined;
  });
  protected readonly undoWords = computed(() => undoWording(this.undo()));

  constructor() {
    effect(
      () => {
        const run = this.run();
        untracked(() => {
          this.follow(run);
        });
      },
      { allowSignalWrites: true },
    );
    effect(
      () => {
        const { id, side } = this.request();
        untracked(() => {
          const form = this.opened();
          if (form !== undefined && (form.request.id !== id || form.request.side !== side)) this.opened.set(undefined);
        });
      },
      { allowSignalWrites: true },
    );
    effect(
      () => {
        const [action, request] = [this.begin(), this.request()];
        untracked(() => {
          this.beginWith(action, request);
        });
      },
      { allowSignalWrites: true },
    );
  }

  /** Once for a request, and only while nothing else is open. */
  private beginWith(action: string | undefined, request: RequestView): void {
    const key = `${action ?? ''} ${request.side} ${request.id}`;
    if (action === undefined || this.begun === key) return;
    this.begun = key;
    const offer = request.actions.find((each) => each.action === action && each.allowed);
    if (offer === undefined || this.isClosed() || this.opened() !== undefined) return;
    const then = this.chains.nextOf(request.side, offer);
    if (asksFirst(offer, request, then)) this.open(offer, then);
    else this.focusOn(`[data-action=${offer.action}]`);
  }

  protected choose(offer: ActionOffer): void {
    const then = this.chains.nextOf(this.current().side, offer);
    if (asksFirst(offer, this.current(), then)) this.open(offer, then);
    else if (this.store.open(this.current())) this.store.start(planOf(offer, this.current(), then));
  }

  /** Opens the form; `then`: the action that is to follow at once. */
  protected open(offer: ActionOffer, then?: Action): void {
    const request = this.current();
    if (this.store.open(request)) this.opened.set({ offer, request, then });
  }

  protected submit(input: ActionInput): void {
    const form = this.opened();
    if (form !== undefined) this.store.start(planOf(form.offer, form.request, input.then?.action, input));
  }

  protected takeBack(offer: ActionOffer): void {
    const plan = planOf(offer, this.current());
    if (this.store.open(this.current())) this.store.start({ ...plan, isUndo: true });
  }

  protected close(): void {
    const action = this.opened()?.offer.action;
    this.opened.set(undefined);
    if (!this.isUnknown()) this.store.forget();
    this.focusOn(`[data-action=${action ?? 'none'}]`);
  }

  protected dismiss(): void {
    this.store.forget();
    this.focusOn('[data-testid=action-primary]');
  }

  protected chain(event: Event): void {
    const offer = this.primary();
    if (offer !== undefined) this.chains.set(this.request().side, offer, (event.target as HTMLInputElement).checked);
  }

  protected labelOf({ action }: ActionOffer): string {
    return labelKeyOf(action, this.current());
  }

  protected actionOf({ plan, at }: Failed): ActionOffer['action'] {
    return plan.steps[at]?.action ?? 'accept';
  }

  /**
   * Closes the form after success. After a refusal that can be corrected, keeps the form open with its input, on the
   * current request.
   */
  private follow(run: Run): void {
    if (run.state === 'done') this.opened.set(undefined);
    if (run.state === 'failed' && run.outcome === 'refused' && this.opened()) this.opened.set(mendingForm(run));
    const wasAsking = this.isAskingSaid;
    this.isAskingSaid = isAsking(run);
    // Moves the focus only once for several calls about the same outcome.
    if (wasAsking && this.isAskingSaid) return;
    if (run.state === 'done' || (run.state === 'failed' && !isAboutFields(run.error))) this.focusSaid();
  }

  private focusSaid(): void {
    afterNextRender(
      () => {
        const refusal = this.refusalBox();
        if (refusal !== undefined) refusal.focus();
        else (this.host.querySelector<HTMLElement>('[data-said]') ?? this.status().nativeElement).focus();
      },
      { injector: this.injector },
    );
  }

  private focusOn(selector: string): void {
    afterNextRender(
      () => {
        (this.host.querySelector<HTMLElement>(selector) ?? this.host.querySelector<HTMLElement>('button'))?.focus();
      },
      { injector: this.injector },
    );
  }
}
