import { computed, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed, toSignal } from '@angular/core/rxjs-interop';
import { catchError, exhaustMap, filter, of, startWith, Subject, switchMap, tap, type Observable } from 'rxjs';
import type { Profile, Template } from '../../domain/api-profile';
import { MAX_TEMPLATES } from '../../domain/templates';
import { asAppError, type AppError } from '../core/app-error';
import { DeskService } from '../core/desk.service';
import { GatewayClient } from '../core/gateway.client';
import { errorOf, IDLE, toRemote, valueOf, type Remote } from '../core/remote';
import { OrderFormStore } from './order-form.store';
import { isForKind, TEMPLATE_FIELDS } from './order-fields';

interface Change {
  /** The template that is chosen afterwards; '' = none. */
  readonly name: string;
  readonly apply: (templates: readonly Template[]) => readonly Template[];
}

/** Named values that the library's staff share. A chosen one fills the form under what is typed; managers save and remove them. */
@Injectable()
export class TemplatesStore {
  private readonly desk = inject(DeskService);
  private readonly gateway = inject(GatewayClient);
  private readonly form = inject(OrderFormStore);
  private readonly changes$ = new Subject<Change>();
  /** What a change has made of the templates; undefined: they are read again. */
  private readonly changed$ = new Subject<Profile | undefined>();

  private readonly remote = toSignal(this.desk.library$.pipe(switchMap(({ code }) => this.follow(code))), {
    initialValue: IDLE,
  });
  private readonly profile = computed(() => valueOf(this.remote()));
  readonly readError = computed(() => errorOf(this.remote()));
  /** Why the last change was not saved. */
  readonly saveError = signal<AppError | undefined>(undefined);
  readonly chosenName = signal('');
  readonly offered = computed<readonly Template[]>(() =>
    (this.profile()?.templates ?? []).filter(({ kind }) => kind === undefined || kind === this.form.kind()),
  );
  readonly chosen = computed<Template | undefined>(() => this.offered().find(({ name }) => name === this.chosenName()));
  readonly mayChange = computed(() => valueOf(this.desk.desk())?.me.user.mayManage === true);
  readonly isFull = computed(() => (this.profile()?.templates.length ?? 0) >= MAX_TEMPLATES);

  constructor() {
    this.changes$
      .pipe(
        exhaustMap((change) => this.put(change)),
        takeUntilDestroyed(),
      )
      .subscribe({
        next: (profile) => {
          this.changed$.next(profile);
        },
      });
  }

  choose(name: string): void {
    const before = this.chosen()?.values['comment'];
    this.chosenName.set(name);
    const comment = this.form.comment();
    // A comment that was typed stays; one that the template before had brought goes with it.
    if (comment === '' || comment === before) this.form.typeComment(this.chosen()?.values['comment'] ?? '');
  }

  /** What is on the form now, without what belongs to this request and its patron, under this name; an older one of the name is replaced. */
  save(name: string): void {
    const kind = this.form.kind();
    const values = this.form.values();
    const kept = TEMPLATE_FIELDS.filter((field) => isForKind(field, kind)).flatMap((field) =>
      values[field] === undefined ? [] : [[field, values[field]] as const],
    );
    const comment = this.form.comment();
    const template: Template = {
      name,
      kind,
      values: { ...Object.fromEntries(kept), ...(comment !== '' && { comment }) },
    };
    const others = (templates: readonly Template[]) => templates.filter((each) => !this.isMeant(each, name));
    this.changes$.next({
      name,
      apply: (templates) =>
        [...others(templates), template].sort((one, other) => one.name.localeCompare(other.name, 'ja')),
    });
  }

  remove(name: string): void {
    this.changes$.next({ name: '', apply: (templates) => templates.filter((each) => !this.isMeant(each, name)) });
  }

  /** The other kind may have a template of the same name: that one is not offered here, and not meant. */
  private isMeant({ name, kind }: Template, wanted: string): boolean {
    return name === wanted && (kind === undefined || kind === this.form.kind());
  }

  /** What was read of this library stays while it is read again. */
  private follow(library: string): Observable<Remote<Profile>> {
    let known: Remote<Profile> = IDLE;
    return this.changed$.pipe(
      filter((profile) => profile === undefined || profile.library === library),
      startWith(undefined),
      switchMap((profile) =>
        profile === undefined
          ? toRemote(this.gateway.profile(library), known)
          : of<Remote<Profile>>({ state: 'ok', value: profile }),
      ),
      tap((remote) => {
        known = remote;
      }),
    );
  }

  /** Chosen is what was saved, and only once it was: until then the form keeps the values that it shows. */
  private put({ name, apply }: Change): Observable<Profile | undefined> {
    const [library, profile] = [this.desk.library()?.code ?? '', this.profile()];
    return this.gateway
      .putProfile(library, { version: profile?.version ?? 0, templates: [...apply(profile?.templates ?? [])] })
      .pipe(
        tap(() => {
          this.saveError.set(undefined);
          this.chosenName.set(name);
        }),
        catchError((thrown: unknown) => {
          this.saveError.set(asAppError(thrown));
          return of(undefined);
        }),
      );
  }
}
