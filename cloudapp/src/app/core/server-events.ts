import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { textIn } from './response-text';

export interface ServerEvent {
  readonly event?: string | undefined;
  readonly id?: string | undefined;
  readonly data: string;
}

/**
 * The events of a `text/event-stream`. `alive`: the response has begun, or data without an event arrived, such as the
 * gateway's keep-alive comment.
 */
export async function* serverEventsIn(response: Response): AsyncGenerator<ServerEvent | 'alive', void> {
  yield 'alive';
  let events: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => events.push(event) });
  for await (const piece of textIn(response)) {
    parser.feed(piece);
    const [come, rest] = [events, []];
    events = rest;
    for (const event of come) yield event;
    if (come.length === 0) yield 'alive';
  }
}
