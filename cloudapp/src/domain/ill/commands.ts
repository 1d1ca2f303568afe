import type { Side } from './kinds';

/** The ILL commands of SERVERPROCEDURECALL; `COMMAND_WIRE` holds their wire names. */
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
  /**
   * @unconfirmed O: The command that stores a request without sending it is called SAVE (dossier 9.1).
   * Confirm: send SAVE with a new record to COPYO on a test account, or read the list of commands (SPC).
   */
  SAVE: 'SAVE',
});

const BY_WIRE: ReadonlyMap<string, Command> = new Map(COMMANDS.map((name) => [COMMAND_WIRE[name], name]));

export function commandByWire(wire: string): Command | undefined {
  return BY_WIRE.get(wire);
}

/** Actions that librarians choose. The ids are stable in the API (design 8). */
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

/** The actions of each side, in the order of the panel. */
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
