import type { RequestView } from '#domain/api/requests';
import type { Mode } from '#domain/ill/machine';
import type { InstitutionConfig } from '../config';
import type { StoredRequest } from '../store/requests-store';
import type { ForwardCheck } from './forward-check';
import { viewOf } from './view';

/** Requests as the app sees them, including what only the member directory knows. */
export class RequestViews {
  constructor(
    private readonly forwards: ForwardCheck,
    private readonly mode: Mode,
  ) {}

  async of({ libraries }: InstitutionConfig, row: StoredRequest): Promise<RequestView> {
    const library = libraries.find(({ code }) => code === row.library);
    const serves = library && (await this.forwards.candidateServes(library.account, row));
    return viewOf(row, this.mode, serves);
  }
}
