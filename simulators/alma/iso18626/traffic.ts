import { FaultList } from '../../shared/fault-list';
import type { Side } from '../model';
import type { IsoFault } from './faults';
import { MessageLog } from './message-log';
import type { IsoLink, IsoPartner } from './partners';

/** A message that Alma sends, written. */
export interface WrittenMessage {
  readonly partner: IsoPartner;
  readonly side: Side;
  readonly requestId: string;
  readonly externalId: string;
  readonly name: string;
  readonly body: string;
  /** Number of the logged message that this one repeats. */
  readonly repeats?: number;
}

/** What Alma knows about its ISO 18626 partners and the messages to and from them. */
export class IsoTraffic {
  readonly faults = new FaultList<IsoFault>();
  readonly log: MessageLog;
  /** Messages that a fault holds until the next one is sent. A restart forgets them. */
  held: readonly WrittenMessage[] = [];
  private links: readonly IsoLink[];
  private lastStamp = 0;

  constructor(
    links: readonly IsoLink[],
    folder: string | undefined,
    private readonly now: () => number,
    private readonly changed: () => void,
  ) {
    this.links = links;
    this.log = new MessageLog(folder);
  }

  /** The links survive a reset, because the stack enters them once. */
  all(): readonly IsoLink[] {
    return this.links;
  }

  /** Adds a link, or replaces that of the same library. */
  save(link: IsoLink): void {
    const others = this.links.filter(
      ({ institution, library }) => institution !== link.institution || library !== link.library,
    );
    this.links = [...others, link];
    this.changed();
  }

  /** Time of a message: milliseconds and `Z`, never the same twice. */
  timestamp(): string {
    this.lastStamp = Math.max(this.now(), this.lastStamp + 1);
    return new Date(this.lastStamp).toISOString();
  }

  reset(): void {
    this.faults.clear();
    this.log.clear();
    this.held = [];
  }
}
