import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ERROR_CODES, ERRORS } from '#domain/errors';
import { FIELDS } from '#domain/ill/fields';
import { openApiDocument } from './openapi-document';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly description?: string;
  readonly $ref?: string;
}
type Content = Readonly<Record<string, { readonly schema: Schema }>>;
interface Operation {
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly unknown[];
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly required?: boolean }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>>; readonly securitySchemes: object };
}

const COMMITTED = join(import.meta.dirname, '..', '..', 'docs', 'openapi.json');
const API = '/api/v1';

/** Every route that design section 4 names for this version. */
const ROUTES = [
  'post /api/v1/actions',
  'get /api/v1/bridge/messages',
  'post /api/v1/bridge/messages/{id}/apply',
  'post /api/v1/bridge/messages/{id}/drop',
  'post /api/v1/bridge/messages/{id}/retry',
  'post /api/v1/bridge/messages/{id}/undo',
  'get /api/v1/catalog',
  'get /api/v1/catalog/{ncid}',
  'get /api/v1/catalog/{ncid}/holdings',
  'get /api/v1/drafts',
  'delete /api/v1/drafts/{draftId}',
  'get /api/v1/drafts/{draftId}',
  'put /api/v1/drafts/{draftId}',
  'get /api/v1/imports',
  'post /api/v1/imports',
  'get /api/v1/imports/{runId}',
  'post /api/v1/imports/{runId}/cancel',
  'get /api/v1/imports/{runId}/events',
  'get /api/v1/imports/{runId}/report.csv',
  'get /api/v1/imports/{runId}/report.json',
  'get /api/v1/imports/{runId}/requests',
  'post /api/v1/imports/{runId}/retry',
  'get /api/v1/imports/status-map',
  'get /api/v1/libraries/{library}/closures',
  'post /api/v1/libraries/{library}/closures',
  'put /api/v1/libraries/{library}/closures/{closureId}',
  'post /api/v1/libraries/{library}/closures/{closureId}/cancel',
  'post /api/v1/libraries/{library}/closures/{closureId}/end',
  'get /api/v1/libraries/{library}/closures/requests',
  'put /api/v1/libraries/{library}/member',
  'get /api/v1/libraries/{library}/recent-lenders',
  'get /api/v1/me',
  'get /api/v1/members',
  'get /api/v1/members/{memberId}',
  'get /api/v1/profiles/{library}',
  'put /api/v1/profiles/{library}',
  'get /api/v1/requests',
  'post /api/v1/requests',
  'get /api/v1/requests/{id}',
  'put /api/v1/requests/{id}',
  'post /api/v1/requests/{id}/actions',
  'post /api/v1/requests/{id}/link',
  'get /api/v1/requests/{id}/messages',
  'get /api/v1/requests/by-external-id',
  'get /api/v1/requests/counts',
  'post /api/v1/requests/refresh',
  'get /api/v1/upkeep',
  'get /healthz',
  'get /readyz',
];

describe('OpenAPI', () => {
  let text: string;
  let document: Document;
  let operations: readonly (readonly [name: string, operation: Operation])[];

  beforeAll(async () => {
    text = await openApiDocument();
    document = JSON.parse(text) as Document;
    operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [`${method} ${path}`, operation] as const),
    );
  });

  const operation = (name: string) => operations.find(([each]) => each === name)?.[1];

  it('is committed as the routes give it (npm run openapi)', async () => {
    expect(await readFile(COMMITTED, 'utf8')).toBe(text);
  });

  it('names every route', () => {
    expect(operations.map(([name]) => name).sort()).toEqual([...ROUTES].sort());
  });

  it('says of each what it is for', () => {
    for (const [name, { summary, tags, responses }] of operations) {
      expect([name, summary !== undefined && summary !== '', tags?.length]).toEqual([name, true, 1]);
      const undescribed = Object.entries(responses).filter(([, { description }]) =>
        /^(|Default Response)$/.test(description),
      );
      expect([name, undescribed]).toEqual([name, []]);
    }
  });

  it('asks for the token of the host everywhere but in operation, and lets the command line run imports', () => {
    for (const [name, { security }] of operations) {
      const ofOperator = name.includes(`${API}/imports`) ? [{ operatorKey: [] }] : [];
      expect([name, security]).toEqual([name, name.includes(API) ? [{ hostToken: [] }, ...ofOperator] : undefined]);
    }
    expect(document.components.securitySchemes).toEqual({
      hostToken: jasmine.objectContaining({ type: 'http', scheme: 'bearer' }),
      operatorKey: jasmine.objectContaining({ type: 'http', scheme: 'operator' }),
    });
  });

  it('asks for a key where something is done once', () => {
    const withKey = operations.filter(([, { parameters = [] }]) =>
      parameters.some((each) => each.in === 'header' && each.name === 'idempotency-key' && each.required),
    );
    expect(withKey.map(([name]) => name).sort()).toEqual([
      'post /api/v1/actions',
      'post /api/v1/bridge/messages/{id}/apply',
      'post /api/v1/bridge/messages/{id}/drop',
      'post /api/v1/bridge/messages/{id}/retry',
      'post /api/v1/bridge/messages/{id}/undo',
      'post /api/v1/imports',
      'post /api/v1/imports/{runId}/cancel',
      'post /api/v1/imports/{runId}/retry',
      'post /api/v1/libraries/{library}/closures',
      'post /api/v1/libraries/{library}/closures/{closureId}/cancel',
      'post /api/v1/libraries/{library}/closures/{closureId}/end',
      'post /api/v1/requests',
      'post /api/v1/requests/{id}/actions',
      'post /api/v1/requests/{id}/link',
      'put /api/v1/libraries/{library}/member',
      'put /api/v1/requests/{id}',
    ]);
  });

  it('gives errors as problem details, each status with its codes of the catalogue', () => {
    for (const [name, { responses }] of operations.filter(([each]) => each.includes(API))) {
      const errors = Object.entries(responses).filter(([status]) => Number(status) >= 400);
      for (const code of ['400', '401', '500'])
        expect([name, Object.keys(responses)]).toEqual([name, jasmine.arrayContaining([code])]);
      for (const [status, { description, content }] of errors) {
        expect(content).toEqual({ 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } });
        for (const code of description.split(', ')) {
          const known = ERROR_CODES.find((each) => each === code);
          expect([name, code, String(known && ERRORS[known].status)]).toEqual([name, code, status]);
        }
      }
    }
  });

  it('lists the outcomes of an order', () => {
    const { responses = {} } = operation('post /api/v1/requests') ?? {};
    expect(Object.keys(responses)).toEqual([
      '201',
      '400',
      '401',
      '403',
      '409',
      '413',
      '422',
      '500',
      '502',
      '503',
      '504',
    ]);
    expect(responses['422']?.description).toBe('invalid-fields, missing-idempotency-key, idempotency-key-reused');
  });

  it('lists the domain names of the fields, with their limits, where they are sent and where they are answered', () => {
    const body = (name: string) => operation(name)?.requestBody?.content['application/json']?.schema.properties;
    const names = [...Object.keys(FIELDS), 'lenders', 'charges'];
    const order = body('post /api/v1/requests')?.['fields']?.properties ?? {};
    expect(Object.keys(order)).toEqual(names);
    expect(order['applicant']?.description).toContain('at most 254 bytes');
    expect(Object.keys(body('put /api/v1/requests/{id}')?.['fields']?.properties ?? {})).toEqual(names);
    expect(Object.keys(body('post /api/v1/requests/{id}/actions')?.['params']?.properties ?? {})).toEqual([
      ...names,
      'comment',
    ]);
    const { RequestView, Problem } = document.components.schemas;
    expect(Object.keys(RequestView?.properties?.['fields']?.properties ?? {})).toEqual(names);
    expect(Problem?.properties?.['request']).toEqual({ $ref: '#/components/schemas/RequestView' });
  });
});
