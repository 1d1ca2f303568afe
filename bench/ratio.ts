/** Number of runs of a measurement. The warm-up runs are not counted. */
interface Rounds {
  readonly warmUp: number;
  readonly runs: number;
}

/**
 * Returns the median time of the work over many, divided by the median time of the work over few. Alternates between
 * both, so that a busy machine slows both.
 */
export async function ratioOf<Place>(
  work: (place: Place) => Promise<void>,
  few: Place,
  many: Place,
  { warmUp, runs }: Rounds,
): Promise<number> {
  const times: readonly [number[], number[]] = [[], []];
  for (let run = 0; run < warmUp + runs; run += 1)
    for (const [at, place] of [few, many].entries()) {
      const begun = performance.now();
      await work(place);
      if (run >= warmUp) times[at]?.push(performance.now() - begun);
    }
  return median(times[1]) / median(times[0]);
}

/** Prints the ratio with its limit. Returns true when it is within the limit. */
export function judged(what: string, ratio: number, limit?: number): boolean {
  const isGood = limit === undefined || ratio <= limit;
  const told = limit === undefined ? 'no limit' : `at most ${String(limit)}`;
  tell(`${what} = ${ratio.toFixed(2)} (${told})${isGood ? '' : ' TOO SLOW'}`);
  return isGood;
}

export function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? NaN;
}
