import { BORROWING_CITATIONS } from '../seed/code-tables';
import type { AlmaWorld } from '../world';
import { html, type Html } from './html';
import type { Page } from './page';
import type { Session } from './session';
import { isJapanese } from './words';

/** Link to the form, for an institution with an ISO 18626 partner. */
export function newRequestLink(world: AlmaWorld, session: Session): Html {
  if (partnersOf(world, session).length === 0) return html``;
  return html`<p><a href="${session.link('/borrowing-requests/new')}">${session.words.newRequest}</a></p>`;
}

/** The citation form of staff. `problem`: why the last attempt failed. */
export function newRequestPage(world: AlmaWorld, session: Session, problem?: string): Page {
  const { words, link } = session;
  const field = (name: string, label: string): Html => html`<label>${label}<input name="${name}" /></label>`;
  const main = html`<p><a href="${link('/borrowing-requests')}">${words.back}</a></p>
    <h1>${words.newRequest}</h1>
    ${problem === undefined ? html`` : html`<p class="notice alert" role="alert">${problem}</p>`}
    <form
      method="post"
      action="${link('/borrowing-requests')}"
      data-send
      class="fields"
      aria-label="${words.newRequest}"
    >
      <label
        >${words.form}<select name="citation_type">
          ${BORROWING_CITATIONS.filter(({ code }) => !code.startsWith('E_')).map(
            ({ code, en, ja }) => html`<option value="${code}">${isJapanese(session.lang) ? ja : en}</option>`,
          )}
        </select></label
      >
      ${field('title', words.title)} ${field('author', words.author)} ${field('journal_title', words.journal)}
      ${field('volume', words.volume)} ${field('issue', words.issue)} ${field('pages', words.pages)}
      ${field('year', words.year)} ${field('isbn', 'ISBN')} ${field('issn', 'ISSN')}
      ${field('other_standard_id', words.otherNumber)} ${field('user', words.requesterId)}
      <label>${words.note}<textarea name="note" rows="3"></textarea></label>
      <label
        >${words.partner}<select name="partner">
          ${partnersOf(world, session).map((code) => html`<option value="${code}">${code}</option>`)}
        </select></label
      >
      <button>${words.create}</button>
    </form>`;
  return { status: problem === undefined ? 200 : 400, title: words.newRequest, main, entities: [] };
}

function partnersOf(world: AlmaWorld, { institution }: Session): readonly string[] {
  return world
    .isoPartners()
    .filter((partner) => partner.institution === institution.code)
    .map(({ code }) => code);
}
