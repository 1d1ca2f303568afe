import { DatePipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';
import { AlmaSideStore } from '../alma/alma-side.store';
import { ageOf } from '../ui/age';

/** Alma's status and its age, in one line. */
@Component({
  selector: 'app-alma-state',
  standalone: true,
  imports: [DatePipe, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <span>Alma:</span>
    @if (store.alma(); as alma) {
      <strong data-testid="alma-state">{{ alma.status.words || ('request.stateUnknown' | translate) }}</strong>
      @if (alma.changedAt; as at) {
        <span class="muted" [title]="at | date: 'yyyy-MM-dd HH:mm'">{{
          'request.alma.age' | translate: { age: age() }
        }}</span>
      }
    } @else if (store.link() === undefined) {
      <span class="muted">{{ 'request.alma.unlinked' | translate }}</span>
    } @else if (!store.readError()) {
      <span class="muted" role="status">{{ 'request.alma.reading' | translate }}</span>
    }
  `,
  host: { class: 'row' },
})
export class AlmaStateComponent {
  readonly now = input.required<Date>();
  protected readonly store = inject(AlmaSideStore);
  private readonly translate = inject(TranslateService);
  private readonly language = toSignal(this.translate.onLangChange);
  protected readonly age = computed(() => {
    this.language();
    return ageOf(this.store.alma()?.changedAt ?? '', this.now(), this.translate.currentLang);
  });
}
