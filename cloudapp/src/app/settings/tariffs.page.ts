import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import tariffsMessages from '../../i18n/tariffs.json';
import { KINDS, type Kind } from '../../domain/ill/kinds';
import { PageMessages } from '../core/page-messages';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { PageHeaderComponent } from '../ui/page-header.component';
import { SaveFormComponent } from '../ui/save-form.component';
import { NEW_LINE, type LineEdit, type TariffEdit } from './tariff-edit';
import { TariffsStore } from './tariffs.store';

/** The library's tariffs for the calculator and its loan period. Managers edit them; all others may read. */
@Component({
  standalone: true,
  imports: [ErrorMessageComponent, MatButton, PageHeaderComponent, SaveFormComponent, TranslatePipe],
  providers: [TariffsStore],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './tariffs.page.html',
  styleUrl: './tariffs.page.scss',
  host: { class: 'stack gap-m' },
})
export class TariffsPage {
  protected readonly store = inject(TariffsStore);
  protected readonly kinds = KINDS;

  constructor() {
    inject(PageMessages).add(tariffsMessages);
  }

  protected type(at: number, name: 'name' | 'fee' | 'postage', event: Event): void {
    this.store.change(at, { [name]: textOf(event) });
  }

  protected chooseKind(at: number, event: Event): void {
    this.store.change(at, { kind: textOf(event) as Kind | '' });
  }

  protected typeLine(at: number, tariff: TariffEdit, place: number, name: keyof LineEdit, event: Event): void {
    const value = textOf(event);
    const lines = tariff.lines.map((line, each) => (each === place ? { ...line, [name]: value } : line));
    this.store.change(at, { lines });
  }

  protected addLine(at: number, { lines }: TariffEdit): void {
    this.store.change(at, { lines: [...lines, NEW_LINE] });
  }

  protected removeLine(at: number, { lines }: TariffEdit, place: number): void {
    this.store.change(at, { lines: lines.filter((_line, each) => each !== place) });
  }

  protected typeDays(event: Event): void {
    this.store.typeDays(textOf(event));
  }
}

function textOf(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value;
}
