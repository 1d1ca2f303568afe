import type { CatpRecord } from '#catp/types';
import type { Command } from '#domain/ill/commands';
import { today, type Clock } from '#domain/ill/dates';
import type { Kind, Side } from '#domain/ill/kinds';
import type { Refusal } from '#domain/errors';
import { stepFor, type Mode } from '#domain/ill/machine';
import { NEW_RECORD, situationOf, type RequestFields, type Situation } from '#domain/ill/request';
import type { Transition } from '#domain/ill/transitions';
import { stateSpec } from '#domain/ill/states';
import { checkComment, checkFields, merge, missingFor } from '#domain/ill/validation';
import type { MemberDirectory } from '../member-directory';
import { Refused, refuseFields } from '../refused';
import { readCommandBody, type CommandBody } from './command-body';
import { after } from './effects';
import type { RequestStore } from './request-store';
import { Rota } from './rota';
import { isVisible, type StoredRequest } from './stored-request';

interface IllCall {
  /** The library that is logged in. */
  readonly library: string;
  readonly kind: Kind;
  readonly side: Side;
  readonly command: Command;
  readonly body: CatpRecord;
}

interface EngineParts {
  readonly members: MemberDirectory;
  readonly requests: RequestStore;
  readonly mode: Mode;
  readonly clock: Clock;
  readonly settlementLock: boolean;
}

/** Runs ILL commands on the requests. Throws `Refused` before it changes anything. */
export class IllEngine {
  constructor(private readonly parts: EngineParts) {}

  /** Runs the command and returns the updated request. */
  perform(call: IllCall): StoredRequest {
    const body = readCommandBody(call.body);
    const before = body.id === undefined ? undefined : this.visible(call, body.id);
    const rota = new Rota(this.parts.members, call.kind);
    const edge = this.edgeFor(call, before, rota);
    const day = today(this.parts.clock);
    if (
      before &&
      this.parts.settlementLock &&
      call.command === 'CALLBACK' &&
      isSettled(before, this.parts.members, day)
    ) {
      throw new Refused('notAllowedNow', 'settled');
    }
    const merged = this.mergedFields(call, edge, before, body);
    if (call.command === 'ORDER') refuseIfAny(rota.check(merged.lenders ?? []));
    const entry = after({ ...call, edge, before, merged, comment: body.comment, day, rota }, this.parts);
    this.parts.requests.put(entry);
    return entry;
  }

  private visible({ library, kind, side }: IllCall, id: string): StoredRequest {
    const found = this.parts.requests.find(id);
    if (found === undefined || found.request.kind !== kind || !isVisible(found, library, side))
      throw new Refused('noSuchRecord', 'no such record here');
    return found;
  }

  private edgeFor({ kind, side, command }: IllCall, before: StoredRequest | undefined, rota: Rota): Transition {
    const step = stepFor(before ? situation(before, rota) : NEW_RECORD(kind), side, command, this.parts.mode);
    if (step.allowed) return step.edge;
    if (before === undefined && step.refusal !== 'not-this-side')
      throw new Refused('badRequest', `${command} needs the ID of a record`);
    throw refuseStep(step.refusal);
  }

  private mergedFields(
    { kind, side }: IllCall,
    edge: Transition,
    before: StoredRequest | undefined,
    body: CommandBody,
  ): RequestFields {
    const preparing = before === undefined || before.request.state === 'PREPARING';
    refuseIfAny([...checkFields(body.fields, { kind, side, preparing }), ...checkComment(body.comment)]);
    const merged = merge(before?.request.fields ?? {}, body.fields);
    refuseIfAny(missingFor(edge, merged, body.comment));
    return merged;
  }
}

/**
 * The situation of a stored request. Whether a candidate remains depends on the current member records and the position
 * in the list.
 */
function situation(before: StoredRequest, rota: Rota): Situation {
  const { next } = rota.walk(before.request.fields.lenders ?? [], before.active);
  return { ...situationOf(before.request), candidateRemains: next !== undefined };
}

function refuseIfAny(errors: Parameters<typeof refuseFields>[0]): void {
  if (errors.length > 0) throw refuseFields(errors);
}

function refuseStep(refusal: Refusal): Refused {
  return new Refused(refusal === 'not-this-side' ? 'wrongRole' : 'notAllowedNow', refusal);
}

/**
 * True when the charges of a finished request are settled: both sides use the offset service, the total is at least 1
 * yen, and the month of the last command is over (OFF-tgt). Such a request cannot be called back (M7-6_13).
 * @unconfirmed I: A settled copy (確認) cannot be called back either, as a settled loan cannot. Confirm: call back a settled copy of last month.
 */
function isSettled({ request }: StoredRequest, members: MemberDirectory, today: string): boolean {
  const { borrowerId = '', lenderId = '', total = '0', updatedOn = '' } = request.fields;
  if (request.state === null || !stateSpec(request.state).final || request.state === 'CANCELLED') return false;
  const bothInOffset = [borrowerId, lenderId].every((id) => members.find(id)?.offset === true);
  return bothInOffset && Number(total) >= 1 && updatedOn.slice(0, 6) < today.slice(0, 6);
}
