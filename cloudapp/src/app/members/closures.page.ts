import { DatePipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { interval, NEVER, switchMap, type Observable } from 'rxjs';
import memberMessages from '../../i18n/member.json';
import membersMessages from '../../i18n/members.json';
import type { Closure, ClosureAction } from '../../domain/api/members';
import type { FieldError } from '../../domain/errors';
import { closureFaults, type ClosureDays } from '../../domain/ill/closure';
import { formatDay } from '../../domain/ill/dates';
import type { AppError } from '../core/app-error';
import { newKey } from '../core/new-key';
import { PageMessages } from '../core/page-messages';
import { remoteCommand, remoteQuery, valueOf } from '../core/remote';
import { SessionService } from '../core/session.service';
import { AlertDirective } from '../ui/alert.directive';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { FieldErrorComponent } from '../ui/field-error.component';
import { LibraryChoiceComponent } from '../ui/library-choice.component';
import { PageHeaderComponent } from '../ui/page-header.component';
import { ClosureRequestsComponent } from './closure-requests.component';
import { MembersClient } from './members.client';

/** What the user wants done, with the key that stays with it while its outcome is open. */
type Wanted =
  | { readonly what: 'plan'; readonly days: ClosureDays; readonly key: string }
  | { readonly what: 'move'; readonly closure: Closure; readonly days: ClosureDays }
  | { readonly what: ClosureAction; readonly closure: Closure; readonly key: string };

/** Milliseconds after which the page looks again what became of a closure. */
const LOOK_AGAIN_MS = 3_000;

/** Planned closures of the library: planned, moved, cancelled and ended by managers, carried out by the gateway. */
@Component({
  standalone: true,
  imports: [
    AlertDirective,
    ClosureRequestsComponent,
    DatePipe,
    ErrorMessageComponent,
    FieldErrorComponent,
    LibraryChoiceComponent,
    MatButton,
    PageHeaderComponent,
    RouterLink,
    TranslatePipe,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './closures.page.html',
  styles: `
    :host {
      max-width: 50rem;
    }
    .days {
      align-items: end;
    }
    .days .field {
      flex: 1;
      min-width: 8.5rem;
      max-width: 14rem;
    }
  `,
  host: { class: 'stack' },
})
export class ClosuresPage {
  protected readonly session = inject(SessionService);
  private readonly client = inject(MembersClient);
  private readonly list = remoteQuery(
    this.session.library$,
    ({ code }) => this.client.closures(code),
    (before, now) => before.code === now.code,
  );
  protected readonly isLoading = this.list.isLoading;
  protected readonly readError = this.list.error;
  protected readonly closures = computed(() => this.list.value()?.items ?? []);
  protected readonly today = computed(() => formatDay(this.list.value()?.today ?? ''));
  protected readonly mayChange = computed(() => valueOf(this.session.session())?.me.user.mayManage === true);

  /** As typed, yyyy-MM-dd; the form is empty at first. */
  protected readonly from = signal('');
  protected readonly to = signal('');
  /** The closure whose days are being moved; undefined while a new one is planned. */
  protected readonly moving = signal<Closure | undefined>(undefined);
  protected readonly days = computed<ClosureDays>(() => ({
    from: this.from().replaceAll('-', ''),
    to: this.to().replaceAll('-', ''),
  }));
  private readonly isFilled = computed(() => this.from() !== '' && this.to() !== '');
  private readonly found = computed<readonly FieldError[]>(() => {
    const [moving, today] = [this.moving(), this.list.value()?.today];
    if (!this.isFilled() || today === undefined) return [];
    const others = this.closures().filter(
      ({ id, state, endsEarly }) => ['planned', 'running'].includes(state) && !endsEarly && id !== moving?.id,
    );
    const begun = moving?.state === 'running' ? { begun: moving.from } : {};
    return closureFaults(this.days(), { today, others, ...begun });
  });
  protected readonly faults = computed(() => [...this.found(), ...(this.error()?.details.fieldErrors ?? [])]);
  protected readonly canPlan = computed(
    () => this.isFilled() && this.found().length === 0 && !this.command.isRunning(),
  );
  /** The days whose open requests are listed below the form. */
  protected readonly wanted = computed(() => (this.canPlan() ? this.days() : undefined));
  /** The closures whose requests the user opened. */
  protected readonly opened = signal<ReadonlySet<string>>(new Set());
  protected readonly last = signal<Wanted['what'] | undefined>(undefined);
  /** A new plan; its key is used again when the same days are sent again. */
  private plan: Extract<Wanted, { readonly what: 'plan' }> | undefined;

  protected readonly command = remoteCommand((wanted: Wanted) => this.sent(wanted), {
    done: (_closure, { what }) => {
      this.last.set(what);
      this.clear();
      this.list.reload();
    },
    // Somebody else, or the gateway itself, may have changed it: shows what there is now.
    failed: ({ code }) => {
      if (isOvertaken(code)) this.list.reload();
    },
  });
  protected readonly error = computed<AppError | undefined>(() => this.command.error());
  protected readonly isOvertaken = computed(() => isOvertaken(this.error()?.code));

  /** True while the gateway is about to switch the service. */
  private readonly isSwitching = computed(() =>
    this.closures().some(
      ({ state, from, closed, endsEarly }) =>
        (state === 'planned' && from <= (this.list.value()?.today ?? '')) ||
        (state === 'running' && (closed === undefined || endsEarly)),
    ),
  );

  constructor() {
    inject(PageMessages).add(memberMessages, membersMessages);
    toObservable(this.isSwitching)
      .pipe(
        switchMap((isSwitching) => (isSwitching ? interval(LOOK_AGAIN_MS) : NEVER)),
        takeUntilDestroyed(),
      )
      .subscribe({ next: () => this.list.reload() });
    // Unsaved input belongs to the previous library.
    this.session.library$.pipe(takeUntilDestroyed()).subscribe({
      next: () => {
        this.clear();
        this.command.clear();
        this.last.set(undefined);
      },
    });
  }

  protected type(name: 'from' | 'to', event: Event): void {
    this[name].set((event.target as HTMLInputElement).value);
    this.command.clear();
    this.last.set(undefined);
  }

  protected submit(event: Event): void {
    event.preventDefault();
    if (!this.canPlan()) return;
    const [days, moving] = [this.days(), this.moving()];
    if (moving !== undefined) {
      this.command.run({ what: 'move', closure: moving, days });
      return;
    }
    const isRepeat = this.plan?.days.from === days.from && this.plan.days.to === days.to;
    this.plan = { what: 'plan', days, key: isRepeat && this.plan !== undefined ? this.plan.key : newKey() };
    this.command.run(this.plan);
  }

  protected move(closure: Closure): void {
    this.command.clear();
    this.last.set(undefined);
    this.moving.set(closure);
    this.from.set(formatDay(closure.from));
    this.to.set(formatDay(closure.to));
  }

  protected end(closure: Closure, what: ClosureAction): void {
    this.command.run({ what, closure, key: newKey() });
  }

  protected clear(): void {
    this.plan = undefined;
    this.moving.set(undefined);
    this.from.set('');
    this.to.set('');
  }

  protected toggle({ id }: Closure): void {
    this.opened.update((known) => {
      const opened = new Set(known);
      if (!opened.delete(id)) opened.add(id);
      return opened;
    });
  }

  protected reload(): void {
    this.list.reload();
  }

  protected dayOf(day: string): string {
    return formatDay(day);
  }

  private sent(wanted: Wanted): Observable<Closure> {
    const library = this.session.library()?.code ?? '';
    switch (wanted.what) {
      case 'plan':
        return this.client.plan(library, wanted.days, wanted.key);
      case 'move':
        return this.client.move(library, wanted.closure.id, { ...wanted.days, version: wanted.closure.version });
      default:
        return this.client.end(library, wanted.closure, wanted.what, wanted.key);
    }
  }
}

function isOvertaken(code: string | undefined): boolean {
  return code === 'stale-version' || code === 'action-not-allowed';
}
