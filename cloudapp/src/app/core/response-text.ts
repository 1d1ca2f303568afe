/** Streams the text of a response; characters may be split between chunks. @throws TypeError when it is not UTF-8 */
export async function* textIn(response: Response): AsyncGenerator<string, void> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (;;) {
    const { done, value } = await reader.read();
    yield decoder.decode(value, { stream: !done });
    if (done) return;
  }
}

/** Lines without line ends, independent of the chunks. Empty lines are skipped. */
export async function* linesIn(response: Response): AsyncGenerator<string, void> {
  let rest = '';
  for await (const piece of textIn(response)) {
    const lines = (rest + piece).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield line;
  }
  if (rest.trim() !== '') yield rest;
}
