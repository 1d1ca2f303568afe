import type { Kysely, Selectable } from 'kysely';
import type { Draft } from '#domain/api';
import type { Caller } from '../auth/token-verifier';
import type { DraftsTable, Schema } from './schema';

/** The drafts of one user. They live in the gateway only, never in NACSIS-ILL. */
export function draftsOf(db: Kysely<Schema>, caller: Pick<Caller, 'userId'> & { readonly institution: { readonly code: string } }) {
  const institution = caller.institution.code;
  const mine = () => db.selectFrom('drafts').selectAll().where('institution', '=', institution).where('user_id', '=', caller.userId);
  return {
    async list(libraries: readonly string[]): Promise<readonly Draft[]> {
      if (libraries.length === 0) return [];
      const rows = await mine().where('library', 'in', [...libraries]).orderBy('updated_at', 'desc').limit(200).execute();
      return rows.map(draftView);
    },
    async find(draftId: string): Promise<Draft | undefined> {
      const row = await mine().where('draft_id', '=', draftId).executeTakeFirst();
      return row === undefined ? undefined : draftView(row);
    },
    /** undefined: the id belongs to another user's draft. */
    async put(draft: Omit<Draft, 'updatedAt'>, now: Date): Promise<Draft | undefined> {
      const content = { library: draft.library, kind: draft.kind ?? null, content: JSON.stringify(draft.content), updated_at: now };
      const row = await db.insertInto('drafts')
        .values({ institution, draft_id: draft.draftId, user_id: caller.userId, ...content })
        .onConflict((conflict) => conflict.columns(['institution', 'draft_id']).doUpdateSet(content).where('drafts.user_id', '=', caller.userId))
        .returningAll().executeTakeFirst();
      return row === undefined ? undefined : draftView(row);
    },
    async remove(draftId: string): Promise<boolean> {
      const row = await db.deleteFrom('drafts').where('institution', '=', institution).where('user_id', '=', caller.userId)
        .where('draft_id', '=', draftId).returning('draft_id').executeTakeFirst();
      return row !== undefined;
    },
  };
}

function draftView(row: Selectable<DraftsTable>): Draft {
  return { draftId: row.draft_id, library: row.library, ...(row.kind === null ? {} : { kind: row.kind }), content: row.content, updatedAt: row.updated_at.toISOString() };
}
