import { type ErrorHandler, Injectable } from '@angular/core';

/** What the SDK throws out of a timer 30 s after an unanswered message; our own time-out has told the caller already. */
const SDK_TIMEOUT = 'Timed out while waiting for response';

/** Hands errors to the browser's own reporting (its console, its error event); nothing is written by the app itself. */
@Injectable()
export class AppErrorHandler implements ErrorHandler {
  handleError(error: unknown): void {
    if (error instanceof Error && error.message.includes(SDK_TIMEOUT)) return;
    reportError(error);
  }
}
