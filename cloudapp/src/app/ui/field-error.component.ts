import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { TranslateService } from '@ngx-translate/core';
import type { FieldError } from '../../domain/errors';

/** A field fault as text. */
@Component({
  selector: 'app-field-error',
  standalone: true,
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: '{{ text() }}',
  styles: ':host { color: var(--sys-error); }',
})
export class FieldErrorComponent {
  readonly error = input.required<FieldError>();
  private readonly translate = inject(TranslateService);
  private readonly language = toSignal(this.translate.onLangChange);

  protected readonly text = computed(() => {
    this.language();
    const { code, params } = this.error();
    const fields =
      typeof params?.['fields'] === 'string'
        ? params['fields']
            .split(', ')
            .map((name) => this.label(name))
            .join(' / ')
        : undefined;
    return this.translate.instant(`fieldError.${code}`, {
      ...params,
      ...(fields === undefined ? {} : { fields }),
    }) as string;
  });

  private label(name: string): string {
    return this.translate.instant(`field.${name}`) as string;
  }
}
