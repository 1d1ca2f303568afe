import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import type { FastifySchemaCompiler } from 'fastify';
import Type, { type TObject, type TProperties, type TSchema } from 'typebox';

/** Where a body carries fields of a request; what may be there is the domain's to judge, one entry for each fault. */
const OPEN = {
  fields: Type.Object({}),
  params: Type.Optional(Type.Object({ comment: Type.Optional(Type.String()) })),
} as const satisfies TProperties;

/**
 * Checks calls by the schemas of their routes, with two exceptions: the fields of a request (`checkFields` answers them with
 * `invalid-fields`, a schema would stop at `invalid-request`), and headers, whose schemas are documentation only.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = (route) => {
  if (route.httpPart === 'headers') return () => true;
  const isOpen = route.httpPart === 'body' && Type.IsObject(route.schema) && carriesFields(route.schema);
  return TypeBoxValidatorCompiler(isOpen ? { ...route, schema: opened(route.schema as TObject) } : route);
};

function carriesFields({ properties }: TObject): boolean {
  return [...Object.keys(OPEN), 'items'].some((name) => Object.hasOwn(properties, name));
}

function opened({ properties }: TObject): TObject {
  const open = Object.entries(OPEN).filter(([name]) => Object.hasOwn(properties, name));
  return Type.Object({ ...properties, ...openedItems(properties), ...(Object.fromEntries(open) as TProperties) });
}

/** The rows of a batch carry fields, too. */
function openedItems({ items }: TProperties): TProperties {
  if (items === undefined || !Type.IsArray(items) || !Type.IsObject(items.items)) return {};
  const { items: item, ...limits } = items;
  return { items: Type.Array(opened(item), limits) };
}
