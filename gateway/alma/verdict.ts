import Type from 'typebox';
import { Value } from 'typebox/value';
import { AlmaError, type AlmaFault } from './port';
import type { AlmaCall, Exchange } from './transport';

/** The meaning of an exchange for its call. `again`: the call certainly changed nothing and may be repeated. */
export type Verdict = { readonly json: unknown } | { readonly error: AlmaError; readonly again: boolean };

type Answer = Extract<Exchange, { readonly how: 'answered' }>;
interface AlmaWords {
  readonly code?: string;
  readonly message?: string;
}

/**
 * Alma's code for exceeding the calls allowed per day.
 * @unconfirmed I: Alma's code for a used-up day is named like that of the limit in a second (alma.md 2.5). Confirm: look at Alma's answer when the calls of a sandbox are used up.
 */
const DAILY = 'DAILY_THRESHOLD';
/** Alma's code for a key that is unknown or does not permit the call. It comes with different HTTP statuses. */
const UNAUTHORIZED = 'UNAUTHORIZED';
/** A read that fails occasionally and succeeds the next time (alma.md 2.1, U2). */
const TRANSIENT = '40166422';
/** Longest message of Alma that an error carries, in characters. */
const MAX_WORDS = 500;

const ErrorBody = Type.Object({
  errorList: Type.Object({
    error: Type.Array(
      Type.Object({
        errorCode: Type.Union([Type.String(), Type.Number()]),
        errorMessage: Type.Optional(Type.Unknown()),
      }),
      { minItems: 1 },
    ),
  }),
});

const ToldErrors = Type.Union([
  Type.Object({ errorsExist: Type.Union([Type.Literal(true), Type.Literal('true')]) }),
  Type.Object({ errorList: Type.Object({}) }),
  Type.Object({ web_service_result: Type.Object({}) }),
]);

/** Judges an exchange. A call that may have changed something is `unknown` or `malformed`, and is never repeated. */
export function verdictOn(exchange: Exchange, call: AlmaCall): Verdict {
  const isRead = call.method === 'GET';
  switch (exchange.how) {
    case 'answered':
      if (!isSuccess(exchange)) return failed(exchange, call, isRead);
      return isContradiction(exchange) ? contradicted(exchange, call, isRead) : content(exchange, call);
    case 'unreached':
      return problem('unavailable', `Alma cannot be reached (${exchange.code})`, { again: true });
    case 'unreadable':
      return problem('malformed', `the answer of Alma cannot be read (${exchange.code})`);
    case 'cut':
      return problem(isRead ? 'unavailable' : 'unknown', `the connection to Alma was cut (${exchange.code})`, {
        again: isRead,
      });
    case 'timeout':
      // A timeout is never repeated, not even for a read: the caller has waited long enough, and Alma is busy.
      return problem(isRead ? 'unavailable' : 'unknown', 'Alma did not answer in time');
  }
}

function isSuccess({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}

function content({ status, text }: Answer, { method }: AlmaCall): Verdict {
  if (method === 'DELETE') return { json: undefined };
  const json = parsed(text);
  return json === undefined ? problem('malformed', 'the answer of Alma is not JSON', { status }) : { json };
}

/** True when the body has errors although the status is a success. The errors count, whatever the status. */
function isContradiction({ text }: Answer): boolean {
  return Value.Check(ToldErrors, parsed(text));
}

/** For a create only the contradiction is reported: it may or may not have been done. */
function contradicted(answer: Answer, call: AlmaCall, isRead: boolean): Verdict {
  if (!isRead) return problem('malformed', 'Alma answered a success and told of errors', { status: answer.status });
  return failed(answer, call, isRead);
}

function failed({ status, text }: Answer, call: AlmaCall, isRead: boolean): Verdict {
  const words = wordsIn(text, call.confidential);
  const told = { status, ...words };
  const name = words.code ?? `HTTP ${String(status)}`;
  if (status === 429)
    return words.code === DAILY
      ? problem('daily-threshold', 'Alma allows no more calls today', told)
      : problem('unavailable', 'Alma allows no more calls in this second', { ...told, again: true });
  if (status >= 500)
    return problem(isRead ? 'unavailable' : 'unknown', `Alma failed (${name})`, { ...told, again: isRead });
  if (status === 401 || words.code === UNAUTHORIZED)
    return problem('key-refused', 'the API key has no right to this call of Alma', told);
  if (words.code === undefined) return problem('malformed', `an answer that is not Alma's (${name})`, told);
  if (isRead && words.code === TRANSIENT)
    return problem('unavailable', `Alma could not read it (${name})`, { ...told, again: true });
  return problem('refused', `Alma refused the call (${name})`, told);
}

function problem(
  fault: AlmaFault,
  message: string,
  { again = false, ...details }: AlmaError['details'] & { readonly again?: boolean } = {},
): Verdict {
  return { error: new AlmaError(fault, message, details), again };
}

/** Alma's code and message in an error body. The body is JSON, or XML when something in front of Alma's API answers. */
function wordsIn(text: string, confidential: string | undefined): AlmaWords {
  const json = parsed(text);
  const first = Value.Check(ErrorBody, json) ? json.errorList.error[0] : undefined;
  const code = first === undefined ? /<errorCode>([^<]+)</.exec(text)?.[1] : String(first.errorCode);
  const message = first === undefined ? /<errorMessage>([^<]+)</.exec(text)?.[1] : first.errorMessage;
  if (code === undefined) return {};
  return { code, ...(typeof message === 'string' ? { message: withheld(message, confidential) } : {}) };
}

function withheld(message: string, confidential = ''): string {
  const words = confidential === '' ? message : message.replaceAll(confidential, '…');
  return words.slice(0, MAX_WORDS);
}

/** Undefined when the text is not JSON. The parser's reason is dropped, since it would quote the answer. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
