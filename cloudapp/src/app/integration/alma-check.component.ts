import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import { remoteQuery } from '../core/remote';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { AlmaCheckService } from './alma-check.service';

/**
 * Checks whether Alma has a partner or patron with this code; shows the consequence and the remedy. Checks again when
 * the code changes.
 */
@Component({
  selector: 'app-alma-check',
  standalone: true,
  imports: [ErrorMessageComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div role="status" data-testid="alma-check">
      @if (isLooking()) {
        <p class="muted">{{ 'integration.check.looking' | translate }}</p>
      }
      @if (standing(); as found) {
        @if (isGood()) {
          <p class="note good">✓ {{ words() | translate: { code: code(), name: name() } }}</p>
        } @else {
          <p class="note warn">⚠ {{ words() | translate: { code: code(), name: name() } }}</p>
        }
      }
    </div>
    @if (error(); as failure) {
      <app-error-message [error]="failure" [canRetry]="true" (again)="again()" />
    } @else if (standing() && !isGood()) {
      <button class="link" type="button" (click)="again()">{{ 'integration.check.again' | translate }}</button>
    }
  `,
})
export class AlmaCheckComponent {
  readonly kind = input.required<'partner' | 'patron'>();
  /** Empty: no check. */
  readonly code = input.required<string>();
  private readonly alma = inject(AlmaCheckService);
  private readonly query = remoteQuery(
    computed(() => (this.code() === '' ? undefined : { code: this.code(), kind: this.kind() })),
    ({ code, kind }) => this.alma[kind](code),
  );
  protected readonly standing = this.query.value;
  protected readonly error = this.query.error;
  protected readonly isLooking = computed(() => this.query.remote().state === 'loading');
  protected readonly isGood = computed(() => ['active', 'there'].includes(this.standing()?.is ?? ''));
  protected readonly name = computed(() => {
    const found = this.standing();
    return found !== undefined && 'name' in found ? found.name : '';
  });
  protected readonly words = computed(() => `integration.check.${this.kind()}.${this.standing()?.is ?? 'missing'}`);

  protected again(): void {
    this.query.reload();
  }
}
