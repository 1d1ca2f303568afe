import { type ErrorHandler, Injectable } from '@angular/core';

/**
 * Message of the error that the SDK throws from a timer 30 s after an unanswered message. By then our own time-out has
 * informed the caller.
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
