const PREFIX = 'exl-cloudapp::';

interface HostMessage {
  /** Without prefix. */
  readonly name: string;
  readonly id: string;
  readonly payload: unknown;
}

/**
 * Simulates Alma for the real SDK: catches what the SDK posts to `window.parent` and answers with message events.
 * Everything runs in the calling zone, so that specs can use fake time and no SDK timer outlives them. Calls without an
 * entry in `answers` stay open until the spec replies.
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

  /** The calls of this name, oldest first. */
  calls(name: string): readonly HostMessage[] {
    return this.seen.filter((message) => message.name === name);
  }

  /** Answers a call, by default the last one of this name. */
  reply(name: string, payload: unknown, message = this.calls(name).at(-1)): void {
    if (message === undefined) throw new Error(`the SDK has not asked for ${name}`);
    this.send({ name: PREFIX + name, inReplyTo: message.id, payload });
  }

  /** Sends an unsolicited event. */
  pageLoad(payload: unknown): void {
    this.send({ name: `${PREFIX}PAGE_LOAD`, payload });
  }

  private receive(raw: unknown): void {
    // Fails for data that cannot be cloned, as between windows.
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
