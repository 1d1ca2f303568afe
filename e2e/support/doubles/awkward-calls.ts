import { setTimeout as pause } from 'node:timers/promises';
import type { AlmaAnswer, AlmaCall } from './alma-call';
import type { Awkwardness, Pass, Played } from './awkward-alma';
import { errorBody, GENERAL_ERROR } from './awkward-lists';

/** An error that does not tell whether the call was executed. */
const FAILED = errorBody('INTERNAL_SERVER_ERROR', 'An unexpected error occurred.');

type Fits = (call: AlmaCall) => boolean;

/** Ways in which a create can fail. In all except the last two Alma saves the request, but never tells the import. */
const CREATES = {
  'saved, not answered': async (call, pass): Promise<Played> => {
    await pass(call);
    return 'cut';
  },
  'saved, answered without its id': async (call, pass): Promise<Played> => {
    const { status, text } = await pass(call);
    const { request_id: _, ...rest } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    return { status, text: JSON.stringify(rest) };
  },
  'saved, answered with errors and status 200': async (call, pass): Promise<Played> => {
    await pass(call);
    return { status: 200, text: FAILED };
  },
  'saved, answered with status 500': async (call, pass): Promise<Played> => {
    await pass(call);
    return { status: 500, text: FAILED };
  },
  'saved, answered with null': async (call, pass): Promise<Played> => {
    await pass(call);
    return { status: 200, text: 'null' };
  },
  'saved later, not answered': (call, pass): Played => {
    void pause(SAVED_LATER_MS).then(() => pass(call));
    return 'cut';
  },
  'not saved, errors with status 200': () => ({ status: 200, text: GENERAL_ERROR }),
  'not saved, not answered': () => 'cut',
} as const satisfies Readonly<Record<string, (call: AlmaCall, pass: Pass) => Promise<Played> | Played>>;
type CreateWay = keyof typeof CREATES;
export const CREATE_WAYS = Object.keys(CREATES) as readonly CreateWay[];

/**
 * Delay of a late save in milliseconds, within the time in which Alma may still save. `alma.createSettleSeconds` is 1
 * in these stacks.
 */
const SAVED_LATER_MS = 700;

/** Fails the first `times` creates of each matching request. Later ones are answered normally. */
export function awkwardCreate(way: CreateWay, fits: Fits, times = Number.POSITIVE_INFINITY): Awkwardness {
  const played = new Map<string, number>();
  return {
    name: `create ${way}`,
    fits: (call) => call.kind === 'create' && fits(call),
    play: (call, pass) => {
      const before = played.get(call.nacsisId ?? '') ?? 0;
      if (before >= times) return undefined;
      played.set(call.nacsisId ?? '', before + 1);
      return CREATES[way](call, pass);
    },
  };
}

const IN_200: AlmaAnswer = { status: 200, text: GENERAL_ERROR };
const NOTHING: AlmaAnswer = { status: 200, text: 'null' };

/** Fails reads of a single request. */
export function awkwardRead(way: 'errors with status 200' | 'null', fits: Fits): Awkwardness {
  return {
    name: `read: ${way}`,
    fits: (call) => call.kind === 'read' && fits(call),
    play: () => (way === 'null' ? NOTHING : IN_200),
  };
}

/** Answers the setting of the cost or the cancellation with an error, so that it does not reach Alma. */
export function awkwardTell(fits: Fits): Awkwardness {
  return {
    name: 'told: errors with status 200',
    fits: (call) => call.kind === 'tell' && fits(call),
    play: () => IN_200,
  };
}

const NO_USER = [
  { code: '401861', status: 200 },
  { code: '401890', status: 200 },
  { code: '401861', status: 404 },
] as const;
/** Makes Alma report the unknown patron in a different form each time. */
export function unknownPatron(userId: string): Awkwardness {
  let asked = 0;
  return {
    name: 'unknown patron',
    fits: (call) => call.kind === 'user' && call.owner === userId,
    play: () => {
      const { code, status } = NO_USER[asked++ % NO_USER.length] ?? NO_USER[0];
      return { status, text: errorBody(code, `User with identifier ${userId} was not found.`) };
    },
  };
}
