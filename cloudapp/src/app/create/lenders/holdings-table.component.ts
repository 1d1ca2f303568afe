import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { ESTABLISHERS, INSTITUTION_TYPES } from '../../../domain/ill/codes';
import { chargeText } from '../../../domain/ill/member';
import { SessionService } from '../../core/session.service';
import { valueOf } from '../../core/remote';
import { DEFAULT_USER, HOLDING_COLUMNS, type HoldingColumn } from '../../core/user-settings';
import { CandidateChipsComponent } from './candidate-chips.component';
import { extentText, regionKeyOf } from './holding-row.component';
import type { HoldingRow } from '../../../domain/ill/rota';
import { MemberDetailsComponent } from '../../members/member-details.component';
import { PickButtonComponent } from './pick-button.component';

interface Cell {
  readonly text: string;
  /** i18n key used instead of the text. */
  readonly key?: string;
}

/** The holdings at full screen, with columns that the user chooses and sorts by. */
@Component({
  selector: 'app-holdings-table',
  standalone: true,
  imports: [CandidateChipsComponent, MemberDetailsComponent, PickButtonComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './holdings-table.component.html',
  styleUrl: './holdings-table.component.scss',
})
export class HoldingsTableComponent {
  readonly rows = input.required<readonly HoldingRow[]>();
  readonly pickedIds = input.required<ReadonlySet<string>>();
  readonly isFull = input(false);
  readonly days = input(0);
  readonly picked = output<HoldingRow>();
  readonly dropped = output<string>();

  private readonly session = inject(SessionService);
  protected readonly allColumns = HOLDING_COLUMNS;
  private readonly changed = signal<readonly HoldingColumn[] | undefined>(undefined);
  protected readonly columns = computed(
    () => this.changed() ?? valueOf(this.session.session())?.user.columns ?? DEFAULT_USER.columns,
  );
  protected readonly openId = signal<string | undefined>(undefined);
  /** The chosen sorting; undefined for the order of the proposal. */
  protected readonly sorting = signal<{ readonly by: HoldingColumn | 'name'; readonly isDown: boolean } | undefined>(
    undefined,
  );

  protected readonly lines = computed(() => {
    const lines = this.rows().map((row) => ({ row, cells: this.columns().map((column) => cellOf(row, column)) }));
    const sorting = this.sorting();
    if (sorting === undefined) return lines;
    const place = this.columns().indexOf(sorting.by as HoldingColumn);
    const textOf = ({ row, cells }: (typeof lines)[number]): string =>
      sorting.by === 'name' ? row.name : (cells[place]?.key ?? cells[place]?.text ?? '');
    const sorted = [...lines].sort((one, other) => textOf(one).localeCompare(textOf(other), 'ja', { numeric: true }));
    return sorting.isDown ? sorted.reverse() : sorted;
  });

  protected sort(by: HoldingColumn | 'name'): void {
    this.sorting.update((known) =>
      known?.by !== by ? { by, isDown: false } : known.isDown ? undefined : { by, isDown: true },
    );
  }

  protected sortState(by: HoldingColumn | 'name'): 'ascending' | 'descending' | 'none' {
    const sorting = this.sorting();
    return sorting?.by !== by ? 'none' : sorting.isDown ? 'descending' : 'ascending';
  }

  protected toggleColumn(column: HoldingColumn): void {
    const columns = this.columns();
    const next = HOLDING_COLUMNS.filter((each) => (each === column ? !columns.includes(each) : columns.includes(each)));
    this.changed.set(next);
    this.session.remember({ columns: next });
  }

  protected toggleDetails(id: string): void {
    this.openId.update((open) => (open === id ? undefined : id));
  }
}

function cellOf(row: HoldingRow, column: HoldingColumn): Cell {
  const { holding, asked } = row;
  const { member } = holding;
  switch (column) {
    case 'region':
      return { text: member?.region ?? '', key: regionKeyOf(row) };
    case 'extent':
      return {
        text: extentText({
          ...row,
          holding: {
            ...holding,
            location: undefined,
            callNumber: undefined,
            volumes: holding.volumes.map(({ volume }) => ({ volume })),
          },
        }),
      };
    case 'location':
      return { text: holding.location ?? '' };
    case 'callNumber':
      return { text: holding.callNumber ?? holding.volumes[0]?.callNumber ?? '' };
    case 'copyService':
    case 'loanService':
    case 'faxService':
      return member === undefined ? { text: '' } : { text: '', key: `holdings.flag.${member[column]}` };
    case 'offset':
      return { text: member?.offset === true ? '○' : '' };
    case 'charges':
      return { text: member === undefined ? '' : chargeText(member) };
    case 'asked':
      return { text: asked === 0 ? '' : String(asked) };
    case 'establisher':
      return coded('code.establisher.', ESTABLISHERS, member?.establisher);
    case 'institutionType':
      return coded('code.institution-type.', INSTITUTION_TYPES, member?.institutionType);
    case 'memberId':
      return { text: holding.memberId };
  }
}

function coded(prefix: string, codes: readonly { readonly id: string }[], value = ''): Cell {
  return codes.some(({ id }) => id === value) ? { text: value, key: prefix + value } : { text: value };
}
