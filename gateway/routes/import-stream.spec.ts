import { get, type IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import type { ImportRun } from '#domain/api/imports';
import { APP_ORIGIN, READER, type SpecApp } from '../testing/spec-app';
import { useSpecApp } from '../testing/use-spec-app';

const HOME = '81SIM_INST';
const DONE = { state: 'completed', finishedAt: '2026-11-24T01:01:31.000Z' } as const;

/** A client of the stream, on its own connection. */
class Follower {
  readonly events: EventSourceMessage[] = [];
  ended: Promise<void> = Promise.resolve();
  response!: IncomingMessage;

  async open(url: string, headers: Readonly<Record<string, string>> = {}): Promise<this> {
    const options = { agent: false, headers: { authorization: READER, origin: APP_ORIGIN, ...headers } };
    this.response = await new Promise((resolve, reject) => get(url, options, resolve).once('error', reject));
    this.ended = this.#read();
    return this;
  }

  async #read(): Promise<void> {
    const parser = createParser({ onEvent: (event) => this.events.push(event) });
    for await (const chunk of this.response.setEncoding('utf8')) parser.feed(String(chunk));
  }

  runs(): readonly ImportRun[] {
    return this.events.map(({ data }) => JSON.parse(data) as ImportRun);
  }

  async has(count: number): Promise<void> {
    while (this.events.length < count) await pause(10);
  }

  hangUp(): void {
    this.response.destroy();
  }
}

describe('the events of a run', () => {
  let spec: SpecApp;
  let url: string;
  useSpecApp([], (started) => ({ spec } = started));
  beforeEach(async () => {
    url = await spec.app.listen({ host: '127.0.0.1', port: 0 });
  });

  const follow = (runId: string, headers?: Readonly<Record<string, string>>) =>
    new Follower().open(`${url}/api/v1/imports/${runId}/events`, headers);

  it('tells the run at once, after every change, and ends when it has ended', async () => {
    const runId = spec.imports.add(HOME, { state: 'running' });
    const follower = await follow(runId);
    await follower.has(1);
    spec.imports.change(runId, { progress: { read: 7, done: 0 } });
    await follower.has(2);
    spec.imports.change(runId, DONE);
    await follower.ended;
    expect(follower.events.map(({ event, id }) => [event, id])).toEqual([
      ['run', '1'],
      ['run', '2'],
      ['run', '3'],
    ]);
    expect(follower.runs()).toEqual([
      jasmine.objectContaining({ runId, state: 'running', progress: { read: 0, done: 0 } }),
      jasmine.objectContaining({ progress: { read: 7, done: 0 } }),
      jasmine.objectContaining({ state: 'completed' }),
    ]);
  });

  it('is for the app, and is not held back on its way', async () => {
    const { response, ended } = await follow(spec.imports.add(HOME, DONE));
    expect(response.headers).toEqual(
      jasmine.objectContaining({
        'content-type': jasmine.stringMatching(/^text\/event-stream/),
        'access-control-allow-origin': APP_ORIGIN,
        'cache-control': jasmine.stringMatching('no-store'),
        'x-accel-buffering': 'no',
      }),
    );
    await ended;
  });

  it('ends after one event where the run has ended before, and looks no further', async () => {
    const follower = await follow(spec.imports.add(HOME, DONE));
    await follower.ended;
    expect(follower.runs().map(({ state }) => state)).toEqual(['completed']);
    expect(spec.imports.looks).toBe(1);
  });

  describe('taken up again', () => {
    it('does not tell what the client has seen, but what came meanwhile', async () => {
      const runId = spec.imports.add(HOME, { state: 'running' });
      const seen = await follow(runId, { 'last-event-id': '1' });
      spec.imports.change(runId, DONE);
      await seen.ended;
      expect(seen.events.map(({ id }) => id)).toEqual(['2']);
      const late = await follow(runId, { 'last-event-id': '1' });
      await late.ended;
      expect(late.events.map(({ id }) => id)).toEqual(['2']);
    });

    it('ends at once where the client has seen the end', async () => {
      const follower = await follow(spec.imports.add(HOME, DONE), { 'last-event-id': '1' });
      await follower.ended;
      expect(follower.events).toEqual([]);
    });

    for (const id of ['', 'x', '-1', '99'])
      it(`tells the run to one who has seen ${JSON.stringify(id)}, which is no revision of it`, async () => {
        const follower = await follow(spec.imports.add(HOME, DONE), { 'last-event-id': id });
        await follower.ended;
        expect(follower.events.length).toBe(1);
      });
  });

  it('looks once for all who follow, and no more when nobody does', async () => {
    const runId = spec.imports.add(HOME, { state: 'running' });
    const followers = await Promise.all(Array.from({ length: 5 }, () => follow(runId)));
    for (const follower of followers) await follower.has(1);
    const before = spec.imports.looks;
    spec.imports.change(runId, { progress: { read: 1, done: 0 } });
    for (const follower of followers) await follower.has(2);
    expect(spec.imports.looks - before).toBeLessThan(5);
    for (const follower of followers) {
      follower.hangUp();
      await follower.ended.catch(() => undefined);
    }
    // The server notices a moment later that nobody follows the run, and then stops looking at it.
    let looks = -1;
    while (looks !== spec.imports.looks) {
      ({ looks } = spec.imports);
      await pause(1_100);
    }
    expect(spec.log.join('')).not.toContain('unexpected error');
  });

  it('is cut where the run cannot be looked at any more', async () => {
    const runId = spec.imports.add(HOME, { state: 'running' });
    const follower = await follow(runId);
    await follower.has(1);
    spec.imports.fault = new Error('the store is away');
    await expectAsync(follower.ended).toBeRejected();
    spec.imports.fault = undefined;
    const again = await follow(runId, { 'last-event-id': '1' });
    spec.imports.change(runId, DONE);
    await again.ended;
    expect(again.events.map(({ id }) => id)).toEqual(['2']);
  });

  it('ends when the gateway does', async () => {
    const follower = await follow(spec.imports.add(HOME, { state: 'running' }));
    await follower.has(1);
    await Promise.all([spec.app.close(), follower.ended]);
    expect(follower.events.length).toBe(1);
  });
});
