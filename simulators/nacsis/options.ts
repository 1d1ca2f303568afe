import type { CatpRecord } from '#catp/types';
import type { Clock } from '#domain/ill/dates';
import type { Mode } from '#domain/ill/machine';

/** Options of a NACSIS-ILL simulator. All are optional. */
export interface NacsisSimulatorOptions {
  /** Folder for members, requests and numbering. Nothing is stored without it. */
  readonly dataFolder?: string;
  /** Members in addition to the seeded ones, in the form of the member file (`FANO` or `ID`, then MEMBER fields). */
  readonly members?: readonly CatpRecord[];
  /** Default: lenient. */
  readonly mode?: Mode;
  /** Source of the current day in Asia/Tokyo. */
  readonly clock?: Clock;
  /** Idle time after which a handle expires, in milliseconds. Default: never. */
  readonly handleIdleMs?: number;
  /**
   * Refuses CALLBACK from 確認 and 返却確認 once the month of the last command is over, when both libraries are members
   * of the charge offset service (M7-6_13). Default: off.
   */
  readonly settlementLock?: boolean;
  /** Makes the other libraries answer the requests of the first library automatically. Default: off. */
  readonly partners?: boolean;
  /** Milliseconds between two steps of the acting partners. Default: 3,000. */
  readonly partnerPaceMs?: number;
}
