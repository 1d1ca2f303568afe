import { computed, effect, Injectable, signal, untracked, type Signal } from '@angular/core';
import type { FieldError } from '../../../domain/errors';
import { byteLength } from '../../../domain/ill/fields';
import type { Kind } from '../../../domain/ill/kinds';
import { stepFor } from '../../../domain/ill/machine';
import { composed } from '../../../domain/catalog/printed-text';
import { NEW_RECORD, type RequestFields } from '../../../domain/ill/request';
import type { Transition } from '../../../domain/ill/transitions';
import { checkComment, checkFields, missingFor } from '../../../domain/ill/validation';
import type { Origin, Presets } from './field-defaults';
import { rotaOf, type Pick } from '../../../domain/ill/rota';
import { isForKind, ORDER_FIELDS, roomFor, type OrderField } from './order-fields';

/** Matches line ends and tabs, which become a blank, because a value is one line on the wire. */
const LINE_OR_CONTROL = /\s*[\p{Cc}\u2028\u2029]+\s*/gu;
/**
 * Returns the text as sent. Composes letters that some keyboards and file names split; split letters take more bytes.
 */
const asSent = (text: string): string => composed(text.replace(LINE_OR_CONTROL, ' '));

export type Typed = { readonly [name in OrderField]?: string };
export type Mode = 'order' | 'save';

export interface FieldView {
  readonly name: OrderField;
  readonly value: string;
  /** Origin of the value; undefined when it was typed or is empty. */
  readonly origin?: Origin;
  readonly required: boolean;
  readonly bytes: number;
  readonly maxBytes: number;
}

/** The form's state. Typed values, including emptied ones, take precedence over presets, however late these arrive. */
@Injectable()
export class OrderFormStore {
  readonly kind = signal<Kind>('copy');
  readonly typed = signal<Typed>({});
  readonly comment = signal('');
  readonly presets = signal<Presets>({});
  /** Alma's id of the patron who was looked up as the applicant; undefined once the name is edited. */
  readonly patronId = signal<string | undefined>(undefined);
  /** True when the request came from Alma without the patron's name. */
  readonly isPatronMissing = signal(false);
  /** True when the user orders without a record of NACSIS-CAT and describes the work. */
  readonly isWithoutRecord = signal(false);
  /** True while the user still has to say for whom the order is. */
  readonly asksApplicant = computed(() => this.isPatronMissing() && this.valueOf('applicant').trim() === '');
  /** The rota in asking order. */
  readonly picks = signal<readonly Pick[]>([]);
  /** True when the librarian has changed the rota; otherwise it follows the proposal. */
  readonly isRotaOwn = signal(false);
  readonly lenders = computed(() => rotaOf(this.picks(), this.kind()));
  /** Faults reported by the gateway; each disappears when its field is edited. */
  readonly gatewayErrors = signal<readonly FieldError[]>([]);
  /**
   * The fields that the user has left. A value that the user has emptied is shown as missing once its field was left,
   * and everything after the first attempt.
   */
  private readonly left = signal<ReadonlySet<string>>(new Set());
  private readonly tried = signal<Mode | undefined>(undefined);

  readonly values = computed<Typed>(() => {
    const entries = ORDER_FIELDS.filter((name) => isForKind(name, this.kind())).map(
      (name) => [name, this.valueOf(name)] as const,
    );
    return Object.fromEntries(entries.filter(([, value]) => value !== ''));
  });

  /** The fields as sent. */
  readonly fields = computed<RequestFields>(() => ({
    ...this.values(),
    ...(this.lenders().length > 0 && { lenders: this.lenders() }),
  }));

  readonly shownErrors = computed<readonly FieldError[]>(() => {
    const [tried, typed, left] = [this.tried(), this.typed(), this.left()];
    // An untouched field shows no fault before the first attempt.
    const isTouched = (field: string): boolean => typed[field as OrderField] !== undefined;
    const malformed = this.malformed().filter(
      ({ field }) => tried !== undefined || !isPreset(field) || isTouched(field),
    );
    const missing = this.missing(tried ?? 'order').filter(
      ({ field }) => tried !== undefined || (left.has(field) && isTouched(field)),
    );
    return [...malformed, ...missing, ...this.gatewayErrors()];
  });

  readonly isDirty = computed(() => Object.keys(this.typed()).length > 0 || this.comment() !== '' || this.isRotaOwn());

  private readonly malformed = computed<readonly FieldError[]>(() => [
    ...checkFields(this.fields(), { kind: this.kind(), side: 'borrower', preparing: true }),
    ...checkComment(this.comment() === '' ? undefined : this.comment()),
    ...this.overMark(),
  ]);

  constructor() {
    // Drops the gateway's faults of the comment and the rota when these change; the indices of a changed rota mean
    // other libraries.
    this.whenChanged(this.comment, () => {
      this.forget((field) => field === 'comment');
    });
    this.whenChanged(this.picks, () => {
      this.forget((field) => field.startsWith('lenders'));
    });
  }

  view(name: OrderField): FieldView {
    const value = this.valueOf(name);
    const preset = this.presets()[name];
    const isPreset = this.typed()[name] === undefined && value !== '';
    return {
      name,
      value,
      required: isRequiredByOrder(name, this.kind()),
      bytes: byteLength(value),
      maxBytes: roomFor(name),
      ...(isPreset && preset !== undefined && { origin: preset.origin }),
    };
  }

  /**
   * Returns the faults that block `mode`; [] when there are none. After the first call, all missing fields are shown.
   */
  check(mode: Mode): readonly FieldError[] {
    this.tried.set(mode);
    return [...this.malformed(), ...this.missing(mode)];
  }

  type(name: OrderField, value: string): void {
    if (name === 'applicant') this.patronId.set(undefined);
    this.typed.update((typed) => ({ ...typed, [name]: asSent(value) }));
    this.forget((field) => field === name);
  }

  typeComment(value: string): void {
    this.comment.set(asSent(value));
  }

  leave(name: string): void {
    if (!this.left().has(name)) this.left.update((left) => new Set([...left, name]));
  }

  private whenChanged(value: Signal<unknown>, then: () => void): void {
    effect(
      () => {
        value();
        untracked(then);
      },
      { allowSignalWrites: true },
    );
  }

  private forget(isMeant: (field: string) => boolean): void {
    this.gatewayErrors.update((errors) => errors.filter(({ field }) => !isMeant(field)));
  }

  private valueOf(name: OrderField): string {
    return this.typed()[name] ?? this.presets()[name]?.value ?? '';
  }

  private missing(mode: Mode): readonly FieldError[] {
    return missingFor(edgeFor(mode, this.kind()), this.fields());
  }

  private overMark(): readonly FieldError[] {
    const { bytes, maxBytes } = this.view('borrowerLocalData');
    return bytes > maxBytes && !this.isMalformedByDomain('borrowerLocalData')
      ? [{ field: 'borrowerLocalData', code: 'too-long', params: { bytes, maxBytes } }]
      : [];
  }

  private isMalformedByDomain(name: OrderField): boolean {
    return (
      checkFields({ [name]: this.valueOf(name) }, { kind: this.kind(), side: 'borrower', preparing: true }).length > 0
    );
  }
}

/** True for a field without which no request of this kind can be ordered. */
export function isRequiredByOrder(name: OrderField, kind: Kind): boolean {
  return edgeFor('order', kind).required?.some((each) => each === name) === true;
}

/** True for a field that may have a preset; comment and lenders have none. */
function isPreset(field: string): boolean {
  return ORDER_FIELDS.some((name) => name === field);
}

/** Returns the transition of a new record for this mode and kind. */
function edgeFor(mode: Mode, kind: Kind): Transition {
  const step = stepFor(NEW_RECORD(kind), 'borrower', mode === 'order' ? 'ORDER' : 'SAVE');
  if (!step.allowed) throw new Error(`the table does not let a new record be sent: ${step.refusal}`);
  return step.edge;
}
