import { HostError } from './app-error';

/** Converts errors of the SDK: a RestError, a raw payload `{error}`, or an Error with a meaningless message. */
export function hostRefusal(error: unknown): HostError {
  if (error instanceof HostError) return error;
  const inner = part(error, 'error');
  const listed = firstListed(inner) ?? firstListed(error);
  const code = text(part(listed, 'errorCode')) ?? statusOf(error) ?? statusOf(inner);
  // Errors thrown by the SDK are programming errors or have lost Alma's message, so their own message is ignored.
  const spoken = error instanceof Error ? undefined : text(part(error, 'message'));
  const message = text(part(listed, 'errorMessage')) ?? spoken ?? text(part(inner, 'message')) ?? text(inner);
  return new HostError(
    'host-refused',
    { alma: { ...(code && { code }), ...(message && { message }) } },
    { cause: error },
  );
}

/** `errorList.error` is a list in JSON, a single object in converted XML, and may be below `web_service_result`. */
function firstListed(body: unknown): unknown {
  const list = part(part(body, 'errorList') ?? part(part(body, 'web_service_result'), 'errorList'), 'error');
  return Array.isArray(list) ? (list as readonly unknown[])[0] : list;
}

function statusOf(error: unknown): string | undefined {
  const status = part(error, 'status');
  return typeof status === 'number' && status > 0 ? String(status) : undefined;
}

function part(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** Returns the text, or undefined when it says nothing. The SDK turns error objects into `[object Object]`. */
function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' && value !== '[object Object]' ? value.trim() : undefined;
}
