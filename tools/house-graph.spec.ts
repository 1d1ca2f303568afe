import { cyclesOf, upwardImports, type Graph } from './house-graph';

const graph = (imports: Readonly<Record<string, readonly string[]>>): Graph => new Map(Object.entries(imports));

describe('cyclesOf', () => {
  it('finds no circle where two files import a third', () => {
    expect(cyclesOf(graph({ a: ['c'], b: ['a', 'c'], c: [] }))).toEqual([]);
  });

  it('names the files of each circle once, back to the first', () => {
    const circles = cyclesOf(graph({ a: ['b'], b: ['c', 'x'], c: ['a'], x: ['y'], y: ['x'], z: ['a'] }));
    const named = circles.map((files) => [files.length, files[0] === files.at(-1), new Set(files)] as const);
    expect(named).toContain([4, true, new Set(['a', 'b', 'c'])]);
    expect(named).toContain([3, true, new Set(['x', 'y'])]);
    expect(circles.length).toBe(2);
  });
});

describe('upwardImports', () => {
  const importing = (from: string, to: string) => upwardImports(graph({ [from]: [to] })).length;

  it('lets a page import from the core, and not the other way', () => {
    const [page, core] = ['cloudapp/src/app/worklist/list.page.ts', 'cloudapp/src/app/core/remote.ts'];
    expect([importing(page, core), importing(core, page)]).toEqual([0, 1]);
  });

  it('lets rooms of one floor import each other', () => {
    expect(importing('gateway/store/drafts-store.ts', 'gateway/auth/token-verifier.ts')).toBe(0);
    expect(importing('gateway/runs/import-queue.ts', 'gateway/services.ts')).toBe(1);
  });

  it('asks nothing of files without a floor', () => {
    expect(importing('gateway/problem.ts', 'gateway/app.ts')).toBe(0);
  });

  it('takes the room with the longest path', () => {
    expect(importing('gateway/openapi/openapi-document.ts', 'gateway/app.ts')).toBe(0);
    expect(importing('gateway/openapi/document-route.ts', 'gateway/app.ts')).toBe(1);
  });
});
