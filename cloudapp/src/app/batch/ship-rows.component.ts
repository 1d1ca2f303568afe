import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  input,
  signal,
} from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { FieldError } from '../../domain/errors';
import { contradictionsIn } from '../../domain/ill/contradictions';
import { KINDS, type Kind } from '../../domain/ill/kinds';
import { plausibilityOf } from '../../domain/ill/plausibility';
import { calculationOf, faultsOf, inputOf, type FormContent } from '../actions/action-content';
import { dashed, rootOf } from '../actions/action-field';
import { ActionFormStore } from '../actions/action-form.store';
import { isCharge, type PlacedParam } from '../actions/action-steps';
import { ChargeCalculatorComponent } from '../actions/charge-calculator.component';
import {
  draftOfTariff,
  isBlank,
  NO_CHARGES,
  proposedDraft,
  tariffsFor,
  type ChargeDraft,
} from '../actions/charge-draft';
import { OwnLibraryStore } from '../actions/own-library.store';
import { FieldErrorComponent } from '../ui/field-error.component';
import { TypedKeysDirective } from '../ui/typed-keys.directive';
import { yen } from '../ui/yen';
import { BatchInputStore } from './batch-input.store';
import type { Params } from './batch-plan';
import { BatchRowsStore } from './batch-rows.store';
import type { ShipRow } from './batch-setup.store';
import { RowFailureComponent } from './row-failure.component';

/** Keys that lead to the same column of another row. In a date, the arrows change the date. */
const STEPS: Readonly<Record<string, 1 | -1>> = { Enter: 1, ArrowDown: 1, ArrowUp: -1 };

/**
 * Charges and due date of each row, as a table: the prices come from the tariff, Enter and the arrows move in the
 * column, and Enter in the last row leads to the button. Each row calculates and checks as the form of one request does.
 */
@Component({
  selector: 'app-ship-rows',
  standalone: true,
  imports: [ChargeCalculatorComponent, FieldErrorComponent, RowFailureComponent, TranslatePipe, TypedKeysDirective],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './ship-rows.component.html',
  styleUrl: './ship-rows.component.scss',
  host: { class: 'stack gap-s' },
})
export class ShipRowsComponent {
  readonly rows = input.required<readonly ShipRow[]>();

  private readonly form = inject(ActionFormStore);
  protected readonly own = inject(OwnLibraryStore);
  protected readonly inputs = inject(BatchInputStore);
  private readonly store = inject(BatchRowsStore);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  /** Ids of the rows whose whole calculation is open. */
  private readonly opened = signal<ReadonlySet<string>>(new Set());
  /** Keeps the column of basic fees while a fee is typed anew. */
  private readonly hasTypedFee = signal(false);
  /** Dates shown while the typed ones are incomplete, by id. */
  private readonly held = signal<Readonly<Record<string, string>>>({});

  protected readonly hasLoans = computed(() => this.rows().some(({ row }) => row.kind === 'loan'));
  protected readonly hasFees = computed(() => this.hasTypedFee() || this.views().some(({ draft }) => draft.fee !== ''));
  /** The tariffs for each kind among the rows. */
  protected readonly tariffs = computed(() => {
    const kinds = KINDS.filter((kind) => this.rows().some(({ row }) => row.kind === kind));
    return kinds
      .map((kind) => ({ kind, offered: tariffsFor(kind, this.own.tariffs()) }))
      .filter(({ offered }) => offered.length > 0);
  });
  protected readonly views = computed(() => this.rows().map((each) => this.view(each)));
  protected readonly sum = computed(() => {
    const totals = this.views().map(({ calculation }) => calculation.total);
    return totals.includes(undefined) ? undefined : totals.reduce<number>((all, total) => all + (total ?? 0), 0);
  });

  constructor() {
    effect(
      () => {
        if (this.form.subject() !== undefined) this.own.needProfile();
      },
      { allowSignalWrites: true },
    );
    afterNextRender(() => {
      // Who scans or has chosen the action stays there.
      const { activeElement, body } = this.host.ownerDocument;
      if (activeElement === null || activeElement === body) this.begin();
    });
  }

  /** Focuses the first cell to fill in. */
  begin(): void {
    const cells = Array.from(this.host.querySelectorAll<HTMLInputElement>('[data-cell]'));
    (cells.find(({ value }) => value === '') ?? cells[0])?.focus();
  }

  /** The parameters of each row; undefined when a row has a fault. */
  paramsOfRows(): ReadonlyMap<string, Params> | undefined {
    const views = this.views();
    if (views.some(({ allFaults }) => allFaults.length > 0)) return undefined;
    return new Map(views.map(({ row, content }) => [row.id, inputOf(content).params]));
  }

  protected type(id: string, draft: ChargeDraft, at: number, part: 'quantity' | 'unitPrice', event: Event): void {
    const { value } = event.target as HTMLInputElement;
    const lines = draft.lines.map((line, place) => (place === at ? { ...line, [part]: value } : line));
    this.inputs.type(id, { charges: { ...draft, lines } });
  }

  protected typeOther(id: string, draft: ChargeDraft, part: 'fee' | 'postage', event: Event): void {
    if (part === 'fee') this.hasTypedFee.set(true);
    this.inputs.type(id, { charges: { ...draft, [part]: (event.target as HTMLInputElement).value } });
  }

  /** Holds the shown date while the typed one is incomplete, because writing to the control would clear it. */
  protected typeDate(id: string, shown: string, event: Event): void {
    const { value, validity } = event.target as HTMLInputElement;
    const { [id]: _now, ...others } = this.held();
    this.held.set(validity.badInput ? { ...others, [id]: shown } : others);
    this.inputs.type(id, { dueDate: value.replaceAll('-', '') });
  }

  protected chooseTariff(kind: Kind, event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    const tariff = value === '' ? undefined : tariffsFor(kind, this.own.tariffs())[Number(value)];
    const ids = this.rows().flatMap(({ row }) => (row.kind === kind ? [row.id] : []));
    if (tariff !== undefined) this.inputs.price(kind, tariff, ids);
  }

  protected toggle(id: string): void {
    this.opened.update(
      (opened) => new Set(opened.has(id) ? [...opened].filter((each) => each !== id) : [...opened, id]),
    );
  }

  protected remove(id: string): void {
    this.store.remove(id);
  }

  protected move(event: KeyboardEvent): void {
    const cell = event.target;
    const step = STEPS[event.key];
    if (step === undefined || !(cell instanceof HTMLInputElement) || cell.dataset['cell'] === undefined) return;
    if (cell.type === 'date' && event.key !== 'Enter') return;
    event.preventDefault();
    const column = Array.from(this.host.querySelectorAll<HTMLInputElement>(`[data-cell="${cell.dataset['cell']}"]`));
    const next = column[column.indexOf(cell) + step];
    if (next !== undefined) {
      next.focus();
      if (next.type !== 'date') next.select();
    } else if (event.key === 'Enter') this.host.closest('form')?.querySelector<HTMLElement>('[type=submit]')?.focus();
  }

  private view({ row, request, params }: ShipRow) {
    const typed = this.inputs.of(row.id);
    const draft = typed.charges ?? this.proposed(row.kind, params);
    const hasDate = params.some(({ name }) => name === 'dueDate');
    const dueDate = typed.dueDate ?? this.form.value('dueDate');
    const content: FormContent = {
      request,
      many: true,
      steps: [],
      places: params,
      values: hasDate ? { dueDate } : {},
      charges: draft,
    };
    const isOwnDate = hasDate && typed.dueDate !== undefined;
    // The common date shows its faults itself.
    const own = faultsOf(content).filter(({ field }) => field !== 'dueDate' || isOwnDate);
    const allFaults = [...own, ...(isOwnDate ? contradictionsIn({}, { dueDate }) : [])];
    const shown = this.form.isAsked() ? allFaults : [];
    const calculation = calculationOf(draft);
    const chargeFaults = shown.filter(({ field }) => isCharge(rootOf(field)));
    const refused = this.inputs.refused().get(row.id);
    return {
      row,
      content,
      draft,
      hasDate,
      date: this.held()[row.id] ?? dashed(dueDate),
      calculation,
      allFaults,
      chargeFaults,
      messages: [
        ...calculation.faults.map(({ code }) => `chargeFault.${code}`),
        ...chargeFaults.flatMap((fault) => messageOf(fault, draft)),
      ],
      // The calculation says itself what it cannot read.
      errors: calculation.faults.length > 0 ? [] : chargeFaults.filter(({ code }) => code !== 'required'),
      dateFaults: shown.filter(({ field }) => field === 'dueDate'),
      dateWarnings: isOwnDate ? plausibilityOf({ dueDate }, { shipDate: this.form.value('shipDate') }) : [],
      isOpen: this.opened().has(row.id),
      ...(refused && { refused }),
    };
  }

  private proposed(kind: Kind, params: readonly PlacedParam[]): ChargeDraft {
    // The answer to a claim may leave the charges as they are.
    if (!params.some(({ name, required }) => isCharge(name) && required)) return NO_CHARGES;
    const chosen = this.inputs.tariffs()[kind];
    return chosen === undefined ? proposedDraft(tariffsFor(kind, this.own.tariffs())) : draftOfTariff(chosen);
  }

  protected isInvalid({ row, chargeFaults }: ReturnType<ShipRowsComponent['view']>, cell: string): boolean {
    const missing = row.kind === 'loan' ? 'postage' : 'quantity-0';
    return chargeFaults.some(({ field }) => cell === (/^charges\[(\d+)\]/.test(field) ? cellOf(field) : missing));
  }

  protected amount(total: number | undefined): string {
    return total === undefined ? '—' : yen(total);
  }
}

/** `charges[1].quantity` → `quantity-1` */
function cellOf(path: string): string {
  return path.replace(/^charges\[(\d+)\]\.(\w+)$/, '$2-$1');
}

/** i18n key of what is missing. A fault of the calculation says it already. */
function messageOf({ field, code }: FieldError, draft: ChargeDraft): readonly string[] {
  if (code !== 'required') return [];
  if (field !== 'total') return ['actions.charges.noQuantity'];
  return isBlank(draft) ? ['batch.ship.empty'] : [];
}
