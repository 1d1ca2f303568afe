import { MEMBER_NAMES, memberFrom } from '#catp/member-record';
import { text } from '#catp/record';
import type { CatpRecord } from '#catp/types';
import type { Member } from '#domain/catalog/catalog';

/** The members, both as MEMBER records and as domain objects. */
export class MemberDirectory {
  private readonly byId = new Map<string, { readonly record: CatpRecord; readonly member: Member }>();

  constructor(private readonly changed: () => void = () => undefined) {}

  find(memberId: string): Member | undefined {
    return this.byId.get(memberId)?.member;
  }

  record(memberId: string): CatpRecord | undefined {
    return this.byId.get(memberId)?.record;
  }

  records(): readonly CatpRecord[] {
    return [...this.byId.values()].map(({ record }) => record);
  }

  /** The short name for OMLNM and AMLNM. */
  shortName(memberId: string): string {
    const member = this.find(memberId);
    return member?.abbreviation ?? member?.name ?? memberId;
  }

  put(record: CatpRecord): void {
    const member = memberFrom(record);
    this.byId.set(member.memberId, { record, member });
    this.changed();
  }

  replaceAll(records: readonly CatpRecord[]): void {
    this.byId.clear();
    for (const record of records) this.put(record);
  }
}

/** Applies changes to a record field by field. An empty text or list deletes the field. */
export function patched(record: CatpRecord, changes: CatpRecord): CatpRecord {
  return Object.fromEntries(Object.entries({ ...record, ...changes }).filter(([, value]) => value.length > 0));
}

/** Normalises the name of the id: the member file calls it FANO, MEMBER calls it ID. */
export function memberRecordFrom(record: CatpRecord): CatpRecord {
  const { FANO: _, ...rest } = record;
  return text(record, MEMBER_NAMES.memberId)
    ? record
    : { [MEMBER_NAMES.memberId]: text(record, 'FANO') ?? '', ...rest };
}
