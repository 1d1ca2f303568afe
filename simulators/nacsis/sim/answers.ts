import { CatpError } from '#catp/errors';
import type { FastifyReply } from 'fastify';
import { Refused } from '../refused';

/** Sends an error of the test controls: `{code, message}`. */
export async function answer(
  reply: FastifyReply,
  status: number,
  code: string,
  message: string,
): Promise<FastifyReply> {
  return reply.code(status).send({ code, message });
}

/** Answers 400 for an invalid body or a command that NACSIS-ILL refuses. Rethrows any other error. */
export async function refuse(reply: FastifyReply, error: unknown): Promise<FastifyReply> {
  if (error instanceof TypeError || error instanceof Refused || error instanceof CatpError)
    return answer(reply, 400, 'bad-body', error.message);
  throw error;
}

/** The JSON object of a body. Throws a TypeError. */
export function objectOf(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new TypeError('the body must be an object');
  return body as Readonly<Record<string, unknown>>;
}
