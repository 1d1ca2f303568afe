import { readFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createSecureContext, TLSSocket } from 'node:tls';

const FOLDER = join(import.meta.dirname, 'tls');
/** Certificate of localhost and 127.0.0.1, self-signed, without expiry. For specs only. */
export const CERTIFICATE = join(FOLDER, 'localhost-certificate.pem');
const KEY = join(FOLDER, 'localhost-key.pem');
/** Length of a client's request for TLS in bytes, and the answer that accepts it. */
const TLS_REQUEST = 8;
const TLS_COMES = 'S';

/** Behaviour of the server at the other end: normal, accepts connections without answering, or absent. */
export type Way = 'well' | 'hangs' | 'away';

/** A proxy to a PostgreSQL server that can fail in the ways in which a server does. */
export class StoreLine {
  way: Way = 'well';
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  private constructor(
    private readonly target: URL,
    private readonly tls: boolean,
  ) {
    this.#server = createServer((socket) => {
      this.#taken(socket);
    });
  }

  /** `tls`: uses TLS with the client, but not with the server. */
  static async to(databaseUrl: string, { tls = false } = {}): Promise<StoreLine> {
    const line = new StoreLine(new URL(databaseUrl), tls);
    await new Promise<void>((resolve) => line.#server.listen(0, '127.0.0.1', resolve));
    return line;
  }

  /** The database URL through this proxy. */
  get url(): string {
    const url = new URL(this.target);
    url.port = String((this.#server.address() as AddressInfo).port);
    return url.href;
  }

  /** Closes every current connection. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #taken(client: Socket): void {
    this.#keep(client);
    if (this.way === 'away') client.destroy();
    else if (this.tls)
      client.once('data', (bytes: Buffer) => {
        if (bytes.length === TLS_REQUEST) this.#secured(client);
        else client.destroy();
      });
    else this.#join(client);
  }

  #secured(client: Socket): void {
    client.write(TLS_COMES);
    const secureContext = createSecureContext({ cert: readFileSync(CERTIFICATE), key: readFileSync(KEY) });
    const secure = new TLSSocket(client, { isServer: true, secureContext });
    secure.on('error', () => undefined);
    this.#join(secure);
  }

  #join(client: Socket): void {
    const server = connect(Number(this.target.port), this.target.hostname);
    this.#keep(server);
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      from.on('data', (bytes) => {
        if (this.way === 'well') to.write(bytes);
      });
      from.on('close', () => to.destroy());
    }
  }

  #keep(socket: Socket): void {
    socket.on('error', () => undefined);
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
  }
}
