import { Injectable, signal } from '@angular/core';
import type { Tariff } from '../../domain/api/profile';
import type { Action } from '../../domain/ill/commands';
import type { Kind } from '../../domain/ill/kinds';
import type { Typed } from '../actions/action-steps';
import { draftFrom, pricedBy, type ChargeDraft } from '../actions/charge-draft';
import type { RunRow } from './batch-plan';

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

  /** Takes refused rows back into the form, with what was sent. */
  takeBack(failed: readonly RunRow[]): void {
    for (const { row, params } of failed) {
      const { comment: _comment, ...fields } = params;
      if (fields.total !== undefined && this.of(row.id).charges === undefined)
        this.type(row.id, { charges: draftFrom(fields) });
      if (fields.dueDate !== undefined) this.type(row.id, { dueDate: fields.dueDate });
    }
    this.refused.set(new Map(failed.map((each) => [each.row.id, each])));
  }

  clear(): void {
    this.forms.set({});
    this.rows.set(new Map());
    this.refused.set(new Map());
  }
}
