import type { ImportJobs } from './import-jobs';

function absent(): never {
  throw new Error('there is no import job here');
}

/** No import job: where an application is built that nobody calls, for OpenAPI. */
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
