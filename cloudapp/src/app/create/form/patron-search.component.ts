import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import { map, Subject, type Observable } from 'rxjs';
import { oneLine } from '../../../domain/catalog/printed-text';
import { HostService } from '../../core/host.service';
import { remoteQuery } from '../../core/remote';
import { listIn, objectOf } from '../../core/unknown-json';
import { ErrorMessageComponent } from '../../ui/error-message.component';
import { OrderFormStore } from './order-form.store';

interface Patron {
  readonly id: string;
  readonly name: string;
}
interface Found {
  readonly patrons: readonly Patron[];
  readonly total: number;
}

/** Patrons shown of those found; more of them call for more words. */
const SHOWN = 20;
/** The field of Alma's search for users (`q=FIELD~WORDS`, GET /users) that finds ids and names. */
const EVERY_FIELD = 'ALL';

/** Finds a patron in Alma by name or id, and takes the name over as the applicant. */
@Component({
  selector: 'app-patron-search',
  standalone: true,
  imports: [ErrorMessageComponent, MatButton, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="row words" (submit)="search($event)" [attr.aria-label]="'create.patron.title' | translate">
      <label class="field grow"
        >{{ 'create.patron.words' | translate }}
        <input id="patron-words" type="text" autocomplete="off" [value]="words()" (input)="type($event)" />
      </label>
      <button mat-stroked-button type="submit" [disabled]="words().trim() === ''">
        {{ 'create.patron.run' | translate }}
      </button>
    </form>
    <div class="stack gap-xs" aria-live="polite">
      @switch (found.remote().state) {
        @case ('loading') {
          <p class="muted" role="status">{{ 'create.patron.searching' | translate }}</p>
        }
        @case ('failed') {
          @if (found.error(); as failure) {
            <app-error-message [error]="failure" [canRetry]="true" (again)="found.reload()" />
          }
        }
        @case ('ok') {
          @if (patrons().length === 0) {
            <p class="note warn">{{ 'create.patron.nothing' | translate: { words: asked() } }}</p>
          } @else if (total() > patrons().length) {
            <p class="note warn">
              {{ 'create.patron.tooMany' | translate: { count: total(), shown: patrons().length } }}
            </p>
          }
          <ul class="plain-list">
            @for (patron of patrons(); track patron.id) {
              <li class="row lined below">
                <span class="grow"
                  >{{ patron.name }} <span class="muted">{{ patron.id }}</span></span
                >
                <button class="plain-button" type="button" (click)="take(patron)">
                  {{ 'create.patron.take' | translate }}<span class="visually-hidden"> {{ patron.name }}</span>
                </button>
              </li>
            }
          </ul>
        }
      }
    </div>
  `,
  styles: `
    .words {
      align-items: end;
    }
    ul {
      max-height: 16rem;
      overflow-y: auto;
    }
  `,
  host: { class: 'stack gap-s' },
})
export class PatronSearchComponent {
  private readonly host = inject(HostService);
  private readonly form = inject(OrderFormStore);
  private readonly queries$ = new Subject<string | undefined>();
  protected readonly words = signal('');
  /** The words of the last search. */
  protected readonly asked = signal('');
  protected readonly found = remoteQuery(this.queries$, (words) => this.read(words));
  protected readonly patrons = computed(() => this.found.value()?.patrons ?? []);
  protected readonly total = computed(() => this.found.value()?.total ?? 0);

  protected type(event: Event): void {
    this.words.set((event.target as HTMLInputElement).value);
  }

  protected search(event: Event): void {
    event.preventDefault();
    const words = this.words().trim();
    if (words === '') return;
    this.asked.set(words);
    this.queries$.next(words);
  }

  protected take({ id, name }: Patron): void {
    this.form.type('applicant', name);
    this.form.patronId.set(id);
    this.queries$.next(undefined);
  }

  private read(words: string): Observable<Found> {
    // Alma writes a blank within the words as an underscore.
    const query = encodeURIComponent(`${EVERY_FIELD}~${words.replace(/\s+/g, '_')}`);
    return this.host.read(`/users?q=${query}&limit=${String(SHOWN)}`).pipe(map(foundIn));
  }
}

function foundIn(answer: unknown): Found {
  const patrons = listIn(answer, 'user').flatMap(patronIn);
  const count = objectOf(answer)['total_record_count'];
  return { patrons, total: typeof count === 'number' ? Math.max(count, patrons.length) : patrons.length };
}

function patronIn(user: unknown): readonly Patron[] {
  const { primary_id: id, last_name: last, first_name: first } = objectOf(user);
  if (typeof id !== 'string' || id === '') return [];
  const name = [last, first].filter((part) => typeof part === 'string').join(' ');
  return [{ id, name: oneLine(name) || id }];
}
