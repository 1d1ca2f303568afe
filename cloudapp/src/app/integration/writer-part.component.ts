import { ChangeDetectionStrategy, Component, computed, effect, ElementRef, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { FieldErrorComponent } from '../ui/field-error.component';
import { IntegrationStore } from './integration.store';

/** The ways to choose from, as in WRITERS of the contract, whose file would add TypeBox to the bundle. */
const WAYS = ['rest', 'iso18626', 'alma-nacsis'] as const;
const OPTIONS = ['orderAtOnce', 'sendPatronName'] as const;

/** Who writes to Alma: three ways with what each does, when to choose it, and what it cannot do. */
@Component({
  selector: 'app-writer-part',
  standalone: true,
  imports: [FieldErrorComponent, RouterLink, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fieldset class="framed stack gap-m" aria-describedby="writer-about">
      <legend>{{ 'integration.writer.title' | translate }}</legend>
      <p id="writer-about" class="muted">{{ 'integration.writer.about' | translate }}</p>
      @for (way of ways; track way) {
        <div class="stack gap-xs">
          <label class="check"
            ><input
              type="radio"
              name="writer"
              [value]="way"
              [checked]="store.edit().writer === way"
              (change)="store.change({ writer: way })"
              [attr.aria-describedby]="'writer-' + way + (isRefused(way) ? ' writer-fault' : '')"
              [attr.aria-invalid]="isRefused(way) ? true : null"
            />
            <strong>{{ 'integration.writer.name.' + way | translate }}</strong></label
          >
          <p [id]="'writer-' + way" class="about">{{ 'integration.writer.text.' + way | translate }}</p>
          @if (isRefused(way)) {
            @if (fault(); as wrong) {
              <p id="writer-fault" class="about"><app-field-error [error]="wrong" /></p>
            }
          }
        </div>
      }
      @if (store.edit().writer === 'iso18626') {
        <div class="about stack gap-m" data-testid="writer-options">
          @for (option of options; track option) {
            <div class="stack gap-xs">
              <label class="check"
                ><input
                  type="checkbox"
                  [checked]="store.edit()[option]"
                  (change)="setOption(option, $event)"
                  [attr.aria-describedby]="'writer-' + option"
                />
                {{ 'integration.writer.option.' + option | translate }}</label
              >
              <p [id]="'writer-' + option" class="muted">{{ 'integration.writer.optionText.' + option | translate }}</p>
            </div>
          }
        </div>
      }
      @if (store.edit().writer !== 'rest') {
        <div class="note stack gap-xs" data-testid="writer-setup">
          <p>
            <strong>{{ 'integration.writer.setup' | translate }}</strong>
          </p>
          <p>{{ 'integration.writer.setupText.' + store.edit().writer | translate }}</p>
          <p>
            <a routerLink="/help" [queryParams]="{ topic: 'almaScreens' }">{{
              'integration.writer.toHelp' | translate
            }}</a>
          </p>
          <p class="muted">{{ 'integration.writer.notUsed' | translate }}</p>
        </div>
      }
    </fieldset>
  `,
  styles: ':host { display: block; } .about { padding-inline-start: 1.75rem; }',
})
export class WriterPartComponent {
  protected readonly store = inject(IntegrationStore);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly ways = WAYS;
  protected readonly options = OPTIONS;
  /** The gateway's objection to the way that was to be saved. */
  protected readonly fault = computed(() =>
    this.store.saveError()?.details.fieldErrors?.find(({ field }) => field.endsWith('.writer')),
  );

  constructor() {
    effect(() => {
      if (this.fault() !== undefined) this.host.querySelector<HTMLInputElement>('input[type=radio]:checked')?.focus();
    });
  }

  protected isRefused(way: string): boolean {
    return this.fault() !== undefined && this.store.sentWriter() === way;
  }

  protected setOption(option: (typeof OPTIONS)[number], event: Event): void {
    this.store.change({ [option]: (event.target as HTMLInputElement).checked });
  }
}
