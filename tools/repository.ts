import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** The folder with package.json. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

export function inRoot(...parts: readonly string[]): string {
  return join(ROOT, ...parts);
}
