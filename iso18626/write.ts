import { XmlDocument, type XmlElement } from 'libxml2-wasm';
import type { Confirmation, Message } from './message';
import {
  CONFIRMATIONS,
  elementOf,
  isAllowed,
  isGroup,
  isRequired,
  MESSAGES,
  NAMESPACE,
  ROOT,
  VERSION,
  type Group,
  type Leaf,
  type Part,
} from './schema';

/** What XML 1.0 cannot hold: control characters, U+FFFE, U+FFFF, and lone surrogates. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const ANSWERS = ['RenewResponse', 'CancelResponse'];

/**
 * Writes a message by the schema, version 1.2, as UTF-8 without a byte order mark. Texts are trimmed; what XML 1.0
 * cannot hold is left out. An empty text counts as absent.
 * @throws Error, without content, when a required part is missing or the schema does not allow a value
 */
export function writeMessage(message: Message | Confirmation): string {
  const document = XmlDocument.create();
  try {
    const root = document.createRoot(ROOT, NAMESPACE);
    root.addNsDeclaration(NAMESPACE, 'ill');
    root.setAttr('version', VERSION, 'ill');
    const [group, body] = bodyOf(message);
    writeGroup(root.addElement(message.kind), group, body, message.kind);
    return document.toString({ format: false });
  } finally {
    document.dispose();
  }
}

function bodyOf(message: Message | Confirmation): readonly [Group, object] {
  if ('messageStatus' in message) {
    const { kind, action, reasonForMessage, error, ...confirmationHeader } = message;
    return [CONFIRMATIONS[kind], { confirmationHeader, action, reasonForMessage, errorData: error }];
  }
  if (message.kind === 'supplyingAgencyMessage') {
    const { reasonForMessage, answerYesNo } = message.messageInfo;
    if (ANSWERS.includes(reasonForMessage) && answerYesNo === undefined)
      throw new Error('messageInfo/answerYesNo is missing');
  }
  const { kind, ...body } = message;
  return [MESSAGES[kind], body];
}

function writeGroup(parent: XmlElement, { is, parts }: Group, value: unknown, path: string): void {
  if (!isObject(value)) throw new Error(`${path} is no group of elements`);
  const given = Object.keys(value).filter((key) => value[key] !== undefined);
  const unknown = given.find((key) => !Object.hasOwn(parts, key));
  if (unknown !== undefined) throw new Error(`${path} has no ${unknown}`);
  if (is === 'choice' && given.length !== 1) throw new Error(`${path} must be exactly one of its kinds`);
  for (const [key, part] of Object.entries(parts))
    if (is === 'group' || key === given[0]) writePart(parent, key, part, value[key], path);
}

function writePart(parent: XmlElement, key: string, part: Part, value: unknown, path: string): void {
  const element = elementOf(key, part);
  const here = `${path}/${element}`;
  const values = part.occurs === 'many' ? listOf(value, here) : [value];
  if (values.length > (part.most ?? Infinity)) throw new Error(`${here} occurs too often`);
  for (const each of values) {
    const content = contentOf(part, each, here);
    if (content === undefined) continue;
    const child = parent.addElement(element);
    if (typeof content !== 'string') writeGroup(child, content, each, here);
    else if (content !== '') child.addText(content);
  }
}

/** Text, or the group to write by; undefined when there is no element. */
function contentOf({ occurs, holds }: Part, value: unknown, path: string): string | Group | undefined {
  const content = isGroup(holds) ? (value === undefined ? undefined : holds) : textOf(holds, value, path);
  if (content !== undefined) return content;
  const mayBeEmpty = occurs === 'blank' || (occurs === 'mayLack' && holds.is === 'text' && value !== undefined);
  if (isRequired(occurs) && !mayBeEmpty) throw new Error(`${path} is missing`);
  return mayBeEmpty ? '' : undefined;
}

function textOf(leaf: Leaf, value: unknown, path: string): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw new Error(`${path} is no text`);
  const text = value.replaceAll(FORBIDDEN, '').trim();
  if (text === '') return undefined;
  if (!isAllowed(text, leaf)) throw new Error(`${path} has a value that the schema does not allow`);
  return text;
}

function listOf(value: unknown, path: string): readonly unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new Error(`${path} is no list`);
  return value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
