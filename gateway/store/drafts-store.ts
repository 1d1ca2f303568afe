import type { Kysely, Selectable } from 'kysely';
import type { Draft } from '#domain/api/requests';
import type { Caller } from '../auth/token-verifier';
import type { DraftsTable, Schema } from './schema';

type Owner = Pick<Caller, 'userId'> & { readonly institution: { readonly code: string } };

/** Maximum length of a list of drafts. */
const MAX_LISTED = 200;

/** The drafts of one user. They are stored in the gateway only, never in NACSIS-ILL. */
export class DraftsStore {
  readonly #db: Kysely<Schema>;
  readonly #institution: string;
  readonly #userId: string;

  constructor(db: Kysely<Schema>, { institution, userId }: Owner) {
    this.#db = db;
    this.#institution = institution.code;
    this.#userId = userId;
  }

  /** Drafts for these libraries, newest first. */
  async list(libraries: readonly string[]): Promise<readonly Draft[]> {
    if (libraries.length === 0) return [];
    const mine = this.#mine().where('library', 'in', [...libraries]);
    const rows = await mine.orderBy('updated_at', 'desc').limit(MAX_LISTED).execute();
    return rows.map(draftView);
  }

  async find(draftId: string): Promise<Draft | undefined> {
    const row = await this.#mine().where('draft_id', '=', draftId).executeTakeFirst();
    return row === undefined ? undefined : draftView(row);
  }

  /** Resolves to undefined when the id belongs to another user's draft. */
  async put({ draftId, library, kind, content }: Omit<Draft, 'updatedAt'>, now: Date): Promise<Draft | undefined> {
    const values = { library, kind: kind ?? null, content: JSON.stringify(content), updated_at: now };
    const row = await this.#db
      .insertInto('drafts')
      .values({ institution: this.#institution, draft_id: draftId, user_id: this.#userId, ...values })
      .onConflict((conflict) =>
        conflict.columns(['institution', 'draft_id']).doUpdateSet(values).where('drafts.user_id', '=', this.#userId),
      )
      .returningAll()
      .executeTakeFirst();
    return row === undefined ? undefined : draftView(row);
  }

  /** Resolves to true when the draft existed. */
  async remove(draftId: string): Promise<boolean> {
    const row = await this.#db
      .deleteFrom('drafts')
      .where('institution', '=', this.#institution)
      .where('user_id', '=', this.#userId)
      .where('draft_id', '=', draftId)
      .returning('draft_id')
      .executeTakeFirst();
    return row !== undefined;
  }

  #mine() {
    return this.#db
      .selectFrom('drafts')
      .selectAll()
      .where('institution', '=', this.#institution)
      .where('user_id', '=', this.#userId);
  }
}

function draftView(row: Selectable<DraftsTable>): Draft {
  return {
    draftId: row.draft_id,
    library: row.library,
    ...(row.kind === null ? {} : { kind: row.kind }),
    content: row.content,
    updatedAt: row.updated_at.toISOString(),
  };
}
