import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '#domain/api/problem';
import { ERRORS } from '#domain/errors';
import { fromNacsis, GatewayError } from './gateway-error';
import { NacsisError } from './nacsis/port';
import { StoreUnavailable } from './store/store-unavailable';

/** The media type of every error answer. */
export const PROBLEM_TYPE = 'application/problem+json';

/** Answers an error as problem details (RFC 9457) with a code from the error catalogue. */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): string {
  const problem = problemOf(error, request);
  const { code, status, retryAfterSeconds } = problem;
  if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(Math.ceil(retryAfterSeconds)));
  void reply.code(status).type(PROBLEM_TYPE).serializer(JSON.stringify).send(problem);
  return code;
}

/** Seconds until a caller may try the store again. */
const STORE_AGAIN_SECONDS = 5;

/** The problem document of an error. Errors outside the catalogue become `internal`, with details only in the log. */
export function problemOf(error: unknown, request: Pick<FastifyRequest, 'id' | 'log'>): Problem {
  const known = catalogued(error);
  if (known.code === 'internal') request.log.error({ err: error }, 'unexpected error');
  else if (known.code === 'store-unavailable') request.log.error({ err: error }, 'the store cannot be used');
  else request.log.info({ code: known.code, detail: known.details.detail }, 'refused');
  return {
    ...known.details,
    type: `urn:nacsis-ill:error:${known.code}`,
    title: known.code,
    status: ERRORS[known.code].status,
    code: known.code,
    requestId: request.id,
  } as Problem;
}

function catalogued(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  if (error instanceof NacsisError) return fromNacsis(error);
  if (error instanceof StoreUnavailable)
    return new GatewayError('store-unavailable', { retryAfterSeconds: STORE_AGAIN_SECONDS });
  // Texts that PostgreSQL cannot store (U+0000, half a surrogate pair) came from the caller.
  if (cannotBeStored(error)) return new GatewayError('invalid-request', { detail: 'a text cannot be stored' });
  const { statusCode, validation, message } = error as FastifyError;
  if (validation !== undefined) return new GatewayError('invalid-request', { detail: message });
  if (statusCode === 413) return new GatewayError('payload-too-large');
  if (statusCode === 404) return new GatewayError('not-found');
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new GatewayError('invalid-request', { detail: message });
  return new GatewayError('internal');
}

/** PostgreSQL's untranslatable_character, invalid_text_representation and character_not_in_repertoire. */
const CANNOT_BE_STORED: readonly unknown[] = ['22P05', '22P02', '22021'];
function cannotBeStored(error: unknown): boolean {
  return error instanceof Error && 'code' in error && CANNOT_BE_STORED.includes(error.code);
}
