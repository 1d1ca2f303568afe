import { looksLikePersonalNames } from './personal-names';
import { oneLine } from './printed-text';

/** An article as ARTCL names it; '' for a part that ARTCL does not give. */
export interface CitedArticle {
  readonly title: string;
  readonly author: string;
}

/**
 * Markers that this app writes where a text would be ambiguous. The text after TITLE_SIGN is the title and the text
 * after AUTHOR_SIGN is the author, whatever it looks like.
 */
const TITLE_SIGN = '[論題]';
const AUTHOR_SIGN = '[著者]';
/** An author marker within a title; each escaping adds one star. */
const AUTHOR_SIGN_WITHIN = /\[著者(\**)\]/g;

/** Separates title and author, as in a catalogue. */
const SLASH = ' / ';
/** Separates author and title, as other clients and earlier versions of this app write it. */
const COLON = /\s*[:：]\s+|\s+[:：]\s*|：|(?<=\p{sc=Han}):(?=\P{ASCII})/u;
const STOP = /\.\s+|[．。]\s*/gu;

/**
 * Returns ARTCL of an article: `title / author`, as in a catalogue, or the title alone. Uses the markers where
 * `articleIn` would read that text differently without them. Does not truncate.
 */
export function articleText(article: CitedArticle): string {
  const [title, author] = [settled(article.title), settled(article.author)];
  const plain = author === '' ? title : `${title}${SLASH}${author}`;
  const read = articleIn(plain);
  return read.title === title && read.author === author ? plain : signed({ title, author });
}

/**
 * Reads the article from ARTCL. Reverses `articleText` exactly. In texts of other clients, a part is the author only
 * when it looks like personal names before or after a separator; if two separations are possible, or none, the whole
 * text is the title.
 */
export function articleIn(text: string): CitedArticle {
  const line = text.replace(/\s+/gu, ' ').trim();
  const { title, author } = bySigns(line) ?? bySlash(line) ?? byAuthorBefore(line) ?? { title: line, author: '' };
  return { title: settled(title), author: settled(author) };
}

function signed({ title, author }: CitedArticle): string {
  const within = title.replace(AUTHOR_SIGN_WITHIN, '[著者$1*]');
  return [title === '' ? [] : [TITLE_SIGN, within], author === '' ? [] : [AUTHOR_SIGN, author]].flat().join(' ');
}

function bySigns(line: string): CitedArticle | undefined {
  const hasTitle = line.startsWith(TITLE_SIGN);
  if (!hasTitle && !line.startsWith(AUTHOR_SIGN)) return undefined;
  const rest = hasTitle ? line.slice(TITLE_SIGN.length) : line;
  const at = rest.indexOf(AUTHOR_SIGN);
  const [title, author] = at < 0 ? [rest, ''] : [rest.slice(0, at), rest.slice(at + AUTHOR_SIGN.length)];
  return { title: title.replace(AUTHOR_SIGN_WITHIN, (_sign, stars: string) => `[著者${stars.slice(1)}]`), author };
}

function bySlash(line: string): CitedArticle | undefined {
  const at = line.lastIndexOf(SLASH);
  return at < 0 ? undefined : partedAs({ title: line.slice(0, at), author: line.slice(at + SLASH.length) }, SLASH);
}

/**
 * Splits at the first colon or at a full stop: the one that has names before it. Undefined unless there is exactly one.
 */
function byAuthorBefore(line: string): CitedArticle | undefined {
  const colon = COLON.exec(line);
  const [article, ...others] = [...(colon === null ? [] : [colon]), ...line.matchAll(STOP)].flatMap(
    ({ 0: sign, index }) =>
      partedAs({ author: line.slice(0, index), title: line.slice(index + sign.length) }, sign) ?? [],
  );
  return others.length > 0 ? undefined : article;
}

/** Returns author and title, or undefined when this is no separation, such as at the full stop of an initial. */
function partedAs({ title, author }: CitedArticle, sign: string): CitedArticle | undefined {
  const isTitle = title.trim() !== '' && !/^(?:\p{L}\.|[&,;]|(?:and|und|et|y)\s)/u.test(title);
  if (!isTitle || !looksLikePersonalNames(author)) return undefined;
  return { title, author: sign.startsWith('.') && endsWithStop(author) ? `${author}.` : author };
}

/**
 * True for `Natsume S., Mori O. Title` and `et al.`: the last full stop is both part of the author and the separator.
 */
function endsWithStop(author: string): boolean {
  return /(?<!\p{L})\p{L}\..*(?<!\p{L})\p{L}$|et al$/u.test(author);
}

/**
 * Returns one line with composed letters. Repeats until the text no longer changes, because a text may have been
 * escaped several times.
 */
function settled(text: string): string {
  const line = oneLine(text);
  return line === text ? line : settled(line);
}
