import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '#domain/api';
import { ERRORS } from '#domain/errors';
import { fromNacsis, GatewayError } from './gateway-error';
import { NacsisError } from './nacsis/port';

/** Answers an error as problem details (RFC 9457) with a code of the catalogue; what is not of the catalogue is `internal` and stays in the log. */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): string {
  const known = catalogued(error);
  if (known.code === 'internal') request.log.error({ err: error }, 'unexpected error');
  else request.log.info({ code: known.code, detail: known.details.detail }, 'refused');
  const problem: Problem = {
    ...known.details,
    type: `urn:nacsis-ill:error:${known.code}`,
    title: known.code,
    status: ERRORS[known.code].status,
    code: known.code,
    requestId: request.id,
    ...(known.details.errors === undefined ? {} : { errors: known.details.errors.map(({ params, ...rest }) => ({ ...rest, ...(params === undefined ? {} : { params: { ...params } }) })) }),
  } as Problem;
  const { retryAfterSeconds } = known.details;
  if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(Math.ceil(retryAfterSeconds)));
  void reply.code(problem.status).type('application/problem+json').serializer(JSON.stringify).send(problem);
  return known.code;
}

function catalogued(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  if (error instanceof NacsisError) return fromNacsis(error);
  const { statusCode, validation, message } = error as FastifyError;
  if (validation !== undefined) return new GatewayError('invalid-request', { detail: message });
  if (statusCode === 413) return new GatewayError('payload-too-large');
  if (statusCode === 404) return new GatewayError('not-found');
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return new GatewayError('invalid-request', { detail: message });
  return new GatewayError('internal');
}
