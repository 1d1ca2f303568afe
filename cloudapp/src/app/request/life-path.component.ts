import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { RequestView } from '../../domain/api/requests';
import { lifePath } from '../../domain/ill/life-path';

/** The request's life: passed states, the present one, and those to come on the main path. */
@Component({
  selector: 'app-life-path',
  standalone: true,
  imports: [TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (steps().length > 0) {
      <ol [attr.aria-label]="'request.path.label' | translate" data-testid="life-path">
        @for (step of steps(); track $index) {
          <li [class]="step.when" [attr.aria-current]="step.when === 'now' ? 'step' : null">
            <span class="dot" aria-hidden="true"></span>
            <span class="name">{{ 'state.' + step.state | translate }}</span>
            <span class="visually-hidden">{{ 'request.path.' + step.when | translate }}</span>
          </li>
        }
      </ol>
    }
  `,
  styles: `
    ol {
      display: flex;
      flex-wrap: wrap;
      row-gap: 0.375rem;
      max-width: 60rem;
      margin: 0;
      padding: 0;
      list-style: none;
    }
    li {
      position: relative;
      flex: 1 1 4.5rem;
      display: flex;
      flex-direction: column;
      align-items: center;
      gap: 0.125rem;
      max-width: 8rem;
      font-size: 0.857rem;
      line-height: 1.2;
      padding-inline: 0.25rem;
      text-align: center;
      /* A state's name stays in one piece; an English gloss goes to the next line. */
      word-break: keep-all;
      overflow-wrap: normal;
    }
    /* The way from the step before, and to the next one. */
    li::before,
    li::after {
      content: '';
      position: absolute;
      inset: 0.5rem 50% auto 0;
      border-top: 2px solid var(--sys-outline);
    }
    li::after {
      inset-inline: 50% 0;
    }
    li:first-child::before,
    li:last-child::after {
      display: none;
    }
    .to-come::before,
    .now::after,
    .to-come::after {
      border-top-style: dotted;
    }
    .dot {
      position: relative;
      z-index: 1;
      width: 1rem;
      height: 1rem;
      border: 2px solid var(--sys-on-surface-variant);
      border-radius: 50%;
      background: var(--sys-on-surface-variant);
    }
    .now .dot {
      background: var(--sys-surface);
      box-shadow:
        inset 0 0 0 3px var(--sys-surface),
        inset 0 0 0 8px var(--sys-on-surface-variant);
    }
    .to-come .dot {
      border-color: var(--sys-outline);
      background: var(--sys-surface);
    }
    .now .name {
      font-weight: 700;
    }
    .to-come .name {
      color: var(--sys-on-surface-variant);
    }
  `,
})
export class LifePathComponent {
  readonly request = input.required<RequestView>();
  protected readonly steps = computed(() => lifePath(this.request()));
}
