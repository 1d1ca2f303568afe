import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { MemberSearchStore } from './member-search.store';

/**
 * The form of a member search, and what became of it. Project further conditions with the attribute `conditions`, and
 * the list of the members found with `rows`.
 */
@Component({
  selector: 'app-member-finder',
  standalone: true,
  imports: [ErrorMessageComponent, MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="stack gap-s" (submit)="search($event)" [attr.aria-label]="heading()">
      <div class="row words">
        <label class="field grow" for="member-words"
          >{{ 'members.find.words' | translate }}
          <input
            id="member-words"
            type="text"
            autocomplete="off"
            [value]="store.words()"
            (input)="type($event)"
            aria-describedby="member-words-hint"
            [attr.aria-invalid]="store.fault() !== undefined"
          />
        </label>
        <button mat-stroked-button type="submit" [disabled]="!store.canSearch()">
          {{ 'members.find.run' | translate }}
        </button>
      </div>
      <div id="member-words-hint" class="small" role="status">
        @if (store.fault(); as code) {
          <span class="fault">{{ 'members.find.fault.' + code | translate }}</span>
        }
      </div>
      <ng-content select="[conditions]" />
    </form>
    <div class="stack gap-s" aria-live="polite">
      @switch (store.found.remote().state) {
        @case ('loading') {
          <p class="muted" role="status">{{ 'members.find.searching' | translate }}</p>
        }
        @case ('failed') {
          @if (store.found.error(); as failure) {
            <app-error-message [error]="failure" [canRetry]="true" (again)="store.found.reload()" />
          }
        }
        @case ('ok') {
          @if (store.members().length === 0) {
            <p class="note warn">{{ nothing() | translate: { words: store.asked() } }}</p>
          } @else if (store.total() > store.members().length) {
            <p class="note warn">
              {{ 'members.find.tooMany' | translate: { count: store.total(), shown: store.members().length } }}
            </p>
          }
        }
      }
      <ng-content select="[rows]" />
    </div>
  `,
  styles: `
    .words {
      align-items: end;
    }
  `,
  host: { class: 'stack gap-s' },
})
export class MemberFinderComponent {
  /** Translated name of the form. */
  readonly heading = input.required<string>();
  protected readonly store = inject(MemberSearchStore);

  protected nothing(): string {
    if (this.store.isNumber()) return 'members.find.noSuchNumber';
    return this.store.asked() === '' ? 'members.find.nobody' : 'members.find.nothing';
  }

  protected type(event: Event): void {
    this.store.type((event.target as HTMLInputElement).value);
  }

  protected search(event: Event): void {
    event.preventDefault();
    this.store.search();
  }
}
