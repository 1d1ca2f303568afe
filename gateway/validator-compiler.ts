import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import type { FastifySchemaCompiler } from 'fastify';
import Type, { type TObject, type TProperties, type TSchema } from 'typebox';

/** Places where a body contains fields of a request. The domain judges their content, with one entry per fault. */
const OPEN = {
  fields: Type.Object({}),
  params: Type.Optional(Type.Object({ comment: Type.Optional(Type.String()) })),
} as const satisfies TProperties;

/**
 * Validates calls by the schemas of their routes, with two exceptions: fields of a request (`checkFields` answers them
 * with `invalid-fields`; a schema would stop at `invalid-request`), and headers, whose schemas are documentation only.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = (route) => {
  if (route.httpPart === 'headers') return () => true;
  if (route.httpPart === 'querystring') return queryValidator(route);
  const isOpen = route.httpPart === 'body' && Type.IsObject(route.schema) && carriesFields(route.schema);
  return TypeBoxValidatorCompiler(isOpen ? { ...route, schema: opened(route.schema as TObject) } : route);
};

/**
 * Validates a query like the default validator, except that an integer must consist of digits. The default validator
 * would cut 1.5 down to 1.
 */
function queryValidator(
  route: Parameters<FastifySchemaCompiler<TSchema>>[0],
): ReturnType<FastifySchemaCompiler<TSchema>> {
  const validate = TypeBoxValidatorCompiler(route);
  const { properties } = route.schema as TObject;
  const numbers = Object.keys(properties).filter((name) => Type.IsInteger(properties[name]));
  return (query: Readonly<Record<string, unknown>>) => {
    const wrong = numbers.find((name) => typeof query[name] === 'string' && !/^-?\d+$/.test(query[name]));
    return wrong === undefined ? validate(query) : { error: new Error(`querystring/${wrong} must be integer`) };
  };
}

function carriesFields({ properties }: TObject): boolean {
  return [...Object.keys(OPEN), 'items'].some((name) => Object.hasOwn(properties, name));
}

function opened({ properties }: TObject): TObject {
  const open = Object.entries(OPEN).filter(([name]) => Object.hasOwn(properties, name));
  return Type.Object({ ...properties, ...openedItems(properties), ...(Object.fromEntries(open) as TProperties) });
}

/** Opens the rows of a batch, which contain fields too. */
function openedItems({ items }: TProperties): TProperties {
  if (items === undefined || !Type.IsArray(items) || !Type.IsObject(items.items)) return {};
  const { items: item, ...limits } = items;
  return { items: Type.Array(opened(item), limits) };
}
