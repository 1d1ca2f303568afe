import { Readable } from 'node:stream';

/** Streams the body and records when the connection takes its first byte; before that, nothing has been sent. */
export function withProgress(body: Uint8Array, progress: { sent: boolean }): Readable {
  return Readable.from(noting(body, progress));
}

async function* noting(body: Uint8Array, progress: { sent: boolean }): AsyncGenerator<Uint8Array> {
  progress.sent = true;
  yield await Promise.resolve(body);
}
