import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Faults between the gateway and NACSIS-ILL.
 * - drop-before: cut; NACSIS-ILL never receives the message
 * - silence: NACSIS-ILL never receives the message, and the gateway gets no answer
 * - drop-after: executed, then cut without an answer
 * - late: cut, but NACSIS-ILL receives the message `ms` later
 * - delay: executed, answered `ms` later
 * - status: not executed; NACSIS-ILL reports an internal fault
 * - page: executed; an intermediary answers with an HTML page
 * - half: executed; half of the answer arrives
 */
export type Trouble = 'drop-before' | 'silence' | 'drop-after' | 'late' | 'delay' | 'status' | 'page' | 'half';

export interface LineFault {
  readonly trouble: Trouble;
  /** Milliseconds for `late` and `delay`. */
  readonly ms: number;
  /** The CATP method, and texts that the message must contain. */
  readonly method: string;
  readonly texts: readonly string[];
  /** Number of matching messages that pass first. */
  readonly after?: number;
  /** Called when the fault is applied. */
  readonly happened?: () => void;
}

/**
 * Delay in milliseconds from which a late message is not delivered, because the test process was stalled and the
 * gateway may already assume that NACSIS-ILL will not act.
 */
const TOO_LATE_MS = 1_400;

interface Waiting {
  readonly fault: LineFault;
  left: number;
}

/**
 * The connection between the gateway and NACSIS-ILL. Forwards messages and applies the requested faults. Other clients
 * do not use it.
 */
export class Line {
  #waiting: Waiting[] = [];
  readonly #late = new Set<Promise<void>>();

  private constructor(
    private readonly target: string,
    private readonly server: Server,
  ) {}

  /** `target`: the address for CATP. */
  static async open(target: string): Promise<Line> {
    const server = createServer();
    const line = new Line(target, server);
    server.on('request', (request, response) => void line.#pass(request, response).catch(() => request.destroy()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return line;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/catp`;
  }

  /** Applies the fault to the next matching message. The returned function removes the fault if it was not used. */
  add(fault: LineFault): () => void {
    const entry = { fault, left: fault.after ?? 0 };
    this.#waiting.push(entry);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== entry);
    };
  }

  /** Resolves when no late message is pending. */
  async quiet(): Promise<void> {
    while (this.#late.size > 0) await Promise.all(this.#late);
  }

  async close(): Promise<void> {
    await this.quiet();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { socket } = request;
    const message = await bodyOf(request);
    const fault = this.#take(message.toString('utf8'));
    if (fault === undefined) return answer(response, await this.#deliver(message));
    fault.happened?.();
    await this.#goWrong(fault, message, response, socket);
  }

  async #goWrong({ trouble, ms }: LineFault, message: Buffer, response: ServerResponse, socket: Socket): Promise<void> {
    if (trouble === 'late') this.#deliverLate(message, ms);
    if (trouble === 'drop-before' || trouble === 'late') return void socket.destroy();
    // The gateway disconnects after its timeout.
    if (trouble === 'silence') return;
    if (trouble === 'status') return answer(response, Buffer.from(faultAnswer(message)));
    const whole = await this.#deliver(message);
    if (trouble === 'drop-after') return void socket.destroy();
    if (trouble === 'page') return answer(response, Buffer.from('<html><body>Please log in</body></html>'));
    if (trouble === 'half') return answer(response, whole.subarray(0, whole.length / 2));
    await pause(ms);
    answer(response, whole);
  }

  #take(message: string): LineFault | undefined {
    const entry = this.#waiting.find(
      ({ fault }) => message.startsWith(`${fault.method} `) && fault.texts.every((text) => message.includes(text)),
    );
    if (entry === undefined || entry.left-- > 0) return undefined;
    this.#waiting = this.#waiting.filter((other) => other !== entry);
    return entry.fault;
  }

  #deliverLate(message: Buffer, ms: number): void {
    const cutAt = performance.now();
    const delivery = pause(ms)
      .then(async () => {
        if (performance.now() - cutAt < TOO_LATE_MS) await this.#deliver(message);
      })
      .finally(() => this.#late.delete(delivery));
    this.#late.add(delivery);
  }

  async #deliver(message: Buffer): Promise<Buffer> {
    const response = await fetch(this.target, { method: 'POST', body: new Uint8Array(message) });
    return Buffer.from(await response.arrayBuffer());
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function answer(response: ServerResponse, bytes: Uint8Array): void {
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', 'content-length': bytes.length }).end(bytes);
}

/** NACSIS-ILL's answer that it could not execute the command. */
function faultAnswer(message: Buffer): string {
  const [method = '', handle = '', frame = ''] = message.toString('utf8').split(/\r?\n/, 1).join('').split(' ');
  return `${method} ${handle} ${frame} CATP/1.1 503 SERVICE UNAVAILABLE\r\nMethods:\r\nContent-Length:0\r\nEncoding:UTF8\r\n\r\n`;
}
