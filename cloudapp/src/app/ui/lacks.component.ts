import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';

/** One line with the labels of the fields that an order still needs. */
@Component({
  selector: 'app-lacks',
  standalone: true,
  imports: [TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<span aria-hidden="true">⚠ </span>{{ 'lacks.line' | translate: { fields: labels() } }}`,
})
export class LacksComponent {
  /** Domain names. */
  readonly fields = input.required<readonly string[]>();
  private readonly translate = inject(TranslateService);
  private readonly language = toSignal(this.translate.onLangChange);
  protected readonly labels = computed(() => {
    this.language();
    const comma = this.translate.currentLang === 'en' ? ', ' : '・';
    return this.fields()
      .map((name) => this.translate.instant(name === 'bibId' ? 'lacks.bib' : `field.${name}`) as string)
      .join(comma);
  });
}
