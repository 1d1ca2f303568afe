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
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(4.75rem, 1fr));
      row-gap: 0.375rem;
      max-width: 48rem;
      margin: 0;
      padding: 0;
      list-style: none;
      /* The way to the first of a further row begins outside. */
      overflow: hidden;
    }
    li {
      position: relative;
      display: flex;
      flex-direction: column;
      align-items: center;
      gap: 0.125rem;
      font-size: 0.857rem;
      line-height: 1.2;
      padding-inline: 0.125rem;
      text-align: center;
    }
    /* The way from the step before. */
    li::before {
      content: '';
      position: absolute;
      inset: 0.5rem 50% auto -50%;
      border-top: 2px solid var(--sys-primary);
    }
    li:first-child::before {
      display: none;
    }
    .to-come::before {
      border-top-style: dotted;
      border-color: var(--sys-outline);
    }
    .dot {
      position: relative;
      z-index: 1;
      width: 1rem;
      height: 1rem;
      border: 2px solid var(--sys-primary);
      border-radius: 50%;
      background: var(--sys-primary);
    }
    .now .dot {
      background: var(--sys-surface);
      box-shadow:
        inset 0 0 0 3px var(--sys-surface),
        inset 0 0 0 8px var(--sys-primary);
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
