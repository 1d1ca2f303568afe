import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AlmaPage } from './alma-page';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
/** WCAG 2.0 and 2.1, levels A and AA, and axe's own best practices. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/** Violations that axe finds in the app's current screen, one line each. */
export async function violationsOf(alma: AlmaPage): Promise<readonly string[]> {
  const frame = await alma.frame();
  // Evaluated through the debugger, because the policy of production forbids page scripts.
  await frame.evaluate(await readFile(AXE, 'utf8'));
  const result = await frame.evaluate(async (tags) => {
    const { axe } = globalThis as unknown as {
      readonly axe: { run(root: unknown, options: object): Promise<unknown> };
    };
    return axe.run(document, { runOnly: { type: 'tag', values: tags } });
  }, RULES);
  return (result as AxeResult).violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 200)}`),
  );
}

/** True when the page can be scrolled horizontally. */
export async function scrollsSideways(alma: AlmaPage): Promise<boolean> {
  const frame = await alma.frame();
  return frame.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}
