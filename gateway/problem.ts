import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '#domain/api-problem';
import { ERRORS } from '#domain/errors';
import { fromNacsis, GatewayError } from './gateway-error';
import { NacsisError } from './nacsis/port';

/** Answers an error as problem details (RFC 9457) with a code of the catalogue. */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): string {
  const problem = problemOf(error, request);
  const { code, status, retryAfterSeconds } = problem;
  if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(Math.ceil(retryAfterSeconds)));
  void reply.code(status).type('application/problem+json').serializer(JSON.stringify).send(problem);
  return code;
}

/** The document of an error; what is not of the catalogue is `internal` and stays in the log. */
export function problemOf(error: unknown, request: Pick<FastifyRequest, 'id' | 'log'>): Problem {
  const known = catalogued(error);
  if (known.code === 'internal') request.log.error({ err: error }, 'unexpected error');
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
  // Texts that PostgreSQL cannot hold (U+0000, half a surrogate pair) came from the caller.
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
