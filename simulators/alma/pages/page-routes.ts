import { readFile } from 'node:fs/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { objectOrEmpty } from '../../shared/json-body';
import { readManifest } from '../built-app';
import { dismissAlert, perform } from '../iso18626/actions';
import { SIDES } from '../model';
import { queryOf, type Query } from '../rest/query';
import { createReadyToSend } from '../sim/ready-to-send';
import type { AlmaWorld } from '../world';
import { bibPage, searchPage } from './catalogue-pages';
import { layout } from './layout';
import { menuPage, notFound } from './menu-page';
import { newRequestPage } from './new-request-page';
import type { Page } from './page';
import { borrowingListPage, borrowingPage, lendingListPage, lendingPage } from './request-pages';
import { sessionOf, type Session, type SessionDefaults } from './session';

export interface PageOptions {
  /** Origin of the app. */
  readonly appUrl: string;
  readonly appDir: string;
  readonly defaults: SessionDefaults;
}

/** HTTP status that makes the browser read the page after a form was sent. */
const SEE_OTHER = 303;

type MakePage = (world: AlmaWorld, session: Session, query: Query, id: string) => Page;

const PAGES: Readonly<Record<string, MakePage>> = {
  '/': (_world, session) => menuPage(session),
  '/search': searchPage,
  '/bibs/:id': (world, session, _query, id) => bibPage(world, session, id),
  '/borrowing-requests': borrowingListPage,
  '/borrowing-requests/new': (world, session) => newRequestPage(world, session),
  '/borrowing-requests/:id': (world, session, _query, id) => borrowingPage(world, session, id),
  '/lending-requests': lendingListPage,
  '/lending-requests/:id': (world, session, _query, id) => lendingPage(world, session, id),
};

const HOST_FILES = {
  'host.js': 'text/javascript',
  'protocol.js': 'text/javascript',
  'rest-queue.js': 'text/javascript',
  'navigation.js': 'text/javascript',
  'host.css': 'text/css',
} as const;

/**
 * Routes of the simulated Alma's pages. With the header `x-alma-fragment: 1` they answer `{title, main, page}` instead
 * of the whole document, so that the host page can change pages without reloading the app.
 */
export function pageRoutes(server: FastifyInstance, world: AlmaWorld, options: PageOptions): void {
  const show =
    (make: MakePage) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const query = queryOf(request.query);
      const session = sessionOf(world, query, options.defaults);
      const { id = '' } = request.params as { readonly id?: string };
      return send(world, options, session, make(world, session, query, id), request, reply);
    };
  for (const [path, make] of Object.entries(PAGES)) server.get(path, show(make));
  void server.register((forms, _options, done) => {
    formRoutes(forms, world, options);
    done();
  });
  server.setNotFoundHandler(show((_world, session) => notFound(session)));

  for (const [name, type] of Object.entries(HOST_FILES)) {
    server.get(`/_host/${name}`, async (_request, reply) => {
      const file = await readFile(new URL(`../host/${name}`, import.meta.url));
      return reply.header('Cache-Control', 'no-store').type(`${type}; charset=utf-8`).send(file);
    });
  }
}

/** What the forms of request pages do. Each answers with the address of the page to show, or with a page. */
function formRoutes(server: FastifyInstance, world: AlmaWorld, options: PageOptions): void {
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  const sessionFor = (request: FastifyRequest): Session => sessionOf(world, queryOf(request.query), options.defaults);
  for (const side of SIDES) {
    const list = `/${side}-requests`;
    const find = (request: FastifyRequest<{ Params: { id: string } }>): string | undefined => {
      const { code } = sessionFor(request).institution;
      const record = world.requests.find(side, request.params.id);
      return record?.institution === code ? record.request.request_id : undefined;
    };
    const run = async (name: string, id: string, body: unknown): Promise<void> => {
      if (name === 'actions') await perform(world, side, id, body);
      else dismissAlert(world, side, id);
    };
    for (const name of ['actions', 'dismiss'])
      server.post<{ Params: { id: string } }>(`${list}/:id/${name}`, async (request, reply) => {
        const id = find(request);
        const session = sessionFor(request);
        if (id === undefined) return send(world, options, session, notFound(session), request, reply);
        await run(name, id, request.body);
        return reply.redirect(session.link(`${list}/${id}`), SEE_OTHER);
      });
  }
  server.post('/borrowing-requests', async (request, reply) => {
    const session = sessionFor(request);
    const entered = Object.entries(objectOrEmpty(request.body)).filter(([, value]) => value !== '');
    const record = createReadyToSend(world, { ...Object.fromEntries(entered), institution: session.institution.code });
    if (typeof record === 'string')
      return send(world, options, session, newRequestPage(world, session, record), request, reply);
    return reply.redirect(session.link(`/borrowing-requests/${record.request.request_id}`), SEE_OTHER);
  });
}

async function send(
  world: AlmaWorld,
  options: PageOptions,
  session: Session,
  page: Page,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  void reply.code(page.status).headers({ 'Cache-Control': 'no-store', 'Vary': 'x-alma-fragment' });
  if (request.headers['x-alma-fragment'] === '1')
    return reply.send({ title: page.title, main: page.main.text, page: { entities: page.entities } });
  const frame = { appUrl: options.appUrl, manifest: await readManifest(options.appDir) };
  const path = request.url.split('?')[0] ?? '/';
  return reply.type('text/html; charset=utf-8').send(layout(world, session, page, frame, path));
}
