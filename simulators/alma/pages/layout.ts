import { sandboxOf, titleOf, type BuiltManifest } from '../built-app';
import type { AlmaWorld } from '../world';
import { html, jsonBlock, type Html } from './html';
import type { Page } from './page';
import { COLORS, initDataOf, LANGUAGES, type Session } from './session';

export interface Frame {
  /** Origin of the app. */
  readonly appUrl: string;
  /** Undefined when the app is not built. The frame then shows a 404 page. */
  readonly manifest: BuiltManifest | undefined;
}

/** The whole page: header, menu, main area, and the app in the right sidebar. The host script creates the frame. */
export function layout(world: AlmaWorld, session: Session, page: Page, frame: Frame, path: string): string {
  const { words } = session;
  const document = html`<!doctype html>
    <html lang="${session.lang.startsWith('en') ? 'en' : 'ja'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.title} - ${words.system}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/_host/host.css" />
        <script type="application/json" id="host-data">
          ${jsonBlock(hostData(world, session, page, frame))}
        </script>
        <script type="module" src="/_host/host.js"></script>
      </head>
      <body data-color="${session.color}">
        <header class="top">
          <a class="brand" href="${session.link('/')}">${words.system}</a>
          <form class="find" role="search" action="/search" method="get" data-navigate>
            <input type="search" name="q" aria-label="${words.searchLabel}" placeholder="${words.searchLabel}" />
            <button>${words.search}</button>
          </form>
          ${settingsBar(world, session, path)}
        </header>
        <div class="columns">
          <nav class="menu" aria-label="${words.menu}">${menu(session)}</nav>
          <main id="main" tabindex="-1">${page.main}</main>
          <aside class="app" id="app" aria-label="${words.app}">${sidebarHeader(session, frame)}</aside>
        </div>
      </body>
    </html>`;
  return document.text;
}

function menu({ words, link }: Session): readonly Html[] {
  const items = [
    ['/', words.home],
    ['/search', words.repository],
    ['/borrowing-requests', words.borrowing],
    ['/lending-requests', words.lending],
  ] as const;
  return items.map(([path, name]) => html`<a href="${link(path)}">${name}</a>`);
}

/** A form that changes the session. It reloads the page and the app, as a new login does. */
function settingsBar(world: AlmaWorld, session: Session, path: string): Html {
  const { words } = session;
  const select = (name: string, label: string, current: string, values: readonly (readonly [string, string])[]): Html =>
    html`<label
      >${label}
      <select name="${name}">
        ${values.map(([value, text]) => (value === current ? html`<option value="${value}" selected>${text}</option>` : html`<option value="${value}">${text}</option>`))}
      </select></label
    >`;
  return html`<details class="session">
    <summary>${session.user.lastName} ${session.user.firstName}（${session.user.primaryId}）</summary>
    <form action="${path}" method="get" aria-label="${words.settings}">
      ${select(
        'institution',
        words.institution,
        session.institution.code,
        world.institutions.map(({ code, name }) => [code, `${name} ${code}`]),
      )}
      ${select(
        'user',
        words.user,
        session.user.primaryId,
        world
          .usersOf(session.institution.code)
          .map((user) => [user.primaryId, `${user.lastName} ${user.firstName}（${user.primaryId}）`]),
      )}
      ${select(
        'lang',
        words.language,
        session.lang,
        [...new Set<string>([session.lang, ...LANGUAGES])].map((code) => [code, code]),
      )}
      ${select(
        'color',
        words.color,
        session.color,
        COLORS.map((code) => [code, code]),
      )}
      <button>${words.apply}</button>
    </form>
  </details>`;
}

function sidebarHeader(session: Session, { manifest }: Frame): Html {
  const { words } = session;
  const title = manifest ? titleOf(manifest, session.lang) : words.app;
  const pages = manifest?.pages ?? {};
  const isAdmin = session.user.roles.includes('26');
  const link = (page: string | undefined, name: string): Html =>
    page === undefined ? html`` : html`<button type="button" data-app-page="${page}">${name}</button>`;
  return html`<div class="app-header">
    <h2>${title}</h2>
    ${link(pages.settings, words.appSettings)}${isAdmin ? link(pages.config, words.appConfig) : html``}${link(pages.help, words.appHelp)}
    ${manifest?.fullscreen.allow === false ? html`` : html`<button type="button" id="widen" aria-pressed="false" data-widen="${words.widen}" data-narrow="${words.narrow}">${words.widen}</button>`}
  </div>`;
}

/** Data for the host script. */
function hostData(world: AlmaWorld, session: Session, page: Page, { appUrl, manifest }: Frame): object {
  return {
    appUrl,
    sandbox: sandboxOf(manifest),
    openFullscreen: manifest?.fullscreen.open ?? false,
    highlightFor: manifest?.entities ?? [],
    appTitle: manifest ? titleOf(manifest, session.lang) : session.words.app,
    session: { institution: session.institution.code, user: session.user.primaryId },
    mainPage: session.link('/'),
    failed: session.words.failed,
    initData: initDataOf(world, session),
    page: { entities: page.entities },
  };
}
