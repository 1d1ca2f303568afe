import ts from 'typescript';

/** An uncertain fact about NACSIS-ILL or Alma, and the constant that represents it. */
export interface UnconfirmedFact {
  /** Path in the repository. */
  readonly file: string;
  /** Qualified name of the constant, setting or function: `SYNTAX.escape`. */
  readonly name: string;
  /** I: inferred, with a reason. O: open, a proposal. */
  readonly mark: 'I' | 'O';
  readonly fact: string;
  readonly confirm: string;
}

const TAG = 'unconfirmed';
const FORM = /^([IO]): (.+?\.) Confirm: (.+)$/s;
/** Words in a comment that require the tag. */
const REMARK =
  /\b(unconfirmed|undocumented|not (?:confirmed|verified|documented|certain|published)|inferred|supposed|by analogy|proposal of the dossier)\b/i;
/** The legend of a table's two marks, which is exempt. */
const LEGEND = /^\/\*\* documented: /;
const COMMENT = /\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;

/**
 * The facts in the `@unconfirmed` tags of a file, in order. Throws for a malformed tag and for a tag without a named
 * declaration.
 */
export function unconfirmedFacts(file: string, text: string): readonly UnconfirmedFact[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const facts: UnconfirmedFact[] = [];
  const visit = (node: ts.Node): void => {
    const docs = node.getChildren(source).filter(ts.isJSDoc);
    for (const tag of docs.flatMap((doc) => doc.tags ?? [])) {
      if (tag.tagName.text === TAG) facts.push(factOf(file, pathOf(node), ts.getTextOfJSDocComment(tag.comment) ?? ''));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  const written = text.match(new RegExp(`^\\s*/?\\*+ @${TAG}\\b`, 'gm'))?.length ?? 0;
  if (written !== facts.length)
    throw new Error(
      `${file}: a tag @${TAG} stands at nothing that has a name (${String(written)} tags, ${String(facts.length)} read)`,
    );
  return facts;
}

/** Comments that call a fact uncertain without the tag, each with its line. */
export function untaggedRemarks(text: string): readonly string[] {
  return [...text.matchAll(COMMENT)].flatMap(({ 0: comment, index }) => {
    if (!REMARK.test(comment) || comment.includes(`@${TAG}`) || LEGEND.test(comment)) return [];
    return [`line ${String(text.slice(0, index).split('\n').length)}: ${comment.split('\n')[0] ?? ''}`];
  });
}

function factOf(file: string, name: string, tag: string): UnconfirmedFact {
  const [, mark, fact = '', confirm = ''] = FORM.exec(tag.replace(/\s+/g, ' ').trim()) ?? [];
  if (name === '' || (mark !== 'I' && mark !== 'O'))
    throw new Error(
      `${file}: the tag at ${name || 'something without a name'} is not "@${TAG} I|O: fact. Confirm: how"`,
    );
  return { file, name, mark, fact: fact.replace(/\.$/, ''), confirm: confirm.replace(/\.$/, '') };
}

/** The names from the outermost declaration to the node. */
function pathOf(node: ts.Node): string {
  const names: string[] = [];
  for (let at = node; !ts.isSourceFile(at); at = at.parent) {
    const name = nameOf(at);
    if (name !== undefined && names[0] !== name) names.unshift(name);
  }
  return names.join('.');
}

function nameOf(node: ts.Node): string | undefined {
  if (ts.isVariableStatement(node))
    return node.declarationList.declarations.map(({ name }) => name.getText()).join(', ');
  const isNamed =
    ts.isPropertyAssignment(node) ||
    ts.isPropertySignature(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node);
  return isNamed ? node.name?.getText() : undefined;
}

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
