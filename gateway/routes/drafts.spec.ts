import type { Draft } from '#domain/api/requests';
import type { Store } from '../store/open-store';
import { COLLEAGUE, READER, STRANGER, type CallOptions, type SpecApp } from '../testing/spec-app';
import { useOneSpecApp } from '../testing/use-spec-app';

const LIMIT = 65_536;

describe('/drafts', () => {
  let store: Store;
  let spec: SpecApp;
  useOneSpecApp((started) => ({ spec, store } = started));
  beforeEach(async () => {
    await store.db.deleteFrom('drafts').execute();
  });

  const put = (id: string, content: object, more: CallOptions & { readonly library?: string } = {}) => {
    const { library = 'RES_SHARE', ...options } = more;
    return spec.call('PUT', `/api/v1/drafts/${id}`, { body: { library, kind: 'copy', content }, ...options });
  };
  const get = (id: string, options: CallOptions = {}) => spec.call('GET', `/api/v1/drafts/${id}`, options);
  const list = async (query = '', options: CallOptions = {}) => {
    const { json } = await spec.call('GET', `/api/v1/drafts${query}`, options);
    return (json as { items: Draft[] }).items.map(({ draftId }) => draftId);
  };

  it('keeps what was typed as it was typed, the last time counts', async () => {
    await put('draft-0001', { title: 'first' });
    const content = { title: '髙𠮷', lenders: [{ memberId: 'FA090018' }], nested: { deep: [1, null, true] } };
    expect((await put('draft-0001', content)).status).toBe(200);
    const { status, json } = await get('draft-0001');
    expect(status).toBe(200);
    expect(json).toEqual(
      jasmine.objectContaining({ draftId: 'draft-0001', library: 'RES_SHARE', kind: 'copy', content }),
    );
  });

  it('never goes to NACSIS-ILL', async () => {
    await put('draft-0001', { title: '髙𠮷' });
    expect(spec.nacsis.calls).toEqual([]);
  });

  it("is its owner's alone", async () => {
    await put('draft-0001', { title: 'mine' });
    for (const as of [COLLEAGUE, STRANGER]) {
      expect((await get('draft-0001', { as })).problem.code).toBe('not-found');
      expect((await spec.call('DELETE', '/api/v1/drafts/draft-0001', { as })).problem.code).toBe('not-found');
      expect(await list('', { as })).toEqual([]);
    }
    expect((await put('draft-0001', { title: 'theirs' }, { as: COLLEAGUE })).problem.code).toBe('forbidden');
    expect(((await get('draft-0001')).json as Draft).content).toEqual({ title: 'mine' });
    // Each institution has its own draft ids.
    expect((await put('draft-0001', { title: 'theirs' }, { as: STRANGER })).status).toBe(200);
  });

  it('is listed newest first, by library', async () => {
    await put('draft-0001', {});
    spec.pass(1);
    await put('draft-0002', {}, { library: 'BRANCH' });
    expect(await list()).toEqual(['draft-0002', 'draft-0001']);
    expect(await list('?library=BRANCH')).toEqual(['draft-0002']);
  });

  it('goes away when it is thrown away', async () => {
    await put('draft-0001', {});
    const { status, json } = await spec.call('DELETE', '/api/v1/drafts/draft-0001');
    expect([status, json]).toEqual([204, undefined]);
    expect((await get('draft-0001')).status).toBe(404);
    expect((await spec.call('DELETE', '/api/v1/drafts/draft-0001')).status).toBe(404);
  });

  it('holds 64 KiB and not a byte more', async () => {
    const frame = JSON.stringify({ text: '' }).length;
    const text = '書'.repeat(Math.floor((LIMIT - frame) / 3));
    const fits = text + 'a'.repeat(LIMIT - frame - Buffer.byteLength(text));
    expect((await put('draft-0001', { text: fits })).status).toBe(200);
    const { status, problem } = await put('draft-0001', { text: `${fits}a` });
    expect([status, problem.code]).toEqual([413, 'payload-too-large']);
    expect(((await get('draft-0001')).json as Draft).content).toEqual({ text: fits });
  });

  it('is for a library of the own institution, by a user with a role', async () => {
    expect((await put('draft-0001', {}, { library: 'NOT_MINE' })).problem.code).toBe('forbidden');
    expect((await put('draft-0001', {}, { as: READER })).problem.code).toBe('forbidden');
    expect((await spec.call('GET', '/api/v1/drafts?library=NOT_MINE')).problem.code).toBe('forbidden');
  });

  it('refuses an id and a content that are none', async () => {
    expect((await put('short', {})).problem.code).toBe('invalid-request');
    expect((await put('draft-0001', [])).problem.code).toBe('invalid-request');
  });

  it('refuses what the store cannot hold under its name, and keeps everything else that was typed', async () => {
    for (const text of ['\u0000', 'x\ud842']) {
      const { status, problem } = await put('draft-0001', { values: { article: text } });
      expect([status, problem.errors]).toEqual([422, [{ field: 'content.values.article', code: 'bad-format' }]]);
    }
    expect((await put('draft-0001', { 'a\u0000': 1 })).problem.code).toBe('invalid-fields');
    expect((await get('draft-0001')).status).toBe(404);
    const content = { note: 'one\r\ntwo\t\u0085\u2028\uffff\ufeff' };
    expect((await put('draft-0001', content)).status).toBe(200);
    expect(((await get('draft-0001')).json as Draft).content).toEqual(content);
  });
});
