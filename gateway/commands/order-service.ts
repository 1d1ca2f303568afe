import type { AlmaBorrowing } from '#domain/api/requests';
import type { Kind } from '#domain/ill/kinds';
import { stepFor, type Mode } from '#domain/ill/machine';
import { NEW_RECORD, type RequestFields } from '#domain/ill/request';
import type { LibraryConfig } from '../config';
import { GatewayError } from '../gateway-error';
import type { StoredRequest } from '../store/requests-store';
import { callOf, type Actor } from './actor';
import { payloadHash } from './command-request';
import type { CommandRunner } from './command-runner';
import { completed, faultsIn, refuseFaults, type GivenFields } from './field-check';
import type { OrderCheck } from './order-check';

export interface NewRequest {
  readonly library: LibraryConfig;
  readonly kind: Kind;
  readonly command: 'ORDER' | 'SAVE';
  readonly fields: RequestFields;
  readonly comment?: string;
  readonly almaRequest?: AlmaBorrowing;
}

/**
 * Creates requests. Checks them against the table and the field specs first, so that a forbidden command is never sent.
 */
export class OrderService {
  readonly #runner: CommandRunner;
  readonly #check: OrderCheck;
  readonly #mode: Mode;

  constructor(runner: CommandRunner, check: OrderCheck, mode: Mode) {
    this.#runner = runner;
    this.#check = check;
    this.#mode = mode;
  }

  async create(actor: Actor, request: NewRequest): Promise<StoredRequest> {
    const { library, kind, command, comment, almaRequest } = request;
    const call = { ...callOf(actor, library), payloadHash: payloadHash({ ...request, library: library.code }) };
    const repeated = await this.#runner.repeated(call);
    if (repeated !== undefined) return repeated;
    const given = this.#given(request);
    const fields = await this.#fieldsOf(library, given);
    const optional = {
      ...(comment === undefined ? {} : { comment }),
      ...(almaRequest === undefined ? {} : { almaRequest }),
    };
    return this.#runner
      .run({ ...call, kind, side: 'borrower', command, fields, ...optional })
      .catch(async (error: unknown) => {
        const isRefusal = error instanceof GatewayError && error.code === 'nacsis-rejected';
        throw isRefusal && command === 'ORDER' ? await this.#check.whyRefused(library, given, error) : error;
      });
  }

  #given({ kind, command, fields, comment }: NewRequest): GivenFields {
    const step = stepFor(NEW_RECORD(kind), 'borrower', command, this.#mode);
    if (!step.allowed) throw new GatewayError('action-not-allowed', { reason: step.refusal });
    return {
      edge: step.edge,
      context: { kind, side: 'borrower', preparing: true },
      stored: {},
      given: fields,
      comment,
    };
  }

  async #fieldsOf(library: LibraryConfig, given: GivenFields): Promise<RequestFields> {
    if (given.edge.command === 'ORDER') return this.#check.completed(library, given);
    refuseFaults(faultsIn(given));
    return completed(given);
  }
}
