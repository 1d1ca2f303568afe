import { Injectable, signal } from '@angular/core';
import type { Tariff } from '../../domain/api/profile';
import type { Action } from '../../domain/ill/commands';
import type { Kind } from '../../domain/ill/kinds';
import type { Typed } from '../actions/action-steps';
import { draftFrom, pricedBy, type ChargeDraft } from '../actions/charge-draft';
import type { Params, RunRow } from './batch-plan';

/** What is typed for one row. Absent parts follow the tariff and the date of the form. */
export interface RowInput {
  readonly charges?: ChargeDraft;
  /** yyyyMMdd; '' when the proposed date was removed. */
  readonly dueDate?: string;
}

/**
 * What is typed into the forms of a batch. Lives as long as the page, so that nothing is lost while rows come and go,
 * another action is looked at, or refused rows return to the form.
 */
@Injectable()
export class BatchInputStore {
  private readonly forms = signal<Partial<Record<Action, Typed>>>({});
  private readonly rows = signal<ReadonlyMap<string, RowInput>>(new Map());
  /** The chosen tariff; while a kind has none, its sole tariff applies. */
  readonly tariffs = signal<Partial<Record<Kind, Tariff>>>({});
  /** The refused rows that returned to the form, by id. */
  readonly refused = signal<ReadonlyMap<string, RunRow>>(new Map());

  typedFor(action: Action): Typed {
    return this.forms()[action] ?? {};
  }

  keep(action: Action, typed: Typed): void {
    this.forms.update((forms) => ({ ...forms, [action]: typed }));
  }

  of(id: string): RowInput {
    return this.rows().get(id) ?? {};
  }

  type(id: string, input: RowInput): void {
    this.rows.update((rows) => new Map(rows).set(id, { ...rows.get(id), ...input }));
  }

  /** Sets the prices of these rows; what was typed as quantity stays. */
  price(kind: Kind, tariff: Tariff, ids: readonly string[]): void {
    this.tariffs.update((tariffs) => ({ ...tariffs, [kind]: tariff }));
    for (const id of ids) {
      const { charges } = this.of(id);
      if (charges !== undefined) this.type(id, { charges: pricedBy(tariff, charges) });
    }
  }

  /** Takes refused rows back into the form. On a new page, they bring with them what was sent. */
  takeBack(action: Action, failed: readonly RunRow[]): void {
    if (this.forms()[action] === undefined) {
      const [first] = failed;
      // The comment of a renewal begins with the wished date, which has a field of its own.
      if (first !== undefined && action !== 'renew') this.keep(action, commonOf(first.params));
      if (action === 'ship') for (const { row, params } of failed) this.type(row.id, ownOf(params));
    }
    this.refused.set(new Map(failed.map((each) => [each.row.id, each])));
  }

  clear(): void {
    this.forms.set({});
    this.rows.set(new Map());
    this.refused.set(new Map());
  }
}

/** The texts of the form for all rows. It ignores what it does not ask for. */
function commonOf({ dueDate: _dueDate, ...params }: Params): Typed {
  const texts = Object.entries(params).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(texts);
}

function ownOf({ comment: _comment, ...fields }: Params): RowInput {
  return {
    ...(fields.total !== undefined && { charges: draftFrom(fields) }),
    ...(fields.dueDate !== undefined && { dueDate: fields.dueDate }),
  };
}
