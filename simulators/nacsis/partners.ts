import { recordOf } from '#catp/ill-record';
import type { Command } from '#domain/commands';
import { today } from '#domain/dates';
import type { Side } from '#domain/kinds';
import type { IllRequest } from '#domain/request';
import type { StateId } from '#domain/states';
import { Refused } from './refused';
import { commandContent } from './seed/command-content';
import type { NacsisWorld } from './world';

const PACE_MS = 3000;

/** What a partner does next with a request in this state; nothing for states that it leaves alone. */
type Scenario = Partial<Readonly<Record<StateId, Command>>>;

/** Every lender works off what comes back to it. */
const LENDER: Scenario = {
  UNPROCESSED: 'RECEIVE',
  ANSWERED: 'RECEIVE',
  CLAIMED: 'RECEIVE',
  RENEW_REQUESTED: 'RECEIVE',
  SENT_BACK: 'RECEIVE',
};
const LENDERS: readonly Scenario[] = [
  // ships at once
  { ...LENDER, PROCESSING: 'SEND', RETURN_PROCESSING: 'OK' },
  // asks first, and ships when it was answered
  { ...LENDER, PROCESSING: 'INQUIRE', RETURN_PROCESSING: 'OK' },
  // refuses
  { ...LENDER, PROCESSING: 'PARDON', RETURN_PROCESSING: 'OK' },
  // takes the request and is slow
  { ...LENDER, RETURN_PROCESSING: 'OK' },
];
const BORROWER: Scenario = {
  NEW_INQUIRY: 'RECEIVE',
  INQUIRY: 'ANSWER',
  SHIPPED: 'RECEIVE',
  ARRIVED: 'OK',
  CLAIM_ANSWERED: 'RECEIVE',
  ON_LOAN: 'SENDBACK',
  RETURN_CLAIMED: 'RECEIVE',
};

/** Lets the other libraries act on the requests that the first library has dealt with since the start: one step for each request and pace. */
export function actingPartners(world: NacsisWorld, paceMs: number = PACE_MS): { readonly stop: () => void } {
  const untouched = new Map(world.requests.all().map(({ request }) => [request.id, request.history.length]));
  const timer = setInterval(() => {
    const library = world.firstLibrary;
    for (const side of ['borrower', 'lender'] as const) {
      for (const { request } of world.requests.visibleTo(library, side)) {
        if (untouched.get(request.id) !== request.history.length)
          act(world, request, side === 'borrower' ? 'lender' : 'borrower');
      }
    }
  }, paceMs);
  timer.unref();
  return {
    stop: () => {
      clearInterval(timer);
    },
  };
}

function act(world: NacsisWorld, request: IllRequest, side: Side): void {
  const library = side === 'borrower' ? request.fields.borrowerId : request.fields.lenderId;
  const command = next(request, side);
  if (library === undefined || command === undefined) return;
  const day = today(world.clock);
  const { comment, ...fields } = commandContent(command, request.state, request.kind, day);
  try {
    world.engine.perform({
      library,
      kind: request.kind,
      side,
      command,
      body: recordOf({ id: request.id, ...fields }, comment),
    });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
}

function next(request: IllRequest, side: Side): Command | undefined {
  if (request.state === null) return undefined;
  if (side === 'borrower')
    return request.kind === 'loan' && request.state === 'ARRIVED' ? 'BORROW' : BORROWER[request.state];
  const command = scenarioOf(request.fields.lenderId ?? '')[request.state];
  const hasAsked = request.history.some(
    (entry) => entry.command === 'INQUIRE' && entry.memberId === request.fields.lenderId,
  );
  if (request.state === 'PROCESSING' && request.fields.claimFlag) return 'SEND';
  return command === 'INQUIRE' && hasAsked ? 'SEND' : command;
}

/** A scenario for each lender, always the same: most ship at once. */
function scenarioOf(memberId: string): Scenario {
  const number = Number(memberId.slice(4, 7));
  return (number % 3 === 0 ? LENDERS[1 + ((number / 3) % 3)] : LENDERS[0]) ?? LENDER;
}
