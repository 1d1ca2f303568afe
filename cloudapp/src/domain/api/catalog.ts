/** API contract: NACSIS-CAT records, holdings, members, and their searches. */
import Type, { type Static } from 'typebox';
import { literals, MAX_PAGE, searchedTexts, texts } from './schema';
import { LINK_RELATIONS, RECORD_NUMBERS } from '../catalog/catalog';
import { CATALOG_FILES } from '../catalog/catalog-files';

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
    'abbreviationReading',
    'cataloguing',
    'extension',
    'catDepartment',
    'catTel',
    'catFax',
    'systemDepartment',
    'systemTel',
    'systemFax',
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
  /** The reference file of the record. `ncid` is then the id in that file, and the record has no holdings. */
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
    'physical',
    'createdBy',
  ]),
  numbers: Type.Optional(Type.Array(Type.Object({ kind: literals(RECORD_NUMBERS), value: Type.String() }))),
  variantTitles: Type.Optional(Type.Array(Type.String())),
  contents: Type.Optional(Type.Array(Type.String())),
  classifications: Type.Optional(Type.Array(Type.String())),
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
  Type.Object({
    total: Type.Integer(),
    page: Type.Integer(),
    pageSize: Type.Integer(),
    items: Type.Array(item),
    /**
     * Number of NACSIS-CAT/ILL records that could not be read and are missing from `items`; absent when there are none.
     */
    unreadable: Type.Optional(Type.Integer({ minimum: 1 })),
  });
/** A page of any list. `total` counts the items of all pages, including unreadable ones. */
export interface Page<T> {
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  readonly items: readonly T[];
  readonly unreadable?: number;
}

const page = {
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE, default: 1 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 20 })),
};
export const CatalogQuerySchema = Type.Object({
  library: Type.String(),
  form: literals(['book', 'serial']),
  /** The file to search; the union catalogue of this form when absent. */
  file: Type.Optional(CatalogFileSchema),
  ...searchedTexts([
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
  ...searchedTexts([
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
  ...searchedTexts([
    'memberId',
    'name',
    'region',
    'establisher',
    'institutionType',
    'service',
    'copyService',
    'loanService',
  ]),
  ...page,
});
export type MembersQuery = Static<typeof MembersQuerySchema>;
