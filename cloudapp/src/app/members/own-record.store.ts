import { computed, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { defer, map, Subject, tap } from 'rxjs';
import type { Member } from '../../domain/catalog/catalog';
import type { FieldError } from '../../domain/errors';
import {
  checkMemberChanges,
  differingFields,
  editableValues,
  valuesOf,
  type EditableMemberField,
  type MemberValues,
} from '../../domain/ill/own-record';
import { AppError } from '../core/app-error';
import { GatewayClient } from '../core/gateway.client';
import { newKey } from '../core/new-key';
import { onceAtATime, remoteQuery, valueOf } from '../core/remote';
import { SessionService } from '../core/session.service';
import { untilKnown, type Answered, type Asking } from '../core/until-known';
import { MembersClient } from './members.client';

/** A sent change. Its key stays with it, so that a repetition changes nothing twice. */
interface Sent {
  readonly before: MemberValues;
  readonly changes: MemberValues;
  readonly key: string;
}

/** The library's own member record in the form; only changed fields are sent. */
@Injectable()
export class OwnRecordStore {
  private readonly session = inject(SessionService);
  private readonly client = inject(MembersClient);
  private readonly gateway = inject(GatewayClient);
  private readonly now$ = new Subject<void>();
  private readonly stop$ = new Subject<void>();
  private readonly query = remoteQuery(this.session.library$, ({ code, memberId }) =>
    this.gateway.member(code, memberId),
  );
  private readonly typed = signal<MemberValues>({});
  private sent: Sent | undefined;

  /** The record as NACSIS-ILL last returned it. */
  readonly member = this.query.value;
  readonly isLoading = this.query.isLoading;
  readonly readError = this.query.error;
  readonly mayChange = computed(() => valueOf(this.session.session())?.me.user.mayManage === true);
  /** What the form shows. Without the value C, a flag has no other library. */
  readonly values = computed<Required<MemberValues> | undefined>(() => {
    const member = this.member();
    if (member === undefined) return undefined;
    const values = { ...editableValues(member), ...this.typed() };
    return {
      ...values,
      copyVia: values.copyService === 'C' ? values.copyVia : '',
      loanVia: values.loanService === 'C' ? values.loanVia : '',
    };
  });
  readonly changed = computed<readonly EditableMemberField[]>(() => {
    const [member, values] = [this.member(), this.values()];
    return member === undefined || values === undefined ? [] : differingFields(editableValues(member), values);
  });
  readonly faults = computed<readonly FieldError[]>(() => {
    const [member, values] = [this.member(), this.values()];
    if (member === undefined || values === undefined) return [];
    const found = checkMemberChanges(valuesOf(values, this.changed()), member);
    return [...found, ...this.refused().filter(({ field }) => !found.some((each) => each.field === field))];
  });
  /** Faults that the gateway found. */
  private readonly refused = signal<readonly FieldError[]>([]);
  /** Fields that somebody else changed in NACSIS-ILL while they were edited here. */
  readonly conflicts = signal<readonly EditableMemberField[]>([]);
  readonly isChanged = computed(() => this.changed().length > 0);
  readonly isSaving = signal(false);
  readonly isSaved = signal(false);
  readonly saveError = signal<AppError | undefined>(undefined);
  /** True when NACSIS-ILL has other values than those that were shown. Nothing was sent. */
  readonly isStale = signal(false);
  /** The lines of POLICY as they are typed, with empty ones. */
  readonly policyText = signal<string | undefined>(undefined);
  readonly asking = signal<Asking | undefined>(undefined);

  private readonly run = onceAtATime(({ before, changes, key }: Sent) => {
    this.isSaving.set(true);
    const library = this.session.library()?.code ?? '';
    const call = defer(() => this.client.change(library, { before, changes }, key));
    return untilKnown(call, { now$: this.now$, stop$: this.stop$ }).pipe(
      tap((answer) => this.take(answer)),
      map(() => undefined),
    );
  });

  constructor() {
    // Unsaved input belongs to the previous library.
    this.session.library$.pipe(takeUntilDestroyed()).subscribe({ next: () => this.forget() });
  }

  type(change: MemberValues): void {
    this.isSaved.set(false);
    this.refused.set([]);
    this.typed.update((typed) => ({ ...typed, ...change }));
  }

  typePolicies(text: string): void {
    this.policyText.set(text);
    this.type({ policies: text.split('\n').filter((line) => line.trim() !== '') });
  }

  /** Ignored when there are faults or while saving. */
  save(): void {
    const [member, values] = [this.member(), this.values()];
    if (member === undefined || values === undefined || !this.isChanged() || this.faults().length > 0) return;
    if (this.isSaving()) return;
    const change = {
      before: valuesOf(editableValues(member), this.changed()),
      changes: valuesOf(values, this.changed()),
    };
    const isRepeat = this.sent !== undefined && isSame(this.sent, change);
    this.sent = { ...change, key: isRepeat && this.sent !== undefined ? this.sent.key : newKey() };
    this.isSaved.set(false);
    this.saveError.set(undefined);
    this.isStale.set(false);
    this.run(this.sent);
  }

  /** Reads the record again and discards unsaved input. */
  reload(): void {
    this.forget();
    this.query.reload();
  }

  askNow(): void {
    this.now$.next();
  }

  stopAsking(): void {
    this.stop$.next();
  }

  private take(answer: Answered<Member>): void {
    this.asking.set(answer.state === 'asking' ? answer.asking : undefined);
    if (answer.state === 'asking') return;
    this.isSaving.set(false);
    if (answer.state === 'known') {
      this.forget();
      this.isSaved.set(true);
      this.query.take(answer.value);
      return;
    }
    const error = answer.error ?? new AppError('outcome-unknown');
    // A refused change did nothing; trying it again is another one.
    if (answer.state === 'refused') this.sent = undefined;
    this.refused.set(error.details.fieldErrors ?? []);
    if (error.details.member === undefined) this.saveError.set(error);
    else this.takeConflict(error.details.member);
  }

  /** Goes on from the present record. What was typed stays, and is sent only when the user saves again. */
  private takeConflict(present: Member): void {
    const before = this.member();
    const differing = before === undefined ? [] : differingFields(editableValues(before), editableValues(present));
    this.isStale.set(true);
    this.conflicts.set(differing.filter((name) => name in this.typed()));
    this.query.take(present);
  }

  private forget(): void {
    this.sent = undefined;
    this.typed.set({});
    this.refused.set([]);
    this.conflicts.set([]);
    this.policyText.set(undefined);
    this.isStale.set(false);
    this.isSaved.set(false);
    this.saveError.set(undefined);
  }
}

function isSame({ before, changes }: Sent, other: Pick<Sent, 'before' | 'changes'>): boolean {
  return JSON.stringify([before, changes]) === JSON.stringify([other.before, other.changes]);
}
