import { readFile } from 'node:fs/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readManifest } from '../built-app';
import { queryOf, type Query } from '../rest/query';
import type { AlmaWorld } from '../world';
import { bibPage, searchPage } from './catalogue-pages';
import { layout } from './layout';
import { menuPage, notFound } from './menu-page';
import type { Page } from './page';
import { borrowingListPage, borrowingPage, lendingListPage, lendingPage } from './request-pages';
import { sessionOf, type Session, type SessionDefaults } from './session';

export interface PageOptions {
  /** Origin of the app. */
  readonly appUrl: string;
  readonly appDir: string;
  readonly defaults: SessionDefaults;
}

interface ById {
  readonly Params: { readonly id: string };
}

const HOST_FILES = {
  'host.js': 'text/javascript',
  'protocol.js': 'text/javascript',
  'rest-queue.js': 'text/javascript',
  'navigation.js': 'text/javascript',
  'host.css': 'text/css',
} as const;

/**
 * The pages of the simulated Alma. With the header `x-alma-fragment: 1` a page answers `{title, main, page}` instead of the whole
 * document, so that the host page can go to it without reloading the app.
 */
export function pageRoutes(server: FastifyInstance, world: AlmaWorld, options: PageOptions): void {
  const show =
    (make: (session: Session, query: Query, request: FastifyRequest) => Page) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const query = queryOf(request.query);
      const session = sessionOf(world, query, options.defaults);
      return send(world, options, session, make(session, query, request), request, reply);
    };
  const id = (request: FastifyRequest): string => (request.params as ById['Params']).id;

  server.get(
    '/',
    show((session) => menuPage(session)),
  );
  server.get(
    '/search',
    show((session, query) => searchPage(world, session, query)),
  );
  server.get(
    '/bibs/:id',
    show((session, _query, request) => bibPage(world, session, id(request))),
  );
  server.get(
    '/borrowing-requests',
    show((session, query) => borrowingListPage(world, session, query)),
  );
  server.get(
    '/borrowing-requests/:id',
    show((session, _query, request) => borrowingPage(world, session, id(request))),
  );
  server.get(
    '/lending-requests',
    show((session, query) => lendingListPage(world, session, query)),
  );
  server.get(
    '/lending-requests/:id',
    show((session, _query, request) => lendingPage(world, session, id(request))),
  );
  server.setNotFoundHandler(show((session) => notFound(session)));

  for (const [name, type] of Object.entries(HOST_FILES)) {
    server.get(`/_host/${name}`, async (_request, reply) => {
      const file = await readFile(new URL(`../host/${name}`, import.meta.url));
      return reply.header('Cache-Control', 'no-store').type(`${type}; charset=utf-8`).send(file);
    });
  }
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
