import { batchStep } from './batch-step';
import { editStep, killStep, repeatStep } from './key-steps';
import { lostStep } from './lost-step';
import { raceStep } from './race-step';
import type { Step } from './scene';
import { actStep, lookStep, wireStep } from './single-steps';

/** The kinds of steps with their weights. The run decides when to kill. */
export const STEPS = [
  { name: 'act', weight: 30, run: actStep },
  { name: 'wire', weight: 24, run: wireStep },
  { name: 'look', weight: 8, run: lookStep },
  { name: 'race', weight: 12, run: raceStep },
  { name: 'lost', weight: 10, run: lostStep },
  { name: 'repeat', weight: 6, run: repeatStep },
  { name: 'batch', weight: 6, run: batchStep },
  { name: 'edit', weight: 4, run: editStep },
  { name: 'kill', weight: 0, run: killStep },
] as const satisfies readonly { readonly name: string; readonly weight: number; readonly run: Step }[];
