import type { AlmaBorrowing } from '#domain/api/requests';
import type { Kind } from '#domain/ill/kinds';
import type { RequestFields } from '#domain/ill/request';
import type { LibraryConfig } from '../config';
import type { StoredRequest } from '../store/requests-store';
import { payloadHash, type Actor } from './command-request';
import type { Allowed, CommandRunner } from './command-runner';
import { completed, faultsIn, refuseFaults, type GivenFields } from './field-check';
import type { OrderCheck } from './order-check';

interface NewRequest {
  readonly library: LibraryConfig;
  readonly kind: Kind;
  readonly command: 'ORDER' | 'SAVE';
  /** A function is called only when the command is sent: not by a repeat that finds it done. */
  readonly fields: RequestFields | (() => Promise<RequestFields>);
  readonly comment?: string;
  readonly almaRequest?: AlmaBorrowing;
  /**
   * Identifies the call, for a caller whose repeats may compute other fields. By default a repeat must ask for the same.
   */
  readonly identity?: string;
}

/** Creates requests. The fields are checked first, so that a forbidden command is never sent. */
export class OrderService {
  readonly #runner: CommandRunner;
  readonly #check: OrderCheck;

  constructor(runner: CommandRunner, check: OrderCheck) {
    this.#runner = runner;
    this.#check = check;
  }

  async create(actor: Actor, asked: NewRequest): Promise<StoredRequest> {
    const { library, kind, command, fields, comment, almaRequest, identity } = asked;
    const hash = payloadHash(identity === undefined ? { ...asked, library: library.code } : { identity, command });
    let wanted: Promise<RequestFields> | undefined;
    const given = async ({ edge }: Allowed): Promise<GivenFields> => {
      wanted ??= typeof fields === 'function' ? fields() : Promise.resolve(fields);
      return { edge, context: { kind, side: 'borrower', preparing: true }, stored: {}, given: await wanted, comment };
    };
    const { request } = await this.#runner.perform({
      ...{ actor, side: 'borrower', action: command === 'ORDER' ? 'order' : 'save', command, on: { library, kind } },
      ...(comment === undefined ? {} : { comment }),
      ...(almaRequest === undefined ? {} : { almaRequest }),
      hashOf: () => hash,
      fields: async (allowed) => this.#fieldsOf(library, await given(allowed)),
      why: async (error, allowed) => {
        const isRefusal = error.code === 'nacsis-rejected' && command === 'ORDER';
        return isRefusal ? this.#check.whyRefused(library, await given(allowed), error) : error;
      },
    });
    return request;
  }

  async #fieldsOf(library: LibraryConfig, given: GivenFields): Promise<RequestFields> {
    if (given.edge.command === 'ORDER') return this.#check.completed(library, given);
    refuseFaults(faultsIn(given));
    return completed(given);
  }
}
