import { NgTemplateOutlet } from '@angular/common';
import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { AREAS, ESTABLISHERS, INSTITUTION_TYPES, PREFECTURES, type Area } from '../../../domain/ill/codes';
import { areaValue, isFiltering, NO_FILTER, toggled, valuesOf, type HoldingFilter } from '../../core/holding-filter';
import { HoldingsStore } from './holdings.store';

interface Choice {
  readonly value: string;
  readonly label: string;
}
/** A part of the filter that takes several values. */
interface List {
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
  imports: [NgTemplateOutlet, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="grid" role="group" [attr.aria-label]="'create.filter.title' | translate">
      <label class="field"
        >{{ 'create.filter.text' | translate }}
        <input type="search" [value]="holdings.filter().text" (input)="narrow('text', $event)" autocomplete="off"
      /></label>
      <ng-container [ngTemplateOutlet]="choices" [ngTemplateOutletContext]="{ $implicit: regions }" />
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
        @for (list of lists; track list.name) {
          <ng-container [ngTemplateOutlet]="choices" [ngTemplateOutletContext]="{ $implicit: list }" />
        }
      </div>
    </details>
    @if (isFiltering()) {
      <button class="link" type="button" (click)="holdings.narrow(none)">
        {{ 'create.filter.clear' | translate }}
      </button>
    }
    <ng-template #choices let-list>
      <fieldset class="field" [attr.data-filter]="list.name">
        <legend>{{ 'create.filter.' + list.name | translate }}</legend>
        <details class="several">
          <summary>
            @for (choice of chosen(list); track choice.value) {
              <span>{{ choice.label | translate }}{{ $last ? '' : '・' }}</span>
            } @empty {
              {{ 'create.filter.any' | translate }}
            }
          </summary>
          <div class="boxes">
            @for (choice of list.choices; track choice.value) {
              <label class="check"
                ><input
                  type="checkbox"
                  [value]="choice.value"
                  [checked]="isChosen(list, choice)"
                  (change)="toggle(list, choice)"
                />
                {{ choice.label | translate }}</label
              >
            }
          </div>
        </details>
      </fieldset>
    </ng-template>
  `,
  styles: `
    .several {
      border: 1px solid var(--sys-outline);
      border-radius: 4px;
      background: var(--sys-surface);
      color: var(--sys-on-surface);
    }
    .several summary {
      min-height: 2.125rem;
      padding: 0.375rem 0.5rem;
    }
    .boxes {
      max-height: 14rem;
      padding: 0 0.5rem 0.5rem;
      overflow-y: auto;
    }
    .grid {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr));
      gap: 0.5rem;
      align-items: start;
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
  protected readonly regions: List = {
    name: 'region',
    choices: [
      ...AREA_NAMES.map((area) => ({ value: areaValue(area), label: `code.area.${area}` })),
      ...ids('code.region.', PREFECTURES),
    ],
  };
  protected readonly shows: readonly Choice[] = [
    { value: '', label: 'create.filter.showAll' },
    { value: 'yes', label: 'create.filter.showServing' },
    { value: 'mine', label: 'create.filter.showMine' },
  ];
  protected readonly texts = ['volume', 'year', 'location'] as const satisfies readonly (keyof HoldingFilter)[];
  protected readonly lists: readonly List[] = [
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

  protected isChosen({ name }: List, { value }: Choice): boolean {
    return valuesOf(this.holdings.filter()[name]).includes(value);
  }

  protected chosen(list: List): readonly Choice[] {
    return list.choices.filter((choice) => this.isChosen(list, choice));
  }

  protected toggle({ name }: List, { value }: Choice): void {
    this.holdings.narrow({ [name]: toggled(this.holdings.filter()[name], value) });
  }

  protected narrow(name: keyof HoldingFilter, event: Event): void {
    this.holdings.narrow({ [name]: (event.target as HTMLInputElement | HTMLSelectElement).value });
  }

  protected narrowOffset(event: Event): void {
    this.holdings.narrow({ offset: (event.target as HTMLInputElement).checked ? 'N' : '' });
  }
}
