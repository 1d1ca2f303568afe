import { DOCUMENT } from '@angular/common';
import { inject, Injectable, InjectionToken } from '@angular/core';
import type { Draft } from '../../domain/api/requests';
import { PATRON_FIELDS } from '../../domain/ill/fields';
import { SessionService } from './session.service';
import { valueOf } from './remote';

/** The browser's storage; undefined when the frame has no access to it. */
export const SPARE_STORAGE = new InjectionToken<Storage | undefined>('storage of spare drafts', {
  providedIn: 'root',
  factory: () => {
    try {
      return inject(DOCUMENT).defaultView?.localStorage;
    } catch {
      return undefined;
    }
  },
});

/** The patron's fields, which are never written to the browser's storage. */
const LEFT_OUT: readonly string[] = PATRON_FIELDS;
const BEGIN = 'nacsis-ill.draft';

/**
 * Keeps in the browser, for this user and without patron fields, the drafts that could not be saved in the gateway.
 * Never holds an order with unknown outcome: its draft was saved in the gateway before sending.
 */
@Injectable({ providedIn: 'root' })
export class SpareDraftsService {
  private readonly storage = inject(SPARE_STORAGE);
  private readonly session = inject(SessionService);

  /** Returns true when the draft is kept. */
  keep(draft: Omit<Draft, 'updatedAt'>): boolean {
    const key = this.keyOf(draft.draftId);
    if (key === undefined || 'pending' in draft.content) return false;
    const typed = Object.entries(draft.content['typed'] ?? {}).filter(([name]) => !LEFT_OUT.includes(name));
    const content = { ...draft.content, typed: Object.fromEntries(typed) };
    try {
      this.storage?.setItem(key, JSON.stringify({ ...draft, content, updatedAt: new Date().toISOString() }));
      return this.storage !== undefined;
    } catch {
      return false;
    }
  }

  drop(draftId: string): void {
    const key = this.keyOf(draftId);
    if (key !== undefined) this.storage?.removeItem(key);
  }

  /** Prefers spare drafts to the gateway's, because they contain later input. */
  merged(drafts: readonly Draft[]): readonly Draft[] {
    const spare = this.all();
    const ids = new Set(spare.map(({ draftId }) => draftId));
    return [...spare, ...drafts.filter(({ draftId }) => !ids.has(draftId))];
  }

  private all(): readonly Draft[] {
    const begin = this.keyOf('');
    if (begin === undefined || this.storage === undefined) return [];
    return Object.keys(this.storage)
      .filter((key) => key.startsWith(begin))
      .flatMap((key) => draftIn(this.storage?.getItem(key)));
  }

  private keyOf(draftId: string): string | undefined {
    const me = valueOf(this.session.session())?.me;
    return me === undefined ? undefined : `${BEGIN}.${me.institution}.${me.user.id}.${draftId}`;
  }
}

/** Skips invalid entries, because anyone can write to browser storage. */
function draftIn(text: string | null | undefined): readonly Draft[] {
  try {
    const draft = JSON.parse(text ?? '') as Partial<Draft> | null;
    const isDraft =
      typeof draft?.draftId === 'string' &&
      typeof draft.library === 'string' &&
      typeof draft.content === 'object' &&
      typeof draft.updatedAt === 'string';
    return isDraft ? [draft as Draft] : [];
  } catch {
    return [];
  }
}
