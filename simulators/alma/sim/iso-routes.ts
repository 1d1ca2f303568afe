import type { FastifyInstance, FastifyReply } from 'fastify';
import { objectOrEmpty } from '../../shared/json-body';
import { dismissAlert, expire, perform } from '../iso18626/actions';
import { offeredActions } from '../iso18626/buttons';
import { release, send, type Sent } from '../iso18626/delivery';
import { exchangeOf, isReturnable, partnerOf, type SharingRecord } from '../iso18626/exchange';
import { readIsoFault } from '../iso18626/faults';
import { agencyOf, isoPartnerRecord, type IsoLink } from '../iso18626/partners';
import { withTimestamp } from '../iso18626/write-as-alma';
import { SIDES, type JsonObject, type Side } from '../model';
import { AlmaError } from '../rest/errors';
import { demandUniqueSymbol } from '../rest/partners';
import { queryOf } from '../rest/query';
import { borrowingView, lendingView } from '../rest/sharing-view';
import type { AlmaWorld } from '../world';
import { createReadyToSend } from './ready-to-send';

interface RequestPath {
  readonly Params: { readonly side: string; readonly requestId: string };
}

/** `/_sim/iso18626` and what staff do with requests of ISO 18626 partners, without a browser. */
export function isoRoutes(server: FastifyInstance, world: AlmaWorld): void {
  linkRoutes(server, world);
  requestRoutes(server, world);

  server.get('/_sim/iso18626/messages', (request) => {
    const { requestId, direction, name } = queryOf(request.query);
    return world.iso.log
      .all()
      .filter(
        (each) =>
          (requestId === undefined || each.requestId === requestId) &&
          (direction === undefined || each.direction === direction) &&
          (name === undefined || each.name === name),
      );
  });

  server.get('/_sim/iso18626/faults', () => world.iso.faults.all().map(({ fault }) => fault));
  server.post('/_sim/iso18626/faults', async (request, reply) => {
    const fault = readIsoFault(request.body);
    if (typeof fault === 'string') return refuse(reply, fault);
    world.iso.faults.add(fault);
    return { faults: world.iso.faults.all().length };
  });
  server.delete('/_sim/iso18626/faults', () => {
    world.iso.faults.clear();
    return { faults: 0 };
  });

  /** Sends the messages that the fault `reordered` holds. */
  server.post('/_sim/iso18626/release', async () => ({ released: await release(world) }));

  server.post('/_sim/iso18626/expire', async (request, reply) => {
    const { requestIds } = objectOrEmpty(request.body);
    if (requestIds !== undefined && !isTexts(requestIds)) return refuse(reply, 'requestIds must be a list of texts.');
    return { expired: await expire(world, requestIds) };
  });
}

function linkRoutes(server: FastifyInstance, world: AlmaWorld): void {
  server.get('/_sim/iso18626', () => world.iso.all());
  server.put('/_sim/iso18626', async (request, reply) => {
    const link = readLink(world, request.body);
    if (typeof link === 'string') return refuse(reply, link);
    const details = isoPartnerRecord(link).body['partner_details'];
    try {
      demandUniqueSymbol(world, link.institution, link.partner, objectOrEmpty(details));
    } catch (error) {
      if (error instanceof AlmaError) return refuse(reply, `${error.code}: ${error.message}`);
      throw error;
    }
    world.linkPartner(link);
    await world.saved();
    return link;
  });
}

function requestRoutes(server: FastifyInstance, world: AlmaWorld): void {
  server.post('/_sim/borrowing', async (request, reply) => {
    const record = createReadyToSend(world, request.body);
    if (typeof record === 'string') return refuse(reply, record);
    await world.saved();
    return reply.code(201).send(viewOf(world, 'borrowing', record));
  });

  server.get<RequestPath>('/_sim/requests/:side/:requestId', async (request, reply) => {
    const { side, record } = found(world, request.params);
    return record ? viewOf(world, side, record) : refuse(reply, 'There is no such request.', 404);
  });

  server.post<RequestPath>('/_sim/requests/:side/:requestId/actions', async (request, reply) => {
    const { requestId } = request.params;
    const { side } = found(world, request.params);
    const result = await perform(world, side, requestId, request.body);
    await world.saved();
    const record = world.requests.find(side, requestId);
    if (result === undefined || record === undefined)
      return refuse(reply, 'There is no such request of an ISO 18626 partner.', 404);
    return reply.code(result.how === 'impossible' ? 400 : 200).send({
      ...(result.how === 'impossible' ? { message: result.detail } : {}),
      result,
      ...viewOf(world, side, record),
    });
  });

  server.post<RequestPath>('/_sim/requests/:side/:requestId/dismiss', async (request, reply) => {
    const { side, record } = found(world, request.params);
    if (record === undefined) return refuse(reply, 'There is no such request.', 404);
    dismissAlert(world, side, record.request.request_id);
    return { dismissed: true };
  });

  server.post<RequestPath>('/_sim/requests/:side/:requestId/repeat', async (request, reply) => {
    const { side, record } = found(world, request.params);
    const sent = record && (await repeat(world, side, record, request.body));
    if (sent === undefined) return refuse(reply, 'There is no such request of an ISO 18626 partner.', 404);
    return typeof sent === 'string' ? refuse(reply, sent) : sent;
  });
}

/** Sends a message again: `{timestamp?: same|new, which?}`, `which` from 1; default: the last one, with the same timestamp. */
async function repeat(
  world: AlmaWorld,
  side: Side,
  record: SharingRecord,
  body: unknown,
): Promise<Sent | string | undefined> {
  const partner = partnerOf(world, record);
  if (partner === undefined) return undefined;
  const { timestamp = 'same', which } = objectOrEmpty(body);
  const { request_id: requestId } = record.request;
  const messages = world.iso.log.sentFor(side, requestId);
  const wanted = which === undefined ? messages.at(-1) : messages[Number(which) - 1];
  if (wanted === undefined) return 'Alma sent no such message.';
  if (timestamp !== 'same' && timestamp !== 'new') return 'timestamp must be same or new.';
  const text = timestamp === 'same' ? wanted.body : withTimestamp(wanted.body, world.iso.timestamp());
  const { requesterRequestId: externalId } = exchangeOf(record);
  return send(world, { partner, side, requestId, externalId, name: wanted.name, body: text, repeats: wanted.number });
}

function found(
  world: AlmaWorld,
  { side: wanted, requestId }: RequestPath['Params'],
): { readonly side: Side; readonly record: SharingRecord | undefined } {
  const side = SIDES.find((each) => each === wanted);
  return { side: side ?? 'borrowing', record: side && world.requests.find(side, requestId) };
}

/** The request with its exchange and the actions that Alma offers now. */
function viewOf(world: AlmaWorld, side: Side, record: SharingRecord): JsonObject {
  const actions = partnerOf(world, record)
    ? offeredActions(side, record.request.status.value, isReturnable(record)).map(({ action }) => action)
    : [];
  const request = 'partner' in record ? lendingView(world, record) : borrowingView(world, record);
  return { request, exchange: exchangeOf(record), actions };
}

/** Reads `{institution?, library, address, almaSymbol, partnerSymbol, partner?, sendsRequester?, expires?}`. */
function readLink(world: AlmaWorld, body: unknown): IsoLink | string {
  const given = objectOrEmpty(body);
  const { institution: code = world.institutions[0]?.code, library, partner = `ISO_${String(library)}` } = given;
  const institution = world.institutions.find((each) => each.code === code);
  if (institution === undefined) return `There is no institution ${String(code)}.`;
  if (!institution.libraries.some((each) => each.resourceSharing && each.code === library))
    return `There is no resource sharing library ${String(library)}.`;
  const { address, almaSymbol, partnerSymbol, sendsRequester = false, expires = false } = given;
  if (typeof address !== 'string' || !URL.canParse(address)) return 'address must be an address.';
  if (!isSymbol(almaSymbol)) return 'almaSymbol must be type:value.';
  if (!isSymbol(partnerSymbol)) return 'partnerSymbol must be type:value.';
  if (typeof sendsRequester !== 'boolean' || typeof expires !== 'boolean')
    return 'sendsRequester and expires must be true or false.';
  return {
    institution: institution.code,
    library: String(library),
    partner: String(partner),
    address,
    almaSymbol,
    partnerSymbol,
    sendsRequester,
    expires,
  };
}

function isSymbol(value: unknown): value is string {
  return typeof value === 'string' && agencyOf(value) !== undefined;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function refuse(reply: FastifyReply, message: string, code = 400): FastifyReply {
  return reply.code(code).send({ message });
}
