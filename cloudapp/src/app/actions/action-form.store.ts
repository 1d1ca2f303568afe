import { computed, inject, Injectable, signal } from '@angular/core';
import { today } from '../../domain/ill/dates';
import type { FieldError } from '../../domain/errors';
import type { Action } from '../../domain/ill/commands';
import { byteLength, COMMENT } from '../../domain/ill/fields';
import { composed } from '../../domain/catalog/printed-text';
import { calculationOf, faultsOf, inputOf, warningsOf, type FormContent } from './action-content';
import { defaultOf, type Default } from './action-defaults';
import { dashed, fieldView, rootOf, WISHED_DATE, type FieldView } from './action-field';
import { commentOf } from './action-reasons';
import {
  calculated,
  isCharge,
  isRenewalReply,
  placedParams,
  stepsOf,
  type ActionInput,
  type FormSubject,
  type PlacedParam,
  type Typed,
} from './action-steps';
import { ChainMemoryService, usual } from './chain-memory.service';
import { draftFrom, isBlank, NO_CHARGES, proposedDraft, tariffsFor, type ChargeDraft } from './charge-draft';
import { OwnLibraryStore } from './own-library.store';

/** State of the form for one action and, in a chain, the next one. */
@Injectable()
export class ActionFormStore {
  private readonly chains = inject(ChainMemoryService);
  private readonly own = inject(OwnLibraryStore);

  readonly subject = signal<FormSubject | undefined>(undefined);
  private key = '';
  readonly typed = signal<Typed>({});
  private readonly typedCharges = signal<ChargeDraft | undefined>(undefined);
  private readonly left = signal<readonly string[]>([]);
  /** True once the form was submitted: all faults are shown. */
  readonly isAsked = signal(false);
  /** Faults from the gateway, each shown until its field is edited. */
  private readonly answered = signal<readonly FieldError[]>([]);
  readonly reply = signal<'grant' | 'refuse'>('grant');

  /** The action that follows at once. */
  readonly then = signal<Action | undefined>(undefined);
  readonly steps = computed(() => {
    const subject = this.subject();
    return subject === undefined ? [] : stepsOf(subject.offer, this.then());
  });
  private readonly places = computed<readonly PlacedParam[]>(() => {
    const subject = this.subject();
    return subject === undefined ? [] : placedParams(this.steps(), subject.request, subject.many);
  });
  readonly isReply = computed(() => {
    const request = this.subject()?.request;
    return request !== undefined && this.steps().some((step) => isRenewalReply(step, request));
  });
  readonly isRenewal = computed(() => this.steps().some(({ action }) => action === 'renew'));
  readonly hasComment = computed(() => this.places().some(({ name }) => name === 'comment'));
  private readonly byCalculator = computed(() => calculated(this.places()));
  readonly hasCharges = computed(() => this.byCalculator().length > 0);

  readonly charges = computed<ChargeDraft>(() => {
    const request = this.subject()?.request;
    if (request === undefined) return NO_CHARGES;
    const stored = draftFrom(request.fields);
    const isNew = isBlank(stored) && this.byCalculator().some(({ required }) => required);
    return this.typedCharges() ?? (isNew ? proposedDraft(tariffsFor(request.kind, this.own.tariffs())) : stored);
  });
  readonly calculation = computed(() => calculationOf(this.charges()));

  /** The comment as sent: includes the wished date of a renewal, and the text of the answer to a renewal request. */
  readonly sentComment = computed(() =>
    commentOf({
      typed: this.typed()['comment'],
      ...(this.isReply() && { reply: { choice: this.reply(), dueDate: dashed(this.value('dueDate')) } }),
      ...(this.isRenewal() && { wish: dashed(this.value(WISHED_DATE)) }),
    }),
  );
  readonly commentShown = computed(() => (this.isRenewal() ? (this.typed()['comment'] ?? '') : this.sentComment()));
  readonly comment = computed<FieldView>(() => ({
    name: 'comment',
    form: 'text',
    required: this.places().some(({ name, required }) => name === 'comment' && required),
    value: this.commentShown(),
    bytes: byteLength(this.sentComment()),
    maxBytes: COMMENT.maxBytes,
    errors: this.shownErrors('comment'),
  }));

  private readonly content = computed<FormContent | undefined>(() => {
    const subject = this.subject();
    if (subject === undefined) return undefined;
    const places = this.places();
    const values = Object.fromEntries(places.map(({ name }) => [name, this.value(name)]));
    return {
      request: subject.request,
      many: subject.many,
      steps: this.steps(),
      places,
      values: { ...values, comment: this.sentComment() },
      charges: this.charges(),
      ...(this.isRenewal() && { wish: this.value(WISHED_DATE) }),
    };
  });
  private readonly faults = computed(() => {
    const content = this.content();
    return content === undefined ? [] : faultsOf(content);
  });
  readonly warnings = computed(() => {
    const content = this.content();
    return content === undefined ? [] : warningsOf(content);
  });
  readonly fields = computed<readonly FieldView[]>(() => {
    const named = this.places().filter((place) => place.name !== 'comment' && !this.byCalculator().includes(place));
    const wish: PlacedParam = { name: WISHED_DATE, required: true, step: 0 };
    return [...(this.isRenewal() ? [wish] : []), ...named].map((place) => this.view(place));
  });
  /** Gateway errors about names without a field in the form. */
  readonly otherErrors = computed(() => {
    const shown = [...this.fields().map(({ name }) => name), 'comment'];
    const isShown = (name: string): boolean => shown.includes(name) || (this.hasCharges() && isCharge(name));
    return this.answered().filter(({ field }) => !isShown(rootOf(field)));
  });
  readonly chargeErrors = computed(() =>
    [...this.answered(), ...(this.isAsked() ? this.faults() : [])].filter(({ field }) => isCharge(rootOf(field))),
  );

  /** Shows a subject. Another `key` starts a new form; the same key keeps the input. */
  show(subject: FormSubject, key: string): void {
    if (key !== this.key || subject.offer !== this.subject()?.offer) this.then.set(subject.then);
    this.subject.set(subject);
    this.own.begin(subject.request.library);
    if (key !== this.key) {
      this.typed.set(subject.typed ?? {});
      this.typedCharges.set(undefined);
      this.left.set([]);
      this.isAsked.set(false);
      this.answered.set([]);
      this.reply.set('grant');
    }
    this.key = key;
    this.readProfile();
  }

  /** Stores a typed value. Composes letters, because composed letters take fewer bytes. */
  type(name: string, value: string): void {
    this.typed.update((typed) => ({ ...typed, [name]: composed(value) }));
    this.forget((each) => each === name);
  }

  typeCharges(charges: ChargeDraft): void {
    this.typedCharges.set(charges);
    this.forget(isCharge);
  }

  /** Chooses the answer. Drops the comment and the due date typed for the other answer. */
  chooseReply(reply: 'grant' | 'refuse'): void {
    this.reply.set(reply);
    this.typed.update(({ dueDate: _dueDate, comment: _comment, ...typed }) => typed);
    this.forget((name) => name === 'dueDate' || name === 'comment');
  }

  leave(name: string): void {
    this.left.update((left) => [...left, name]);
  }

  /** Chooses the action that follows at once; undefined: none. */
  goOnTo(then: Action | undefined): void {
    const subject = this.subject();
    if (subject === undefined) return;
    this.then.set(then);
    if (then === undefined || then === usual(subject.offer))
      this.chains.set(subject.request.side, subject.offer, then !== undefined);
    this.readProfile();
  }

  /** Sets the field errors of the gateway's response. */
  answer(errors: readonly FieldError[]): void {
    this.answered.set(errors);
  }

  /** The input to send; undefined when there are faults, all of which are then shown. */
  input(): ActionInput | undefined {
    this.isAsked.set(true);
    const content = this.content();
    return content === undefined || this.faults().length > 0 ? undefined : inputOf(content);
  }

  /** Reads the library profile only when the form needs it. */
  private readProfile(): void {
    if (this.hasCharges() || this.places().some(({ name }) => name === 'dueDate')) this.own.needProfile();
  }

  private view({ name, required, default: asked }: PlacedParam): FieldView {
    const typed = this.typed()[name];
    const current = typed === undefined ? this.default(name, asked) : { value: typed };
    return fieldView(name, required, current, this.shownErrors(name));
  }

  /** The value that the form has now: typed, or proposed. */
  value(name: string): string {
    const place = this.places().find((each) => each.name === name);
    return this.typed()[name] ?? this.default(name, place?.default).value;
  }

  private default(name: string, asked: string | undefined): Default {
    const subject = this.subject();
    if (subject === undefined) return { value: '' };
    const [member, loanDays] = [this.own.member(), this.own.loanDays()];
    return defaultOf(name, asked, {
      ...subject,
      today: today(),
      shipDate: name === 'shipDate' ? '' : this.value('shipDate'),
      ...(member !== undefined && { member }),
      ...(loanDays !== undefined && { loanDays }),
      ...(this.isReply() && { reply: this.reply() }),
    });
  }

  private shownErrors(name: string): readonly FieldError[] {
    const isTyped = this.left().includes(name) && this.typed()[name] !== undefined;
    const own = this.isAsked() || isTyped ? this.faults() : [];
    const found = [...this.answered(), ...own].filter(({ field }) => rootOf(field) === name);
    return found.filter(({ code }, at) => found.findIndex((other) => other.code === code) === at);
  }

  private forget(isTyped: (name: string) => boolean): void {
    this.answered.update((errors) => errors.filter(({ field }) => !isTyped(rootOf(field))));
  }
}
