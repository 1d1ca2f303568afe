import { recordOf } from '#catp/ill-record';
import { today } from '#domain/dates';
import { otherSide, type Side } from '#domain/kinds';
import type { IllRequest } from '#domain/request';
import { stateSpec } from '#domain/states';
import { PARTNER_SCRIPTS, type PartnerScript } from '../../scenarios';
import type { StoredRequest } from '../ill/stored-request';
import { Refused } from '../refused';
import { commandContent } from '../seed/command-content';
import type { NacsisWorld } from '../world';
import { nextStep, STRAIGHT, type PartnerStep } from './partner-scripts';

const PACE_MS = 3000;
const TICK_MS = 500;

/** A script at work: each of its steps comes so many seconds after the one before, of whichever side. */
export interface Playing {
  readonly script: PartnerScript;
  readonly afterSeconds: number;
}
export interface PartnersOptions {
  /** From the start on, and after a reset: every library in its own way. */
  readonly isMixed?: boolean;
  /** Milliseconds that the libraries of the mixture take for a step. */
  readonly paceMs?: number | undefined;
}

/** The other libraries, as far as they act: by themselves in a mixture, by the script that was asked for, or step by step. */
export class ActingPartners {
  private isMixed = false;
  private readonly paceMs: number;
  private readonly forAll = new Map<Side, Playing>();
  private readonly forOne = new Map<string, Playing>();
  /** Entries of the history of what was there when a script for all began: it leaves these alone until somebody acts on them. */
  private untouched: ReadonlyMap<string, number> = new Map();
  /** When a request was first seen with so many entries, in milliseconds. */
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

  /** As after the start. */
  reset(): void {
    this.clear();
    this.isMixed = this.options.isMixed === true;
    this.untouched = this.entriesNow();
  }

  /** Nobody acts by himself any more. */
  clear(): void {
    this.isMixed = false;
    this.forAll.clear();
    this.forOne.clear();
    this.seen.clear();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** For every request that the first library deals with from now on, where the script's side is the other library's. */
  playForAll(playing: Playing): void {
    this.forAll.set(PARTNER_SCRIPTS[playing.script].side, playing);
    this.untouched = this.entriesNow();
  }

  /** For this request, whatever it was before. Throws a TypeError when the other library is on the other side of it. */
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
   * The next step of the other library, now: of this script, of the one that is at work on the request, or straight on. Answers the
   * request after it; undefined when the other library has nothing to do. Throws a TypeError, or `Refused` when NACSIS-ILL refuses it.
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

  /** Since when the request has been as it is. */
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

  /** The side that the first library is not on; of a request of others, the one that must act. */
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

/** The way of a library in the mixture, always the same: most go straight. */
function ownWay({ fields }: IllRequest, side: Side): PartnerScript {
  const number = Number((side === 'lender' ? fields.lenderId : fields.borrowerId)?.slice(4, 7));
  const own: readonly PartnerScript[] = side === 'lender' ? LENDERS_OWN : BORROWERS_OWN;
  return (number % 3 === 0 ? own[(number / 3) % own.length] : undefined) ?? STRAIGHT[side];
}
