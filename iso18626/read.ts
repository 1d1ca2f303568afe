import { ParseOption, XmlDocument, XmlElement } from 'libxml2-wasm';
import { isDateTime } from './dates';
import type { Confirmation, Header, Message, MessageKind, Reading } from './message';
import {
  CONFIRMATIONS,
  elementOf,
  HEADER,
  isAllowed,
  isGroup,
  MESSAGES,
  NAMESPACE,
  ROOT,
  type Group,
  type Leaf,
  type Part,
} from './schema';

/** Larger bodies are not parsed. A note of 100,000 Japanese characters has 300,000 bytes. */
export const MAX_BODY_BYTES = 1_048_576;
/** The schema needs 6 levels, and a request with 1,000 possible suppliers about 8,000 elements. */
const MAX_DEPTH = 16;
const MAX_ELEMENTS = 20_000;
/** Loads no external entity. References to entities stay references. */
const SAFELY = ParseOption.XML_PARSE_NO_XXE;

const UTF8_MARK = [0xef, 0xbb, 0xbf];
const BLANKS = [0x09, 0x0a, 0x0d, 0x20];
const FIRST_NON_ASCII = 0x80;

type Unreadable = Extract<Reading, { readonly is: 'unreadable' }>;

/**
 * Reads the body of an HTTP request or answer. Never throws, never loads anything, expands no entity.
 *
 * Lenient: elements are found by their local name within the namespace, in any order, of versions 1.0 to 2021. What
 * else it knows is left out. An empty element counts as absent, texts are trimmed, and values outside of closed lists
 * are kept. Refused: DOCTYPE, more than `MAX_BODY_BYTES`, deep nesting, very many elements, and a message in which
 * agency ids, timestamp, request id, action or reason are missing or stand twice.
 */
export function readMessage(body: Uint8Array): Reading {
  if (body.length > MAX_BODY_BYTES) return badlyFormed('the body is too large');
  let document: XmlDocument | undefined;
  try {
    const bytes = withoutBlanksBefore(body);
    document = XmlDocument.fromBuffer(bytes, { option: SAFELY });
    const refusal = refusalOf(document, bytes);
    return refusal === undefined ? readEnvelope(document.root) : badlyFormed(refusal);
  } catch {
    return badlyFormed('the body is no well-formed XML'); // the parser's own text may quote the message
  } finally {
    document?.dispose();
  }
}

/** ISO 18626 allows a line break before the XML declaration, the parser does not. */
function withoutBlanksBefore(body: Uint8Array): Uint8Array {
  let start = 0;
  for (;;) {
    if (BLANKS.includes(body[start] ?? -1)) start += 1;
    else if (UTF8_MARK.every((byte, index) => body[start + index] === byte)) start += UTF8_MARK.length;
    else return body.subarray(start);
  }
}

function refusalOf(document: XmlDocument, bytes: Uint8Array): string | undefined {
  if (document.dtd !== null) return 'a DOCTYPE is not allowed';
  if (document.eval(`boolean(${'/*'.repeat(MAX_DEPTH + 1)})`) === true) return 'the elements are nested too deeply';
  if (Number(document.eval('count(//*)')) > MAX_ELEMENTS) return 'there are too many elements';
  if (!isUnicode(document.encoding) && bytes.some((byte) => byte >= FIRST_NON_ASCII) && isUtf8(bytes))
    return 'the declared encoding is wrong: the body is UTF-8';
  return undefined;
}

function isUnicode(encoding: string | null): boolean {
  return encoding === null || /^utf/i.test(encoding);
}

/** Text in Shift_JIS or Latin-1 is hardly ever correct UTF-8, while UTF-8 is often read as Shift_JIS without an error. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function readEnvelope(root: XmlElement): Reading {
  if (root.name !== ROOT || root.namespaceUri !== NAMESPACE) return badlyFormed(`the root is no ${ROOT}`);
  const [first, ...more] = elementsIn(root);
  if (first === undefined) return badlyFormed('the envelope is empty');
  if (more.length > 0) return badlyFormed('the envelope has several messages');
  const { name } = first;
  if (isMessageKind(name)) return readKind(first, name);
  if (isConfirmationKind(name)) return readConfirmation(first, name);
  return { is: 'unreadable', error: 'UnrecognisedDataElement', why: 'the kind of message is unknown' };
}

function readKind(element: XmlElement, kind: MessageKind): Reading {
  const warnings = new Set<string>();
  const { message, faults } = readBody(element, kind, warnings);
  if (message === undefined) return faulty(element, kind, faults);
  const { header } = message;
  if (isDateTime(header.timestamp)) return { is: 'message', message, warnings: [...warnings] };
  return { is: 'unreadable', error: 'UnrecognisedDataValue', why: 'header/timestamp is no time', header, kind };
}

function readBody(
  element: XmlElement,
  kind: MessageKind,
  warnings: Set<string>,
): { readonly message?: Message | undefined; readonly faults: readonly string[] } {
  switch (kind) {
    case 'request': {
      const { whole, faults } = readGroup(element, MESSAGES[kind], kind, warnings);
      return { message: whole && { kind, ...whole }, faults };
    }
    case 'supplyingAgencyMessage': {
      const { whole, faults } = readGroup(element, MESSAGES[kind], kind, warnings);
      return { message: whole && { kind, ...whole }, faults };
    }
    case 'requestingAgencyMessage': {
      const { whole, faults } = readGroup(element, MESSAGES[kind], kind, warnings);
      return { message: whole && { kind, ...whole }, faults };
    }
  }
}

/** For the confirmation of a message that lacks what it must have, or says it twice. */
function faulty(element: XmlElement, kind: MessageKind, faults: readonly string[]): Unreadable {
  const header = elementsIn(element).find(({ name }) => name === 'header');
  const found: Partial<Header> = header ? readGroup(header, HEADER, 'header', new Set()).found : {};
  const { timestamp, ...rest } = found;
  const known = timestamp !== undefined && isDateTime(timestamp) ? found : rest;
  return { ...badlyFormed(faults.join(', ')), header: known, kind };
}

function readConfirmation(element: XmlElement, kind: Confirmation['kind']): Reading {
  const { whole } = readGroup(element, CONFIRMATIONS[kind], kind, new Set());
  if (whole === undefined) return badlyFormed('the confirmation has no messageStatus');
  const { confirmationHeader, errorData, ...echo } = whole;
  const { messageStatus } = confirmationHeader;
  if (messageStatus !== 'OK' && messageStatus !== 'ERROR')
    return { is: 'unreadable', error: 'UnrecognisedDataValue', why: 'messageStatus is neither OK nor ERROR' };
  const confirmation: Confirmation = { kind, ...confirmationHeader, messageStatus, ...echo };
  return { is: 'confirmation', confirmation: errorData ? { ...confirmation, error: errorData } : confirmation };
}

/** `faults`: why the group means nothing, such as a missing element; there is no `whole` then. */
interface GroupRead<T> {
  readonly found: Partial<T>;
  readonly whole?: T;
  readonly faults: readonly string[];
}
interface PartRead {
  readonly value?: unknown;
  readonly faults: readonly string[];
}

/** Adds to `warnings` what the schema does not allow, in words that contain names of the schema only. */
function readGroup<T>(element: XmlElement, { is, parts }: Group<T>, path: string, warnings: Set<string>): GroupRead<T> {
  const children = elementsIn(element);
  const names = Object.entries(parts).flatMap(([key, part]) => namesOf(key, part));
  if (children.some(({ name }) => !names.includes(name))) warnings.add(`${path} has an unknown element`);
  const found: Record<string, unknown> = {};
  const faults: string[] = [];
  for (const [key, part] of Object.entries(parts)) {
    const elements = children.filter(({ name }) => namesOf(key, part).includes(name));
    const read = readPart(elements, part, `${path}/${elementOf(key, part)}`, warnings);
    faults.push(...read.faults);
    if (read.value === undefined) continue;
    found[key] = read.value;
    if (is === 'choice') break;
  }
  const whole = found as T; // the parts have the keys and shapes of T
  return faults.length === 0 ? { found: whole, whole, faults } : { found: whole, faults };
}

function readPart(elements: readonly XmlElement[], part: Part, path: string, warnings: Set<string>): PartRead {
  const { occurs, holds } = part;
  const reads = elements.map((element) => readContent(element, holds, path, warnings));
  const values = reads.map(({ value }) => value).filter((value) => value !== undefined);
  const faults = reads.flatMap((read) => read.faults);
  if (occurs === 'always' && values.length === 0)
    return { faults: faults.length > 0 ? faults : [`${path} is missing`] };
  // Of two actions or two requests, neither can be taken for the one that is meant.
  if (occurs === 'always' && values.length > 1) return { faults: [`${path} is repeated`] };
  for (const fault of faults) warnings.add(fault);
  if (occurs === 'many') return { value: values.length > 0 ? values : undefined, faults: [] };
  if (elements.length > 1) warnings.add(`${path} is repeated`);
  const texts = values.filter((value) => typeof value === 'string');
  if (values.length > 0) return { value: occurs === 'joined' ? texts.join(' ') : values[0], faults: [] };
  if (isMissed(occurs, elements.length)) warnings.add(`${path} is missing`);
  const empty = isGroup(holds) ? {} : '';
  return { value: occurs === 'mayLack' ? empty : undefined, faults: [] };
}

function isMissed(occurs: Part['occurs'], elements: number): boolean {
  return occurs === 'written' || ((occurs === 'mayLack' || occurs === 'blank') && elements === 0);
}

function readContent(element: XmlElement, holds: Leaf | Group, path: string, warnings: Set<string>): PartRead {
  if (isGroup(holds)) {
    const { whole, faults } = readGroup(element, holds, path, warnings);
    return isEmpty(whole) ? { faults } : { value: whole, faults };
  }
  const text = element.content.trim();
  if (text === '') return { faults: [] };
  if (!isAllowed(text, holds)) warnings.add(`${path} has a value that the schema does not allow`);
  return { value: text, faults: [] };
}

function isEmpty(group: unknown): boolean {
  return typeof group !== 'object' || group === null || Object.keys(group).length === 0;
}

function namesOf(key: string, part: Part): readonly string[] {
  const name = elementOf(key, part);
  return part.in2021 === undefined ? [name] : [name, part.in2021];
}

/** Elements of other namespaces are not ours to read. */
function elementsIn(parent: XmlElement): readonly XmlElement[] {
  const elements: XmlElement[] = [];
  for (let node = parent.firstChild; node !== null; node = node.next)
    if (node instanceof XmlElement && node.namespaceUri === NAMESPACE) elements.push(node);
  return elements;
}

function isMessageKind(name: string): name is MessageKind {
  return Object.hasOwn(MESSAGES, name);
}

function isConfirmationKind(name: string): name is Confirmation['kind'] {
  return Object.hasOwn(CONFIRMATIONS, name);
}

function badlyFormed(why: string): Unreadable {
  return { is: 'unreadable', error: 'BadlyFormedMessage', why };
}
