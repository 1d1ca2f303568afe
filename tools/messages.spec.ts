import { flat, mentionsIn, merged, translationFaults, unloadedMessages, usageFaults, type Words } from './messages';

const map = (messages: Words) => flat(messages);

describe('messages', () => {
  it('are named by their path', () => {
    expect([...flat({ create: { title: '依頼を作成', draft: { saved: '保存済み' } } })]).toEqual([
      ['create.title', '依頼を作成'],
      ['create.draft.saved', '保存済み'],
    ]);
  });

  it('come from several files, each key from one', () => {
    expect(merged([{ action: { again: 'Again' } }, { action: { next: 'Next' } }])).toEqual({
      action: { again: 'Again', next: 'Next' },
    });
    expect(() => merged([{ action: { again: 'Again' } }, { action: { again: 'Once more' } }])).toThrowError(
      'the key action.again stands in two files',
    );
  });

  it('must be there in both languages, translated, with the same parameters', () => {
    const ja = { a: '保存', b: '取消', c: '{{count}}件', d: 'Save', e: 'ISBN', f: '状態', g: '済' };
    const en = { a: 'Save', c: '{{number}} hits', d: 'Save', e: 'ISBN', f: '状態', g: '' };
    expect(translationFaults(map(ja), map(en))).toEqual([
      'b: no English',
      'c: the languages take different parameters',
      'd: not translated',
      'f: not translated',
      'g: no English',
    ]);
    expect(translationFaults(map({ x: { y: '発送' } }), map({ x: { y: '発送 · shipped' } }))).toEqual([
      'x.y: Japanese in the English words',
    ]);
    expect(translationFaults(map({ x: { y: '発送' } }), map({ x: { y: '発送 · shipped' } }), ['x.'])).toEqual([]);
  });
});

describe('the use of messages', () => {
  const SOURCE =
    "'create.title' | translate; 'create.origin.' + name; `error.${code}.title`; import './create.store'; 'a.test'";

  it('is found in whole keys and in prefixes that the code completes', () => {
    const { keys, begins } = mentionsIn([SOURCE]);
    expect(keys.has('create.title')).toBeTrue();
    expect([...begins].sort()).toEqual(['create.origin.', 'error.']);
  });

  it('reports a missing message and one that nobody uses', () => {
    const given = new Set(['create.title', 'create.origin.today', 'create.unused']);
    expect(usageFaults(given, given, mentionsIn([SOURCE]))).toEqual(['create.unused: not used']);
    expect(usageFaults(new Set(['create.origin.today']), new Set(), mentionsIn([SOURCE]))).toEqual([
      'create.title: asked for, but there is no such word',
    ]);
    expect(
      usageFaults(new Set(['create.title', 'create.rest']), new Set(['create.title']), mentionsIn([SOURCE])),
    ).toEqual(['create.origin.…: asked for, but there is no such word']);
  });
});

describe('the messages of a page', () => {
  const messages = new Set(['batch.title', 'batch.row.gone']);
  const faults = (sources: Record<string, { text?: string; imports?: readonly string[] }>) =>
    unloadedMessages(
      new Map(Object.entries(sources).map(([path, { text = '', imports = [] }]) => [path, { text, imports }])),
      'main.ts',
      'batch.json',
      messages,
    );
  const template = { text: `{{ 'batch.title' | translate }}` };
  const row = { text: '`batch.row.${reason}`', imports: ['page.ts'] };

  it('are there when its page loads them', () => {
    expect(
      faults({
        'main.ts': { text: 'start.title', imports: ['page.ts'] },
        'page.ts': { imports: ['batch.json', 'page.html', 'row.ts'] },
        'page.html': template,
        'row.ts': row,
      }),
    ).toEqual([]);
  });

  it('are missed where no page loads them, as whole keys and as prefixes', () => {
    expect(
      faults({
        'main.ts': { imports: ['page.ts'] },
        'page.ts': { imports: ['page.html', 'row.ts'] },
        'page.html': template,
        'row.ts': row,
      }),
    ).toEqual([
      'page.html: uses batch.title, but is shown without batch.json',
      'row.ts: uses batch.row.gone, but is shown without batch.json',
    ]);
  });

  it('are missed by another page that shows a part of this one', () => {
    expect(
      faults({
        'main.ts': { imports: ['page.ts', 'other.ts'] },
        'page.ts': { imports: ['batch.json', 'row.ts'] },
        'other.ts': { imports: ['row.ts'] },
        'row.ts': { text: row.text },
      }),
    ).toEqual(['row.ts: uses batch.row.gone, but is shown without batch.json']);
  });
});
