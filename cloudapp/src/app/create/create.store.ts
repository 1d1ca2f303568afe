import { computed, effect, inject, Injectable, signal, untracked } from '@angular/core';
import type { CreateRequest } from '../../domain/api/requests';
import type { CatalogRecord } from '../../domain/catalog/catalog';
import type { Form } from '../../domain/catalog/catalog-files';
import type { FieldError } from '../../domain/errors';
import type { Kind } from '../../domain/ill/kinds';
import { UNKNOWN_VOLUME } from '../../domain/ill/validation';
import { sourceKey } from '../alma/source';
import { SessionService } from '../core/session.service';
import { newKey } from '../core/new-key';
import { valueOf } from '../core/remote';
import { DraftStore, type Kept } from './form/draft.store';
import { presetsFrom } from './form/field-defaults';
import { HoldingsStore } from './lenders/holdings.store';
import { isAskedAbout, type OrderDraft } from './form/order-draft';
import { OrderFormStore, type Mode } from './form/order-form.store';
import { RecordStore } from './material/record.store';
import { RotaStore } from './lenders/rota.store';
import { SubmissionStore } from './submit/submission.store';
import { TemplatesStore } from './form/templates.store';
import { WarningsStore, type Watched } from './submit/warnings.store';

const USUAL_KIND: Readonly<Record<Form, Kind>> = { book: 'loan', serial: 'copy' };

/** State of one order: connects the record, its match in NACSIS-CAT, the rota and the form. */
@Injectable()
export class CreateStore {
  private readonly session = inject(SessionService);
  private readonly records = inject(RecordStore);
  private readonly form = inject(OrderFormStore);
  private readonly holdings = inject(HoldingsStore);
  private readonly rota = inject(RotaStore);
  private readonly drafts = inject(DraftStore);
  private readonly sending = inject(SubmissionStore);
  private readonly templates = inject(TemplatesStore);
  private readonly warnings = inject(WarningsStore);

  readonly source = this.records.source;
  readonly draftId = signal(newKey());
  readonly record = this.records.record;
  readonly match = this.records.match;
  readonly chosen = this.records.chosen;
  readonly isChosenByHand = this.records.isChosenByHand;
  readonly prepared = this.sending.prepared.asReadonly();

  /** True when the user or a draft has set the kind, which then no longer follows the material. */
  private readonly isKindOwn = signal(false);
  /** The form of the material; undefined until it is known. */
  private readonly material = computed<Form | undefined>(() => {
    const record = this.source()?.type === 'new' ? undefined : valueOf(this.record());
    return this.chosen()?.form ?? record?.citation.form;
  });

  /** The draft to save; undefined until something is entered. */
  private readonly draft = computed<Kept | undefined>(() => {
    const [library, source, pending] = [this.session.library()?.code, this.source(), this.sending.pending()];
    const isDone = this.sending.submission().state === 'done';
    const isWorthKeeping = this.form.isDirty() || this.isChosenByHand() || pending !== undefined;
    if (library === undefined || source === undefined || !isWorthKeeping || isDone) return undefined;
    const [catalogRecord, prepared] = [this.chosen(), this.sending.prepared()];
    const { typed, comment, lenders, kind, isRotaOwn } = this.form;
    return {
      library,
      draft: {
        draftId: this.draftId(),
        kind: kind(),
        source: sourceKey(source),
        typed: typed(),
        comment: comment(),
        lenders: isRotaOwn() ? lenders() : [],
        key: this.sending.key(),
        ...(catalogRecord && { catalogRecord }),
        ...(pending && { pending }),
        ...(prepared && { prepared }),
      },
    };
  });

  constructor() {
    const follow = (change: () => void) => effect(change, { allowSignalWrites: true });
    follow(() => {
      this.holdings.show(this.chosen()?.ncid);
    });
    this.drafts.watch(this.draft);
    follow(() => {
      this.followMaterial();
    });
    follow(() => {
      this.form.presets.set(this.presets());
    });
    follow(() => {
      this.form.isPatronMissing.set(this.isPatronMissing());
    });
    follow(() => {
      this.showGatewayErrors();
    });
    follow(() => {
      this.rememberTerms();
    });
    follow(() => {
      this.proposeLenders();
    });
    follow(() => {
      this.warnings.watched.set(this.watched());
    });
  }

  chooseRecord(record: CatalogRecord | null): void {
    this.form.isWithoutRecord.set(false);
    // Libraries that hold another work cannot be lenders of this one.
    if (this.records.choose(record)) this.rota.propose([]);
  }

  /** The work is not in NACSIS-CAT: the user describes it and adds lenders by name or FA number. */
  orderWithoutRecord(): void {
    this.records.choose(null);
    this.form.isWithoutRecord.set(true);
  }

  reloadRecord(): void {
    this.records.reload();
  }

  matchAgain(): void {
    this.records.matchAgain();
  }

  /** The user's choice, which is the first kind next time for this form of material. */
  setKind(kind: Kind): void {
    this.isKindOwn.set(true);
    this.form.kind.set(kind);
    const [form, kinds] = [this.material(), valueOf(this.session.session())?.user.kinds];
    if (form !== undefined && kinds !== undefined) this.session.remember({ kinds: { ...kinds, [form]: kind } });
  }

  /**
   * Returns the faults that block sending; [] when there are none. An order with unknown outcome has no faults, because
   * it is repeated unchanged.
   */
  check(mode: Mode): readonly FieldError[] {
    if (this.sending.submission().state === 'unknown') return [];
    return [...this.form.check(mode), ...(mode === 'order' ? this.rota.errors() : [])];
  }

  /**
   * Sends the order when `check` finds no faults. `order`: the confirmed order, because the proposal may have changed
   * since. Does nothing while the library is unknown.
   */
  send(mode: Mode, order: CreateRequest = this.order(mode)): void {
    if (this.session.library() === undefined || this.check(mode).length > 0) return;
    this.form.gatewayErrors.set([]);
    this.sending.send(order);
  }

  resume(draft: OrderDraft): void {
    this.draftId.set(draft.draftId);
    this.sending.prepared.set(draft.prepared);
    this.isKindOwn.set(true);
    this.form.kind.set(draft.kind);
    this.form.typed.set(draft.typed);
    this.form.comment.set(draft.comment);
    if (draft.catalogRecord) this.records.choose(draft.catalogRecord);
    else if (this.source()?.type === 'new' && draft.typed.bibNote) this.form.isWithoutRecord.set(true);
    if (draft.lenders.length > 0) {
      this.rota.isOwn.set(true);
      this.rota.picks.set(draft.lenders.map((lender) => ({ lender })));
    }
    this.sending.resume(draft.key, draft.pending, isAskedAbout(draft));
  }

  /** The order as it would be sent now. */
  order(mode: Mode): CreateRequest {
    const lenders = this.form.lenders();
    const comment = this.form.comment();
    const almaRequest = valueOf(this.record())?.almaRequest;
    return {
      library: this.session.library()?.code ?? '',
      kind: this.form.kind(),
      mode,
      draftId: this.draftId(),
      fields: {
        ...(mode === 'order' && this.form.kind() === 'copy' && { volume: UNKNOWN_VOLUME }),
        ...this.form.values(),
        ...(lenders.length > 0 && { lenders: [...lenders] }),
      },
      ...(comment !== '' && { comment }),
      ...(almaRequest && { almaRequest }),
    };
  }

  private presets() {
    const session = valueOf(this.session.session());
    const [record, catalogRecord, ownMember] = [
      valueOf(this.record()),
      this.chosen(),
      valueOf(this.session.ownMember()),
    ];
    return presetsFrom({
      kind: this.form.kind(),
      ...(record && { record }),
      ...(catalogRecord && { catalogRecord }),
      ...(ownMember && { ownMember }),
      ...(session && { institution: session.institution, user: session.user }),
      template: this.templates.chosen()?.values ?? {},
    });
  }

  /** A serial is copied and a book is lent, unless the user last chose otherwise; a named part is copied. */
  private followMaterial(): void {
    const [form, user, part] = [this.material(), valueOf(this.session.session())?.user, valueOf(this.record())?.part];
    if (form === undefined || user === undefined || this.isKindOwn()) return;
    const isPart = part?.pages !== undefined || part?.articleTitle !== undefined;
    this.form.kind.set(isPart ? 'copy' : (user.kinds[form] ?? USUAL_KIND[form]));
  }

  /** Alma's request may have no patron. A message of Alma gives the name only if the library's profile allows it. */
  private isPatronMissing(): boolean {
    const record = valueOf(this.record());
    const isNameless = record?.almaRequest !== undefined && record.applicant === undefined;
    return isNameless || this.sending.prepared()?.isFromAlma === true;
  }

  /** The rota follows the proposal until the librarian changes it. */
  private proposeLenders(): void {
    const rows = this.holdings.all();
    const isWanted = valueOf(this.session.session())?.user.noProposal === false;
    untracked(() => {
      if (isWanted || this.rota.isOwn()) this.rota.follow(rows);
    });
  }

  private watched(): Watched | undefined {
    const [source, library, institution] = [
      this.source(),
      this.session.library()?.code,
      valueOf(this.session.session())?.institution,
    ];
    if (source === undefined || library === undefined || institution === undefined) return undefined;
    const { ncidPrefixes, patronLimit } = institution;
    const ncid = this.chosen()?.ncid;
    const own = this.sending.prepared()?.id;
    const userId = source.type === 'request' ? source.userId : this.form.patronId();
    return {
      ...{ source, library, ncidPrefixes, patronLimit },
      ...(userId !== undefined && { userId }),
      ...(ncid !== undefined && { ncid }),
      ...(own && { own }),
    };
  }

  private showGatewayErrors(): void {
    const submission = this.sending.submission();
    const errors = submission.state === 'editing' ? submission.error?.details.fieldErrors : undefined;
    if (errors) this.form.gatewayErrors.set(errors);
  }

  private rememberTerms(): void {
    const submission = this.sending.submission();
    if (submission.state !== 'done') return;
    const { payment = '', copyType = '', sendingMethod = '' } = submission.order.fields;
    untracked(() => {
      this.session.remember({ payment, sendingMethod, ...(copyType !== '' && { copyType }) });
    });
  }
}
