import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import { RequestViewSchema } from '#domain/api/requests';
import { ProblemSchema } from '#domain/api/problem';
import { documentProblems } from './document-route';

type Transform = NonNullable<FastifyDynamicSwaggerOptions['transformObject']>;
type Document = ReturnType<Transform>;

/** The schema that every error answer refers to. */
export const PROBLEM_SCHEMA = { ...ProblemSchema, $id: 'Problem' };

/** Settings for generating OpenAPI from the routes. */
export const OPENAPI_SETTINGS: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'NACSIS-ILL for Alma: gateway',
      version: '1',
      description:
        'Errors are problem details (RFC 9457); `code` is stable. A repeat with the same Idempotency-Key never does a second command.',
    },
    tags: [
      { name: 'requests', description: 'Requests of NACSIS-ILL: order, save, edit, read, act' },
      { name: 'drafts', description: 'What is being typed; kept by the gateway only' },
      { name: 'catalog', description: 'NACSIS-CAT: records, holdings, members' },
      { name: 'libraries', description: 'What belongs to a library: its profile, whom it asked lately' },
      { name: 'imports', description: 'The job that brings Alma in line with NACSIS-ILL: runs, progress, report' },
      { name: 'bridge', description: 'Messages that the gateway exchanges with Alma (ISO 18626)' },
      { name: 'me', description: 'Who calls' },
      { name: 'operation', description: 'Operation of the gateway; without a token' },
    ],
    components: {
      securitySchemes: {
        hostToken: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'The token that the host of the Cloud App gives (getAuthToken), RS256',
        },
        operatorKey: {
          type: 'http',
          scheme: 'operator',
          description:
            "Of the command line on the gateway's own machine: institution code, colon, the key in the data folder (operator-key)",
        },
      },
    },
  },
  transform: documentProblems,
  transformObject: (document) => withRequestView('openapiObject' in document ? document.openapiObject : {}),
  refResolver: {
    buildLocalReference: ({ $id }, _base, _fragment, at) => (typeof $id === 'string' ? $id : `def-${String(at)}`),
  },
};

/** Many answers contain the request view; the document defines it once. */
function withRequestView(document: Document): Document {
  const view = JSON.stringify(RequestViewSchema);
  const replaced = (node: unknown): unknown => {
    if (typeof node !== 'object' || node === null) return node;
    if (JSON.stringify(node) === view) return { $ref: '#/components/schemas/RequestView' };
    if (Array.isArray(node)) return node.map(replaced);
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, replaced(value)]));
  };
  const { components, ...rest } = replaced(document) as { readonly components: { readonly schemas: object } };
  const schemas = { ...components.schemas, RequestView: JSON.parse(view) as object };
  return { ...rest, components: { ...components, schemas } };
}
