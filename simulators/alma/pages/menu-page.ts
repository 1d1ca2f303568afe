import { html } from './html';
import type { Page } from './page';
import type { Session } from './session';

export function menuPage(session: Session): Page {
  const { words, link } = session;
  const main = html`<h1>${words.home}</h1>
    <ul class="tiles">
      <li><a href="${link('/search')}">${words.repository}</a></li>
      <li><a href="${link('/borrowing-requests')}">${words.borrowing}</a></li>
      <li><a href="${link('/lending-requests')}">${words.lending}</a></li>
    </ul>`;
  return { status: 200, title: words.home, main, entities: [] };
}

export function notFound(session: Session): Page {
  const { words, link } = session;
  const main = html`<h1>${words.notFound}</h1>
    <p><a href="${link('/')}">${words.home}</a></p>`;
  return { status: 404, title: words.notFound, main, entities: [] };
}
