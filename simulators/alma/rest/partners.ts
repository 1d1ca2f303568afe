import type { FastifyInstance } from 'fastify';
import { objectOrEmpty, textOf } from '../../shared/json-body';
import type { JsonObject, PartnerRecord } from '../model';
import type { AlmaWorld } from '../world';
import { callerOf } from './callers';
import { AlmaError } from './errors';
import { createLending } from './lending-requests';
import { oneOf, pageOf, queryOf } from './query';
import { lendingView } from './sharing-view';

interface PartnerPath {
  readonly Params: { readonly code: string };
}
interface LendingPath {
  readonly Params: { readonly code: string; readonly requestId: string };
}

/** `/partners`: the resource sharing partners and their lending requests (create and read by id; no list). */
export function partnerRoutes(server: FastifyInstance, world: AlmaWorld): void {
  const config = { area: 'partners' } as const;

  server.get('/partners', { config }, (request) => {
    const query = queryOf(request.query);
    const status = oneOf(query, 'status', ['ACTIVE', 'INACTIVE']);
    const all = world.partners.of(callerOf(request).institution.code);
    const found = status === undefined ? all : all.filter((partner) => details(partner.body)['status'] === status);
    return {
      partner: pageOf(found, query).map((partner) => partnerView(world, partner)),
      total_record_count: found.length,
    };
  });

  server.post('/partners', { config }, (request) =>
    partnerView(world, savePartner(world, callerOf(request).institution.code, request.body)),
  );

  server.get<PartnerPath>('/partners/:code', { config }, (request) =>
    partnerView(world, known(world, callerOf(request).institution.code, request.params.code)),
  );

  server.put<PartnerPath>('/partners/:code', { config }, (request) => {
    const partner = known(world, callerOf(request).institution.code, request.params.code);
    return partnerView(world, savePartner(world, partner.institution, request.body, partner));
  });

  server.delete<PartnerPath>('/partners/:code', { config }, async (request, reply) => {
    world.partners.remove(known(world, callerOf(request).institution.code, request.params.code));
    await reply.code(204).send();
  });

  lendingRoutes(server, world);
}

function lendingRoutes(server: FastifyInstance, world: AlmaWorld): void {
  const config = { area: 'sharing' } as const;

  server.post<PartnerPath>('/partners/:code/lending-requests', { config }, (request) => {
    const { institution } = callerOf(request);
    const partner = world.partners.find(institution.code, request.params.code);
    if (!partner) throw new AlmaError('40166411', `partner ${request.params.code}`);
    return lendingView(world, createLending(world, institution, partner, request.body));
  });

  server.get<LendingPath>('/partners/:code/lending-requests/:requestId', { config }, (request) => {
    const { institution } = callerOf(request);
    const { code, requestId } = request.params;
    if (!world.partners.find(institution.code, code)) throw new AlmaError('40166411', `partner ${code}`);
    const record = world.requests.findLending(institution.code, requestId);
    if (record?.partner !== code) throw new AlmaError('40166412', requestId);
    return lendingView(world, record);
  });
}

function known(world: AlmaWorld, institution: string, code: string): PartnerRecord {
  const partner = world.partners.find(institution, code);
  if (!partner) throw new AlmaError('402118', code);
  return partner;
}

/** Creates a partner, or replaces the content of an existing one and keeps its code. */
function savePartner(world: AlmaWorld, institution: string, body: unknown, before?: PartnerRecord): PartnerRecord {
  if (typeof body !== 'object' || body === null) throw new AlmaError('GENERAL_ERROR', 'the body is no object');
  const content = body as JsonObject;
  const own = details(content);
  const missing = ['code', 'name', 'status']
    .filter((name) => textOf(own[name]) === '')
    .concat(own['profile_details'] === undefined ? ['profile_details'] : []);
  if (missing.length > 0) throw new AlmaError('401664', missing.join(', '));
  const code = before?.code ?? textOf(own['code']);
  if (before === undefined && world.partners.find(institution, code)) throw new AlmaError('402113', code);
  demandUniqueSymbol(world, institution, code, own);
  const partner: PartnerRecord = { institution, code, body: { ...content, partner_details: { ...own, code } } };
  world.partners.save(partner);
  return partner;
}

/** Throws 411709 when another partner of the institution has the symbol of this one. */
export function demandUniqueSymbol(world: AlmaWorld, institution: string, code: string, own: JsonObject): void {
  const symbol = isoSymbol(own);
  const others = world.partners.of(institution).filter((partner) => partner.code !== code);
  if (symbol !== undefined && others.some((partner) => isoSymbol(details(partner.body)) === symbol))
    throw new AlmaError('411709', symbol);
}

function details(body: JsonObject): JsonObject {
  return objectOrEmpty(body['partner_details']);
}

function isoSymbol(own: JsonObject): string | undefined {
  const profile = objectOrEmpty(own['profile_details']);
  for (const block of ['iso_details', 'iso_18626_details']) {
    const symbol = objectOrEmpty(profile[block])['iso_symbol'];
    if (typeof symbol === 'string') return symbol.toLowerCase();
  }
  return undefined;
}

function partnerView(world: AlmaWorld, partner: PartnerRecord): JsonObject {
  return { ...partner.body, link: `${world.url}/almaws/v1/partners/${encodeURIComponent(partner.code)}` };
}
