import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import { Subject } from 'rxjs';
import type { CatalogRecord } from '../../../domain/catalog/catalog';
import { SessionService } from '../../core/session.service';
import { GatewayClient } from '../../core/gateway.client';
import { remoteQuery } from '../../core/remote';
import { ErrorMessageComponent } from '../../ui/error-message.component';

interface Line {
  readonly label: string;
  readonly text: string;
  /** The record that the line links to. */
  readonly ncid?: string;
}

/** All data of a NACSIS-CAT record. Linked records are shown in its place. */
@Component({
  selector: 'app-catalog-details',
  standalone: true,
  imports: [ErrorMessageComponent, MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (shown() !== record()) {
      <div class="row">
        <button class="link" type="button" (click)="follow(undefined)">← {{ 'catalog.back' | translate }}</button>
        @if (canChoose()) {
          <button mat-stroked-button type="button" (click)="chosen.emit(shown())">
            {{ 'create.chooseRecord' | translate }}<span class="visually-hidden"> {{ shown().title }}</span>
          </button>
        }
      </div>
    }
    @if (linked.remote().state === 'loading') {
      <p class="muted" role="status">{{ 'catalog.loading' | translate }}</p>
    }
    @if (error(); as failure) {
      <app-error-message [error]="failure" [canRetry]="true" (again)="follow(last())" />
    }
    <dl class="pairs">
      @for (line of lines(); track $index) {
        <div>
          <dt>{{ line.label | translate }}</dt>
          <dd>
            @if (line.ncid; as ncid) {
              <button class="link" type="button" (click)="follow(ncid)">{{ line.text }}</button>
            } @else {
              {{ line.text }}
            }
          </dd>
        </div>
      }
    </dl>
  `,
  styles: `
    :host {
      display: block;
      padding: 0.5rem;
      border-radius: 4px;
      background: var(--sys-surface-container);
      font-size: 0.929rem;
    }
    dl > div {
      grid-template-columns: 7rem 1fr;
      padding: 0.125rem 0;
    }
    dd {
      min-width: 0;
    }
    dd .link {
      padding: 0;
    }
  `,
})
export class CatalogDetailsComponent {
  readonly record = input.required<CatalogRecord>();
  readonly canChoose = input(false);
  readonly chosen = output<CatalogRecord>();

  private readonly gateway = inject(GatewayClient);
  private readonly session = inject(SessionService);
  private readonly wanted$ = new Subject<string | undefined>();
  protected readonly last = signal<string | undefined>(undefined);
  protected readonly linked = remoteQuery(this.wanted$, (ncid) =>
    this.gateway.catalogRecord(this.session.library()?.code ?? '', ncid),
  );
  protected readonly shown = computed(() => this.linked.value() ?? this.record());
  protected readonly error = this.linked.error;
  protected readonly lines = computed(() => linesOf(this.shown()).filter(({ text }) => text !== ''));

  protected follow(ncid: string | undefined): void {
    this.last.set(ncid);
    this.wanted$.next(ncid);
  }
}

function linesOf(record: CatalogRecord): readonly Line[] {
  const line = (label: string, text = '', ncid?: string): Line => ({
    label: `catalog.${label}`,
    text,
    ...(ncid !== undefined && { ncid }),
  });
  return [
    line('title', record.title),
    line('titleReading', record.titleReading),
    line('responsibility', record.responsibility),
    line('edition', record.edition),
    line(
      'imprint',
      [[record.place, record.publisher].filter(Boolean).join(' : '), record.year].filter(Boolean).join(', '),
    ),
    line('physical', record.physical),
    line('numbering', record.numbering),
    ...record.volumes.map(({ volume, isbn }) =>
      line('volume', [volume, isbn && `ISBN ${isbn}`].filter(Boolean).join(' ')),
    ),
    line('isbn', record.isbns.join(', ')),
    line('issn', record.issn),
    ...(record.numbers ?? []).map(({ kind, value }) => line('number', `${kind} ${value}`)),
    ...(record.variantTitles ?? []).map((text) => line('variantTitle', text)),
    ...(record.contents ?? []).map((text) => line('contents', text)),
    ...record.series.map(({ title, number, ncid }) =>
      line('series', [title, number].filter(Boolean).join(' ; '), ncid),
    ),
    ...(record.links ?? []).map(({ relation, ncid, title }) => ({
      label: `catalog.link.${relation}`,
      text: title ?? ncid,
      ncid,
    })),
    ...record.authors.map(({ name }) => line('author', name)),
    ...record.subjects.map((text) => line('subject', text)),
    ...(record.classifications ?? []).map((text) => line('classification', text)),
    ...record.notes.map((text) => line('note', text)),
    line('language', [record.language, record.country].filter(Boolean).join(' / ')),
    line('ncid', record.ncid),
    line('file', record.file),
    line('familyId', record.familyId),
    line('createdBy', record.createdBy),
  ];
}
