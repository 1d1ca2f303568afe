import type { PartnerRecord } from './model';

/** Resource sharing partners by institution and code. */
export class Partners {
  private records: readonly PartnerRecord[];

  constructor(
    records: readonly PartnerRecord[],
    private readonly changed: () => void,
  ) {
    this.records = records;
  }

  of(institution: string): readonly PartnerRecord[] {
    return this.records.filter((record) => record.institution === institution);
  }

  find(institution: string, code: string): PartnerRecord | undefined {
    return this.records.find((record) => record.institution === institution && record.code === code);
  }

  save(record: PartnerRecord): void {
    const known = this.find(record.institution, record.code);
    this.records = known
      ? this.records.map((candidate) => (candidate === known ? record : candidate))
      : [...this.records, record];
    this.changed();
  }

  remove(record: PartnerRecord): void {
    this.records = this.records.filter((candidate) => candidate !== record);
    this.changed();
  }

  replaceAll(records: readonly PartnerRecord[]): void {
    this.records = records;
    this.changed();
  }

  snapshot(): readonly PartnerRecord[] {
    return this.records;
  }
}
