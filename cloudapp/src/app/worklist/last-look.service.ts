import { inject, Injectable, signal } from '@angular/core';
import { SessionService } from '../core/session.service';
import { valueOf } from '../core/remote';
import { LIST_CLOCK } from './list-timing';
import { sinceOf, type Looks } from '../core/look';

interface Current {
  readonly library: string;
  readonly since: string | undefined;
  /** True once the list was on screen; only then does the look count. */
  readonly hasSeen: boolean;
}

/**
 * Tracks what is new since the user last looked at a library's list. Stores a look when the list is seen and when the
 * list is left, not on every reading.
 */
@Injectable({ providedIn: 'root' })
export class LastLookService {
  private readonly session = inject(SessionService);
  private readonly clock = inject(LIST_CLOCK);
  private readonly current = signal<Current | undefined>(undefined);

  /** True while a look at this library's list is in progress. */
  isAt(library: string): boolean {
    return this.current()?.library === library;
  }

  /** ISO 8601; undefined before the first look, when nothing counts as new. */
  since(): string | undefined {
    return this.current()?.since;
  }

  begin(library: string): void {
    this.current.set({ library, since: sinceOf(this.looks()[library], this.clock()), hasSeen: false });
  }

  /** Call when the list is on screen. */
  seen(): void {
    const current = this.current();
    if (current === undefined || current.hasSeen) return;
    this.current.set({ ...current, hasSeen: true });
    this.keep(current.library, current.since);
  }

  /** Marks everything as seen. */
  forgetNews(): void {
    const current = this.current();
    if (current === undefined) return;
    const since = this.clock().toISOString();
    this.current.set({ ...current, since });
    this.keep(current.library, since);
  }

  end(): void {
    const current = this.current();
    if (current?.hasSeen === true) this.keep(current.library, current.since);
    this.current.set(undefined);
  }

  private keep(library: string, since: string | undefined): void {
    const at = this.clock().toISOString();
    this.session.remember({ looks: { ...this.looks(), [library]: { since: since ?? at, at } } });
  }

  private looks(): Looks {
    return valueOf(this.session.session())?.user.looks ?? {};
  }
}
