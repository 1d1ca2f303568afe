import { DatePipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { TranslatePipe } from '@ngx-translate/core';
import { IDLE, toRemote, valueOf } from '../core/remote';
import { ImportClient } from './import.client';

/** Shows problems of the gateway's nightly maintenance to users who may manage; hidden when there are none. */
@Component({
  selector: 'app-upkeep-note',
  standalone: true,
  imports: [DatePipe, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (troubles().length > 0) {
      <div class="note warn stack gap-s" role="status" data-testid="upkeep">
        <p>
          <strong><span aria-hidden="true">⚠</span> {{ 'imports.upkeep.title' | translate }}</strong>
        </p>
        <ul>
          @for (each of troubles(); track each.step) {
            <li>
              {{ 'imports.upkeep.step.' + each.step | translate }}: {{ 'imports.upkeep.' + each.trouble | translate }}
              @if (each.doneAt; as at) {
                {{ 'imports.upkeep.doneAt' | translate: { at: at | date: 'yyyy-MM-dd HH:mm' } }}
              } @else {
                {{ 'imports.upkeep.never' | translate }}
              }
            </li>
          }
        </ul>
        <p>{{ 'imports.upkeep.wayOut' | translate }}</p>
      </div>
    }
  `,
  styles: ':host(:empty) { display: none; }',
})
export class UpkeepNoteComponent {
  private readonly remote = toSignal(toRemote(inject(ImportClient).upkeep()), { initialValue: IDLE });
  /** Ignores read errors, because the page reports the read errors of the runs. */
  protected readonly troubles = computed(() =>
    (valueOf(this.remote())?.steps ?? []).flatMap((each) =>
      each.trouble === undefined ? [] : [{ ...each, trouble: each.trouble }],
    ),
  );
}
