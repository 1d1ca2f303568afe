import { rm } from 'node:fs/promises';

/**
 * Removes a folder with everything in it. Tries again for some seconds, because the PostgreSQL server of a gateway that
 * was killed still writes into its folder until it has ended.
 */
export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
