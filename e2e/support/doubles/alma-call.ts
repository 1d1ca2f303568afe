import type { IncomingMessage } from 'node:http';

/** Purpose of a call of Alma's REST API by the import (alma.md 2.1). */
type CallKind = 'user' | 'user-list' | 'task-list' | 'create' | 'read' | 'tell' | 'other';

export interface AlmaCall {
  readonly kind: CallKind;
  readonly method: string;
  /** Includes the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Id of the user or code of the partner, from the path or from the query of the task list. */
  readonly owner: string;
  /** The request that is read or changed. */
  readonly almaId?: string;
  /** The NACSIS id of the request to create. */
  readonly nacsisId?: string;
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

export interface AlmaAnswer {
  readonly status: number;
  readonly text: string;
}

const API = '/almaws/v1';
const KINDS: readonly (readonly [CallKind, RegExp])[] = [
  ['user-list', /^GET \/users\/([^/]+)\/requests$/],
  ['user', /^GET \/users\/([^/]+)$/],
  ['task-list', /^GET \/task-lists\/rs\/lending-requests$/],
  ['create', /^POST \/(?:users|partners)\/([^/]+)\/(?:resource-sharing|lending)-requests$/],
  ['read', /^GET \/(?:users|partners)\/([^/]+)\/(?:resource-sharing|lending)-requests\/([^/]+)$/],
  ['tell', /^(?:POST|DELETE) \/users\/([^/]+)\/resource-sharing-requests\/([^/]+)$/],
];
/**
 * The form of the NACSIS id, which the import writes in two places. Defined independently of the product on purpose.
 */
const WRITTEN = /[A-Z]{2}\d{9}[\dX]/;

export async function callFrom(message: IncomingMessage): Promise<AlmaCall> {
  const { method = 'GET', url: path = '/' } = message;
  const { pathname, searchParams: query } = new URL(path, 'http://alma');
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const [kind, found] = kindOf(`${method} ${pathname.replace(API, '')}`);
  const nacsisId = kind === 'create' ? idIn(body) : undefined;
  const { authorization = '', accept = '', 'content-type': contentType } = message.headers;
  return {
    ...{ kind, method, path, query, body },
    owner: decodeURIComponent(found?.[1] ?? query.get('partner') ?? ''),
    ...(found?.[2] === undefined ? {} : { almaId: decodeURIComponent(found[2]) }),
    ...(nacsisId === undefined ? {} : { nacsisId }),
    headers: { authorization, accept, ...(contentType === undefined ? {} : { 'content-type': contentType }) },
  };
}

function kindOf(text: string): readonly [CallKind, RegExpExecArray | undefined] {
  for (const [kind, form] of KINDS) {
    const found = form.exec(text);
    if (found !== null) return [kind, found];
  }
  return ['other', undefined];
}

function idIn(body: Buffer): string | undefined {
  const { external_id: external = '', note = '' } = JSON.parse(body.toString()) as Readonly<Record<string, string>>;
  return WRITTEN.exec(external)?.[0] ?? WRITTEN.exec(note)?.[0];
}
