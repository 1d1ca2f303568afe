import { relative } from 'node:path';
import { ROOT } from '../../tools/repository';
import { AlmaPage } from './alma-page';
import { NacsisSim } from './nacsis-sim';
import { TestStack } from './stack';
import { TestBrowser, type BrowserOptions } from './test-browser';

/** Time limit of a scenario in milliseconds. A scenario that waits for the host's timeout takes half a minute. */
const LIMIT = 120_000;

/** The environment of a scenario. */
export interface World {
  readonly stack: TestStack['stack'];
  readonly nacsis: NacsisSim;
  readonly alma: AlmaPage;
  readonly browser: TestBrowser;
}

/** Call once in a `describe`; all its scenarios share one stack. Returns the function that defines a scenario. */
export function useStack(): (title: string, run: (world: World) => Promise<void>, options?: BrowserOptions) => void {
  let test: TestStack | undefined;
  beforeAll(async () => {
    test = await TestStack.start();
  }, LIMIT);
  afterAll(async () => {
    await TestBrowser.quit();
    await test?.stop();
  }, LIMIT);

  return (title, run, options) => {
    it(
      title,
      async () => {
        if (!test) throw new Error('the stack did not start');
        await play(test, title, run, options);
      },
      LIMIT,
    );
  };
}

/**
 * Starts each scenario with the seed data of both simulators, including the user's data in Alma, and a fresh browser
 * profile. The scenario fails when the browser reports an error.
 */
async function play(
  test: TestStack,
  title: string,
  run: (world: World) => Promise<void>,
  options?: BrowserOptions,
): Promise<void> {
  const nacsis = new NacsisSim(test.stack.urls.nacsis);
  await nacsis.reset();
  await resetAlma(test.stack.urls.alma);
  const browser = await TestBrowser.open(options);
  try {
    await run({ stack: test.stack, nacsis, alma: new AlmaPage(browser.page, test.stack.urls.alma), browser });
    expect(browser.complaints).withContext('complaints of the browser').toEqual([]);
  } catch (error) {
    const picture = await browser.screenshot(title).catch(() => undefined);
    const seen = [
      ...(picture === undefined ? [] : [`screenshot: ${relative(ROOT, picture)}`]),
      ...browser.complaints,
      test.lastWords,
    ];
    process.stderr.write(`\n${title}\n  ${seen.join('\n  ')}\n`);
    throw error;
  } finally {
    await browser.close();
  }
}

async function resetAlma(url: string): Promise<void> {
  const response = await fetch(`${url}/_sim/reset`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  if (!response.ok) throw new Error(`Alma's simulator does not reset: ${String(response.status)}`);
}
