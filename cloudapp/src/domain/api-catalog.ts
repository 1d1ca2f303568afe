/** The part of the contract between app and gateway that is NACSIS-CAT: records, holdings, members, and how they are looked for. */
import Type, { type Static } from 'typebox';
import { literals, texts } from './api-schema';
import { LINK_RELATIONS } from './catalog';
import { CATALOG_FILES } from './catalog-files';

const ServiceFlagSchema = literals(['A', 'C', 'N', 'unknown']);
export const MemberSchema = Type.Object({
  memberId: Type.String(),
  name: Type.String(),
  ...texts([
    'nameReading',
    'abbreviation',
    'region',
    'establisher',
    'institutionType',
    'copyVia',
    'loanVia',
    'loanPeriod',
    'zip',
    'address',
    'tel',
    'fax',
    'email',
    'illDepartment',
    'illStaff',
  ]),
  participates: Type.Boolean(),
  offset: Type.Boolean(),
  service: ServiceFlagSchema,
  copyService: ServiceFlagSchema,
  loanService: ServiceFlagSchema,
  faxService: ServiceFlagSchema,
  policies: Type.Array(Type.String()),
  locations: Type.Array(Type.String()),
});
const CatalogFileSchema = literals([...CATALOG_FILES.book, ...CATALOG_FILES.serial]);
export const CatalogRecordSchema = Type.Object({
  ncid: Type.String(),
  form: literals(['book', 'serial']),
  title: Type.String(),
  /** A record of a reference file: `ncid` is that file's own id, and it has no holdings. */
  file: Type.Optional(CatalogFileSchema),
  ...texts([
    'titleReading',
    'responsibility',
    'edition',
    'place',
    'publisher',
    'year',
    'language',
    'country',
    'issn',
    'numbering',
    'familyId',
  ]),
  isbns: Type.Array(Type.String()),
  subjects: Type.Array(Type.String()),
  notes: Type.Array(Type.String()),
  volumes: Type.Array(Type.Object(texts(['volume', 'isbn']))),
  series: Type.Array(Type.Object({ title: Type.String(), ...texts(['ncid', 'number']) })),
  authors: Type.Array(Type.Object({ name: Type.String(), ...texts(['id']) })),
  links: Type.Optional(
    Type.Array(Type.Object({ relation: literals(LINK_RELATIONS), ncid: Type.String(), ...texts(['title']) })),
  ),
});
export const HoldingSchema = Type.Object({
  id: Type.String(),
  ncid: Type.String(),
  memberId: Type.String(),
  ...texts(['memberName', 'location', 'years', 'volumeRange', 'callNumber']),
  volumes: Type.Array(Type.Object(texts(['volume', 'callNumber', 'registrationNumber']))),
  member: Type.Optional(MemberSchema),
});

export const pageOf = <T extends Parameters<typeof Type.Array>[0]>(item: T) =>
  Type.Object({ total: Type.Integer(), page: Type.Integer(), pageSize: Type.Integer(), items: Type.Array(item) });
/** A page of any list. `total` counts all, not this page. */
export interface Page<T> {
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  readonly items: readonly T[];
}

const page = {
  page: Type.Optional(Type.Integer({ minimum: 1, default: 1 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 20 })),
};
export const CatalogQuerySchema = Type.Object({
  library: Type.String(),
  form: literals(['book', 'serial']),
  /** The file that is searched; without it the union catalogue of this form. */
  file: Type.Optional(CatalogFileSchema),
  ...texts([
    'ncid',
    'isbn',
    'issn',
    'title',
    'fullTitle',
    'titleKey',
    'author',
    'publisher',
    'place',
    'year',
    'country',
    'language',
    'subject',
    'volume',
    'series',
    'parentId',
    'nbn',
    'ndlcn',
    'lccn',
    'coden',
    'ndlpn',
    'familyId',
  ]),
  ...page,
});
export type CatalogQuery = Static<typeof CatalogQuerySchema>;
export const HoldingsQuerySchema = Type.Object({
  library: Type.String(),
  ...texts([
    'memberId',
    'volume',
    'year',
    'location',
    'region',
    'establisher',
    'institutionType',
    'participates',
    'service',
    'copyService',
    'loanService',
    'faxService',
    'offset',
  ]),
  ...page,
});
export type HoldingsQuery = Static<typeof HoldingsQuerySchema>;
export const MembersQuerySchema = Type.Object({
  library: Type.String(),
  ...texts(['memberId', 'name', 'region', 'establisher', 'institutionType', 'service', 'copyService', 'loanService']),
  ...page,
});
export type MembersQuery = Static<typeof MembersQuerySchema>;
