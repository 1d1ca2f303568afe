import { Metrics } from '../metrics';
import { openWorkplace } from '../workplace';
import type { OpenImportEngine } from './import-runner';

/**
 * The import job in this process, working until it is closed. `failed` receives errors that are not in the error
 * catalogue.
 */
export const openEngine =
  (failed: (error: unknown) => void): OpenImportEngine =>
  async (config) => {
    const workplace = await openWorkplace(config, new Metrics(), { failed, note: failed });
    await workplace.job.start();
    return { jobs: workplace.job.imports, close: () => workplace.close() };
  };
