import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { TranslateService } from '@ngx-translate/core';
import { wordsOf, type Wording } from './words-of';

/** A text with parameters that are translated themselves. */
@Component({
  selector: 'app-wording',
  standalone: true,
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: '{{ text() }}',
})
export class WordingComponent {
  readonly of = input.required<Wording>();
  private readonly translate = inject(TranslateService);
  private readonly language = toSignal(this.translate.onLangChange);

  protected readonly text = computed(() => {
    this.language();
    return wordsOf(this.translate, this.of());
  });
}
