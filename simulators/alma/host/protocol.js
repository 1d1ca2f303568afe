import { LIMITS, restQueue } from './rest-queue.js';

const PREFIX = 'exl-cloudapp::';
const METHODS = ['GET', 'PUT', 'POST', 'PATCH', 'DELETE'];
const MAX_LOG = 5000;

/**
 * Answers messages from the app's frame only: checks that the source is the frame and the origin is the app's.
 * `setup` presets delays, errors, silent and twice for tests that need them before the first message.
 * @returns the object that tests use as `window.__host`
 */
export function answerApp({ frame, data, navigation, setup }) {
  const appOrigin = new URL(data.appUrl).origin;
  const limits = { ...LIMITS };
  const queued = restQueue(limits);
  const host = {
    log: [],
    sent: [],
    delays: {},
    errors: {},
    silent: {},
    twice: {},
    ...setup,
    limits,
    initData: data.initData,
    page: data.page,
    firePageLoad(page) {
      if (page !== undefined) host.page = page;
      send({ name: `${PREFIX}PAGE_LOAD`, id: crypto.randomUUID(), ts: Date.now(), payload: host.page });
    },
  };

  const server = (name) => async (payload) =>
    (await post(`/_host/messages/${name}`, { ...data.session, payload })).payload;
  const handlers = {
    INIT_DATA: () => host.initData,
    PAGE_METADATA: () => host.page,
    JWT_AUTH_TOKEN: server('JWT_AUTH_TOKEN'),
    CLOUDAPP_STORE: server('CLOUDAPP_STORE'),
    SETTINGS: server('SETTINGS'),
    CONFIG: server('CONFIG'),
    CALL_REST_API: (request) => queued(() => callRest(request, data.session)),
    RELOAD_PAGE: () => done(navigation.reload),
    ALMA_BACK: () => done(navigation.back),
    ALMA_MAIN_PAGE: () => done(() => navigation.go(data.mainPage)),
  };

  function send(message) {
    keep(host.sent, message);
    frame.contentWindow.postMessage(message, appOrigin);
  }

  async function answer(message, name) {
    const { fault } = await post(`/_host/arrivals/${name}`, {});
    if (host.silent[name] || fault?.do === 'drop-before') return;
    const payload = await payloadFor(message, name, fault);
    if (fault?.do === 'drop-after') return;
    await pause(
      Math.max(
        host.delays[name] ?? 0,
        fault?.ms !== undefined && ['delay', 'save-then-timeout'].includes(fault.do) ? fault.ms : 0,
      ),
    );
    const reply = () =>
      send({ name: message.name, id: crypto.randomUUID(), inReplyTo: message.id, ts: Date.now(), payload });
    reply();
    if (host.twice[name]) reply();
  }

  async function payloadFor(message, name, fault) {
    if (fault?.do === 'status') return { error: httpError(fault.code, 'Fault', message.payload?.url ?? name, null) };
    if (host.errors[name] !== undefined) return { error: host.errors[name] };
    try {
      return await handlers[name](message.payload);
    } catch (error) {
      return { error: { message: String(error) } };
    }
  }

  window.addEventListener('message', (event) => {
    if (event.source !== frame.contentWindow || event.origin !== appOrigin) return;
    const message = event.data;
    if (typeof message?.name !== 'string' || !message.name.startsWith(PREFIX) || typeof message.id !== 'string') return;
    keep(host.log, { origin: event.origin, ...message });
    const name = message.name.slice(PREFIX.length);
    if (Object.hasOwn(handlers, name)) void answer(message, name);
  });
  return host;
}

/** Makes a REST call as the user of the page. Passes only the headers Accept and Content-Type. */
async function callRest({ url = '', method = 'GET', headers = {}, queryParams = {}, requestBody }, session) {
  const target = new URL(`/almaws/v1${url.replace(/^\/almaws\/v1/, '')}`, location.origin);
  for (const [name, value] of Object.entries(queryParams ?? {}))
    if (value !== undefined && value !== null) target.searchParams.set(name, String(value));
  if (!METHODS.includes(method.toUpperCase())) return { error: httpError(405, 'Method Not Allowed', url, null) };
  const given = Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  const body =
    requestBody === undefined || requestBody === null
      ? undefined
      : typeof requestBody === 'string'
        ? requestBody
        : JSON.stringify(requestBody);
  const response = await fetch(target, {
    method: method.toUpperCase(),
    headers: {
      accept: given.accept ?? 'application/json',
      ...(body === undefined ? {} : { 'content-type': given['content-type'] ?? 'application/json' }),
      authorization: `page ${session.institution}/${session.user}`,
    },
    body,
  }).catch((error) => error);
  if (response instanceof Error) return { error: httpError(0, 'Unknown Error', url, null) };
  const text = await response.text();
  const content =
    response.headers.get('content-type')?.includes('json') && text !== '' ? JSON.parse(text) : text || null;
  return response.ok ? { body: content } : { error: httpError(response.status, response.statusText, url, content) };
}

/** The error object of Angular's HttpClient, which the real host passes on. */
function httpError(status, statusText, url, error) {
  return {
    headers: { normalizedNames: {}, lazyUpdate: null },
    status,
    statusText,
    url,
    ok: false,
    name: 'HttpErrorResponse',
    message: `Http failure response for ${url}: ${status} ${statusText}`,
    error,
  };
}

async function post(path, body) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

/** Sends the answer before changing the page. */
function done(then) {
  setTimeout(then, 0);
  return { success: true };
}

function keep(list, item) {
  list.push(item);
  if (list.length > MAX_LOG) list.shift();
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
