/** A line for the reader, or for the program that reads our answer. */
export function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** A line about what is going on; never part of an answer. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Runs a tool: an error becomes one line and exit code 1. */
export async function runTool(name: string, tool: () => Promise<number> | number): Promise<void> {
  try {
    process.exitCode = await tool();
  } catch (error) {
    note(`${name}: ${messageOf(error)}`);
    process.exitCode = 1;
  }
}
