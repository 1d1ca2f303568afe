const PREFIX = 'exl-cloudapp::';

export interface HostMessage {
  /** Without the prefix. */
  readonly name: string;
  readonly id: string;
  readonly payload: unknown;
}

/**
 * Alma at the other end of the real SDK's messages: what the SDK posts to `window.parent` is caught, answers reach it as
 * message events. Everything happens in the calling zone, so that a spec can run in fake time and no timer of the SDK
 * outlives it. What has no answer in `answers` stays open until the spec replies.
 */
export class FakeAlmaHost {
  readonly seen: HostMessage[] = [];
  readonly answers: Record<string, (payload: unknown) => unknown> = { PAGE_METADATA: () => ({ entities: [] }) };

  install(): this {
    spyOn(window.parent, 'postMessage').and.callFake((message: unknown) => {
      this.receive(message);
    });
    return this;
  }

  /** The calls of this name so far, oldest first. */
  calls(name: string): readonly HostMessage[] {
    return this.seen.filter((message) => message.name === name);
  }

  /** Answers one call; the last one of this name by default. */
  reply(name: string, payload: unknown, message = this.calls(name).at(-1)): void {
    if (message === undefined) throw new Error(`the SDK has not asked for ${name}`);
    this.send({ name: PREFIX + name, inReplyTo: message.id, payload });
  }

  /** An event that nobody asked for. */
  pageLoad(payload: unknown): void {
    this.send({ name: `${PREFIX}PAGE_LOAD`, payload });
  }

  private receive(raw: unknown): void {
    // As between two windows: what cannot be cloned fails.
    const { name, id, payload } = structuredClone(raw) as { name: string; id: string; payload?: unknown };
    const message: HostMessage = { name: name.slice(PREFIX.length), id, payload };
    this.seen.push(message);
    const answer = this.answers[message.name];
    if (answer !== undefined)
      void Promise.resolve().then(() => {
        this.reply(message.name, answer(payload), message);
      });
  }

  private send(data: object): void {
    window.dispatchEvent(new MessageEvent('message', { data: structuredClone(data) }));
  }
}
