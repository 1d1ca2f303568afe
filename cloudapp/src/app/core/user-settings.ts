import { FORMS, type Form } from '../../domain/catalog/catalog-files';
import { KINDS, type Kind } from '../../domain/ill/kinds';
import { NO_FILTER, readFilter, type HoldingFilter } from './holding-filter';
import { LANGUAGES, type Language } from './language';
import { DEFAULT_CHOICES, readChoices, type ListChoices } from './list-choices';
import { readLooks, type Looks } from './look';
import { objectOf } from './unknown-json';

/** Columns of the holdings table at full screen, in order; the name is always shown. */
export const HOLDING_COLUMNS = [
  'region',
  'extent',
  'location',
  'callNumber',
  'copyService',
  'loanService',
  'faxService',
  'offset',
  'charges',
  'asked',
  'establisher',
  'institutionType',
  'memberId',
] as const;
export type HoldingColumn = (typeof HOLDING_COLUMNS)[number];

export type Kinds = { readonly [form in Form]?: Kind };

/** Choices of the user, preselected next time; stored in Alma's SETTINGS. Wire values; '' = no choice yet. */
export interface UserSettings {
  readonly version: 1;
  /** Code of the resource sharing library. */
  readonly library: string;
  /** The last kind chosen for each form of material; absent where the material decides. */
  readonly kinds: Kinds;
  readonly payment: string;
  readonly copyType: string;
  readonly sendingMethod: string;
  /** True to order without the confirmation dialog. */
  readonly skipConfirm: boolean;
  /** True to start with an empty list of lenders instead of the proposal. */
  readonly noProposal: boolean;
  /** True to show the names of CATP beside the labels of the order form. */
  readonly catpNames: boolean;
  /** '' = Alma's language. */
  readonly language: Language | '';
  readonly filter: HoldingFilter;
  readonly columns: readonly HoldingColumn[];
  /** View options of the work list. */
  readonly list: ListChoices;
  /** When the user last viewed the work list of each library. */
  readonly looks: Looks;
}

export const DEFAULT_USER: UserSettings = {
  version: 1,
  library: '',
  kinds: {},
  payment: '',
  copyType: '',
  sendingMethod: '',
  skipConfirm: false,
  noProposal: false,
  catpNames: false,
  language: '',
  filter: NO_FILTER,
  columns: ['region', 'extent', 'location', 'copyService', 'loanService', 'offset', 'charges'],
  list: DEFAULT_CHOICES,
  looks: {},
};

/** Reads the stored choices. Never fails: unreadable choices count as not made. */
export function readUser(raw: unknown): UserSettings {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return DEFAULT_USER;
  const stored = raw as Readonly<Record<string, unknown>>;
  if (stored['version'] !== 1) return DEFAULT_USER;
  const text = (name: keyof UserSettings): string => {
    const value = stored[name];
    return typeof value === 'string' && value.length <= 100 ? value : '';
  };
  return {
    version: 1,
    library: text('library'),
    kinds: kindsFrom(stored['kinds']),
    payment: text('payment'),
    copyType: text('copyType'),
    sendingMethod: text('sendingMethod'),
    skipConfirm: stored['skipConfirm'] === true,
    noProposal: stored['noProposal'] === true,
    catpNames: stored['catpNames'] === true,
    language: LANGUAGES.find((language) => language === stored['language']) ?? '',
    filter: readFilter(stored['filter']),
    columns: columnsFrom(stored['columns']),
    list: readChoices(stored['list']),
    looks: readLooks(stored['looks']),
  };
}

function kindsFrom(raw: unknown): Kinds {
  const stored = objectOf(raw);
  const known = FORMS.flatMap((form) => {
    const kind = KINDS.find((each) => each === stored[form]);
    return kind === undefined ? [] : [[form, kind] as const];
  });
  return Object.fromEntries(known);
}

function columnsFrom(raw: unknown): readonly HoldingColumn[] {
  return Array.isArray(raw) ? HOLDING_COLUMNS.filter((column) => raw.includes(column)) : DEFAULT_USER.columns;
}
