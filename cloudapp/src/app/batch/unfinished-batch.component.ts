import { ChangeDetectionStrategy, Component, inject, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import { UnfinishedBatchService, type UnfinishedBatch } from './unfinished-batch.service';

/** Notice of a batch interrupted by a reload. Continuing first looks up the state of its rows. */
@Component({
  selector: 'app-unfinished-batch',
  standalone: true,
  imports: [MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (unfinished.found(); as batch) {
      <section class="note warn stack" data-testid="batch-unfinished">
        <h2>{{ 'batch.unfinished.title' | translate }}</h2>
        <p>{{ 'batch.unfinished.note' | translate: { count: batch.ids.length } }}</p>
        <div class="row">
          <button mat-stroked-button type="button" data-testid="batch-look" (click)="take(batch)">
            {{ 'batch.unfinished.look' | translate: { count: batch.ids.length } }}
          </button>
          <button mat-stroked-button type="button" (click)="unfinished.drop()">
            {{ 'batch.unfinished.drop' | translate }}
          </button>
        </div>
      </section>
    }
  `,
})
export class UnfinishedBatchComponent {
  readonly takenUp = output<UnfinishedBatch>();
  protected readonly unfinished = inject(UnfinishedBatchService);

  protected take(batch: UnfinishedBatch): void {
    this.takenUp.emit(batch);
    this.unfinished.drop();
  }
}
