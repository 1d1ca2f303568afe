import type { Institution } from '../model';

/** Alma's record number: 18 digits that end in the institution's suffix. `at` counts from 0. */
export function mmsIdOf(institution: Institution, at: number): string {
  return `99${String(at + 1).padStart(9, '0')}${institution.suffix}`;
}
