import { setTimeout } from 'node:timers/promises';
import type { Member } from '#domain/catalog/catalog';
import type { Kind } from '#domain/ill/kinds';
import type { Refusal } from '#domain/errors';
import type { Mode } from '#domain/ill/machine';
import { servingOf } from '#domain/ill/member';
import { candidatesAfterActive, type Lender } from '#domain/ill/request';
import { GatewayError } from '../gateway-error';
import { NacsisError, type NacsisAccount, type NacsisPort } from '../nacsis/port';
import type { StoredRequest } from '../store/requests-store';
import { viewOf } from './view';

/** Milliseconds that a view waits for the member directory. */
const PATIENCE_MS = 3_000;
const REASON: Refusal = 'no-candidate-serves';

/**
 * Checks whether a remaining candidate can take a request that the borrower forwards (照会). NACSIS-ILL skips candidates
 * that have stopped their service, and refuses when none is left (dossier 3.1). Member records come from the
 * directory's cache; before a refusal they are read again. When they cannot be read FORWARD stays possible, and
 * NACSIS-ILL decides.
 */
export class ForwardCheck {
  constructor(
    private readonly nacsis: Pick<NacsisPort, 'members'>,
    private readonly patienceMs: number = PATIENCE_MS,
  ) {}

  /** For a view: false when no candidate serves; undefined when nothing depends on it or the answer is late. */
  async candidateServes(account: NacsisAccount, row: StoredRequest): Promise<boolean | undefined> {
    if (!dependsOnCandidates(row)) return undefined;
    const ended = new AbortController();
    const late = setTimeout(this.patienceMs, undefined, { signal: ended.signal }).catch(() => undefined);
    return Promise.race([this.#asked(account, row), late]).finally(() => {
      ended.abort();
    });
  }

  /** Checks a request before FORWARD is sent. Throws `action-not-allowed` with the request when no candidate serves. */
  async mustServe(account: NacsisAccount, row: StoredRequest, mode: Mode): Promise<void> {
    if (dependsOnCandidates(row) && (await this.#asked(account, row)) === false) throw refused(row, mode);
  }

  /**
   * For a FORWARD that NACSIS-ILL refused although the record has not changed: returns a specific refusal when no
   * candidate serves now, else `refusal`.
   */
  async whyRefused(
    account: NacsisAccount,
    row: StoredRequest,
    mode: Mode,
    refusal: GatewayError,
  ): Promise<GatewayError> {
    const serves = await this.#serve(account, row, true).catch(notKnown);
    return serves === false ? refused(row, mode, refusal) : refusal;
  }

  #asked(account: NacsisAccount, row: StoredRequest): Promise<boolean | undefined> {
    return this.#serve(account, row, false)
      .then((serves) => serves || this.#serve(account, row, true))
      .catch(notKnown);
  }

  async #serve(account: NacsisAccount, { kind, record }: StoredRequest, fresh: boolean): Promise<boolean> {
    const candidates = candidatesAfterActive(record.fields);
    const ids = [...new Set(candidates.map(({ memberId }) => memberId))];
    const members = await this.nacsis.members(account, ids, { fresh });
    return candidates.some((candidate) => mayServe(candidate, kind, members));
  }
}

function dependsOnCandidates({ side, state, delivered, record }: StoredRequest): boolean {
  return side === 'borrower' && state === 'INQUIRY' && delivered && candidatesAfterActive(record.fields).length > 0;
}

/** An unclear member record is left to NACSIS-ILL; a member missing from the directory is skipped. */
function mayServe({ memberId }: Lender, kind: Kind, members: ReadonlyMap<string, Member>): boolean {
  const member = members.get(memberId);
  if (member === undefined) return false;
  const serving = servingOf(member, kind);
  return serving.serves || serving.reason === 'flag-unknown';
}

function refused(row: StoredRequest, mode: Mode, cause?: GatewayError): GatewayError {
  const details = { ...cause?.details, reason: REASON, request: viewOf(row, mode, false) };
  return new GatewayError('action-not-allowed', details, { cause });
}

function notKnown(error: unknown): undefined {
  if (!(error instanceof NacsisError)) throw error;
  return undefined;
}
