import { setTimeout as pause } from 'node:timers/promises';
import type { ImportRun } from '#domain/api/imports';
import { NO_TOTALS } from '../testing/prepared-runs';
import { RunEventStream } from './run-watch';

describe('RunEventStream', () => {
  const run = (read: number, state: ImportRun['state'] = 'running'): ImportRun => ({
    runId: 'run-1',
    state,
    libraries: ['RES_SHARE'],
    trigger: 'staff',
    full: false,
    dryRun: false,
    requestedAt: '2026-11-24T01:00:00.000Z',
    resumed: 0,
    isCancelling: false,
    progress: { read, done: 0 },
    totals: NO_TOTALS,
    configuration: [],
  });
  const idsIn = (text: string) => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));

  it('keeps nothing but the newest for a client that does not read', async () => {
    const stream = new RunEventStream();
    for (let revision = 1; revision <= 5_000; revision += 1) stream.told({ revision, run: run(revision) });
    stream.told({ revision: 5_001, run: run(0, 'completed') });
    expect(stream.readableLength).toBeLessThan(100);
    const text = (await stream.setEncoding('utf8').toArray()).join('');
    expect(idsIn(text)).toEqual([5_001]);
    expect(text).toContain('"state":"completed"');
  });

  it('does not go back, nor beyond the end', async () => {
    const stream = new RunEventStream();
    const text = stream.setEncoding('utf8').toArray();
    await pause(0);
    stream.told({ revision: 2, run: run(2) });
    stream.told({ revision: 1, run: run(1) });
    stream.told({ revision: 2, run: run(2) });
    stream.told({ revision: 3, run: run(3, 'cancelled') });
    stream.told({ revision: 4, run: run(4) });
    expect(idsIn((await text).join(''))).toEqual([2, 3]);
  });

  it('shows that it is alive while nothing happens', async () => {
    const stream = new RunEventStream({ heartbeatMs: 5 });
    const text = stream.setEncoding('utf8').toArray();
    await pause(60);
    stream.ended();
    expect((await text).join('').match(/^: $/gm)?.length).toBeGreaterThan(1);
  });

  it('tells once that nobody reads any more, also when that was so before', async () => {
    const stream = new RunEventStream();
    let left = 0;
    stream.onLeave(() => (left += 1));
    stream.destroy();
    await pause(0);
    stream.onLeave(() => (left += 1));
    expect(left).toBe(2);
  });
});
