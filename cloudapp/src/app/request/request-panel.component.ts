import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';
import { outputFromObservable, takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Router } from '@angular/router';
import { TranslatePipe } from '@ngx-translate/core';
import { merge, Subject } from 'rxjs';
import actionsMessages from '../../i18n/actions.json';
import bridgeMessages from '../../i18n/bridge.json';
import requestMessages from '../../i18n/request.json';
import { ActionBarComponent } from '../actions/action-bar.component';
import { AlmaSideStore } from '../alma/alma-side.store';
import { MessageActionsStore } from '../bridge/message-actions.store';
import type { AlmaLink, RequestView } from '../../domain/api/requests';
import { fieldSpec, SCALAR_NAMES, type ScalarName } from '../../domain/ill/fields';
import type { Side } from '../../domain/ill/kinds';
import { citationOf, titleOf } from '../../domain/ill/request-title';
import { PageMessages } from '../core/page-messages';
import { CopyButtonComponent } from '../ui/copy-button.component';
import { ErrorMessageComponent } from '../ui/error-message.component';
import { fieldLines, type FieldLine } from '../ui/field-line';
import { FieldListComponent } from '../ui/field-list.component';
import { ListPlace } from '../worklist/list-place';
import { AlmaMatchesComponent } from './alma-matches.component';
import { AlmaStandingComponent } from './alma-standing.component';
import { AlmaStateComponent } from './alma-state.component';
import { BridgeNoteComponent } from './bridge-note.component';
import { BridgeSideStore } from './bridge-side.store';
import { ChargeLinesComponent } from './charge-lines.component';
import { HistoryListComponent } from './history-list.component';
import { LenderListComponent } from './lender-list.component';
import { LifePathComponent } from './life-path.component';
import { NacsisStandingComponent } from './nacsis-standing.component';
import { NextRequestComponent } from './next-request.component';
import { candidatesOf } from './parties';
import { PartnerContactComponent } from './partner-contact.component';
import { PartnerSaidComponent } from './partner-said.component';
import { RequestToolsComponent } from './request-tools.component';
import { RequestStore } from './request.store';

const DATES = [
  'orderDate',
  'acceptDate',
  'shipDate',
  'arrivalDate',
  'dueDate',
  'returnDate',
  'checkInDate',
] as const satisfies readonly ScalarName[];
/** What the librarian looks at first, beside the title. */
const FACTS = [
  'applicant',
  'applicantAffiliation',
  'payment',
  'sendingMethod',
] as const satisfies readonly ScalarName[];
const ELSEWHERE: readonly ScalarName[] = [
  ...DATES,
  ...(['bibNote', 'volume', 'pages', 'year', 'article', 'fee', 'postage', 'total'] as const),
  ...FACTS,
];
/** Fields written by the libraries and not shown elsewhere in the panel; server fields are in the header. */
const REST = SCALAR_NAMES.filter((name) => fieldSpec(name).setBy !== 'server' && !ELSEWHERE.includes(name));

/**
 * The panel of a request: its states in NACSIS-ILL and Alma, and the allowed actions. Replaces the list in the sidebar,
 * and is shown beside it at full screen.
 */
@Component({
  selector: 'app-request-panel',
  standalone: true,
  imports: [
    ActionBarComponent,
    AlmaMatchesComponent,
    AlmaStandingComponent,
    AlmaStateComponent,
    BridgeNoteComponent,
    ChargeLinesComponent,
    CopyButtonComponent,
    ErrorMessageComponent,
    FieldListComponent,
    HistoryListComponent,
    LenderListComponent,
    LifePathComponent,
    NacsisStandingComponent,
    NextRequestComponent,
    PartnerContactComponent,
    PartnerSaidComponent,
    RequestToolsComponent,
    TranslatePipe,
  ],
  providers: [AlmaSideStore, BridgeSideStore, MessageActionsStore, RequestStore],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './request-panel.component.html',
  styles: `
    .standing {
      padding: 0.5rem 0.75rem;
    }
    .facts {
      column-gap: 0.75rem;
      > div {
        display: flex;
        align-items: baseline;
        gap: 0.25rem;
      }
    }
    :host(:focus-visible) {
      outline: none;
    }
  `,
  host: { class: 'stack', tabindex: '-1' },
})
export class RequestPanelComponent {
  readonly side = input.required<Side>();
  readonly requestId = input.required<string>();
  /** The Alma request of the page that led here, in case the gateway has not linked it. */
  readonly almaRequest = input<AlmaLink>();
  /** The action to begin with. */
  readonly begin = input<string>();
  protected readonly store = inject(RequestStore);
  protected readonly almaSide = inject(AlmaSideStore);
  protected readonly bridge = inject(BridgeSideStore);
  private readonly messageActions = inject(MessageActionsStore);
  private readonly listPlace = inject(ListPlace);
  private readonly router = inject(Router);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  /** The Alma request that names this request as its external identifier. */
  private readonly matchedLink = signal<AlmaLink | undefined>(undefined);
  private readonly acted$ = new Subject<RequestView>();
  /** Emits after an action or news from NACSIS-ILL, so that lists with the request are read again. */
  readonly changed = outputFromObservable(merge(this.acted$, this.store.changed$));

  protected readonly title = computed(() => titleOf(this.store.request()?.fields ?? {}));
  protected readonly citation = computed(() => citationOf(this.store.request()?.fields ?? {}));
  /** For the lender, the place of the material comes first. */
  protected readonly facts = computed((): readonly FieldLine[] => {
    const request = this.store.request();
    if (request === undefined) return [];
    const lines = fieldLines(FACTS, request.fields);
    const own = candidatesOf(request).find(({ standing }) => standing === 'active')?.lender;
    if (request.side === 'borrower' || own === undefined) return lines;
    const places = (['location', 'callNumber'] as const).map((part) => ({
      label: `lenderPart.${part}`,
      value: own[part] ?? '',
    }));
    return [...places.filter(({ value }) => value !== ''), ...lines];
  });
  protected readonly dates = computed(() => fieldLines(DATES, this.store.request()?.fields ?? {}));
  protected readonly rest = computed(() => fieldLines(REST, this.store.request()?.fields ?? {}));
  /** Position of the current lender among the candidates. */
  protected readonly place = computed(() => {
    const request = this.store.request();
    const candidates = request?.side === 'borrower' ? candidatesOf(request) : [];
    const at = candidates.findIndex(({ standing }) => standing === 'active');
    return at < 0 ? undefined : { place: at + 1, count: candidates.length };
  });

  private readonly pageLink = computed(() => this.almaRequest() ?? this.matchedLink());

  constructor() {
    inject(PageMessages).add(actionsMessages, bridgeMessages, requestMessages);
    effect(
      () => {
        const [id, side] = [this.requestId(), this.side()];
        untracked(() => {
          this.messageActions.forget();
          this.matchedLink.set(undefined);
          this.store.open(id, side);
        });
      },
      { allowSignalWrites: true },
    );
    // Carrying out a message changes the request.
    this.messageActions.changed$.pipe(takeUntilDestroyed()).subscribe({
      next: () => {
        this.bridge.reload();
        this.reload();
      },
    });
    effect(() => {
      const [request, link] = [this.store.request(), this.pageLink()];
      untracked(() => {
        if (request === undefined) return;
        this.almaSide.show(request, link);
        this.bridge.show(request);
      });
    });
  }

  protected reload(): void {
    this.store.reload();
    this.almaSide.reload();
  }

  protected matched(link: AlmaLink): void {
    this.matchedLink.set(link);
  }

  /** Takes the request with its changed link, without telling Alma anything. */
  protected linked(request: RequestView): void {
    this.store.take(request);
    this.acted$.next(request);
  }

  /** Opens another request: beside the list if this panel is there, otherwise on its own page. */
  protected goTo({ side, id }: Pick<RequestView, 'side' | 'id'>): void {
    if (this.router.url === '/') this.listPlace.opened.set({ side, id });
    else void this.router.navigate(['/requests', side, id]);
    this.host.focus({ preventScroll: true });
    this.host.scrollIntoView();
  }

  protected acted(request: RequestView): void {
    this.store.take(request);
    this.almaSide.show(request, this.pageLink());
    this.almaSide.tell();
    this.acted$.next(request);
  }
}
