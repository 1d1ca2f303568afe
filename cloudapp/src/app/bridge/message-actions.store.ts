import { inject, Injectable, InjectionToken, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { concat, of, Subject, switchMap, timer } from 'rxjs';
import type { BridgeMessage, MessageAction } from '../../domain/api/bridge';
import type { AppError } from '../core/app-error';
import { GatewayClient } from '../core/gateway.client';
import { newKey } from '../core/new-key';
import { remoteCommand } from '../core/remote';

/** Milliseconds after which a message is read again that the gateway works on since the action. */
export const FOLLOW_UP = new InjectionToken<number>('pause until the result of an action is read', {
  providedIn: 'root',
  factory: () => 3_000,
});

interface Act {
  readonly message: BridgeMessage;
  readonly action: MessageAction;
}

/** What staff do with messages, one at a time. Provided by the page or panel that shows them. */
@Injectable()
export class MessageActionsStore {
  private readonly gateway = inject(GatewayClient);
  private readonly pause = inject(FOLLOW_UP);
  /** An action whose outcome is unknown is repeated under its key. */
  private readonly keys = new Map<string, string>();
  private readonly done$ = new Subject<void>();
  /** Emits when the messages should be read again: after an action, and once more when the gateway has worked on it. */
  readonly changed$ = this.done$.pipe(
    switchMap(() => concat(of(undefined), timer(this.pause))),
    takeUntilDestroyed(),
  );
  /** The last action and the message after it. */
  readonly last = signal<Act | undefined>(undefined);
  /** Why the last action failed, and on which message. */
  readonly failure = signal<{ readonly of: Act; readonly error: AppError } | undefined>(undefined);
  private readonly command = remoteCommand(
    ({ message, action }: Act) => this.gateway.actOnMessage(message.id, action, this.keyOf(message, action)),
    {
      done: (message, { action }) => {
        this.keys.clear();
        this.last.set({ message, action });
        this.done$.next();
      },
      failed: (error, act) => {
        if (error.code !== 'outcome-unknown') this.keys.clear();
        this.failure.set({ of: act, error });
        this.done$.next();
      },
    },
  );
  readonly isRunning = this.command.isRunning;

  run(message: BridgeMessage, action: MessageAction): void {
    if (this.isRunning()) return;
    this.last.set(undefined);
    this.failure.set(undefined);
    this.command.run({ message, action });
  }

  /** Drops the last result. */
  forget(): void {
    this.last.set(undefined);
    this.failure.set(undefined);
  }

  private keyOf({ id }: BridgeMessage, action: MessageAction): string {
    const name = `${action} ${id}`;
    const key = this.keys.get(name) ?? newKey();
    this.keys.set(name, key);
    return key;
  }
}
