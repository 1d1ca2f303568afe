/**
 * The search expression in the body of SEARCH and SCAN, e.g. `TITLEKEY="新潟" AND YEARKEY="2019"`. Known is `INDEX="value"`
 * (RUBY). Not known are the escapes (JS 15), the sign of right truncation (JS 14), the operators and the parentheses:
 * all of them stand in `SYNTAX`.
 */
import { CatpError } from './errors';
import { hasControlCharacter } from './text';

/** `index` equals `value`, or begins with it when `prefix` is set. The server normalises both sides. */
export interface TermQuery {
  readonly kind: 'term';
  readonly index: string;
  readonly value: string;
  readonly prefix: boolean;
}
/** At least two items. */
export interface CompoundQuery {
  readonly kind: 'and' | 'or';
  readonly items: readonly Query[];
}
export type Query = TermQuery | CompoundQuery;

const SYNTAX = { and: 'AND', or: 'OR', open: '(', close: ')', truncation: '*', escape: '\\', quote: '"' } as const;
const TO_ESCAPE = /["\\*]/g;
const INDEX = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Deeper nesting than any search form makes is refused, so that a hostile body cannot exhaust the stack. */
const MAX_DEPTH = 32;

export function term(index: string, value: string): TermQuery {
  return { kind: 'term', index, value, prefix: false };
}

/** Right truncation (前方一致): values that begin with `value`. */
export function prefixTerm(index: string, value: string): TermQuery {
  return { kind: 'term', index, value, prefix: true };
}

/** All of them; a single item stands for itself. Throws `bad-query` when there is none. */
export function and(...items: readonly Query[]): Query {
  return compound('and', items);
}

/** One of them at least; a single item stands for itself. Throws `bad-query` when there is none. */
export function or(...items: readonly Query[]): Query {
  return compound('or', items);
}

/** The expression as text, on one line. Throws `unencodable` for an index or a value that cannot be written. */
export function printQuery(query: Query): string {
  if (query.kind === 'term') return printTerm(query);
  const items = query.items.map((item) =>
    item.kind === 'term' ? printTerm(item) : SYNTAX.open + printQuery(item) + SYNTAX.close,
  );
  return items.join(` ${SYNTAX[query.kind]} `);
}

/**
 * The expression of a text. AND binds closer than OR; terms on separate lines are all required.
 * Throws `bad-query` for anything else. `parseQuery(printQuery(q))` is `q` up to a nesting of `MAX_DEPTH`.
 */
export function parseQuery(text: string): Query {
  const reader = new TokenReader(significant(tokensIn(text)));
  const query = readLines(reader, 0);
  if (reader.peek() !== undefined) throw badQuery();
  return query;
}

function compound(kind: CompoundQuery['kind'], items: readonly Query[]): Query {
  const [first, ...others] = items;
  if (first === undefined) throw new CatpError('bad-query', 'a search needs at least one term');
  return others.length === 0 ? first : { kind, items };
}

function printTerm({ index, value, prefix }: TermQuery): string {
  if (!INDEX.test(index)) throw new CatpError('unencodable', 'the search names an index that cannot be');
  if (hasControlCharacter(value))
    throw new CatpError('unencodable', `the search in ${index} holds a control character`);
  return `${index}="${value.replace(TO_ESCAPE, `${SYNTAX.escape}$&`)}${prefix ? SYNTAX.truncation : ''}"`;
}

type Token = TermQuery | { readonly kind: 'AND' | 'OR' | '(' | ')' | 'line' };

const TERM_TOKEN = /([A-Za-z_][A-Za-z0-9_]*)[ \t]*=[ \t]*"([^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*)"/y;
const SIGN_TOKEN = /(AND|OR)(?![A-Za-z0-9_])|[()]/y;
const LINE_TOKEN = /[ \t]*(?:\r?\n[ \t]*)+|[ \t]+/y;

function tokensIn(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    const [found, token] = tokenAt(text, at);
    if (token !== undefined) tokens.push(token);
    at += found.length;
  }
  return tokens;
}

function tokenAt(text: string, at: number): readonly [found: string, token: Token | undefined] {
  const gap = match(LINE_TOKEN, text, at);
  if (gap !== undefined) return [gap[0], gap[0].includes('\n') ? { kind: 'line' } : undefined];
  const [found, index, quoted] = match(TERM_TOKEN, text, at) ?? [];
  if (found !== undefined && index !== undefined && quoted !== undefined) return [found, termOf(index, quoted)];
  const sign = match(SIGN_TOKEN, text, at)?.[0];
  if (sign === 'AND' || sign === 'OR' || sign === '(' || sign === ')') return [sign, { kind: sign }];
  throw badQuery();
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

function termOf(index: string, quoted: string): TermQuery {
  const pieces = quoted.match(/\\.|[^\\]/gsu) ?? [];
  const prefix = pieces.at(-1) === SYNTAX.truncation;
  const value = (prefix ? pieces.slice(0, -1) : pieces)
    .map((piece) => (piece.length > 1 && piece.startsWith('\\') ? piece.slice(1) : piece))
    .join('');
  if (hasControlCharacter(value)) throw badQuery();
  return { kind: 'term', index, value, prefix };
}

/** Without the line ends that part nothing: at either end of the text, beside an operator, at the inner side of a parenthesis. */
function significant(tokens: readonly Token[]): readonly Token[] {
  const ends = (token: Token | undefined): boolean => token?.kind === 'term' || token?.kind === ')';
  const begins = (token: Token | undefined): boolean => token?.kind === 'term' || token?.kind === '(';
  return tokens.filter((token, at) => token.kind !== 'line' || (ends(tokens[at - 1]) && begins(tokens[at + 1])));
}

class TokenReader {
  private at = 0;
  constructor(private readonly tokens: readonly Token[]) {}

  peek(): Token | undefined {
    return this.tokens[this.at];
  }

  take(): Token | undefined {
    this.at += 1;
    return this.tokens[this.at - 1];
  }

  takeIf(kind: Token['kind']): boolean {
    if (this.peek()?.kind !== kind) return false;
    this.at += 1;
    return true;
  }
}

function readLines(reader: TokenReader, depth: number): Query {
  return readList(reader, 'line', and, () =>
    readList(reader, 'OR', or, () => readList(reader, 'AND', and, () => readFactor(reader, depth))),
  );
}

function readList(
  reader: TokenReader,
  separator: 'line' | 'AND' | 'OR',
  join: (...items: readonly Query[]) => Query,
  read: () => Query,
): Query {
  const items = [read()];
  while (reader.takeIf(separator)) items.push(read());
  return join(...items);
}

function readFactor(reader: TokenReader, depth: number): Query {
  const token = reader.take();
  if (token?.kind === 'term') return token;
  if (token?.kind !== '(' || depth >= MAX_DEPTH) throw badQuery();
  const inner = readLines(reader, depth + 1);
  if (!reader.takeIf(')')) throw badQuery();
  return inner;
}

function badQuery(): CatpError {
  return new CatpError('bad-query', 'the search expression cannot be read');
}
