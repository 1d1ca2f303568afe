import type { CatpRecord } from '#catp/types';
import type { Clock } from '#domain/dates';
import type { Mode } from '#domain/machine';

/** How a NACSIS-ILL simulator behaves. Everything may be left out. */
export interface NacsisSimulatorOptions {
  /** Folder that keeps members, requests and numbering; without it nothing is kept. */
  readonly dataFolder?: string;
  /** Members beside the seeded ones, in the shape of the member file (`FANO` or `ID`, then MEMBER fields). */
  readonly members?: readonly CatpRecord[];
  /** Default lenient (design 8). */
  readonly mode?: Mode;
  /** Today in Asia/Tokyo comes from here. */
  readonly clock?: Clock;
  /** A handle that was not used for so long is gone. Default: never. */
  readonly handleIdleMs?: number;
  /** CALLBACK from 確認 and 返却確認 is refused once the month of the last command is over, between two members of the charge offset service (M7-6_13). Default off. */
  readonly settlementLock?: boolean;
  /** Other libraries answer the requests of the first one by themselves. Default off. */
  readonly partners?: boolean;
  /** Milliseconds between two steps of the acting partners. Default 3,000. */
  readonly partnerPaceMs?: number;
}
