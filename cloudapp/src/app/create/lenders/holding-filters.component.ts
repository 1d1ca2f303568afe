import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { AREAS, ESTABLISHERS, INSTITUTION_TYPES, PREFECTURES, type Area } from '../../../domain/ill/codes';
import { areaValue, isFiltering, NO_FILTER, type HoldingFilter } from '../../core/holding-filter';
import { HoldingsStore } from './holdings.store';

interface Choice {
  readonly value: string;
  readonly label: string;
}
interface Select {
  readonly name: keyof HoldingFilter;
  readonly choices: readonly Choice[];
}

const AREA_NAMES = Object.keys(AREAS) as readonly Area[];
const flags = (...values: readonly string[]): readonly Choice[] =>
  values.map((value) => ({ value, label: `code.service-flag.${value}` }));
const ids = (prefix: string, codes: readonly { readonly id: string }[]): readonly Choice[] =>
  codes.map(({ id }) => ({ value: id, label: prefix + id }));

/** Filters of the holdings: the common ones, the others folded. */
@Component({
  selector: 'app-holding-filters',
  standalone: true,
  imports: [TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="grid" role="group" [attr.aria-label]="'create.filter.title' | translate">
      <label class="field"
        >{{ 'create.filter.text' | translate }}
        <input type="search" [value]="holdings.filter().text" (input)="narrow('text', $event)" autocomplete="off"
      /></label>
      <label class="field">
        {{ 'create.filter.region' | translate }}
        <select (change)="narrow('region', $event)">
          <option value="">{{ 'create.filter.everywhere' | translate }}</option>
          <optgroup [label]="'create.filter.areas' | translate">
            @for (area of areas; track area.value) {
              <option [value]="area.value" [selected]="holdings.filter().region === area.value">
                {{ area.label | translate }}
              </option>
            }
          </optgroup>
          <optgroup [label]="'create.filter.prefectures' | translate">
            @for (prefecture of prefectures; track prefecture.id) {
              <option [value]="prefecture.wire" [selected]="holdings.filter().region === prefecture.wire">
                {{ 'code.region.' + prefecture.id | translate }}
              </option>
            }
          </optgroup>
        </select>
      </label>
      <label class="field">
        {{ 'create.filter.show' | translate }}
        <select (change)="narrow('show', $event)">
          @for (choice of shows; track choice.value) {
            <option [value]="choice.value" [selected]="holdings.filter().show === choice.value">
              {{ choice.label | translate }}
            </option>
          }
        </select>
      </label>
      <label class="check muted small"
        ><input type="checkbox" [checked]="holdings.filter().offset === 'N'" (change)="narrowOffset($event)" />
        {{ 'create.filter.offsetOnly' | translate }}</label
      >
    </div>
    <details>
      <summary>{{ 'create.filter.more' | translate }}</summary>
      <div class="grid">
        @for (name of texts; track name) {
          <label class="field"
            >{{ 'create.filter.' + name | translate }}
            <input type="text" [value]="holdings.filter()[name]" (input)="narrow(name, $event)" autocomplete="off"
          /></label>
        }
        @for (select of selects; track select.name) {
          <label class="field">
            {{ 'create.filter.' + select.name | translate }}
            <select (change)="narrow(select.name, $event)">
              <option value="">{{ 'create.filter.any' | translate }}</option>
              @for (choice of select.choices; track choice.value) {
                <option [value]="choice.value" [selected]="holdings.filter()[select.name] === choice.value">
                  {{ choice.label | translate }}
                </option>
              }
            </select>
          </label>
        }
      </div>
    </details>
    @if (isFiltering()) {
      <button class="link" type="button" (click)="holdings.narrow(none)">
        {{ 'create.filter.clear' | translate }}
      </button>
    }
  `,
  styles: `
    .grid {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr));
      gap: 0.5rem;
      align-items: end;
    }
    .check {
      gap: 0.25rem;
    }
    summary {
      padding: 0.25rem 0;
    }
    .link {
      align-self: flex-start;
    }
  `,
  host: { class: 'stack gap-m' },
})
export class HoldingFiltersComponent {
  protected readonly holdings = inject(HoldingsStore);
  protected readonly none = NO_FILTER;
  protected readonly prefectures = PREFECTURES;
  protected readonly areas: readonly Choice[] = AREA_NAMES.map((area) => ({
    value: areaValue(area),
    label: `code.area.${area}`,
  }));
  protected readonly shows: readonly Choice[] = [
    { value: '', label: 'create.filter.showAll' },
    { value: 'yes', label: 'create.filter.showServing' },
    { value: 'mine', label: 'create.filter.showMine' },
  ];
  protected readonly texts = ['volume', 'year', 'location'] as const satisfies readonly (keyof HoldingFilter)[];
  protected readonly selects: readonly Select[] = [
    { name: 'establisher', choices: ids('code.establisher.', ESTABLISHERS) },
    { name: 'institutionType', choices: ids('code.institution-type.', INSTITUTION_TYPES) },
    {
      name: 'participates',
      choices: [
        { value: 'A', label: 'create.filter.takesPart' },
        { value: 'N', label: 'create.filter.takesNoPart' },
      ],
    },
    { name: 'service', choices: flags('A', 'N') },
    { name: 'copyService', choices: flags('A', 'C', 'N') },
    { name: 'loanService', choices: flags('A', 'C', 'N') },
    { name: 'faxService', choices: flags('A', 'C', 'N') },
  ];

  protected isFiltering(): boolean {
    return isFiltering(this.holdings.filter());
  }

  protected narrow(name: keyof HoldingFilter, event: Event): void {
    this.holdings.narrow({ [name]: (event.target as HTMLInputElement | HTMLSelectElement).value });
  }

  protected narrowOffset(event: Event): void {
    this.holdings.narrow({ offset: (event.target as HTMLInputElement).checked ? 'N' : '' });
  }
}
