import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslatePipe } from '@ngx-translate/core';
import { Subject } from 'rxjs';
import type { MembersQuery } from '../../../domain/api/catalog';
import { parseMemberId } from '../../../domain/catalog/identifiers';
import { MAX_LENDERS } from '../../../domain/ill/fields';
import { GatewayClient } from '../../core/gateway.client';
import { remoteQuery } from '../../core/remote';
import { SessionService } from '../../core/session.service';
import { ErrorMessageComponent } from '../../ui/error-message.component';
import { CandidateChipsComponent } from './candidate-chips.component';
import { HoldingsStore } from './holdings.store';
import { PickButtonComponent } from './pick-button.component';
import { RotaStore } from './rota.store';

/** Members shown of those found; more of them call for more words. */
const SHOWN = 20;

/** Finds a library by its name or FA number among all members, also one that holds nothing, and adds it to the lenders. */
@Component({
  selector: 'app-member-search',
  standalone: true,
  imports: [CandidateChipsComponent, ErrorMessageComponent, MatButton, PickButtonComponent, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './member-search.component.html',
  styles: `
    .words {
      align-items: end;
    }
    .found .row {
      flex-wrap: nowrap;
    }
    .found {
      max-height: 20rem;
      overflow-y: auto;
    }
  `,
})
export class MemberSearchComponent {
  protected readonly rota = inject(RotaStore);
  protected readonly holdings = inject(HoldingsStore);
  private readonly gateway = inject(GatewayClient);
  private readonly session = inject(SessionService);
  private readonly queries$ = new Subject<MembersQuery | undefined>();
  protected readonly max = MAX_LENDERS;
  protected readonly words = signal('');
  protected readonly fault = signal<'bad-format' | 'bad-check-character' | undefined>(undefined);
  /** The words of the last search. */
  protected readonly asked = signal('');
  protected readonly isNumber = computed(() => looksLikeNumber(this.asked()));

  protected readonly found = remoteQuery(this.queries$, (query) => this.gateway.members(query));
  protected readonly total = computed(() => this.found.value()?.total ?? 0);
  protected readonly rows = computed(() =>
    (this.found.value()?.items ?? []).map((member) => this.holdings.rowFor(member)),
  );

  protected type(event: Event): void {
    this.words.set((event.target as HTMLInputElement).value);
    this.fault.set(undefined);
  }

  protected search(event: Event): void {
    event.preventDefault();
    const [words, library] = [this.words().trim(), this.session.library()?.code];
    if (words === '' || library === undefined) return;
    const page = { library, pageSize: SHOWN };
    if (!looksLikeNumber(words)) this.ask(words, { ...page, name: words });
    else {
      const id = parseMemberId(words);
      if (id.ok) this.ask(id.value, { ...page, memberId: id.value });
      else this.fault.set(id.error);
    }
  }

  private ask(words: string, query: MembersQuery): void {
    this.asked.set(words);
    this.queries$.next(query);
  }
}

/** True for FA and a digit, also in wide characters. */
function looksLikeNumber(words: string): boolean {
  return /^\s*fa\s*\d/i.test(words.normalize('NFKC'));
}
