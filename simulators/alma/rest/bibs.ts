import type { FastifyInstance } from 'fastify';
import type { Bib, Institution, JsonObject } from '../model';
import type { AlmaWorld } from '../world';
import { callerOf } from './callers';
import { AlmaError } from './errors';
import { oneOf, queryOf, type Query } from './query';

const MAX_IDS = 100;

/** `/bibs`: finds records by MMS id, or by another system's number exactly as in 035 $a, prefix included. */
export function bibRoutes(server: FastifyInstance, world: AlmaWorld): void {
  const config = { area: 'bibs' } as const;

  server.get('/bibs', { config }, (request) => {
    const query = queryOf(request.query);
    const { institution } = callerOf(request);
    const found = select(world.bibsOf(institution), query).map((bib) => bibView(world, institution, bib, query));
    return found.length === 0 ? { total_record_count: 0 } : { bib: found, total_record_count: found.length };
  });

  server.get<{ Params: { mmsId: string } }>('/bibs/:mmsId', { config }, (request) => {
    const { institution } = callerOf(request);
    const bib = world.bibsOf(institution).find((candidate) => candidate.mmsId === request.params.mmsId);
    if (!bib) throw new AlmaError('402203', request.params.mmsId);
    return bibView(world, institution, bib, queryOf(request.query));
  });
}

function select(bibs: readonly Bib[], query: Query): readonly Bib[] {
  const number = query['other_system_id'];
  if (number !== undefined && number !== '') return bibs.filter((bib) => bib.systemNumbers.includes(number));
  const ids = (query['mms_id'] ?? '').split(',').filter((id) => id !== '');
  if (ids.length === 0 || ids.length > MAX_IDS) throw new AlmaError('402203', query['mms_id'] ?? '');
  return ids.map((id) => {
    const bib = bibs.find((candidate) => candidate.mmsId === id);
    if (!bib) throw new AlmaError('402203', id);
    return bib;
  });
}

/**
 * The record with its MARCXML as text in `anies[0]`. `view=brief` omits the MARCXML; `expand=p_avail` adds an AVA field
 * to it.
 */
function bibView(world: AlmaWorld, institution: Institution, bib: Bib, query: Query): JsonObject {
  const brief = oneOf(query, 'view', ['full', 'brief']) === 'brief';
  const expand = (query['expand'] ?? '').split(',');
  const link = `${world.url}/almaws/v1/bibs/${bib.mmsId}`;
  return {
    mms_id: bib.mmsId,
    record_format: 'marc21',
    linked_record_id: null,
    title: bib.title,
    author: bib.author,
    issn: bib.issn,
    isbn: bib.isbn,
    network_number: bib.systemNumbers,
    place_of_publication: bib.place,
    date_of_publication: bib.year,
    publisher_const: bib.publisher,
    link,
    holdings: { value: '', link: `${link}/holdings` },
    suppress_from_publishing: 'false',
    suppress_from_external_search: 'false',
    originating_system: 'ILS',
    originating_system_id: bib.mmsId,
    ...(expand.includes('requests') ? { requests: { value: 0, link: `${link}/requests` } } : {}),
    ...(brief
      ? {}
      : { anies: [expand.includes('p_avail') && bib.held ? withAvailability(institution, bib) : bib.marcXml] }),
  };
}

function withAvailability(institution: Institution, bib: Bib): string {
  const values = {
    0: bib.mmsId,
    8: `22${bib.mmsId.slice(2)}`,
    a: institution.code,
    b: 'MAIN',
    c: '開架',
    e: 'available',
    f: '1',
    g: '0',
    q: '中央図書館',
  };
  const subfields = Object.entries(values).map(([code, value]) => `<subfield code="${code}">${value}</subfield>`);
  return bib.marcXml.replace(
    '</record>',
    `<datafield ind1=" " ind2=" " tag="AVA">${subfields.join('')}</datafield></record>`,
  );
}
