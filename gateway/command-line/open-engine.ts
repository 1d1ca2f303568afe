import { Metrics } from '../metrics';
import { openWorkplace } from '../workplace';
import type { OpenImportEngine } from './import-runner';

/** The import job in this process, at work until it is closed. `failed` is told what is not of the catalogue. */
export const openEngine =
  (failed: (error: unknown) => void): OpenImportEngine =>
  async (config) => {
    const workplace = await openWorkplace(config, new Metrics(), failed);
    await workplace.job.start();
    return { jobs: workplace.job.imports, close: () => workplace.close() };
  };
