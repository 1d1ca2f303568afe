import { citationFields } from '../../../domain/alma/citation';
import type { CatalogRecord, Member } from '../../../domain/catalog/catalog';
import { today, type Clock } from '../../../domain/ill/dates';
import type { Kind } from '../../../domain/ill/kinds';
import { addressLine, staffLine } from '../../../domain/ill/member';
import { composed } from '../../../domain/catalog/printed-text';
import { HOLDING_SOURCE } from '../../../domain/ill/validation';
import type { SourceRecord } from '../../alma/alma-record.service';
import type { InstitutionSettings } from '../../core/institution-settings';
import type { UserSettings } from '../../core/user-settings';
import { TEMPLATE_FIELDS, type OrderField } from './order-fields';

/** Origin of a value that was not typed. Each has the i18n key `create.origin.<origin>`. */
export type Origin =
  'alma-bib' | 'alma-request' | 'nacsis-cat' | 'own-member' | 'institution' | 'last-time' | 'template' | 'today';

export interface Preset {
  readonly value: string;
  readonly origin: Origin;
}
export type Presets = { readonly [name in OrderField]?: Preset };

export interface Known {
  readonly kind: Kind;
  readonly record?: SourceRecord;
  readonly catalogRecord?: CatalogRecord;
  readonly ownMember?: Member;
  readonly institution?: InstitutionSettings;
  readonly user?: UserSettings;
  /** Values of the chosen template, by domain name. */
  readonly template?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
}

/** Initial values of the form. Values that become known later are added; typed values are never overwritten. */
export function presetsFrom(known: Known): Presets {
  return {
    ...bibliographic(known),
    ...applicant(known),
    ...terms(known),
    ...own(known),
    ...fromTemplate(known),
    orderDate: { value: today(known.clock), origin: 'today' },
  };
}

function bibliographic({ kind, record, catalogRecord }: Known): Presets {
  if (record === undefined && catalogRecord === undefined) return {};
  const citation = record?.citation ?? { title: '', isbns: [], series: [], form: catalogRecord?.form ?? 'book' };
  const fields = citationFields(citation, record?.part, catalogRecord);
  const ofAlma: Origin = record?.almaRequest === undefined ? 'alma-bib' : 'alma-request';
  const described: Origin = catalogRecord === undefined ? ofAlma : 'nacsis-cat';
  return {
    ...preset('bibId', fields.bibId, described),
    ...preset('bibNote', fields.bibNote, described),
    ...preset('standardNumber', fields.standardNumber, described),
    ...preset('volume', fields.volume, ofAlma),
    // A book's year comes from its record; the year of a part comes from the request.
    ...preset('year', fields.year, record?.part.year === undefined ? described : ofAlma),
    ...(kind === 'copy' && { ...preset('pages', fields.pages, ofAlma), ...preset('article', fields.article, ofAlma) }),
    ...(catalogRecord !== undefined && {
      ...preset('bibSource', HOLDING_SOURCE, 'nacsis-cat'),
      ...preset('holdingSource', HOLDING_SOURCE, 'nacsis-cat'),
    }),
  };
}

function applicant({ record }: Known): Presets {
  return preset('applicant', record?.applicant, 'alma-request');
}

function terms({ kind, institution, user }: Known): Presets {
  const either = (name: 'payment' | 'copyType' | 'sendingMethod') => ({
    ...preset(name, institution?.[name], 'institution'),
    ...preset(name, user?.[name], 'last-time'),
  });
  return { ...either('payment'), ...either('sendingMethod'), ...(kind === 'copy' && either('copyType')) };
}

function own({ ownMember, institution }: Known): Presets {
  if (ownMember === undefined) return {};
  return {
    ...preset('borrowerStaff', staffLine(ownMember, institution?.staffTemplate), 'own-member'),
    ...preset('borrowerAddress', addressLine(ownMember), 'own-member'),
  };
}

function fromTemplate({ template = {} }: Known): Presets {
  return Object.assign({}, ...TEMPLATE_FIELDS.map((name) => preset(name, template[name], 'template'))) as Presets;
}

function preset(name: OrderField, value: string | undefined, origin: Origin): Presets {
  return value === undefined || value === '' ? {} : { [name]: { value: composed(value), origin } };
}
