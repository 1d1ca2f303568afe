import type { FastifyInstance } from 'fastify';
import type { Institution, JsonObject, Library } from '../model';
import { codeTables } from '../seed/code-tables';
import type { AlmaWorld } from '../world';
import { callerOf } from './callers';
import { AlmaError } from './errors';
import { filterTaskList, markReported, TASK_LIST_LIMIT } from './lending-requests';
import { pageOf, queryOf } from './query';
import { lendingView } from './sharing-view';

interface Named {
  readonly Params: { readonly name: string };
}

/** `/conf`: libraries, code tables and integration profiles. */
export function configurationRoutes(server: FastifyInstance, world: AlmaWorld): void {
  const config = { area: 'configuration' } as const;

  server.get('/conf/libraries', { config }, (request) => {
    const { libraries } = callerOf(request).institution;
    return { library: libraries.map((library) => libraryView(world, library)), total_record_count: libraries.length };
  });

  server.get<Named>('/conf/libraries/:name', { config }, (request) => {
    const library = callerOf(request).institution.libraries.find(({ code }) => code === request.params.name);
    if (!library) throw new AlmaError('402119', request.params.name);
    return libraryView(world, library);
  });

  server.get<Named>('/conf/code-tables/:name', { config }, (request) =>
    codeTableView(callerOf(request).institution, request.params.name, queryOf(request.query)['lang']),
  );

  server.get('/conf/integration-profiles', { config }, (request) => {
    const query = queryOf(request.query);
    const profiles = integrationProfiles(world, callerOf(request).institution);
    const wanted = query['type'];
    const found =
      wanted === undefined || wanted === '' ? profiles : profiles.filter((profile) => profile.type.value === wanted);
    return { integration_profile: pageOf(found, query), total_record_count: found.length };
  });

  server.get<Named>('/conf/integration-profiles/:name', { config }, (request) => {
    const profile = integrationProfiles(world, callerOf(request).institution).find(
      ({ id }) => id === request.params.name,
    );
    if (!profile) throw new AlmaError('40166404', request.params.name);
    return profile;
  });
}

/**
 * `/task-lists/rs/lending-requests`: returns at most 100 requests without paging. `mark_reported` is the only operation
 * and applies to all requests that match the filters.
 */
export function taskListRoutes(server: FastifyInstance, world: AlmaWorld): void {
  const config = { area: 'sharing' } as const;
  const path = '/task-lists/rs/lending-requests';

  server.get(path, { config }, (request) => {
    const records = filterTaskList(world, callerOf(request).institution, queryOf(request.query));
    return {
      user_resource_sharing_request: records.slice(0, TASK_LIST_LIMIT).map((record) => lendingView(world, record)),
      total_record_count: records.length,
    };
  });

  server.post(path, { config }, (request) => {
    const records = markReported(world, callerOf(request).institution, queryOf(request.query));
    return {
      user_resource_sharing_request: records.slice(0, TASK_LIST_LIMIT).map((record) => lendingView(world, record)),
      total_record_count: records.length,
    };
  });
}

function libraryView(world: AlmaWorld, library: Library): JsonObject {
  return {
    link: `${world.url}/almaws/v1/conf/libraries/${library.code}`,
    code: library.code,
    path: library.code,
    name: library.name,
    resource_sharing: library.resourceSharing,
    campus: { value: 'MAIN_CAMPUS', desc: '本部キャンパス' },
  };
}

function codeTableView(institution: Institution, name: string, lang: string | undefined): JsonObject {
  const table = codeTables(institution).find((candidate) => candidate.name === name);
  if (!table) throw new AlmaError('90101', name);
  const japanese = lang === 'ja' || lang === 'jp';
  return {
    name: table.name,
    description: table.description,
    language: { value: japanese ? 'ja' : 'en', desc: japanese ? 'Japanese' : 'English' },
    scope: { institution_id: { value: institution.code, desc: institution.name }, library_id: {} },
    row: table.rows.map((row, index) => ({
      code: row.code,
      description: japanese ? row.ja : row.en,
      default: index === 0,
      enabled: true,
    })),
  };
}

/** The central catalogue profile. Its parameters contain the NACSIS id of a resource sharing library. */
function integrationProfiles(
  world: AlmaWorld,
  institution: Institution,
): readonly (JsonObject & { readonly id: string; readonly type: { readonly value: string } })[] {
  return institution.libraries
    .filter((library) => library.resourceSharing)
    .map((library, index) => {
      const id = `7${String(index + 1).padStart(9, '0')}${institution.suffix}`;
      const parameter = (action: string, name: string, value: string): JsonObject => ({
        action: { value: action, desc: '' },
        name: { value: name, desc: '' },
        value,
      });
      return {
        id,
        code: `NACSIS_${library.code}`,
        name: 'NACSIS',
        type: { value: 'CENTRAL_CATALOG_INTEGRATION', desc: 'Central Catalog Integration' },
        parameter: [
          parameter('CENTRAL_CATALOG_INFORMATION_B', 'nacsisLibraryId', institution.memberId),
          parameter('CENTRAL_CATALOG_INFORMATION_B', 'userNameNacsis', `${institution.memberId}U`),
          parameter('CENTRAL_CATALOG_INFORMATION_B', 'rsLibrary', library.code),
          parameter('CENTRAL_CATALOG_CONTRIBUTION_CONFIGURATION', 'repositoryImportProfile', ''),
        ],
        link: `${world.url}/almaws/v1/conf/integration-profiles/${id}`,
      };
    });
}
