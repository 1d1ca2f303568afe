import { computed, inject, Injectable, signal } from '@angular/core';
import { Subject } from 'rxjs';
import type { MembersQuery } from '../../domain/api/catalog';
import { parseMemberId } from '../../domain/catalog/identifiers';
import { GatewayClient } from '../core/gateway.client';
import { remoteQuery } from '../core/remote';
import { SessionService } from '../core/session.service';

/** Members shown of those found; more of them call for more words. */
const SHOWN = 20;

/** Conditions beside the words; '' is any value. */
export type MemberFilter = Readonly<
  Partial<Record<'region' | 'establisher' | 'institutionType' | 'service' | 'copyService' | 'loanService', string>>
>;

/** Search of all members by name, by FA number, or by conditions. */
@Injectable()
export class MemberSearchStore {
  private readonly gateway = inject(GatewayClient);
  private readonly session = inject(SessionService);
  private readonly queries$ = new Subject<MembersQuery | undefined>();
  readonly words = signal('');
  readonly filter = signal<MemberFilter>({});
  readonly fault = signal<'bad-format' | 'bad-check-character' | undefined>(undefined);
  /** The words of the last search. */
  readonly asked = signal('');
  readonly isNumber = computed(() => looksLikeNumber(this.asked()));
  readonly canSearch = computed(
    () =>
      this.session.library() !== undefined &&
      (this.words().trim() !== '' || Object.values(this.filter()).some((value) => value !== '')),
  );

  readonly found = remoteQuery(this.queries$, (query) => this.gateway.members(query));
  readonly total = computed(() => this.found.value()?.total ?? 0);
  readonly members = computed(() => this.found.value()?.items ?? []);

  type(words: string): void {
    this.words.set(words);
    this.fault.set(undefined);
  }

  /** A number is searched alone: the conditions would hide the library that it names. */
  search(): void {
    const [words, library] = [this.words().trim(), this.session.library()?.code];
    if (!this.canSearch() || library === undefined) return;
    const page = { library, pageSize: SHOWN };
    if (!looksLikeNumber(words)) {
      const filled = Object.entries(this.filter()).filter(([, value]) => value !== '');
      this.ask(words, { ...page, ...(words === '' ? {} : { name: words }), ...Object.fromEntries(filled) });
      return;
    }
    const id = parseMemberId(words);
    if (id.ok) this.ask(id.value, { ...page, memberId: id.value });
    else this.fault.set(id.error);
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
