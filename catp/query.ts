/**
 * The search expression in the body of SEARCH and SCAN, in postfix notation as the clients in use write it (dossier
 * 4.5): operands `INDEX="value"` followed by operators, separated by spaces, for example `TITLEKEY="新潟"
 * YEARKEY="2019" AND`. Each operator applies to the two preceding operands.
 */
import { CatpError } from './errors';
import { hasControlCharacter } from './text';

/** `index` equals `value`, or starts with it when `prefix` is set. The server normalises both sides. */
export interface TermQuery {
  readonly kind: 'term';
  readonly index: string;
  readonly value: string;
  readonly prefix: boolean;
}
/** Has at least two items. No item is of the same kind, because `and` and `or` flatten nested items. */
interface CompoundQuery {
  readonly kind: 'and' | 'or';
  readonly items: readonly Query[];
}
/** Hits of `from` that are not hits of `except`. */
interface ExceptQuery {
  readonly kind: 'and-not';
  readonly from: Query;
  readonly except: Query;
}
export type Query = TermQuery | CompoundQuery | ExceptQuery;

/**
 * @unconfirmed I: NACSIS-CAT/ILL reads the operators after their operands and knows no parentheses. Certain for the clients in use only.
 * Confirm: search BOOK for title and year with AND after both terms.
 */
const OPERATORS = { 'and': 'AND', 'or': 'OR', 'and-not': 'AND-NOT' } as const satisfies Record<
  Exclude<Query['kind'], 'term'>,
  string
>;
type Operator = (typeof OPERATORS)[keyof typeof OPERATORS];

const SYNTAX = {
  /**
   * @unconfirmed O: The sign of right truncation (JS 14) is an asterisk at the end of a value.
   * Confirm: search BOOK for the beginning of a title with and without the sign, and compare the hits.
   */
  truncation: '*',
  /**
   * @unconfirmed O: A backslash escapes a quotation mark, an asterisk and a backslash in a value (JS 15; the escapes of the known clients differ).
   * Confirm: search BOOK for a title with a quotation mark in it.
   */
  escape: '\\',
  quote: '"',
} as const;
/**
 * @unconfirmed O: What a server does with operands that no operator joins, for example on separate lines.
 * Confirm: send two terms without an operator, and compare the hits with those of each term alone and of both with AND.
 */
const UNJOINED: 'all-required' | 'refused' = 'all-required';
/**
 * Maximum number of terms in an accepted expression, more than any search form produces. Prevents a hostile body from
 * exhausting the stack.
 */
const MAX_TERMS = 1000;
const TO_ESCAPE = /["\\*]/g;
const INDEX = /^[A-Za-z_][A-Za-z0-9_]*$/;

export function term(index: string, value: string): TermQuery {
  return { kind: 'term', index, value, prefix: false };
}

/** Right truncation (前方一致): values that start with `value`. */
export function prefixTerm(index: string, value: string): TermQuery {
  return { kind: 'term', index, value, prefix: true };
}

/** All items must match. A single item is returned as is. Throws `bad-query` without items. */
export function and(...items: readonly Query[]): Query {
  return compound('and', items);
}

/** At least one item must match. A single item is returned as is. Throws `bad-query` without items. */
export function or(...items: readonly Query[]): Query {
  return compound('or', items);
}

/** Hits of `from` that are not hits of `except`. */
export function andNot(from: Query, except: Query): Query {
  return { kind: 'and-not', from, except };
}

/** Prints the expression on one line. Throws `unencodable` for an index or value that cannot be written. */
export function printQuery(query: Query): string {
  return wordsOf(query).join(' ');
}

/**
 * Parses an expression. Throws `bad-query` for invalid text. `parseQuery(printQuery(q))` equals `q` up to `MAX_TERMS`
 * terms.
 */
export function parseQuery(text: string): Query {
  return expressionIn(text, valueIn);
}

/**
 * Parses an expression of SCAN. Its values are regular expressions (JS 16), kept as written, but `\"` becomes
 * `"`.
 */
export function parseScan(text: string): Query {
  return expressionIn(text, patternIn);
}

/** The terms of an expression in order. */
export function termsOf(query: Query): readonly TermQuery[] {
  if (query.kind === 'term') return [query];
  const items = query.kind === 'and-not' ? [query.from, query.except] : query.items;
  return items.flatMap(termsOf);
}

function compound(kind: CompoundQuery['kind'], given: readonly Query[]): Query {
  const items = given.flatMap((item) => (item.kind === kind ? item.items : [item]));
  const [first, ...others] = items;
  if (first === undefined) throw new CatpError('bad-query', 'a search needs at least one term');
  return others.length === 0 ? first : { kind, items };
}

function wordsOf(query: Query): readonly string[] {
  if (query.kind === 'term') return [printTerm(query)];
  const operator = OPERATORS[query.kind];
  if (query.kind === 'and-not') return [...wordsOf(query.from), ...wordsOf(query.except), operator];
  return query.items.flatMap((item, at) => (at === 0 ? wordsOf(item) : [...wordsOf(item), operator]));
}

function printTerm({ index, value, prefix }: TermQuery): string {
  if (!INDEX.test(index)) throw new CatpError('unencodable', 'the search names an index that cannot be');
  if (hasControlCharacter(value))
    throw new CatpError('unencodable', `the search in ${index} holds a control character`);
  return `${index}="${value.replace(TO_ESCAPE, `${SYNTAX.escape}$&`)}${prefix ? SYNTAX.truncation : ''}"`;
}

type Value = Pick<TermQuery, 'value' | 'prefix'>;

const TERM = /([A-Za-z_][A-Za-z0-9_]*)[ \t]*=[ \t]*"([^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*)"(?=[ \t\r\n]|$)/y;
const OPERATOR = /(AND-NOT|AND|OR)(?=[ \t\r\n]|$)/y;
const GAP = /[ \t\r\n]+/y;

/** Reads an expression in postfix notation: each operator joins the two operands before it. */
function expressionIn(text: string, read: (quoted: string) => Value): Query {
  const stack: Query[] = [];
  let terms = 0;
  let at = gapAt(text, 0);
  while (at < text.length) {
    const [term, index = '', quoted = ''] = match(TERM, text, at) ?? [];
    if (term !== undefined) {
      stack.push({ kind: 'term', index, ...read(quoted) });
      terms += 1;
      if (terms > MAX_TERMS) throw badQuery();
      at += term.length;
    } else {
      const operator = match(OPERATOR, text, at)?.[0] as Operator | undefined;
      if (operator === undefined) throw badQuery();
      stack.push(applied(operator, stack));
      at += operator.length;
    }
    at += gapAt(text, at);
  }
  if (stack.length > 1 && UNJOINED === 'refused') throw badQuery();
  return and(...stack);
}

/** Length of the white space at this place. */
function gapAt(text: string, at: number): number {
  return match(GAP, text, at)?.[0].length ?? 0;
}

/** Applies the operator to the last two operands, which it removes from the stack. */
function applied(operator: Operator, stack: Query[]): Query {
  const [left, right] = stack.splice(-2);
  if (left === undefined || right === undefined) throw badQuery();
  if (operator === OPERATORS['and-not']) return andNot(left, right);
  return operator === OPERATORS.and ? and(left, right) : or(left, right);
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

function valueIn(quoted: string): Value {
  const pieces = quoted.match(/\\.|[^\\]/gsu) ?? [];
  const prefix = pieces.at(-1) === SYNTAX.truncation;
  const value = (prefix ? pieces.slice(0, -1) : pieces)
    .map((piece) => (piece.length > 1 && piece.startsWith(SYNTAX.escape) ? piece.slice(1) : piece))
    .join('');
  return { value: plain(value), prefix };
}

function patternIn(quoted: string): Value {
  const value = quoted.replace(/\\./gsu, (piece) => (piece === SYNTAX.escape + SYNTAX.quote ? SYNTAX.quote : piece));
  return { value: plain(value), prefix: false };
}

function plain(value: string): string {
  if (hasControlCharacter(value)) throw badQuery();
  return value;
}

function badQuery(): CatpError {
  return new CatpError('bad-query', 'the search expression cannot be read');
}
