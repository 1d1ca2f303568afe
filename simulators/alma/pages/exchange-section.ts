import { isAction, offeredActions, type Action, type Field } from '../iso18626/buttons';
import { exchangeOf, isReturnable, partnerOf, type SharingRecord } from '../iso18626/exchange';
import type { Exchange, Side } from '../model';
import { BORROWING_STATUSES, LENDING_STATUSES } from '../statuses';
import type { AlmaWorld } from '../world';
import { html, type Html } from './html';
import type { Session } from './session';
import { isJapanese } from './words';

/** Reasons of a refusal, of the schema's open list. */
const REASONS = ['NotAvailableForILL', 'NotHeld', 'NotOnShelf', 'OnLoan', 'NonCirculating', 'Lost'] as const;

/**
 * What staff do and see of a request of an ISO 18626 partner: alert, result of the last action, buttons, general
 * messages and history. Empty for a request of another partner without any messages.
 */
export function exchangeSection(
  world: AlmaWorld,
  session: Session,
  side: Side,
  record: SharingRecord,
  path: string,
): Html {
  const hasPartner = partnerOf(world, record) !== undefined;
  if (!hasPartner && record.exchange === undefined) return html``;
  const exchange = exchangeOf(record);
  const { words } = session;
  const offered = hasPartner ? offeredActions(side, record.request.status.value, isReturnable(record)) : [];
  return html`<div class="exchange">
    ${alertOf(session, exchange, path)} ${resultOf(session, exchange)}
    ${
      exchange.dueDate === undefined
        ? html``
        : html`<dl class="facts">
            <div>
              <dt>${words.dueDate}</dt>
              <dd>${exchange.dueDate}</dd>
            </div>
          </dl>`
    }
    <section aria-label="${words.actions}">
      <h2>${words.actions}</h2>
      <div class="buttons">${offered.map(({ action, fields }) => actionForm(session, action, fields, path))}</div>
    </section>
    ${messagesOf(session, exchange)} ${historyOf(session, side, exchange)}
  </div>`;
}

function alertOf({ words, link }: Session, { hasAlert }: Exchange, path: string): Html {
  if (!hasAlert) return html``;
  return html`<div class="notice alert" role="alert">
    ${words.alert}
    <form method="post" action="${link(`${path}/dismiss`)}" data-send><button>${words.dismiss}</button></form>
  </div>`;
}

function resultOf({ words }: Session, { result }: Exchange): Html {
  if (result === undefined) return html``;
  const detail = result.detail === undefined ? html`` : html` <span class="said">${result.detail}</span>`;
  return html`<p class="notice" role="status">${words[`result_${result.how}`]}${detail}</p>`;
}

function actionForm(session: Session, action: Action, fields: readonly Field[], path: string): Html {
  const { words, link } = session;
  const label = words[`action_${action}`];
  const start = html`<input type="hidden" name="action" value="${action}" />`;
  const to = link(`${path}/actions`);
  if (fields.length === 0)
    return html`<form method="post" action="${to}" data-send>${start}<button>${label}</button></form>`;
  return html`<details data-action="${action}">
    <summary>${label}</summary>
    <form method="post" action="${to}" data-send class="fields" aria-label="${label}">
      ${start} ${fields.map((field) => input(session, field))}
      <button>${words.do}</button>
    </form>
  </details>`;
}

function input({ words }: Session, field: Field): Html {
  const label = words[`field_${field}`];
  switch (field) {
    case 'note':
      return html`<label>${label}<textarea name="note" rows="3"></textarea></label>`;
    case 'reason':
      return html`<label
        >${label}<select name="reason">
          ${REASONS.map((reason) => html`<option value="${reason}">${words[`reason_${reason}`]}</option>`)}
        </select></label
      >`;
    case 'answer':
      return html`<label
        >${label}<select name="answer">
          <option value="Y">${words.answer_Y}</option>
          <option value="N">${words.answer_N}</option>
        </select></label
      >`;
    case 'dueDate':
      return html`<label>${label}<input name="dueDate" type="date" /></label>`;
    case 'cost':
      return html`<label>${label}<input name="cost" inputmode="numeric" /></label>`;
    case 'barcodes':
      return html`<label>${label}<input name="barcodes" /></label>`;
  }
}

function messagesOf({ words }: Session, { generalMessages }: Exchange): Html {
  if (generalMessages.length === 0) return html``;
  return html`<section aria-label="${words.messages}">
    <h2>${words.messages}</h2>
    <ol class="messages">
      ${generalMessages.map(
        ({ at, from, text }) =>
          html`<li>
            ${timeOf(at)} ${words[`from_${from}`]}
            <div class="said">${text}</div>
          </li>`,
      )}
    </ol>
  </section>`;
}

function historyOf(session: Session, side: Side, { history }: Exchange): Html {
  if (history.length === 0) return html``;
  const { words, lang } = session;
  const statuses = side === 'borrowing' ? BORROWING_STATUSES : LENDING_STATUSES;
  const labelOf = (code: string): string => {
    const status = statuses.find((each) => each.code === code);
    return (isJapanese(lang) ? status?.ja : status?.en) ?? code;
  };
  return html`<section aria-label="${words.history}">
    <h2>${words.history}</h2>
    <ol class="history">
      ${history.map(
        ({ at, what, status, ignored }) =>
          html`<li>
            ${timeOf(at)} ${isAction(what) ? words[`action_${what}`] : what} →
            ${labelOf(status)}${ignored === undefined ? '' : `（${words.ignored}: ${ignored}）`}
          </li>`,
      )}
    </ol>
  </section>`;
}

function timeOf(at: string): string {
  return at.slice(0, 16).replace('T', ' ');
}
