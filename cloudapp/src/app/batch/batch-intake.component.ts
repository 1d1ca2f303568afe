import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  inject,
  output,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import { SIDES } from '../../domain/ill/kinds';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { TypedKeysDirective } from '../ui/typed-keys.directive';
import { MAX_ROWS } from './batch-row';
import { BatchRowsStore } from './batch-rows.store';

/** Input of ids: scanned one by one (a reader ends each with Enter), or pasted. */
@Component({
  selector: 'app-batch-intake',
  standalone: true,
  imports: [ErrorMessageComponent, MatButton, TranslatePipe, TypedKeysDirective],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fieldset class="row gap-l">
      <legend class="visually-hidden">{{ 'batch.side' | translate }}</legend>
      @for (side of sides; track side) {
        <label class="row">
          <input
            type="radio"
            name="batch-side"
            [value]="side"
            [checked]="store.side() === side"
            (change)="store.setSide(side)"
          />
          {{ 'side.' + side | translate }}
        </label>
      }
    </fieldset>
    <label for="batch-scan">{{ 'batch.scan' | translate }}</label>
    <input
      #scan
      id="batch-scan"
      type="text"
      autocomplete="off"
      autocapitalize="characters"
      spellcheck="false"
      aria-describedby="batch-scan-hint"
      data-testid="batch-scan"
      (appEnter)="$event.preventDefault(); take(scan)"
    />
    <p id="batch-scan-hint" class="muted">{{ 'batch.scanHint' | translate }}</p>
    <details>
      <summary>{{ 'batch.paste' | translate }}</summary>
      <label for="batch-paste">{{ 'batch.pasteHint' | translate: { max } }}</label>
      <textarea #paste id="batch-paste" rows="5" spellcheck="false" data-testid="batch-paste"></textarea>
      <button mat-stroked-button type="button" (click)="take(paste)">{{ 'batch.add' | translate }}</button>
    </details>
    <div aria-live="polite" class="stack">
      @if (store.addition(); as last) {
        <p class="muted" data-testid="batch-addition">
          {{ 'batch.added' | translate: { count: last.read } }}
          @if (last.known > 0) {
            · {{ 'batch.known' | translate: { count: last.known } }}
          }
          @if (last.unreadable.length > 0) {
            · {{ 'batch.unreadable' | translate: { count: last.unreadable.length, text: shortened() } }}
          }
        </p>
        @if (last.over > 0) {
          <p class="note warn">{{ 'batch.over' | translate: { count: last.over, max } }}</p>
        }
      }
      @if (store.hasTurned()) {
        <p class="note" data-testid="batch-turned">
          {{ 'batch.turned' | translate: { side: ('side.' + store.side() | translate) } }}
        </p>
      }
      @if (store.isFinding()) {
        <p class="muted">{{ 'batch.finding' | translate }}</p>
      }
    </div>
    @if (store.error(); as error) {
      <app-error-message [error]="error" [canRetry]="true" (again)="again()" />
    }
  `,
  styles: 'textarea { margin: 0.25rem 0; } summary { padding: 0.5rem 0; }',
  host: { class: 'stack gap-xs' },
})
export class BatchIntakeComponent {
  /** Enter without an id: everything was scanned. */
  readonly finished = output();
  protected readonly store = inject(BatchRowsStore);
  private readonly scan = viewChild.required<ElementRef<HTMLInputElement>>('scan');
  protected readonly sides = SIDES;
  protected readonly max = MAX_ROWS;
  protected readonly shortened = computed(() => {
    const text = (this.store.addition()?.unreadable ?? []).join(' / ');
    return text.length > 80 ? `${text.slice(0, 80)}…` : text;
  });

  constructor() {
    // With rows from the work list, the next step is the action and not another id.
    if (this.store.rows().length === 0) afterNextRender(() => this.scan().nativeElement.focus());
  }

  protected take(field: HTMLInputElement | HTMLTextAreaElement): void {
    if (field.value.trim() === '') {
      this.finished.emit();
      return;
    }
    this.store.add(field.value);
    field.value = '';
    field.focus();
  }

  protected again(): void {
    this.store.findMissing();
  }
}
