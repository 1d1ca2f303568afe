import { text } from '#catp/record';
import type { Write } from './service/result-pages';
import { transferred } from './service/transfer';
import { ID_WIRE } from './ill/command-body';

/** Replacement bodies for certain ILL records, to test how a client handles them. */
export class RecordBodies {
  private readonly byId = new Map<string, string>();

  /**
   * Makes search results contain this body instead of the record. Search keys and answers to commands do not change.
   */
  put(id: string, body: string): void {
    this.byId.set(id, body);
  }

  remove(id: string): void {
    this.byId.delete(id);
  }

  clear(): void {
    this.byId.clear();
  }

  readonly write: Write = (hit, type) => this.byId.get(text(hit.record, ID_WIRE) ?? '') ?? transferred(hit, type);
}
