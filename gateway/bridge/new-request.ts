import type { Kysely } from 'kysely';
import { bestMatch, searchKeysOf, type SearchKey } from '#domain/alma/citation';
import type { DraftWarning } from '#domain/api/bridge';
import { RECENT_LENDER_DAYS } from '#domain/api/profile';
import type { CatalogRecord, Holding, Member } from '#domain/catalog/catalog';
import type { MarcCitation } from '#domain/catalog/marc';
import type { ErrorCode } from '#domain/errors';
import { addDays, today } from '#domain/ill/dates';
import { lacksOf } from '#domain/ill/order-lacks';
import type { Lender, RequestFields } from '#domain/ill/request';
import { proposedRota } from '#domain/ill/rota';
import type { Request } from '#iso18626/message';
import type { ActionService } from '../commands/action-service';
import { partKey, type Actor } from '../commands/command-request';
import type { OrderService } from '../commands/order-service';
import type { InstitutionConfig, LibraryConfig } from '../config';
import { GatewayError } from '../gateway-error';
import type { NacsisPort } from '../nacsis/port';
import { ProfilesStore } from '../profiles/profiles-store';
import { countRecentLenders } from '../store/recent-lenders';
import { findRequest, illRequestOf, type StoredRequest } from '../store/requests-store';
import type { Schema } from '../store/schema';
import { almaTemplate, draftFields, kindOf, workIn, type Draft, type DraftKnown } from './draft-fields';

/** The journal's user of commands that a message of Alma caused. */
export const BRIDGE_USER = 'iso18626';

/** Records of one search. */
const CANDIDATES = 10;
/** The largest page of holdings. */
const HOLDINGS_PAGE = 200;

/** Errors after which the saved request stays in 準備中 for staff. After every other one the order is tried again. */
const LEFT_TO_STAFF: readonly ErrorCode[] = [
  'invalid-fields',
  'action-not-allowed',
  'nacsis-rejected',
  'stale-version',
  'not-found',
];

interface NewRequestParts {
  readonly db: Kysely<Schema>;
  readonly nacsis: NacsisPort;
  readonly orders: OrderService;
  readonly actions: ActionService;
  readonly now: () => Date;
}

/** A library and its institution. */
interface Place {
  readonly institution: InstitutionConfig;
  readonly library: LibraryConfig;
}

/** The request that a message became. `lacks`: fields that its order still needs; empty once it is ordered. */
export interface Created {
  readonly row: StoredRequest;
  readonly lacks: readonly string[];
}

/** The message that a request is made from: the id of its row, and where what it does not take over is kept. */
export interface Origin {
  readonly messageId: string;
  /** Called before the request is saved, so that a killed gateway forgets nothing. */
  readonly warned: (warnings: readonly DraftWarning[]) => Promise<void>;
}

/** Makes a request of NACSIS-ILL from a Request of Alma (iso18626.md 4.1, first row). */
export class NewRequest {
  readonly #parts: NewRequestParts;

  constructor(parts: NewRequestParts) {
    this.#parts = parts;
  }

  /**
   * Saves the request as 準備中, and orders it when the library's profile says so and nothing lacks. A repeat with the
   * same `messageId` finds what was done, and does the rest. Not linked to a patron of Alma:
   * Alma's id belongs to the transaction. Throws `NacsisError` and `GatewayError`; an error of NACSIS-CAT is never taken
   * for a work that it does not have.
   */
  async create(place: Place, message: Request, { messageId, warned }: Origin): Promise<Created> {
    const { institution, library } = place;
    const { known, orderAtOnce } = await this.#knownOf(place, message);
    const { kind, comment } = draftFields(message, known);
    const fields = async (): Promise<RequestFields> => {
      const { draft, lenders } = await this.#drafted(place, message, known, orderAtOnce);
      await warned(draft.warnings);
      return { ...draft.fields, ...(lenders.length === 0 ? {} : { lenders }) };
    };
    const actor = actorOf(institution, messageId, 1);
    const row = await this.#parts.orders.create(
      { ...actor, retriesRefusals: true },
      { library, kind, command: 'SAVE', fields, identity: actor.key, ...(comment === undefined ? {} : { comment }) },
    );
    const isFree = orderAtOnce && isUntouched(row);
    const ordered = isFree ? await this.#ordered(actorOf(institution, messageId, 2), row) : row;
    return { row: ordered, lacks: lacksIn(ordered) };
  }

  /**
   * Brings a request that a retry of Alma took back to 準備中 to what the message says now, and orders it when the
   * profile says so and the rule proposes lenders that have not answered it before. `number`: of the first free command
   * of the message. Repeats and errors as for `create`.
   */
  async complete(
    place: Place,
    message: Request,
    { messageId, warned }: Origin,
    { row, number }: { readonly row: StoredRequest; readonly number: number },
  ): Promise<StoredRequest> {
    const { institution } = place;
    if (row.state !== 'PREPARING' || row.gone !== null) return row;
    const { known, orderAtOnce } = await this.#knownOf(place, message);
    const { draft, lenders } = await this.#drafted(place, message, known, orderAtOnce);
    // From the history, which a repeat after the SAVE finds as the first attempt did.
    const answered = new Set(row.record.history.map(({ memberId }) => memberId));
    const others = lenders.filter(
      ({ memberId, acceptingMemberId }) => !answered.has(memberId) && !answered.has(acceptingMemberId),
    );
    await warned(draft.warnings);
    const actor = actorOf(institution, messageId, number);
    const saved = await this.#parts.actions.perform({ ...actor, retriesRefusals: true }, 'SAVE', {
      ...{ side: row.side, id: row.id, version: row.version, identity: actor.key },
      fields: { ...draft.fields, ...(others.length === 0 ? {} : { lenders: others }) },
      ...(draft.comment === undefined ? {} : { comment: draft.comment }),
    });
    return others.length === 0 ? saved : this.#ordered(actorOf(institution, messageId, number + 1), saved);
  }

  async #knownOf(
    { institution, library }: Place,
    message: Request,
  ): Promise<{ readonly known: DraftKnown; readonly orderAtOnce: boolean }> {
    const { templates, integration } = await new ProfilesStore(this.#parts.db, institution.code).read(library);
    const { orderAtOnce = false, sendPatronName = false } = integration.bridge ?? {};
    const template = almaTemplate(templates, kindOf(message));
    const known = { sendPatronName, clock: this.#parts.now, ...(template === undefined ? {} : { template }) };
    return { known, orderAtOnce };
  }

  /** The fields, completed from NACSIS-CAT; with `proposes` also the lenders that the rule proposes. */
  async #drafted(
    { institution, library }: Place,
    message: Request,
    known: DraftKnown,
    proposes: boolean,
  ): Promise<{ readonly draft: Draft; readonly lenders: readonly Lender[] }> {
    const { memberId } = library;
    const [catalogRecord, members] = await Promise.all([
      this.#recordOf(library, workIn(message).citation),
      this.#parts.nacsis.members(library.account, [memberId], { fresh: false }),
    ]);
    const ownMember = members.get(memberId);
    const draft = draftFields(message, {
      ...known,
      ...(catalogRecord === undefined ? {} : { catalogRecord }),
      ...(ownMember === undefined ? {} : { ownMember }),
    });
    if (!proposes || catalogRecord === undefined) return { draft, lenders: [] };
    return { draft, lenders: await this.#proposed(institution, library, { draft, catalogRecord, ownMember }) };
  }

  /** Looks for the id, then for the numbers; a title alone is not sure enough. */
  async #recordOf(library: LibraryConfig, citation: MarcCitation): Promise<CatalogRecord | undefined> {
    for (const key of searchKeysOf(citation)) {
      if (key.by === 'title-year') return undefined;
      const records = await this.#found(library, key);
      if (records.length > 0) return bestMatch(citation, records).record;
    }
    return undefined;
  }

  async #found({ code, account }: LibraryConfig, { query }: SearchKey): Promise<readonly CatalogRecord[]> {
    const { nacsis } = this.#parts;
    if (query.ncid === undefined)
      return (await nacsis.searchCatalog(account, { library: code, ...query, pageSize: CANDIDATES })).items;
    const record = await nacsis.catalogRecord(account, query.ncid);
    return record === undefined ? [] : [record];
  }

  async #proposed(
    { code: institution }: InstitutionConfig,
    { code, memberId, account }: LibraryConfig,
    { draft, catalogRecord, ownMember }: ForProposal,
  ): Promise<readonly Lender[]> {
    const { db, now } = this.#parts;
    const since = addDays(today(now), -RECENT_LENDER_DAYS);
    const { volume, year } = draft.fields;
    const wanted = { ...(volume === undefined ? {} : { volume }), ...(year === undefined ? {} : { year }) };
    return proposedRota(await this.#holdings(code, account, catalogRecord.ncid), {
      kind: draft.kind,
      wanted,
      own: {
        memberId,
        ...(ownMember?.region === undefined ? {} : { region: ownMember.region }),
        ...(ownMember === undefined ? {} : { offset: ownMember.offset }),
      },
      recent: await countRecentLenders(db, { institution, library: code, since }),
    });
  }

  async #holdings(library: string, account: LibraryConfig['account'], ncid: string): Promise<readonly Holding[]> {
    const all: Holding[] = [];
    for (let page = 1; ; page += 1) {
      const { items, total } = await this.#parts.nacsis.holdings(account, ncid, {
        ...{ library, page, pageSize: HOLDINGS_PAGE },
      });
      all.push(...items);
      if (items.length === 0 || page * HOLDINGS_PAGE >= total) return all;
    }
  }

  /** Orders the saved request when nothing lacks. */
  async #ordered(actor: Actor, row: StoredRequest): Promise<StoredRequest> {
    const { institution, side, id, version } = row;
    if (lacksIn(row).length > 0) return row;
    const call = { side, id, version, fields: {}, identity: actor.key };
    try {
      return (await this.#parts.actions.act(actor, 'order', call)).request;
    } catch (error) {
      if (!(error instanceof GatewayError) || !LEFT_TO_STAFF.includes(error.code)) throw error;
      return (await findRequest(this.#parts.db, institution, side, id)) ?? row;
    }
  }
}

interface ForProposal {
  readonly draft: Draft;
  readonly catalogRecord: CatalogRecord;
  readonly ownMember: Member | undefined;
}

/** The caller of the command with this number of the message's commands. */
function actorOf(institution: InstitutionConfig, messageId: string, number: number): Actor {
  return { institution, userId: BRIDGE_USER, key: partKey(`iso18626 ${messageId}`, String(number)) };
}

/** Nobody else has done anything with it. */
function isUntouched({ state, gone, record: { history } }: StoredRequest): boolean {
  return state === 'PREPARING' && gone === null && history.length <= 1;
}

function lacksIn(row: StoredRequest): readonly string[] {
  return lacksOf(illRequestOf(row), row.side) ?? [];
}
