import { CatpError } from '#catp/errors';
import type { FastifyReply } from 'fastify';
import { isObject } from '../../shared/json-body';
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

/** Returns the value as a JSON object. Throws a TypeError with this message when the value is not a JSON object. */
export function objectOf(value: unknown, message = 'the body must be an object'): Readonly<Record<string, unknown>> {
  if (!isObject(value)) throw new TypeError(message);
  return value;
}
