import type { BackDoor } from '../support/back-door';
import type { ModelKind } from './ill-model';

/**
 * The flags of a member record that decide whether the member can be asked: STAT for both kinds, COPYS and LOANS for
 * one kind each.
 */
export const SWITCHES = ['STAT', 'COPYS', 'LOANS'] as const;
export type Switch = (typeof SWITCHES)[number];
/** OWN_SWITCH is the flag that decides for the kind, OTHER_SWITCH the flag that must not decide. */
export const OWN_SWITCH: Readonly<Record<ModelKind, Switch>> = { copy: 'COPYS', loan: 'LOANS' };
export const OTHER_SWITCH: Readonly<Record<ModelKind, Switch>> = { copy: 'LOANS', loan: 'COPYS' };

/** Suspends and resumes services of lenders. */
export class Services {
  /** The members that have turned off each flag. */
  private readonly off: Readonly<Record<Switch, Set<string>>> = { STAT: new Set(), COPYS: new Set(), LOANS: new Set() };

  constructor(
    private readonly backDoor: BackDoor,
    private readonly kind: ModelKind,
  ) {}

  /** True when the member accepts requests of this kind now. */
  readonly serves = (memberId: string): boolean =>
    !this.off.STAT.has(memberId) && !this.off[OWN_SWITCH[this.kind]].has(memberId);

  /** Toggles the flag. */
  async turn(memberId: string, flag: Switch): Promise<void> {
    const isOff = this.off[flag].has(memberId);
    await this.backDoor.changeMember(memberId, { [flag]: isOff ? 'A' : 'N' });
    if (isOff) this.off[flag].delete(memberId);
    else this.off[flag].add(memberId);
  }

  /** Restores all flags. */
  async restore(): Promise<void> {
    for (const flag of SWITCHES) for (const memberId of [...this.off[flag]]) await this.turn(memberId, flag);
  }
}
