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

type MakePage = (world: AlmaWorld, session: Session, query: Query, id: string) => Page;

const PAGES: Readonly<Record<string, MakePage>> = {
  '/': (_world, session) => menuPage(session),
  '/search': searchPage,
  '/bibs/:id': (world, session, _query, id) => bibPage(world, session, id),
  '/borrowing-requests': borrowingListPage,
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
  server.setNotFoundHandler(show((_world, session) => notFound(session)));

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
