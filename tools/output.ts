/** Prints a line of the result, for a reader or a calling program. */
export function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** Prints a progress message, which is never part of the result. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Runs a tool. An error becomes one line and exit code 1. */
export async function runTool(name: string, tool: () => Promise<number> | number): Promise<void> {
  try {
    process.exitCode = await tool();
  } catch (error) {
    note(`${name}: ${messageOf(error)}`);
    process.exitCode = 1;
  }
}
