import fastJsonStringify from 'fast-json-stringify';
import type { FastifySerializerCompiler } from 'fastify';
import type { TSchema } from 'typebox';

type Serializer = ReturnType<FastifySerializerCompiler<TSchema>>;

/** Serializers by schema. Schemas are constants of modules, so all applications of a process share them. */
const compiled = new WeakMap<TSchema, Serializer>();

/**
 * Serializes answers by the schemas of their routes and omits what a schema does not name. Compiles a serializer with
 * its first answer, because compiling all of them is most of the work of building an application.
 */
export const serializerCompiler: FastifySerializerCompiler<TSchema> =
  ({ schema }) =>
  (answer) =>
    serializerOf(schema)(answer);

function serializerOf(schema: TSchema): Serializer {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const serializer = fastJsonStringify(schema) as Serializer;
  compiled.set(schema, serializer);
  return serializer;
}
