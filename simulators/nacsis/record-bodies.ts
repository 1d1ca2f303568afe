import { encodeRecord, text } from '#catp/record';
import type { Write } from './service/result-pages';
import { ID_WIRE } from './ill/command-body';

/** Bodies that stand in the place of what certain ILL records should look like, for those who want to see what a client makes of them. */
export class RecordBodies {
  private readonly byId = new Map<string, string>();

  /** From now on the record is sent so where it is searched for; what it is found by, and the answers to commands, stay as they are. */
  put(id: string, body: string): void {
    this.byId.set(id, body);
  }

  remove(id: string): void {
    this.byId.delete(id);
  }

  clear(): void {
    this.byId.clear();
  }

  readonly write: Write = ({ record }) => this.byId.get(text(record, ID_WIRE) ?? '') ?? encodeRecord(record);
}
