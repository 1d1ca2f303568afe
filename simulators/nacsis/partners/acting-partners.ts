import { recordOf } from '#catp/ill-record';
import { today } from '#domain/ill/dates';
import { otherSide, type Side } from '#domain/ill/kinds';
import type { IllRequest } from '#domain/ill/request';
import { stateSpec } from '#domain/ill/states';
import { PARTNER_SCRIPTS, type PartnerScript } from '../../scenarios';
import type { StoredRequest } from '../ill/stored-request';
import { Refused } from '../refused';
import { commandContent } from '../seed/command-content';
import type { NacsisWorld } from '../world';
import { nextStep, STRAIGHT, type PartnerStep } from './partner-scripts';

const PACE_MS = 3000;
const TICK_MS = 500;

/** A running script. Each step follows the given number of seconds after the previous step of either side. */
interface Playing {
  readonly script: PartnerScript;
  readonly afterSeconds: number;
}
interface PartnersOptions {
  /** True when every library acts in its own way, from the start and after a reset. */
  readonly isMixed?: boolean;
  /** Milliseconds that a library waits before each step when the libraries act as a mixture. */
  readonly paceMs?: number | undefined;
}

/** Acts for the other libraries: automatically as a mixture, automatically by a requested script, or step by step. */
export class ActingPartners {
  private isMixed = false;
  private readonly paceMs: number;
  private readonly forAll = new Map<Side, Playing>();
  private readonly forOne = new Map<string, Playing>();
  /**
   * History length of each request that existed when a script for all requests started. The script ignores such a
   * request until someone acts on it.
   */
  private untouched: ReadonlyMap<string, number> = new Map();
  /** History length of each request and the time in milliseconds when that length was first seen. */
  private readonly seen = new Map<string, { readonly entries: number; readonly at: number }>();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly world: NacsisWorld,
    private readonly options: PartnersOptions = {},
  ) {
    this.paceMs = options.paceMs ?? PACE_MS;
    this.reset();
    this.timer = setInterval(
      () => {
        this.tick();
      },
      Math.min(this.paceMs, TICK_MS),
    );
    this.timer.unref();
  }

  /** Restores the state after the start. */
  reset(): void {
    this.clear();
    this.isMixed = this.options.isMixed === true;
    this.untouched = this.entriesNow();
  }

  /** Stops all automatic actions. */
  clear(): void {
    this.isMixed = false;
    this.forAll.clear();
    this.forOne.clear();
    this.seen.clear();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /**
   * From now on, plays the script for every request of the first library in which the other library is on the script's
   * side. Leaves an existing request alone until someone acts on it.
   */
  playForAll(playing: Playing): void {
    this.forAll.set(PARTNER_SCRIPTS[playing.script].side, playing);
    this.untouched = this.entriesNow();
  }

  /**
   * Plays the script for this request instead of any other script, even before someone acts on the request. Throws a
   * TypeError when the other library is not on the script's side.
   */
  playFor(id: string, playing: Playing): void {
    const { request } = this.known(id);
    this.checkSide(request, playing.script);
    this.forOne.set(id, playing);
    this.seen.set(id, { entries: request.history.length, at: performance.now() });
  }

  running(): object {
    return {
      mixture: this.isMixed,
      all: [...this.forAll.values()],
      requests: [...this.forOne].map(([id, playing]) => ({ id, ...playing })),
    };
  }

  /**
   * Takes the other library's next step at once: from the given script, otherwise from the script that runs for the
   * request, otherwise from the straight script. Returns the updated request, or undefined when the other library has
   * nothing to do. Throws a TypeError, or `Refused` when NACSIS-ILL refuses the step.
   */
  step(id: string, script?: PartnerScript): StoredRequest | undefined {
    const { request } = this.known(id);
    const side = this.sideOf(request);
    if (script !== undefined) this.checkSide(request, script);
    const step = nextStep(script ?? this.playingOf(request, side)?.script ?? STRAIGHT[side], request);
    return step === undefined ? undefined : this.perform(request, side, step);
  }

  private tick(): void {
    for (const id of this.forOne.keys()) this.actIfDue(this.world.requests.find(id)?.request);
    if (!this.isMixed && this.forAll.size === 0) return;
    const library = this.world.firstLibrary;
    for (const side of ['borrower', 'lender'] as const) {
      for (const { request } of this.world.requests.visibleTo(library, side)) {
        const isTouched = this.untouched.get(request.id) !== request.history.length;
        if (isTouched && !this.forOne.has(request.id)) this.actIfDue(request);
      }
    }
  }

  private actIfDue(request: IllRequest | undefined): void {
    if (request === undefined) return;
    const side = this.sideOf(request);
    const playing = this.playingOf(request, side);
    const step = playing && nextStep(playing.script, request);
    if (playing === undefined || step === undefined) return;
    const waited = performance.now() - this.sinceOf(request);
    if (waited < playing.afterSeconds * 1000 * (step.patience ?? 1)) return;
    try {
      this.perform(request, side, step);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }

  private playingOf(request: IllRequest, side: Side): Playing | undefined {
    const asked = this.forOne.get(request.id) ?? this.forAll.get(side);
    if (asked !== undefined || !this.isMixed) return asked;
    return { script: ownWay(request, side), afterSeconds: this.paceMs / 1000 };
  }

  /** The time of the request's last change. */
  private sinceOf({ id, history }: IllRequest): number {
    const before = this.seen.get(id);
    if (before?.entries === history.length) return before.at;
    const at = performance.now();
    this.seen.set(id, { entries: history.length, at });
    return at;
  }

  private perform(request: IllRequest, side: Side, step: PartnerStep): StoredRequest {
    const library = side === 'borrower' ? request.fields.borrowerId : request.fields.lenderId;
    const { id, kind, state } = request;
    const { comment, ...content } = commandContent(step.command, state, kind, today(this.world.clock));
    const body = recordOf({ id, ...content, ...step.fields }, step.comment ?? comment);
    return this.world.engine.perform({ library: library ?? '', kind, side, command: step.command, body });
  }

  /**
   * Returns the side of the other library, opposite the first library. For a request between two other libraries,
   * returns the side that must act.
   */
  private sideOf({ fields, state }: IllRequest): Side {
    const { firstLibrary } = this.world;
    if (fields.borrowerId === firstLibrary) return 'lender';
    if (fields.lenderId === firstLibrary) return 'borrower';
    return (state === null ? null : stateSpec(state).mustAct) ?? 'lender';
  }

  private checkSide(request: IllRequest, script: PartnerScript): void {
    const { side } = PARTNER_SCRIPTS[script];
    if (this.sideOf(request) !== side)
      throw new TypeError(`${script} is for a ${side}; of ${request.id} the other library is the ${otherSide(side)}`);
  }

  private known(id: string): StoredRequest {
    const found = this.world.requests.find(id);
    if (found === undefined) throw new TypeError(`there is no record ${id}`);
    return found;
  }

  private entriesNow(): ReadonlyMap<string, number> {
    return new Map(this.world.requests.all().map(({ request }) => [request.id, request.history.length]));
  }
}

const LENDERS_OWN = ['inquires', 'refuses', 'ships-late'] as const;
const BORROWERS_OWN = ['claims', 'asks-for-renewal'] as const;

/** Returns the script that a library always plays in the mixture. Most libraries play the straight script. */
function ownWay({ fields }: IllRequest, side: Side): PartnerScript {
  const number = Number((side === 'lender' ? fields.lenderId : fields.borrowerId)?.slice(4, 7));
  const own: readonly PartnerScript[] = side === 'lender' ? LENDERS_OWN : BORROWERS_OWN;
  return (number % 3 === 0 ? own[(number / 3) % own.length] : undefined) ?? STRAIGHT[side];
}
