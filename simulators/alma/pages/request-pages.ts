import { textOf } from '../../shared/json-body';
import type { BorrowingRecord, JsonObject, LendingRecord, SharingRequest } from '../model';
import { codeOf } from '../rest/sharing-view';
import { BORROWING_STATUSES, LENDING_STATUSES, type Status } from '../statuses';
import { REQUEST_FORMATS } from '../seed/code-tables';
import type { AlmaWorld } from '../world';
import { exchangeSection } from './exchange-section';
import { newRequestLink } from './new-request-page';
import { borrowingEntity, lendingEntity, type Entity } from './entities';
import { html, type Html } from './html';
import { notFound } from './menu-page';
import type { Page } from './page';
import { pager } from './catalogue-pages';
import type { Session } from './session';
import { isJapanese } from './words';
import type { Query } from '../rest/query';

/** Rows per page of a task list. Only the rows shown are reported to the app. */
const REQUESTS_PER_PAGE = 20;

/** One row of a request list. */
interface Row {
  readonly request: SharingRequest;
  readonly path: string;
  readonly entity: Entity;
  readonly who: string;
  readonly statuses: readonly Status[];
  /** A general message was not looked at yet. */
  readonly hasAlert: boolean;
}

export function borrowingListPage(world: AlmaWorld, session: Session, query: Query): Page {
  const records = [...world.requests.borrowingOf(session.institution.code)].reverse();
  const rows = records.map((record) => borrowingRow(world, session, record));
  return listPage(session, session.words.borrowing, '/borrowing-requests', rows, query, newRequestLink(world, session));
}

export function lendingListPage(world: AlmaWorld, session: Session, query: Query): Page {
  const records = [...world.requests.lendingOf(session.institution.code)].reverse();
  return listPage(session, session.words.lending, '/lending-requests', records.map(lendingRow), query);
}

export function borrowingPage(world: AlmaWorld, session: Session, id: string): Page {
  const record = world.requests.findBorrowing(session.institution.code, id);
  if (!record) return notFound(session);
  const row = borrowingRow(world, session, record);
  return detailPage(
    session,
    '/borrowing-requests',
    row,
    exchangeSection(world, session, 'borrowing', record, row.path),
  );
}

export function lendingPage(world: AlmaWorld, session: Session, id: string): Page {
  const record = world.requests.findLending(session.institution.code, id);
  if (!record) return notFound(session);
  const row = lendingRow(record);
  return detailPage(session, '/lending-requests', row, exchangeSection(world, session, 'lending', record, row.path));
}

function borrowingRow(world: AlmaWorld, session: Session, record: BorrowingRecord): Row {
  const user = world.findUser(record.institution, record.user ?? '');
  const who = user ? `${user.lastName} ${user.firstName}` : session.words.noRequester;
  return {
    request: record.request,
    path: `/borrowing-requests/${record.request.request_id}`,
    entity: borrowingEntity(record),
    who,
    statuses: BORROWING_STATUSES,
    hasAlert: record.exchange?.hasAlert ?? false,
  };
}

function lendingRow(record: LendingRecord): Row {
  return {
    request: record.request,
    path: `/lending-requests/${record.request.request_id}`,
    entity: lendingEntity(record),
    who: record.partner,
    statuses: LENDING_STATUSES,
    hasAlert: record.exchange?.hasAlert ?? false,
  };
}

function listPage(
  session: Session,
  title: string,
  path: string,
  rows: readonly Row[],
  query: Query,
  more: Html = html``,
): Page {
  const { words } = session;
  const pages = Math.max(1, Math.ceil(rows.length / REQUESTS_PER_PAGE));
  const number = Math.min(pages, Math.max(1, Number.parseInt(query['page'] ?? '1', 10) || 1));
  const shown = rows.slice((number - 1) * REQUESTS_PER_PAGE, number * REQUESTS_PER_PAGE);
  const items = shown.map(
    (row) =>
      html`<li>
        <h2><a href="${session.link(row.path)}">${textOf(row.request['title']) || words.noTitle}</a></h2>
        <p>
          <span class="status">${statusLabel(session, row)}</span>
          ${row.hasAlert ? html`<span class="status alert">${words.messages}</span>` : html``} ${row.who}
        </p>
        <dl class="facts">${facts(session, row).slice(0, 5)}</dl>
      </li>`,
  );
  const main = html`<h1>${title}</h1>
    <p class="count">${rows.length} ${words.count}</p>
    ${more}
    <ol class="results">
      ${items}
    </ol>
    ${pager(session, path, {}, number, pages)}`;
  return { status: 200, title, main, entities: shown.map((row) => row.entity) };
}

function detailPage(session: Session, list: string, row: Row, more: Html): Page {
  const { words } = session;
  const title = textOf(row.request['title']) || words.noTitle;
  const main = html`<p><a href="${session.link(list)}">${words.back}</a></p>
    <h1>${title}</h1>
    <p><span class="status">${statusLabel(session, row)}</span> ${row.who}</p>
    <dl class="facts">${facts(session, row)}</dl>
    ${more}`;
  return { status: 200, title, main, entities: [row.entity] };
}

function facts(session: Session, { request }: Row): readonly Html[] {
  const { words } = session;
  const cost = request['shipping_cost'] as JsonObject | undefined;
  const rows: readonly (readonly [string, string])[] = [
    [words.author, textOf(request['author'])],
    [words.journal, textOf(request['journal_title'])],
    [words.volume, [textOf(request['volume']), textOf(request['issue'])].filter((part) => part !== '').join(' / ')],
    [words.pages, textOf(request['pages'])],
    [words.externalId, request.external_id],
    [words.requestId, request.request_id],
    [words.created, textOf(request['created_date']).replace('Z', '')],
    [words.format, formatLabel(session, request)],
    [words.partner, codeOf(request['partner']) ?? ''],
    [words.owner, request.owner],
    [words.published, [textOf(request['publisher']), textOf(request['year'])].filter((part) => part !== '').join(', ')],
    ['ISBN', textOf(request['isbn'])],
    ['ISSN', textOf(request['issn'])],
    [words.cost, typeof cost?.['sum'] === 'number' && cost['sum'] > 0 ? `${cost['sum']} ${words.yen}` : ''],
    [words.note, textOf(request['note'])],
  ];
  return rows.flatMap(([name, value]) =>
    value === ''
      ? []
      : [
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
        ],
  );
}

function statusLabel(session: Session, { request, statuses }: Row): string {
  const status = statuses.find(({ code }) => code === request.status.value);
  if (!status) return request.status.desc;
  return isJapanese(session.lang) ? status.ja : status.en;
}

function formatLabel(session: Session, request: SharingRequest): string {
  const format = REQUEST_FORMATS.find(({ code }) => code === codeOf(request['format']));
  if (!format) return '';
  return isJapanese(session.lang) ? format.ja : format.en;
}
