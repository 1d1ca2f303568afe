import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { callIn, type CatpCall } from './catp-message';
import { onRequests, rawAnswer, type RawRequest } from './raw-http';

/**
 * When an exchange breaks, relative to the command: before or in the middle of its body, after the whole body, while
 * NACSIS-ILL works on it, when it is done but not answered, in the middle of the answer, after the answer.
 */
export const MOMENTS = ['head', 'body', 'received', 'working', 'done', 'answering', 'answered'] as const;
export type Moment = (typeof MOMENTS)[number];
/**
 * Fate of a command whose exchange breaks: NACSIS-ILL never receives it, executes it after the break, or has executed
 * it.
 */
export type Fate = 'lost' | 'late' | 'done';

export interface Strike {
  readonly socket: Socket;
  readonly call: CatpCall;
  readonly moment: Moment;
  /** The CATP answer of NACSIS-ILL, if the command was executed before. */
  readonly answer?: Buffer;
}

/** One way to break an exchange by acting on the connection. */
export interface Way {
  readonly name: string;
  readonly strike: (strike: Strike) => Promise<void> | void;
}

export interface Break {
  readonly moment: Moment;
  readonly fate: Fate;
  readonly way: Way;
  /** Processing time of NACSIS-ILL for this command in milliseconds. */
  readonly slow: number;
}

export interface Delivery {
  readonly call: CatpCall;
  readonly answer: Buffer;
  /** True when the call was forwarded after its sender received another answer or none. */
  readonly isLate: boolean;
}

interface Watcher {
  /** Chooses how to break this call; undefined: not at all. */
  readonly choose: (call: CatpCall) => Break | undefined;
  /** Delay in milliseconds of the answer to an unbroken call. */
  readonly holds: (call: CatpCall) => number;
  /** Called when NACSIS-ILL has answered the call, whether or not anyone receives the answer. */
  readonly delivered: (delivery: Delivery) => void;
  /** Called when a late call will never be forwarded. */
  readonly dropped: (call: CatpCall) => void;
}

const HOST = '127.0.0.1';
/** Target of the redirections. */
export const TRAP_PATH = '/elsewhere';
/** Wait in milliseconds that lets the bytes before a break arrive. A reset discards unread bytes. */
const ARRIVAL = 30;

/**
 * A proxy between the gateway and NACSIS-ILL that breaks exchanges as the watcher chooses. It forwards a late command
 * within `lateMs` after the whole command has arrived, or never, because `settleSeconds` says that NACSIS-ILL does not
 * work longer.
 */
export class HostileProxy {
  /** Action on each new connection before anything is read; undefined: serve the connection. */
  blind: ((socket: Socket) => void) | undefined;
  /** Number of calls that arrived by a redirection. */
  trapped = 0;
  watcher: Watcher = { choose: () => undefined, holds: () => 0, delivered: () => undefined, dropped: () => undefined };
  #upstream = '';
  #server: Server;
  #port = 0;
  readonly #sockets = new Set<Socket>();
  readonly #underway = new Set<Promise<unknown>>();

  private constructor(private readonly lateMs: number) {
    this.#server = this.#newServer();
  }

  static async start(lateMs: number): Promise<HostileProxy> {
    const proxy = new HostileProxy(lateMs);
    await proxy.open();
    return proxy;
  }

  get url(): string {
    return `http://${HOST}:${String(this.#port)}`;
  }

  /** `url`: address of the simulator. */
  passTo(url: string): void {
    this.#upstream = url;
  }

  /** Accepts connections again, at the same port as before. */
  async open(): Promise<void> {
    this.#server = this.#newServer();
    this.#server.listen(this.#port, HOST);
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Refuses new connections and ends the open ones. */
  async refuse(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.hangUp();
    await closed;
  }

  /** Ends every open connection. */
  hangUp(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Resolves when no call to NACSIS-ILL is in progress. */
  async quiet(): Promise<void> {
    while (this.#underway.size > 0) await Promise.allSettled([...this.#underway]);
  }

  async stop(): Promise<void> {
    await this.quiet();
    if (this.#server.listening) await this.refuse();
  }

  #newServer(): Server {
    return createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, (socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined); // the other side may also break the connection
      socket.once('close', () => this.#sockets.delete(socket));
      if (this.blind !== undefined) {
        this.blind(socket);
        return;
      }
      socket.once('end', () => socket.end());
      onRequests(socket, (request) => void this.#serve(socket, request));
      socket.resume();
    });
  }

  async #serve(socket: Socket, request: RawRequest): Promise<void> {
    if (request.path === TRAP_PATH) this.trapped += 1;
    const call = callIn(request.body);
    const wanted = this.watcher.choose(call);
    try {
      if (wanted === undefined) await this.#answer(socket, call);
      else await this.#break(socket, request, call, wanted);
    } catch {
      socket.destroy(); // the simulator is gone
    }
  }

  async #answer(socket: Socket, call: CatpCall): Promise<void> {
    const answer = await this.#pass(call);
    await pause(this.watcher.holds(call));
    socket.write(rawAnswer(answer));
  }

  async #break(socket: Socket, request: RawRequest, call: CatpCall, wanted: Break): Promise<void> {
    const { moment, fate, way, slow } = wanted;
    const strike = async (answer?: Buffer): Promise<void> =>
      way.strike({ socket, call, moment, ...(answer === undefined ? {} : { answer }) });
    if (moment === 'body') await this.#passHalf(request);
    if (fate === 'late') void this.#passLate(call, slow);
    if (moment === 'working') await pause(slow / 2);
    if (fate !== 'done') return strike();
    await pause(slow / 4);
    const answer = await this.#pass(call);
    const whole = rawAnswer(answer);
    if (moment === 'answering') socket.write(whole.subarray(0, whole.length - Math.ceil(answer.length / 2)));
    if (moment === 'answered') socket.write(whole);
    if (moment !== 'done') await pause(ARRIVAL);
    return strike(answer);
  }

  /** Forwards the command to NACSIS-ILL after its sender has disconnected. */
  #passLate(call: CatpCall, slow: number): Promise<void> {
    const received = performance.now();
    const passed = async (): Promise<void> => {
      await pause(slow);
      if (performance.now() - received > this.lateMs) this.watcher.dropped(call);
      else await this.#pass(call, true).catch(() => undefined); // the simulator is gone
    };
    return this.#noted(passed());
  }

  #pass(call: CatpCall, isLate = false): Promise<Buffer> {
    const passed = async (): Promise<Buffer> => {
      const response = await fetch(`${this.#upstream}/catp`, { method: 'POST', body: new Uint8Array(call.bytes) });
      const answer = Buffer.from(await response.arrayBuffer());
      this.watcher.delivered({ call, answer, isLate });
      return answer;
    };
    return this.#noted(passed());
  }

  /** Sends the first half of the body to NACSIS-ILL and ends the connection. */
  async #passHalf({ body }: RawRequest): Promise<void> {
    const { hostname, port } = new URL(this.#upstream);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    const head = `POST /catp HTTP/1.1\r\nHost: ${hostname}\r\nContent-Length: ${String(body.length)}\r\n\r\n`;
    socket.write(Buffer.concat([Buffer.from(head), body.subarray(0, body.length / 2)]));
    await pause(ARRIVAL);
    socket.destroy();
  }

  #noted<T>(work: Promise<T>): Promise<T> {
    this.#underway.add(work);
    return work.finally(() => this.#underway.delete(work));
  }
}
