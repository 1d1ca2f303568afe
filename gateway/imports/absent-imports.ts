import type { ImportJobs } from './import-jobs';

function absent(): never {
  throw new Error('there is no import job here');
}

/** Stand-in for the import job, for an application that nobody calls (OpenAPI). */
export const ABSENT_IMPORTS: ImportJobs = {
  start: absent,
  list: absent,
  run: absent,
  revision: absent,
  report: absent,
  requests: absent,
  every: absent,
  cancel: absent,
  retry: absent,
  schedule: absent,
};
