import type { FastifyRequest } from 'fastify';
import type { AlmaUser, Institution, Role } from '../model';
import type { AlmaWorld } from '../world';
import { AlmaError } from './errors';

/** Parts of the REST API with different role requirements. */
export type Area = 'bibs' | 'users' | 'sharing' | 'partners' | 'configuration';

/**
 * A user needs one of these roles. Alma's documentation names the fulfillment roles for resource sharing; the other
 * rows are our interpretation. Patrons have no access; an API key has full access to its institution.
 */
const AREA_ROLES: Readonly<Record<Area, readonly Role[]>> = {
  bibs: ['26', '204', '214', '215'],
  users: ['26', '214', '215'],
  sharing: ['214', '215'],
  partners: ['26', '214', '215'],
  configuration: ['26', '204', '214', '215'],
};

/** The caller: an API key, or the user of the page for whom the host runs an app's call. */
export interface Caller {
  readonly institution: Institution;
  readonly user?: AlmaUser;
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
  }
  interface FastifyContextConfig {
    readonly area?: Area;
  }
}

/**
 * Reads `Authorization: apikey KEY`, or `Authorization: page INSTITUTION/USER`, which only the simulated Alma's own
 * pages send.
 * Alma also accepts the key as the query parameter `apikey`.
 */
export function readCaller(world: AlmaWorld, request: FastifyRequest): Caller {
  const query = request.query as Readonly<Record<string, unknown>>;
  const inQuery = typeof query['apikey'] === 'string' ? `apikey ${query['apikey']}` : '';
  const header = request.headers.authorization ?? '';
  const [scheme = '', credential = ''] = (header === '' ? inQuery : header).split(/\s+/, 2);
  if (scheme.toLowerCase() === 'apikey') {
    const institution = world.institutions.find(({ apiKey }) => apiKey === credential);
    if (institution) return { institution };
  }
  if (scheme.toLowerCase() === 'page') {
    const [code = '', primaryId = ''] = credential.split('/', 2);
    const institution = world.institution(code);
    const user = world.findUser(code, primaryId);
    if (institution && user) return { institution, user };
  }
  throw new AlmaError('UNAUTHORIZED');
}

export function mayUse(caller: Caller, area: Area): boolean {
  return caller.user === undefined || caller.user.roles.some((role) => AREA_ROLES[area].includes(role));
}

/** The caller that the onRequest hook has read. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) throw new AlmaError('UNAUTHORIZED');
  return request.caller;
}
