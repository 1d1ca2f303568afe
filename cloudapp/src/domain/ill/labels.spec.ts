import en from '../../../../i18n/en/domain.json';
import ja from '../../../../i18n/ja/domain.json';
import { AREAS, CODE_TABLES, ESTABLISHERS, INSTITUTION_TYPES, REGIONS, SERVICE_FLAGS } from './codes';
import { FORMS } from '../catalog/catalog-files';
import { ACTIONS_OF_SIDE, COMMANDS, COMMAND_WIRE } from './commands';
import { ERROR_CODES, FIELD_ERRORS, REFUSALS } from '../errors';
import { CHARGE_PARTS, LENDER_PARTS, SCALAR_NAMES } from './fields';
import { KINDS, SIDES } from './kinds';
import { actionLabelKey } from './labels';
import { offersFor } from './machine';
import { NOT_ASKABLE, PROPOSAL_REASONS } from './lender-proposal';
import { UNSERVABLE } from './member';
import { WARNINGS } from './plausibility';
import { reachable } from './situations.fixture';
import { STATE_IDS, STATES } from './states';

interface Messages {
  readonly [key: string]: string | Messages;
}

function flat(messages: Messages, prefix = ''): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(messages).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as const] : [...flat(value, `${prefix}${key}.`)],
    ),
  );
}

const LANGUAGES: Readonly<Record<string, ReadonlyMap<string, string>>> = { ja: flat(ja), en: flat(en) };
const under = (prefix: string, names: readonly string[]) => names.map((name) => `${prefix}.${name}`);
const idsOf = (codes: readonly { readonly id: string }[]) => codes.map(({ id }) => id);

/** All names of actions, offered or not. */
const ACTION_KEYS = SIDES.flatMap((side) =>
  ACTIONS_OF_SIDE[side].flatMap((action) =>
    KINDS.flatMap((kind) =>
      [null, undefined, ...STATE_IDS].flatMap((state) =>
        [{}, { claimOpen: true }, { renewalPending: true }].map((situation) =>
          actionLabelKey(action, side, state, kind, situation),
        ),
      ),
    ),
  ),
);

const EXPECTED = new Set([
  ...under('side', SIDES),
  ...under('kind', KINDS),
  ...under('form', FORMS),
  ...under('state', STATE_IDS),
  ...under('command', COMMANDS),
  ...SIDES.flatMap((side) => under(`action.${side}`, ACTIONS_OF_SIDE[side])),
  ...ACTION_KEYS,
  ...under('refusal', REFUSALS),
  ...under('field', [...SCALAR_NAMES, 'lenders', 'charges', 'comment']),
  ...under('lenderPart', Object.keys(LENDER_PARTS)),
  ...under('chargePart', Object.keys(CHARGE_PARTS)),
  ...under('fieldError', FIELD_ERRORS),
  ...under('warning', WARNINGS),
  ...ERROR_CODES.flatMap((code) => [`error.${code}.title`, `error.${code}.wayOut`]),
  ...under('unservable', [...UNSERVABLE, ...NOT_ASKABLE]),
  ...under('proposal', PROPOSAL_REASONS),
  ...Object.entries(CODE_TABLES).flatMap(([table, codes]) => under(`code.${table}`, idsOf(codes))),
  ...under('code.region', idsOf(REGIONS)),
  ...under('code.area', Object.keys(AREAS)),
  ...under('code.establisher', idsOf(ESTABLISHERS)),
  ...under('code.institution-type', idsOf(INSTITUTION_TYPES)),
  ...under('code.service-flag', [...idsOf(SERVICE_FLAGS), 'unknown']),
]);

describe('actionLabelKey', () => {
  it('gives the same action the name that fits the state', () => {
    expect(actionLabelKey('accept', 'borrower', 'SHIPPED', 'copy')).toBe('actionIn.borrower.accept.SHIPPED');
    expect(actionLabelKey('accept', 'lender', 'CLAIMED', 'loan')).toBe('actionIn.lender.accept.CLAIMED');
    expect(actionLabelKey('accept', 'borrower', 'PROCESSING', 'copy')).toBe('action.borrower.accept');
    expect(actionLabelKey('receive', 'borrower', 'ARRIVED', 'copy')).toBe('actionIn.borrower.receive.copy');
    expect(actionLabelKey('receive', 'borrower', 'ARRIVED', 'loan')).toBe('actionIn.borrower.receive.loan');
    expect(actionLabelKey('ship', 'lender', 'PROCESSING', 'copy', { claimOpen: true })).toBe(
      'actionIn.lender.ship.claim-open',
    );
    expect(actionLabelKey('ship', 'lender', 'PROCESSING', 'copy')).toBe('action.lender.ship');
    expect(actionLabelKey('order', 'borrower', undefined, 'copy')).toBe('action.borrower.order');
  });

  it('has a name of its own for every state in which an ambiguous action is offered', () => {
    for (const situation of KINDS.flatMap((kind) => reachable(kind))) {
      for (const side of SIDES) {
        for (const { action } of offersFor(situation, side).filter(({ allowed }) => allowed)) {
          const key = actionLabelKey(action, side, situation.state, situation.kind, situation);
          if (['accept', 'reactivate', 'receive'].includes(action)) expect(key).toMatch(/^actionIn\./);
        }
      }
    }
  });
});

describe('messages of the domain', () => {
  for (const [language, messages] of Object.entries(LANGUAGES)) {
    it(`has a message for each thing, and none for anything else (${language})`, () => {
      expect([...EXPECTED].filter((key) => !messages.has(key))).toEqual([]);
      expect([...messages.keys()].filter((key) => !EXPECTED.has(key))).toEqual([]);
      expect([...messages].filter(([, message]) => message.trim() === '' || message !== message.trim())).toEqual([]);
    });
  }

  it('names the states as NACSIS-ILL does, in English with a gloss', () => {
    for (const id of STATE_IDS) {
      expect<string | undefined>(LANGUAGES['ja']?.get(`state.${id}`)).toBe(STATES[id].wire);
      expect(LANGUAGES['en']?.get(`state.${id}`)).toMatch(new RegExp(`^${STATES[id].wire} · [a-z ]+$`));
    }
  });

  it('names in Japanese the command that the action sends', () => {
    for (const situation of KINDS.flatMap((kind) => reachable(kind))) {
      for (const side of SIDES) {
        for (const offer of offersFor(situation, side)) {
          if (!offer.allowed || offer.action === 'save') continue;
          const label = LANGUAGES['ja']?.get(
            actionLabelKey(offer.action, side, situation.state, situation.kind, situation),
          );
          expect(label).toContain(`（${COMMAND_WIRE[offer.commands.at(-1) ?? 'SAVE']}）`);
        }
      }
    }
  });

  it('takes the same parameters in both languages, each of them one that the code gives', () => {
    const parameters = (message: string) =>
      [...message.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort();
    const given: Readonly<Record<string, readonly string[]>> = {
      'fieldError.required-one-of': ['fields'],
      'fieldError.too-long': ['bytes', 'maxBytes'],
      'fieldError.too-many': ['max'],
      'fieldError.duplicate': ['memberId'],
      'fieldError.lender-cannot-serve': ['memberId'],
      'fieldError.unknown-member': ['memberId'],
      'fieldError.date-past': ['today'],
      'fieldError.closure-too-long': ['max'],
      'fieldError.closure-overlaps': ['from', 'to'],
      'fieldError.amount-differs': ['sum'],
      'fieldError.total-differs': ['sum'],
      'proposal.often-asked': ['count', 'days'],
      'warning.before-earlier-step': ['date'],
      'warning.total-differs': ['sum'],
    };
    for (const messages of Object.values(LANGUAGES)) {
      for (const [key, message] of messages)
        expect(parameters(message))
          .withContext(key)
          .toEqual([...(given[key] ?? [])]);
    }
  });
});
