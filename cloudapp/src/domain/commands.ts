import type { Side } from './kinds';

/**
 * The ILL-commands of SERVERPROCEDURECALL. SAVE is not confirmed as a wire name (dossier 9.1):
 * its spelling on the wire is `COMMAND_WIRE.SAVE`, the one place to correct.
 */
export const COMMANDS = [
  'SAVE',
  'ORDER',
  'CANCEL',
  'ANSWER',
  'FORWARD',
  'RETRY',
  'RECEIVE',
  'OK',
  'BORROW',
  'CLAIM',
  'SENDBACK',
  'RENEW',
  'INQUIRE',
  'PARDON',
  'SEND',
  'CALLBACK',
] as const;
export type Command = (typeof COMMANDS)[number];

export const COMMAND_WIRE: Readonly<Record<Command, string>> = Object.freeze({
  ...(Object.fromEntries(COMMANDS.map((name) => [name, name])) as Record<Command, string>),
  SAVE: 'SAVE',
});

const BY_WIRE: ReadonlyMap<string, Command> = new Map(COMMANDS.map((name) => [COMMAND_WIRE[name], name]));

export function commandByWire(wire: string): Command | undefined {
  return BY_WIRE.get(wire);
}

/** What a librarian chooses. Stable ids of the API (design 8). */
export const ACTIONS = [
  'order',
  'save',
  'accept',
  'receive',
  'return',
  'renew',
  'claim',
  'answer',
  'forward',
  'cancel',
  'reactivate',
  'callback',
  'ship',
  'reject',
  'inquiry',
  'check-in',
] as const;
export type Action = (typeof ACTIONS)[number];

/** The actions of each side, in the order in which the panel lists them. */
export const ACTIONS_OF_SIDE = {
  borrower: [
    'order',
    'save',
    'accept',
    'receive',
    'return',
    'renew',
    'claim',
    'answer',
    'forward',
    'reactivate',
    'cancel',
    'callback',
  ],
  lender: ['accept', 'ship', 'inquiry', 'reject', 'check-in', 'claim', 'callback'],
} as const satisfies Record<Side, readonly Action[]>;
