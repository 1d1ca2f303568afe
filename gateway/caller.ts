import type { FastifyReply, FastifyRequest } from 'fastify';
import { isOperatorCall, type OperatorCheck } from './auth/operator-key';
import type { Permissions, Purpose, RoleReader } from './auth/role-reader';
import type { Caller, TokenVerifier } from './auth/token-verifier';
import type { Actor } from './commands/command-request';
import type { LibraryConfig } from './config';
import { GatewayError } from './gateway-error';

declare module 'fastify' {
  interface FastifyRequest {
    /** The caller; set by the authentication hook on every route of the API. */
    gatewayCaller: Caller | undefined;
  }
  interface FastifyContextConfig {
    /**
     * The command line may call this route too, with the operator's key; every other route accepts host tokens only.
     */
    readonly forOperator?: true;
    /** Anyone with a token may call this route; every other route needs a role with the right to read. */
    readonly needsNoRole?: true;
  }
}

/** The command line runs and stops imports, and changes nothing else. */
const OF_OPERATOR: Permissions = { mayRead: true, mayAct: false, mayManage: true };

/** The key that a client creates for each action that it wants done once. */
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{8,200}$/;

/** Identifies callers and their permissions, for the routes. */
export class Callers {
  readonly #verifier: Pick<TokenVerifier, 'verify'>;
  readonly #roles: Pick<RoleReader, 'permissionsOf'>;
  readonly #operator: OperatorCheck | undefined;

  /** `operator`: absent when the command line has no key, as with a PostgreSQL server. */
  constructor(
    verifier: Pick<TokenVerifier, 'verify'>,
    roles: Pick<RoleReader, 'permissionsOf'>,
    operator?: OperatorCheck,
  ) {
    this.#verifier = verifier;
    this.#roles = roles;
    this.#operator = operator;
  }

  readonly authenticate = async (request: FastifyRequest, _reply: FastifyReply): Promise<void> => {
    const { authorization } = request.headers;
    const isForOperator = request.routeOptions.config.forOperator === true && isOperatorCall(authorization);
    request.gatewayCaller =
      isForOperator && this.#operator !== undefined
        ? this.#operator.verify(authorization)
        : await this.#verifier.verify(authorization);
  };

  /**
   * Runs for every route of the API, so that none can be forgotten. Throws `forbidden` for a user without a role with
   * the right to read.
   */
  readonly authorize = async (request: FastifyRequest, _reply: FastifyReply): Promise<void> => {
    if (request.routeOptions.config.needsNoRole === true) return;
    const { mayRead } = await this.permissions(request, 'reading');
    if (!mayRead)
      throw new GatewayError('forbidden', {
        detail: 'the user has no role that may see requests (alma.roles: Fulfillment Services Operator)',
      });
  };

  permissions(request: FastifyRequest, purpose: Purpose = 'changing'): Promise<Permissions> {
    const caller = callerOf(request);
    return caller.isOperator === true ? Promise.resolve(OF_OPERATOR) : this.#roles.permissionsOf(caller, purpose);
  }

  /** Throws `forbidden` for a user without a role with the right to act on requests. */
  async mustAct(request: FastifyRequest): Promise<void> {
    const { mayAct } = await this.permissions(request);
    if (!mayAct)
      throw new GatewayError('forbidden', {
        detail: 'the user has no role that may work on requests (Fulfillment Services Operator)',
      });
  }

  /** Throws `forbidden` for a user without a role with the right to change a library's settings. */
  async mustManage(request: FastifyRequest): Promise<void> {
    const { mayManage } = await this.permissions(request);
    if (!mayManage)
      throw new GatewayError('forbidden', {
        detail: 'the user has no role that may change settings or run imports (Fulfillment Services Manager)',
      });
  }
}

export function callerOf(request: FastifyRequest): Caller {
  if (request.gatewayCaller === undefined) throw new GatewayError('unauthenticated');
  return request.gatewayCaller;
}

/** The library of the caller's institution with this code. Throws `forbidden` for any other. */
export function libraryOf(request: FastifyRequest, code: string): LibraryConfig {
  const library = callerOf(request).institution.libraries.find((each) => each.code === code);
  if (library === undefined)
    throw new GatewayError('forbidden', { detail: 'the library does not belong to the institution of the token' });
  return library;
}

export function idempotencyKeyOf(request: FastifyRequest): string {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !IDEMPOTENCY_KEY.test(key)) {
    throw new GatewayError('missing-idempotency-key', {
      detail: 'send an Idempotency-Key of 8 to 200 printable characters',
    });
  }
  return key;
}

/** The caller of a command that is done once. Throws `missing-idempotency-key`. */
export function actorOf(request: FastifyRequest): Actor {
  const { institution, userId } = callerOf(request);
  return { institution, userId, key: idempotencyKeyOf(request) };
}
