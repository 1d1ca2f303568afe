import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import type { FastifySchema, RouteOptions } from 'fastify';
import Type, { type TObject, type TProperties } from 'typebox';
import { ERRORS, type ErrorCode } from '#domain/errors';
import { DOCUMENTED_FIELDS } from './documented-fields';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Errors of the route in addition to those of every call, for OpenAPI. */
    readonly problems?: readonly ErrorCode[];
  }
}

/** The shared schema of every error answer (`PROBLEM_SCHEMA`). */
const PROBLEM = { $ref: 'Problem#' };

const EVERY_CALL: readonly ErrorCode[] = [
  ...(['invalid-request', 'unauthenticated', 'forbidden', 'alma-unavailable', 'internal'] as const),
];
/** Possible errors of any call to NACSIS-CAT/ILL. */
export const OF_NACSIS: readonly ErrorCode[] = [
  'nacsis-unavailable',
  'nacsis-login-refused',
  'nacsis-rejected',
  'nacsis-malformed',
];
/** Possible errors of a command. */
export const OF_A_COMMAND: readonly ErrorCode[] = [
  'forbidden',
  'invalid-fields',
  'missing-idempotency-key',
  'idempotency-key-reused',
  'action-not-allowed',
  'command-in-progress',
  'outcome-unknown',
  'payload-too-large',
  ...OF_NACSIS,
];

const IdempotencyHeader = Type.Object({
  'idempotency-key': Type.String({
    description: 'Made by the client for each thing that it wants done once: 8 to 200 printable characters.',
  }),
});

/** Adds the common parts of the documentation to an API route: token and key. For the hook `onRoute`. */
export function documentRoute(route: RouteOptions): void {
  const isCommand = route.config?.problems?.includes('missing-idempotency-key') === true;
  const headers = isCommand ? { headers: IdempotencyHeader } : {};
  route.schema = {
    ...route.schema,
    ...headers,
    ...documentedBody(route.schema?.body),
    security: [{ hostToken: [] }, ...(route.config?.forOperator === true ? [{ operatorKey: [] }] : [])],
    response: described(route.schema?.response),
  };
}

/**
 * Adds the errors of a documented route to OpenAPI only. As schemas of the route they would cost time whenever an
 * application is built: fastify would compile a serializer for each of about a hundred.
 */
export const documentProblems: NonNullable<FastifyDynamicSwaggerOptions['transform']> = ({ schema, url, route }) => {
  // The schema of a route can be undefined, although its type says otherwise.
  const { security } = (schema as FastifySchema | undefined) ?? {};
  if (security === undefined) return { schema, url };
  const problems = problemResponses([...EVERY_CALL, ...(route.config?.problems ?? [])]);
  return { schema: { ...schema, response: { ...(schema.response as object), ...problems } }, url };
};

/** Documents the allowed fields of a body with fields of a request (the schema of `fields` itself is open). */
function documentedBody(body: unknown): { readonly body?: TObject } {
  if (!Type.IsObject(body)) return {};
  const { fields, params } = body.properties;
  if (fields === undefined && params === undefined) return { body };
  const comment = Type.Optional(Type.String());
  const documented: TProperties = {
    ...(fields === undefined ? {} : { fields: Type.Object(DOCUMENTED_FIELDS) }),
    ...(params === undefined ? {} : { params: Type.Optional(Type.Object({ ...DOCUMENTED_FIELDS, comment })) }),
  };
  return { body: Type.Object({ ...body.properties, ...documented }) };
}

/** One answer per status, with its error codes. */
function problemResponses(codes: readonly ErrorCode[]): Readonly<Record<string, object>> {
  const statuses = [...new Set(codes.map((code) => ERRORS[code].status))].sort((left, right) => left - right);
  return Object.fromEntries(
    statuses.map((status) => [
      String(status),
      {
        description: [...new Set(codes)].filter((code) => ERRORS[code].status === status).join(', '),
        content: { 'application/problem+json': { schema: PROBLEM } },
      },
    ]),
  );
}

/** Adds a description, which OpenAPI requires, to the successful answers. */
function described(response: unknown): Readonly<Record<string, object>> {
  const answers = Object.entries((response ?? {}) as Readonly<Record<string, object>>);
  return Object.fromEntries(
    answers.map(([status, schema]) => {
      const description = status === '204' ? 'Done; no content' : 'Done';
      return [status, { description, ...contentOf(status, schema) }] as const;
    }),
  );
}

/** JSON, unless the schema names its own media type. */
function contentOf(status: string, schema: object): object {
  if (status === '204') return {};
  return 'content' in schema ? schema : { content: { 'application/json': { schema } } };
}
