import type { UnconfirmedFact } from './unconfirmed-facts';

/** The content of docs/unconfirmed.md. */
export function unconfirmedDocument(facts: readonly UnconfirmedFact[]): string {
  const count = (mark: UnconfirmedFact['mark']): string => String(facts.filter((fact) => fact.mark === mark).length);
  return [
    '# Facts that are not confirmed',
    '',
    'Written by `npm run unconfirmed` from the tags `@unconfirmed` in the code; do not edit.',
    '',
    'Each row is something about NACSIS-CAT/ILL or Alma that no document states for certain, and the one place in the code that stands for it.',
    'When a real account shows that it is otherwise, correct it there; when it is confirmed, take the tag off.',
    '',
    `Marks as in the dossier: **I** inferred, with a reason (${count('I')}); **O** open, what stands in the code is a proposal (${count('O')}).`,
    '',
    '| fact | constant | mark | how to confirm it on a real account |',
    '| --- | --- | --- | --- |',
    ...facts.map(
      ({ file, name, mark, fact, confirm }) =>
        `| ${cell(fact)} | [${file}](../${file}) \`${name}\` | ${mark} | ${cell(confirm)} |`,
    ),
    '',
  ].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
