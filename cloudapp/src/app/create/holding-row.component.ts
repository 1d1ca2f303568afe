import { ChangeDetectionStrategy, Component, computed, input, output, signal } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { NotPickable, HoldingRow } from './lender-choice';

/** A holding library: what it has, whether it takes the request, and the button that puts it into the rota. */
@Component({
  selector: 'app-holding-row',
  standalone: true,
  imports: [TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="holding" [class.off]="row().reason">
      <div class="what">
        <p>
          <strong>{{ row().name }}</strong>
          @if (row().holding.member?.region; as region) {
            <span class="muted"> {{ 'code.region.' + region | translate }}</span>
          }
        </p>
        <p class="chips">
          @if (row().reason; as reason) {
            <span class="chip warn">✕ {{ reasonKey(reason) | translate }}</span>
          } @else {
            <span class="chip good">✓ {{ 'create.serves' | translate }}</span>
            @if (row().through; as through) {
              <span class="chip">{{ 'create.through' | translate: { memberId: through } }}</span>
            }
            @if (row().isSameRegion) {
              <span class="chip">{{ 'create.sameRegion' | translate }}</span>
            }
          }
          @if (row().holding.member?.offset) {
            <span class="chip">{{ 'create.offset' | translate }}</span>
          }
        </p>
        <p class="muted">{{ extent() }}</p>
        @if (volumes().length > 1 && !row().reason && !isPicked()) {
          <label class="muted">{{ 'create.volume' | translate }}
            <select (change)="choose($event)">
              @for (volume of volumes(); track $index) {
                <option [value]="$index">{{ volume.volume ?? volume.callNumber ?? $index + 1 }}</option>
              }
            </select>
          </label>
        }
      </div>
      @if (isPicked()) {
        <button type="button" class="pick on" (click)="dropped.emit()">{{ 'create.unpick' | translate }}<span class="visually-hidden"> {{ row().name }}</span></button>
      } @else if (!row().reason) {
        <button type="button" class="pick" [disabled]="isFull()" (click)="picked.emit(volumeAt())">{{ 'create.pick' | translate }}<span class="visually-hidden"> {{ row().name }}</span></button>
      }
    </div>
  `,
  styles: `
    .holding { display: flex; align-items: center; gap: 0.5rem; padding: 0.375rem 0.25rem 0.375rem 0; border-bottom: 1px solid var(--sys-outline-variant); }
    .what { flex: 1; min-width: 0; }
    .chips { display: flex; flex-wrap: wrap; gap: 0.25rem; margin: 0.125rem 0; }
    .pick { flex: none; min-height: 36px; min-width: 4rem; border: 1px solid var(--sys-primary); border-radius: 4px; background: var(--sys-surface); color: var(--sys-primary); cursor: pointer; }
    .pick.on { background: var(--sys-primary); color: var(--sys-on-primary); }
    .pick:disabled { opacity: 0.4; cursor: default; }
  `,
})
export class HoldingRowComponent {
  readonly row = input.required<HoldingRow>();
  readonly isPicked = input(false);
  readonly isFull = input(false);
  /** With the place of the volume that is wanted. */
  readonly picked = output<number>();
  readonly dropped = output();

  protected readonly volumeAt = signal(0);
  protected readonly volumes = computed(() => this.row().holding.volumes);
  protected readonly extent = computed(() => {
    const { location, years, volumeRange, callNumber, volumes } = this.row().holding;
    const first = volumes[0];
    return [location, years, volumeRange, volumes.length === 1 ? first?.volume : undefined, callNumber ?? first?.callNumber].filter(Boolean).join(' · ');
  });

  protected choose(event: Event): void {
    this.volumeAt.set(Number((event.target as HTMLSelectElement).value));
  }

  protected reasonKey(reason: NotPickable): string {
    return reason === 'own-library' || reason === 'no-member-record' ? `create.${reason}` : `unservable.${reason}`;
  }
}
