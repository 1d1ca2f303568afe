import { type ErrorHandler, Injectable } from '@angular/core';

/**
 * The SDK throws this from a timer 30 s after an unanswered message; by then our own time-out has informed the caller.
 */
const SDK_TIMEOUT = 'Timed out while waiting for response';

/** Passes errors to the browser's own reporting (console, error event). The app itself writes nothing. */
@Injectable()
export class AppErrorHandler implements ErrorHandler {
  handleError(error: unknown): void {
    if (error instanceof Error && error.message.includes(SDK_TIMEOUT)) return;
    reportError(error);
  }
}
