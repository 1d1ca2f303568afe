import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { Tariff } from '../../domain/api/profile';
import type { Calculation, ChargeLine } from '../../domain/ill/charges';
import type { FieldError } from '../../domain/errors';
import { MAX_CHARGES } from '../../domain/ill/fields';
import type { Kind } from '../../domain/ill/kinds';
import { FieldErrorComponent } from '../ui/field-error.component';
import { EMPTY_LINE, isBlank, isPricedBy, isUnused, pricedBy, tariffsFor, type ChargeDraft } from './charge-draft';

const PARTS = ['item', 'quantity', 'unitPrice'] as const satisfies readonly (keyof ChargeLine)[];

/** Calculates charges in yen: lines, basic fee, postage, and the resulting total (M8-6_3). */
@Component({
  selector: 'app-charge-calculator',
  standalone: true,
  imports: [FieldErrorComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './charge-calculator.component.html',
  styleUrl: './charge-calculator.component.scss',
})
export class ChargeCalculatorComponent {
  readonly draft = input.required<ChargeDraft>();
  readonly calculation = input.required<Calculation>();
  readonly kind = input.required<Kind>();
  readonly tariffs = input<readonly Tariff[]>([]);
  /** Errors of the gateway. */
  readonly errors = input<readonly FieldError[]>([]);
  readonly disabled = input(false);
  readonly changed = output<ChargeDraft>();

  protected readonly parts = PARTS;
  protected readonly max = MAX_CHARGES;
  protected readonly offered = computed(() => tariffsFor(this.kind(), this.tariffs()));
  /** The tariff whose prices the lines have now. */
  protected readonly chosen = computed(() => this.offered().findIndex((tariff) => isPricedBy(tariff, this.draft())));
  protected readonly unused = computed(() => this.draft().lines.filter(isUnused).length);
  protected readonly isUntyped = computed(() => isBlank(this.draft()));
  protected readonly total = computed(() => yenText(this.calculation().total));

  protected choose(event: Event): void {
    const tariff = this.offered()[Number((event.target as HTMLSelectElement).value || NaN)];
    if (tariff !== undefined) this.changed.emit(pricedBy(tariff, this.draft()));
  }

  protected type(at: number, part: (typeof PARTS)[number], event: Event): void {
    const value = (event.target as HTMLInputElement).value;
    this.lines((lines) => lines.map((line, place) => (place === at ? { ...line, [part]: value } : line)));
  }

  protected typeOther(name: 'fee' | 'postage', event: Event): void {
    this.changed.emit({ ...this.draft(), [name]: (event.target as HTMLInputElement).value });
  }

  protected add(): void {
    this.lines((lines) => [...lines, EMPTY_LINE]);
  }

  /** Removes a line. Keeps at least one line to type into. */
  protected remove(at: number): void {
    this.lines((lines) => {
      const rest = lines.filter((_line, place) => place !== at);
      return rest.length > 0 ? rest : [EMPTY_LINE];
    });
  }

  protected amountOf(at: number): string {
    const line = this.draft().lines[at];
    return line === undefined || isUnused(line) ? '' : yenText(this.calculation().amounts[at]);
  }

  /** True when a line of a tariff lacks its quantity (`at`: this line). */
  protected lacksQuantity(error: FieldError, at?: number): boolean {
    const [, line] = /^charges\[(\d+)\]\.quantity$/.exec(error.field) ?? [];
    return error.code === 'required' && line !== undefined && (at === undefined || Number(line) === at);
  }

  protected isInvalid(at: number, part: (typeof PARTS)[number]): boolean {
    return part === 'quantity' && this.errors().some((error) => this.lacksQuantity(error, at));
  }

  /** Returns the line number in a path: `charges[1].item` → `2`; '' for other paths. */
  protected lineOf(path: string): string {
    const [, at] = /^charges\[(\d+)\]/.exec(path) ?? [];
    return at === undefined ? '' : String(Number(at) + 1);
  }

  private lines(change: (lines: readonly ChargeLine[]) => readonly ChargeLine[]): void {
    this.changed.emit({ ...this.draft(), lines: change(this.draft().lines) });
  }
}

function yenText(amount: number | undefined): string {
  return amount === undefined ? '' : `¥${amount.toLocaleString('ja-JP')}`;
}
