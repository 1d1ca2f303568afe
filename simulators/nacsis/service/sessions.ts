import { randomInt } from 'node:crypto';
import type { Clock } from '#domain/ill/dates';
import type { Hit } from '../search/search';
import { Refused } from '../refused';

const HANDLE_LENGTH = 10;
const HANDLE_CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** The frame that is opened with a handle. */
export const FIRST_FRAME = '001';
const NO_FRAME = '000';

/** A handle: one login of one library, with its result sets by frame. */
export interface Session {
  readonly handle: string;
  readonly memberId: string;
  readonly user: string;
  readonly frames: Map<string, readonly Hit[]>;
  lastUsed: number;
}

/** The open handles. A handle stays valid until it is released, reset, or idle for longer than the setting. */
export class Sessions {
  private readonly byHandle = new Map<string, Session>();

  constructor(
    private readonly clock: Clock,
    private readonly idleMs: number | undefined,
  ) {}

  get size(): number {
    return this.byHandle.size;
  }

  open(user: string, memberId: string): Session {
    let handle: string;
    do
      handle = Array.from({ length: HANDLE_LENGTH }, () => HANDLE_CHARACTERS[randomInt(HANDLE_CHARACTERS.length)]).join(
        '',
      );
    while (this.byHandle.has(handle));
    const session: Session = { handle, memberId, user, frames: new Map([[FIRST_FRAME, []]]), lastUsed: this.now() };
    this.byHandle.set(handle, session);
    return session;
  }

  /** The session of a handle. Refuses an unknown or expired handle. */
  use(handle: string): Session {
    const session = this.byHandle.get(handle);
    const expired = session !== undefined && this.idleMs !== undefined && this.now() - session.lastUsed > this.idleMs;
    if (expired) this.byHandle.delete(handle);
    if (session === undefined || expired) throw new Refused('noSuchHandle', '');
    session.lastUsed = this.now();
    return session;
  }

  close(handle: string): void {
    this.byHandle.delete(handle);
  }

  clear(): void {
    this.byHandle.clear();
  }

  private now(): number {
    return this.clock().getTime();
  }
}

/** Returns the frame number. Refuses a frame that cannot hold a result set. */
export function usableFrame(frame: string): string {
  if (frame === NO_FRAME) throw new Refused('badRequest', 'frame 000 holds no result set');
  return frame;
}

export function resultSetOf(session: Session, frame: string): readonly Hit[] {
  const hits = session.frames.get(frame);
  if (hits === undefined) throw new Refused('badRequest', `frame ${frame} is not open`);
  return hits;
}
