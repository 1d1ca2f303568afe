import { fieldsWith, subfields, type MarcDataField, type MarcRecord } from './marc-fields';
import { isKana, LATIN_LETTER, originality } from './marc-scripts';

/** A field and its versions in other scripts (880, linked by $6); the field itself comes first. */
export type Versions = readonly MarcDataField[];

/**
 * All fields of this tag with their linked 880 fields. An 880 without its partner (or with occurrence 00) is its own
 * group.
 */
export function versionsOf(record: MarcRecord, tag: string): readonly Versions[] {
  const alternates = fieldsWith(record, '880').flatMap((field) => {
    const [link] = linksOf(field);
    return link?.tag === tag ? [{ field, occurrence: link.occurrence }] : [];
  });
  const groups = fieldsWith(record, tag).map((main) => {
    const occurrences = linksOf(main).map(({ occurrence }) => occurrence);
    const linked = alternates.filter(({ occurrence }) => occurrence !== '00' && occurrences.includes(occurrence));
    return { main, linked: linked.map(({ field }) => field) };
  });
  const used = new Set(groups.flatMap(({ linked }) => linked));
  return [
    ...groups.map(({ main, linked }) => [main, ...joinedParts(main, linked)]),
    ...alternates.filter(({ field }) => !used.has(field)).map(({ field }) => [field]),
  ];
}

/**
 * Merges linked fields in the same script that hold different parts of one text (title, part title) into one version.
 */
function joinedParts(main: MarcDataField, linked: readonly MarcDataField[]): readonly MarcDataField[] {
  return linked.reduce<readonly MarcDataField[]>((versions, next) => {
    const same = versions.findIndex((version) => scriptOf(version) === scriptOf(next));
    const at = same >= 0 ? same : versions.findIndex((version) => mayContinue(version, next));
    const version = versions[at];
    const part = version === undefined ? undefined : restOf(main, version, next);
    return version === undefined || part === undefined
      ? [...versions, next]
      : versions.with(at, { ...version, subfields: inOrderOf(main, [...version.subfields, ...part]) });
  }, []);
}

/**
 * True when `next` may hold a part of the title in `version`: a kana title may have a part in kanji, and a part may be
 * a number.
 */
function mayContinue(version: MarcDataField, next: MarcDataField): boolean {
  return scriptOf(version) !== 'latin' && !LATIN_LETTER.test(textOf(next));
}

/** The subfields of `next` that continue `version`; undefined when both fields hold the same part of the text. */
function restOf(
  main: MarcDataField,
  version: MarcDataField,
  next: MarcDataField,
): MarcDataField['subfields'] | undefined {
  const isTitle = ({ code }: { readonly code: string }) => 'abnp'.includes(code);
  const has = new Set(version.subfields.filter(isTitle).map(({ code }) => code));
  const added = next.subfields.filter(isTitle);
  if (!added.some(({ code }) => has.has(code))) return next.subfields.filter(({ code }) => code !== '6');
  // Some systems also write the part title into $a.
  const isPart = [version, next].every((each) => each.subfields.filter(isTitle).every(({ code }) => code === 'a'));
  const hasPart = main.subfields.some(({ code }) => code === 'n' || code === 'p');
  const isOther = subfields(version, 'a').join() !== subfields(next, 'a').join();
  return isPart && hasPart && isOther ? added.map(({ value }) => ({ code: 'p', value })) : undefined;
}

function inOrderOf(main: MarcDataField, parts: MarcDataField['subfields']): MarcDataField['subfields'] {
  const order = main.subfields.map(({ code }) => code);
  const rank = ({ code }: { readonly code: string }) => (order.includes(code) ? order.indexOf(code) : order.length);
  return parts.toSorted((one, other) => rank(one) - rank(other));
}

function scriptOf(field: MarcDataField): string {
  const text = textOf(field);
  return isKana(text) ? 'kana' : originality(text) === 0 ? 'latin' : 'original';
}

function textOf({ subfields: parts }: MarcDataField): string {
  return parts
    .filter(({ code }) => code !== '6')
    .map(({ value }) => value)
    .join(' ');
}

function linksOf(field: MarcDataField): readonly { readonly tag: string; readonly occurrence: string }[] {
  return subfields(field, '6').flatMap((text) => {
    const [, tag, occurrence] = /^\s*(\d{3})-(\d{2})/.exec(text) ?? [];
    return tag === undefined || occurrence === undefined ? [] : [{ tag, occurrence }];
  });
}
