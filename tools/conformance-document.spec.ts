import { readFile } from 'node:fs/promises';
import { withConformance, type MapContent } from './conformance-document';
import { inRoot } from './repository';

const DOCUMENT = 'before\n<!-- conformance:begin -->\nold\n<!-- conformance:end -->\nafter\n';
const origin = { basis: 'inferred', source: '4.1' };
const MAP: MapContent = {
  messages: [
    { side: 'borrower', message: 'Renew', state: '返送', do: 'refuse', why: 'wrong-state', ...origin },
    { side: 'borrower', message: 'Renew', state: '借用中', do: 'commands', commands: ['RENEW'], ...origin },
    { side: 'borrower', message: 'Renew', state: 'gone', do: 'refuse', why: 'wrong-state', ...origin },
    {
      ...{ side: 'borrower', message: 'Retry', state: '照会', do: 'commands', commands: ['RETRY'], then: 'save' },
      ...{ kind: 'copy', when: ['by-renewal'], setting: { keywords: true } },
      ...origin,
    },
    { side: 'lender', message: 'Unfilled', state: '処理中', do: 'hold', reason: 'expired', ...origin },
    { side: 'lender', message: 'Overdue', state: 'any', do: 'nothing', why: 'note', ...origin },
    {
      side: 'lender',
      message: 'CancelResponse',
      state: 'any',
      do: 'nothing',
      why: 'note',
      tell: 'withdrawn-already',
      ...origin,
    },
  ],
  events: [
    {
      ...{ side: 'borrower', event: 'accepted', by: 'lender', command: 'RECEIVE', from: '未処理', to: '処理中' },
      ...{ tell: 'WillSupply', reason: 'RequestResponse', once: true },
      ...origin,
    },
    { side: 'lender', event: 'withdrawn', tell: 'Cancel', ...origin },
    { side: 'lender', event: 'own-step', by: 'lender', command: 'SEND', tell: 'nothing', ...origin },
  ],
};

describe('the conformance table of docs/iso18626.md', () => {
  it('has a line for each message and outcome, with its states, conditions and settings', () => {
    const head = ['| message | state | if | NACSIS-ILL | basis | facts |', '|---|---|---|---|---|---|'];
    const eventHead = ['| event | in the history | if | message | basis | facts |', '|---|---|---|---|---|---|'];
    expect(withConformance(DOCUMENT, MAP).split('\n')).toEqual([
      ...['before', '<!-- conformance:begin -->', ''],
      ...['### Alma borrows: messages of Alma', '', ...head],
      '| Renew | 返送, (not delivered) |  | refused (`wrong-state`) | inferred | 4.1 |',
      '| Renew | 借用中 |  | RENEW | inferred | 4.1 |',
      '| Retry | 照会 | copy; entered by RENEW; `keywords` is `true` | RETRY, then SAVE, ORDER by rule | inferred | 4.1 |',
      ...['', '### Alma borrows: what Alma is told', '', ...eventHead],
      '| accepted | lender RECEIVE 未処理 → 処理中 |  | WillSupply, RequestResponse, once | inferred | 4.1 |',
      ...['', '### Alma lends: messages of Alma', '', ...head],
      '| Unfilled | 処理中 |  | held for the consent of staff (`expired`) | inferred | 4.1 |',
      '| Overdue | any |  | nothing; the note is kept | inferred | 4.1 |',
      '| CancelResponse | any |  | nothing; a Notification (`withdrawn-already`) | inferred | 4.1 |',
      ...['', '### Alma lends: what Alma is told', '', ...eventHead],
      '| withdrawn | no longer delivered |  | Cancel | inferred | 4.1 |',
      '| own-step | lender SEND |  | nothing | inferred | 4.1 |',
      ...['', '<!-- conformance:end -->', 'after', ''],
    ]);
  });

  it('needs its two marks', () => {
    expect(() => withConformance('before\n', MAP)).toThrowError(/no place/);
  });

  it('says every condition of the map in words', async () => {
    const map = JSON.parse(await readFile(inRoot('config/bridge-map.json'), 'utf8')) as MapContent;
    const names = [...map.messages, ...map.events].flatMap(({ when = [] }) => when);
    expect(names.length).toBeGreaterThan(0);
    const written = withConformance(DOCUMENT, map).split('\n');
    const conditions = written.flatMap((line) => line.split(' | ')[2]?.split('; ') ?? []);
    expect(conditions.filter((each) => names.includes(each))).toEqual([]);
  });
});
