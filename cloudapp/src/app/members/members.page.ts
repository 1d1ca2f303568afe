import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import memberMessages from '../../i18n/member.json';
import membersMessages from '../../i18n/members.json';
import type { Member } from '../../domain/catalog/catalog';
import { ESTABLISHERS, INSTITUTION_TYPES, REGIONS } from '../../domain/ill/codes';
import { KINDS } from '../../domain/ill/kinds';
import { servingOf } from '../../domain/ill/member';
import { PageMessages } from '../core/page-messages';
import { SessionService } from '../core/session.service';
import { LibraryChoiceComponent } from '../ui/library-choice.component';
import { PageHeaderComponent } from '../ui/page-header.component';
import { MemberDetailsComponent } from './member-details.component';
import { MemberFinderComponent } from './member-finder.component';
import { MemberSearchStore, type MemberFilter } from './member-search.store';

/** The services that a member can be searched by: a choice, and the flags that it means. */
const SERVICES: Readonly<Record<string, MemberFilter>> = {
  copy: { service: 'A', copyService: 'A' },
  loan: { service: 'A', loanService: 'A' },
  both: { service: 'A', copyService: 'A', loanService: 'A' },
  stopped: { service: 'N' },
};

/** Search of the member libraries, and their records in full. */
@Component({
  standalone: true,
  imports: [
    LibraryChoiceComponent,
    MemberDetailsComponent,
    MemberFinderComponent,
    PageHeaderComponent,
    RouterLink,
    TranslatePipe,
  ],
  providers: [MemberSearchStore],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './members.page.html',
  styles: `
    :host {
      max-width: 50rem;
    }
    .conditions {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(10rem, 1fr));
      gap: 0.375rem 0.5rem;
    }
  `,
  host: { class: 'stack' },
})
export class MembersPage {
  protected readonly search = inject(MemberSearchStore);
  protected readonly session = inject(SessionService);
  protected readonly regions = REGIONS;
  protected readonly establishers = ESTABLISHERS;
  protected readonly institutionTypes = INSTITUTION_TYPES;
  protected readonly services = Object.keys(SERVICES);
  /** Members whose record the user opened or closed. */
  private readonly toggled = signal<ReadonlySet<string>>(new Set());
  protected readonly rows = computed(() => {
    const [members, toggled] = [this.search.members(), this.toggled()];
    return members.map((member) => ({
      member,
      holding: { id: '', ncid: '', memberId: member.memberId, volumes: [], member },
      region: REGIONS.some(({ id }) => id === member.region) ? `code.region.${member.region ?? ''}` : undefined,
      serving: KINDS.map((kind) => ({ kind, ...servingTo(member, kind) })),
      // A single result opens by itself.
      isOpen: (members.length === 1) !== toggled.has(member.memberId),
      isOwn: this.session.libraries().some(({ memberId }) => memberId === member.memberId),
    }));
  });

  constructor() {
    inject(PageMessages).add(memberMessages, membersMessages);
  }

  protected narrow(name: 'region' | 'establisher' | 'institutionType', event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    this.search.filter.update((filter) => ({ ...filter, [name]: value }));
  }

  protected narrowServices(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    const { service: _, copyService: _copy, loanService: _loan, ...others } = this.search.filter();
    this.search.filter.set({ ...others, ...SERVICES[value] });
  }

  protected toggle({ memberId }: Member): void {
    this.toggled.update((known) => {
      const toggled = new Set(known);
      if (!toggled.delete(memberId)) toggled.add(memberId);
      return toggled;
    });
  }
}

/** Whether the member takes requests of this kind, and the i18n key of the reason when it does not. */
function servingTo(member: Member, kind: (typeof KINDS)[number]): { readonly serves: boolean; readonly word: string } {
  const serving = servingOf(member, kind);
  return { serves: serving.serves, word: serving.serves ? 'members.serves' : `unservable.${serving.reason}` };
}
