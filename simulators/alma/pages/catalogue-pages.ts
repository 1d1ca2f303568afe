import { XMLParser } from 'fast-xml-parser';
import type { Bib } from '../model';
import type { Query } from '../rest/query';
import type { AlmaWorld } from '../world';
import { bibEntity } from './entities';
import { html, type Html } from './html';
import { notFound } from './menu-page';
import type { Page } from './page';
import type { Session } from './session';

const RESULTS_PER_PAGE = 20;

/** Repository search with 20 records per page. The records shown are the page's entities. */
export function searchPage(world: AlmaWorld, session: Session, query: Query): Page {
  const { words, institution } = session;
  const q = query['q']?.trim() ?? '';
  const found = world.bibsOf(institution).filter((bib) => matches(bib, q));
  const pages = Math.max(1, Math.ceil(found.length / RESULTS_PER_PAGE));
  const number = Math.min(pages, Math.max(1, Number.parseInt(query['page'] ?? '1', 10) || 1));
  const shown = found.slice((number - 1) * RESULTS_PER_PAGE, number * RESULTS_PER_PAGE);
  const first = (number - 1) * RESULTS_PER_PAGE + 1;
  const main = html`<h1>${words.results}</h1>
    <p class="count">${q === '' ? '' : html`<q>${q}</q> `}${found.length} ${words.count}</p>
    ${
      shown.length === 0
        ? html`<p>${words.noResults}</p>`
        : html`<ol class="results" start="${first}">
            ${shown.map((bib) => resultRow(session, bib))}
          </ol>`
    }
    ${pager(session, '/search', { q }, number, pages)}`;
  return { status: 200, title: words.results, main, entities: shown.map(bibEntity) };
}

export function bibPage(world: AlmaWorld, session: Session, mmsId: string): Page {
  const { words } = session;
  const bib = world.bibsOf(session.institution).find((candidate) => candidate.mmsId === mmsId);
  if (!bib) return notFound(session);
  const main = html`<p><a href="${session.link('/search')}">${words.back}</a></p>
    <h1>${bib.title ?? words.noTitle}</h1>
    <dl class="facts">${bibFacts(session, bib)}</dl>
    <h2>${words.marc}</h2>
    ${marcTable(session, bib)}`;
  return { status: 200, title: (bib.title ?? words.noTitle).slice(0, 100), main, entities: [bibEntity(bib)] };
}

/** Links to the previous and next page around the page number; empty for a single page. */
export function pager(
  session: Session,
  path: string,
  query: Readonly<Record<string, string>>,
  number: number,
  pages: number,
): Html {
  const { words } = session;
  if (pages <= 1) return html``;
  const to = (page: number): string => session.link(path, { ...query, page: String(page) });
  return html`<nav class="pager" aria-label="${words.page}">
    ${number > 1 ? html`<a rel="prev" href="${to(number - 1)}">${words.previous}</a>` : html``}
    <span>${words.page} ${number} / ${pages}</span>
    ${number < pages ? html`<a rel="next" href="${to(number + 1)}">${words.next}</a>` : html``}
  </nav>`;
}

function resultRow(session: Session, bib: Bib): Html {
  return html`<li>
    <h2><a href="${session.link(`/bibs/${bib.mmsId}`)}">${shorten(bib.title ?? session.words.noTitle)}</a></h2>
    <dl class="facts">${bibFacts(session, bib)}</dl>
  </li>`;
}

function bibFacts({ words }: Session, bib: Bib): readonly Html[] {
  const published = [bib.place, bib.publisher, bib.year].filter((part) => part !== '').join(', ');
  const rows: readonly (readonly [string, string | null])[] = [
    [words.form, bib.form === 'book' ? words.book : words.serial],
    [words.author, bib.author],
    [words.published, published],
    ['ISBN', bib.isbn],
    ['ISSN', bib.issn],
    [words.number, bib.systemNumbers.join(', ')],
    [words.inventory, bib.held ? words.held : words.notHeld],
    ['MMS ID', bib.mmsId],
  ];
  return rows.flatMap(([name, value]) =>
    value === null || value === ''
      ? []
      : [
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
        ],
  );
}

interface ParsedField {
  readonly tag: string;
  readonly ind1: string;
  readonly ind2: string;
  /** Absent in a field without subfields. */
  readonly subfield?: readonly { readonly code: string; readonly text: string }[];
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  textNodeName: 'text',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  isArray: (name) => name === 'datafield' || name === 'subfield',
});

/** The MARC fields as Alma's record view shows them, or a message when the record is broken. */
function marcTable({ words }: Session, bib: Bib): Html {
  if (!bib.marcXml.endsWith('</record>')) return html`<p class="broken">${words.brokenMarc}</p>`;
  const { record } = parser.parse(bib.marcXml) as { readonly record: { readonly datafield: readonly ParsedField[] } };
  const rows = record.datafield.map((field) => {
    const values = (field.subfield ?? []).map(({ code, text }) => html`<b>$$${code}</b> ${text} `);
    return html`<tr>
      <th scope="row">${field.tag}</th>
      <td><code>${field.ind1}${field.ind2}</code></td>
      <td>${values}</td>
    </tr>`;
  });
  return html`<table class="marc">
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

/** True when every word of the query occurs in the title, author, publisher or a number. Ignores hyphens in numbers. */
function matches(bib: Bib, q: string): boolean {
  const text = [bib.title, bib.author, bib.publisher, bib.isbn, bib.issn, bib.mmsId, bib.marcXml, ...bib.systemNumbers]
    .join(' ')
    .toLowerCase();
  const plain = text.replace(/-/g, '');
  return q
    .toLowerCase()
    .split(/[\s\u3000]+/)
    .every((word) => text.includes(word) || plain.includes(word.replace(/-/g, '')));
}

function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
