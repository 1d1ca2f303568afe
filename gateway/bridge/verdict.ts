import type { Tariff } from '#domain/api/profile';
import { chargeFields } from '#domain/ill/charges';
import type { Command } from '#domain/ill/commands';
import { today } from '#domain/ill/dates';
import { FIELDS } from '#domain/ill/fields';
import type { Kind } from '#domain/ill/kinds';
import { stepFor } from '#domain/ill/machine';
import {
  FLAG_SET,
  isByRenewal,
  isHistoryFull,
  situationOf,
  type IllRequest,
  type RequestFields,
} from '#domain/ill/request';
import { STATES } from '#domain/ill/states';
import { dueDay } from '#iso18626/dates';
import type { Costs, Message, SupplyingAgencyMessage } from '#iso18626/message';
import { illRequestOf, type StoredRequest } from '../store/stored-request';
import type { BridgeMap, CommentRule, Condition, FieldRule, MessageRow } from './bridge-map';
import { commentOf, standInComment } from './notes';
import { isRenewalAnswered, isTotallyRefused } from './record-facts';
import type { Situation, Verdict } from './rules';
import type { BridgeSettings } from './settings';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Steps that nobody can take back once another library acted (iso18626.md 8.11). */
const FINAL_COMMANDS: readonly Command[] = ['CANCEL', 'PARDON'];
/** Holds that the other library ends, within `holdDays`. */
const WAITING = ['partner-first', 'answer-first'];
/** Holds that the consent of staff ends. */
const ASKING = ['ask-claim', 'ask-return', 'expired'];
const NOT_LISTED = 'not-listed';

/** What a message of Alma means on the last snapshot. Pure; the command table has the last word. */
export function verdictOn(situation: Situation, map: BridgeMap, settings: BridgeSettings): Verdict {
  const matter = new Matter(situation, map);
  const row = map.rowsOf(matter.cell()).find((each) => matter.meets(each, settings));
  if (row === undefined) return { rule: NOT_LISTED, do: 'refuse', why: 'wrong-state' };
  const rule = row.id;
  switch (row.do) {
    case 'commands':
      return lateChecked(commandsOf(row, matter), situation, settings);
    case 'hold':
      return isOverdue(row.reason, situation, settings)
        ? { rule, do: 'refuse', why: 'waited-too-long' }
        : { rule, do: 'hold', reason: row.reason };
    case 'nothing':
      return { rule, do: 'nothing', why: row.why };
    case 'refuse':
      return { rule, do: 'refuse', why: row.why };
    default:
      return { rule, do: row.do };
  }
}

/** A message and its request, as the conditions of the map see them. */
class Matter {
  readonly situation: Situation;
  readonly map: BridgeMap;
  readonly request: IllRequest | undefined;

  constructor(situation: Situation, map: BridgeMap) {
    this.situation = situation;
    this.map = map;
    this.request = situation.request && illRequestOf(situation.request);
  }

  get fields(): RequestFields {
    return this.request?.fields ?? {};
  }

  get note(): string | undefined {
    return noteIn(this.situation.message);
  }

  cell() {
    const { side, name, kind, request } = this.situation;
    return { side, message: name, state: stateOf(request), kind: request?.kind ?? kind };
  }

  meets(row: MessageRow, settings: BridgeSettings): boolean {
    const { setting = {}, when = [] } = row;
    const isSet = Object.entries(setting).every(([name, value]) => settings[name as keyof BridgeSettings] === value);
    if (!isSet || !when.every((condition) => this.#is(condition))) return false;
    return !(row.do === 'hold' && ASKING.includes(row.reason) && this.situation.consented);
  }

  #is(condition: Condition): boolean {
    const { message, isSameBody, request } = this.situation;
    const checks: Readonly<Record<Condition, () => boolean>> = {
      'by-renewal': () => this.request !== undefined && isByRenewal(this.request.history),
      'renewal-answered': () => this.request !== undefined && isRenewalAnswered(this.request),
      'claim-open': () => this.fields.claimFlag === FLAG_SET,
      'total-refusal': () => this.request !== undefined && isTotallyRefused(this.request),
      'no-due-date': () => (this.fields.dueDate ?? '') === '',
      'passed-on': () => request?.gone === 'passed-on',
      'same-body': () => isSameBody === true,
      'other-body': () => isSameBody === false,
      'no-note': () => commentOf(this.note) === undefined,
      'answer-no': () => supplier(message)?.messageInfo.answerYesNo === 'N',
      'says-unfilled': () => supplier(message)?.statusInfo.status === 'Unfilled',
      'expired': () => isExpired(message, this.map),
      'keyword-forward': () => this.keyword()?.keyword === 'forward',
      'keyword-claim': () => this.keyword()?.keyword === 'claim',
      'keyword-callback': () => this.keyword()?.keyword === 'callback',
      'keyword-accept': () => this.keyword()?.keyword === 'accept',
    };
    return checks[condition]();
  }

  /** The keyword that the note is, and the text after it. */
  keyword(): { readonly keyword: string; readonly rest: string } | undefined {
    const note = (this.note ?? '').normalize('NFKC').trim();
    for (const { keyword, words, takesText } of this.map.file.keywords) {
      if (words.some((word) => bare(word) === bare(note))) return { keyword, rest: '' };
      if (takesText !== true) continue;
      const [, head = '', rest = ''] = /^([^\s::]+)[\s::]+(.*)$/su.exec(note) ?? [];
      if (words.some((word) => bare(word) === bare(head))) return { keyword, rest };
    }
    return undefined;
  }
}

/** STAT, or a state beside those of NACSIS-ILL. A request that ended stays what it is when it is no longer delivered. */
function stateOf(request: StoredRequest | undefined): string {
  if (request === undefined) return 'none';
  const isFinal = request.state !== null && STATES[request.state].final;
  if (request.gone !== null && !isFinal) return 'gone';
  return request.state === null ? 'unknown' : STATES[request.state].wire;
}

type CommandRow = Extract<MessageRow, { do: 'commands' }>;
/** What a rule of a field or comment gives, or why the commands are not carried out. */
type Given<T> = { readonly value: T } | { readonly not: Verdict };

function commandsOf(row: CommandRow, matter: Matter): Verdict {
  const rule = row.id;
  const why = impossible(row.commands, matter);
  if (why !== undefined) return { rule, do: 'refuse', why };
  const fields = fieldsOf(row, matter);
  if ('not' in fields) return fields.not;
  const comment = commentFor(row.comment, matter);
  if (comment === undefined && needsComment(row)) return { rule, do: 'refuse', why: 'comment-required' };
  return {
    ...{ rule, do: 'commands', commands: row.commands },
    ...(Object.keys(fields.value).length === 0 ? {} : { fields: fields.value }),
    ...(comment === undefined ? {} : { comment }),
    ...(row.then === undefined ? {} : { then: row.then }),
  };
}

/** Why the table does not allow the commands one after the other; undefined when it does. */
function impossible(
  commands: readonly Command[],
  { request, situation }: Matter,
): 'wrong-state' | 'history-full' | undefined {
  if (request === undefined) return 'wrong-state';
  let at = situationOf(request);
  for (const command of commands) {
    if (isHistoryFull(at)) return 'history-full';
    const step = stepFor(at, situation.side, command, situation.mode);
    if (!step.allowed) return 'wrong-state';
    at = { ...at, state: step.edge.to, historyLength: at.historyLength + 1 };
  }
  return undefined;
}

function needsComment({ side, commands }: CommandRow): boolean {
  return commands.some((each) => each === 'INQUIRE' || each === 'PARDON' || (each === 'CLAIM' && side === 'borrower'));
}

function fieldsOf({ id: rule, fields: rules = [] }: CommandRow, matter: Matter): Given<RequestFields> {
  let fields: RequestFields = {};
  for (const each of rules) {
    const given = each.startsWith('charge') ? chargeOf(rule, each === 'charge', matter) : dueOf(rule, each, matter);
    if ('not' in given) return given;
    fields = { ...fields, ...given.value };
  }
  return { value: fields };
}

function chargeOf(rule: string, isRequired: boolean, { situation, fields }: Matter): Given<RequestFields> {
  const costs = supplier(situation.message)?.deliveryInfo?.deliveryCosts;
  if (costs !== undefined && /^\s*-/.test(costs.amount) && Number(costs.amount) !== 0)
    return { not: { rule, do: 'refuse', why: 'charge-negative' } };
  const yen = yenOf(costs);
  if (yen !== undefined) return { value: { total: yen, ...withoutParts(fields) } };
  const tariff = tariffFields(situation.tariffs ?? [], situation.kind);
  if (tariff !== undefined) return { value: tariff };
  return isRequired ? { not: { rule, do: 'hold', reason: 'needs-charge' } } : { value: {} };
}

/** Charge lines of an earlier shipment would contradict the new total. */
function withoutParts({ fee, postage, charges }: RequestFields): RequestFields {
  return {
    ...(fee === undefined ? {} : { fee: '' }),
    ...(postage === undefined ? {} : { postage: '' }),
    ...(charges === undefined ? {} : { charges: [] }),
  };
}

/** Whole yen as NACSIS-ILL stores them (SUM); undefined for another currency, for fractions and for too much. */
function yenOf(costs: Costs | undefined): string | undefined {
  if (costs?.currency.trim().toUpperCase() !== 'JPY') return undefined;
  const [, digits] = /^\s*[+-]?0*(\d+)(?:\.0*)?\s*$/.exec(costs.amount) ?? [];
  return digits !== undefined && digits.length <= FIELDS.total.maxBytes ? digits : undefined;
}

/**
 * The charge by the only price list of the kind; undefined when there are several, or when quantities must be counted:
 * with lines, except the single line of a loan.
 */
function tariffFields(tariffs: readonly Tariff[], kind: Kind): RequestFields | undefined {
  const [tariff, ...others] = tariffs.filter((each) => each.kind === undefined || each.kind === kind);
  if (tariff === undefined || others.length > 0) return undefined;
  const { lines, fee, postage } = tariff;
  const isCountable = lines.length === 0 || (kind === 'loan' && lines.length === 1);
  const hasPrice = lines.length > 0 || fee !== undefined || postage !== undefined;
  if (!isCountable || !hasPrice) return undefined;
  const one = lines.map(({ item, unitPrice }) => ({ item, quantity: '1', unitPrice: String(unitPrice) }));
  const fields = chargeFields(one, fee === undefined ? '' : String(fee), postage === undefined ? '' : String(postage));
  return fields.total === undefined ? undefined : fields;
}

function dueOf(rule: string, each: FieldRule, { situation, fields, request }: Matter): Given<RequestFields> {
  if ((request?.kind ?? situation.kind) === 'copy') return { value: {} };
  const day = dueDay(supplier(situation.message)?.statusInfo.dueDate ?? '');
  const isLater = each !== 'new-due' || (day !== undefined && day > (fields.dueDate ?? ''));
  if (day !== undefined && isLater && day >= today(() => situation.now)) return { value: { dueDate: day } };
  return each === 'due-if-given' ? { value: {} } : { not: { rule, do: 'hold', reason: 'needs-due-date' } };
}

function commentFor(rule: CommentRule | undefined, matter: Matter): string | undefined {
  if (rule === undefined) return undefined;
  if (rule === 'rest-of-note') return commentOf(matter.keyword()?.rest, matter.fields);
  return commentOf(matter.note, matter.fields) ?? commentOf(standInFor(rule, matter));
}

function standInFor(rule: CommentRule, { situation, map }: Matter): string | undefined {
  const info = supplier(situation.message)?.messageInfo;
  switch (rule) {
    case 'note-or-renewal-wish':
      return standInComment('renewal-wish');
    case 'note-or-no-renewal':
      return standInComment('no-renewal');
    case 'note-or-unfilled-reason': {
      if (isExpired(situation.message, map)) return standInComment('expired');
      const code = info?.reasonUnfilled;
      return textOfCode(map.file.unfilledReasons, code) ?? standInComment('unfilled-code', { code: code ?? '' });
    }
    case 'note-or-retry-reason': {
      const code = info?.reasonRetry;
      if (code === undefined) return undefined;
      return textOfCode(map.file.retryReasons, code) ?? standInComment('retry-code', { code });
    }
    default:
      return undefined;
  }
}

function textOfCode(texts: Readonly<Record<string, string>>, code: string | undefined): string | undefined {
  const wanted = code?.trim().toLowerCase();
  return Object.entries(texts).find(([each]) => each.toLowerCase() === wanted)?.[1];
}

/**
 * @unconfirmed O: Alma's expiry job sends Unfilled without a note and without a reason. Confirm: let a lending request of a sandbox expire.
 */
function isExpired(message: Message, map: BridgeMap): boolean {
  const info = supplier(message)?.messageInfo;
  if (info === undefined) return false;
  const said = [info.note, info.reasonUnfilled].filter((text) => text !== undefined && text.trim() !== '');
  return said.length === 0 || said.some((text) => map.file.expired.some((word) => bare(word) === bare(text ?? '')));
}

function isOverdue(reason: string, { heldSince, now }: Situation, { holdDays }: BridgeSettings): boolean {
  return WAITING.includes(reason) && isOlder(heldSince, holdDays * DAY_MS, now);
}

/** Staff must consent to a CANCEL or PARDON that waited long. */
function lateChecked(verdict: Verdict, situation: Situation, { askAfterHours }: BridgeSettings): Verdict {
  const { consented, heldSince, now } = situation;
  const isFinal = verdict.do === 'commands' && verdict.commands.some((command) => FINAL_COMMANDS.includes(command));
  if (!isFinal || consented || !isOlder(heldSince, askAfterHours * HOUR_MS, now)) return verdict;
  return { rule: verdict.rule, do: 'hold', reason: 'ask-late' };
}

function isOlder(since: Date | undefined, than: number, now: Date): boolean {
  return since !== undefined && now.getTime() - since.getTime() > than;
}

function supplier(message: Message): SupplyingAgencyMessage | undefined {
  return message.kind === 'supplyingAgencyMessage' ? message : undefined;
}

function noteIn(message: Message): string | undefined {
  switch (message.kind) {
    case 'request':
      return message.serviceInfo?.note;
    case 'supplyingAgencyMessage':
      return message.messageInfo.note;
    case 'requestingAgencyMessage':
      return message.note;
  }
}

/** For comparison: without case, width, and punctuation at the edges. */
function bare(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^[\p{P}\p{S}\s]+|[\p{P}\p{S}\s]+$/gu, '');
}
