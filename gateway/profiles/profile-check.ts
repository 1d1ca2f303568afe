import type { PutProfile, SavedView, Tariff, Template } from '#domain/api/profile';
import { SORTS } from '#domain/api/work-list';
import type { FieldError, FieldErrorCode } from '#domain/errors';
import { isDay } from '#domain/ill/dates';
import { checkText } from '#domain/ill/field-text';
import { CHARGE_PARTS, FIELDS, fieldSpec, PATRON_FIELDS, type ScalarName } from '#domain/ill/fields';
import { KINDS, SIDES } from '#domain/ill/kinds';
import { checkComment, checkScalar } from '#domain/ill/validation';
import { checkMarkFits } from '../commands/mark';
import type { LibraryConfig } from '../config';
import { folded } from '../store/folded-text';
import { checkIntegration } from './integration-check';

/** The faults in what a library wants to share, one entry each. `library`: its configuration. */
export function checkProfile(profile: PutProfile, library: Pick<LibraryConfig, 'iso18626'>): readonly FieldError[] {
  const { templates = [], views = [], tariffs = [], integration } = profile;
  return [
    ...checkTemplates(templates),
    ...checkViews(views),
    ...checkTariffs(tariffs),
    ...checkIntegration(integration, library),
  ];
}

/**
 * Faults of shared templates, one entry each, with paths like `templates[0].values.payment`. A template may hold what
 * the borrower of a new request writes, in a form that may be sent, and nothing about the patron.
 */
function checkTemplates(templates: readonly Template[]): readonly FieldError[] {
  return templates.flatMap((template, at) => {
    const path = `templates[${String(at)}]`;
    return [
      ...checkName(
        `${path}.name`,
        template.name,
        templates.slice(0, at).map(({ name }) => name),
      ),
      ...Object.entries(template.values).flatMap(([name, value]) =>
        checkTemplateValue(name, value, template.kind).map((fault) => ({ ...fault, field: `${path}.values.${name}` })),
      ),
    ];
  });
}

function checkTemplateValue(name: string, value: string, kind: Template['kind']): readonly FieldError[] {
  if (name === 'comment') return checkComment(value);
  if (!isScalar(name)) return [{ field: name, code: 'unknown-field' }];
  if (PATRON_FIELDS.some((patron) => patron === name)) return [{ field: name, code: 'not-editable-now' }];
  // A template for both kinds may hold fields of one kind; the form of the other kind omits them.
  const context = { kind: kind ?? fieldSpec(name).kind ?? 'copy', side: 'borrower', preparing: true } as const;
  const faults = checkScalar(name, value, context);
  return faults.length === 0 && name === 'borrowerLocalData' ? checkMarkFits({ borrowerLocalData: value }) : faults;
}

function isScalar(name: string): name is ScalarName {
  return Object.hasOwn(FIELDS, name);
}

type ValueCheck = (value: string) => FieldErrorCode | undefined;

const MAX_STATUSES = 30;
/** Longest status and longest search text, in bytes. The list query limits them in characters. */
const STATUS = { form: 'text', maxBytes: 240 } as const;
const SEARCHED = { form: 'text', maxBytes: 800 } as const;

const oneOf =
  (values: readonly string[]): ValueCheck =>
  (value) =>
    values.includes(value) ? undefined : 'unknown-code';
const text =
  (spec: typeof STATUS | typeof SEARCHED): ValueCheck =>
  (value) =>
    checkText('', value, spec)[0]?.code;
const flag = oneOf(['true', 'false']);
const day: ValueCheck = (value) => (isDay(value) ? undefined : 'bad-date');
/** A day, or a number of days before the day on which the view is opened. */
const beginning: ValueCheck = (value) => (/^-\d{1,3}$/.test(value) ? undefined : day(value));

/** Allowed values for each key of a saved view: those of the list query, and a relative start day. */
const VIEW_CHECKS: Readonly<Record<string, ValueCheck>> = {
  side: oneOf(SIDES),
  kind: oneOf(KINDS),
  status: (value) => {
    const statuses = value.trim().split(/\s+/u);
    if (statuses.length > MAX_STATUSES) return 'too-many';
    return statuses.map(text(STATUS)).find((fault) => fault !== undefined);
  },
  partner: (value) => (/^[A-Za-z0-9]{1,16}$/.test(value) ? undefined : 'bad-format'),
  needsAction: flag,
  open: flag,
  gone: flag,
  from: beginning,
  to: day,
  q: text(SEARCHED),
  sort: oneOf(SORTS),
};

/** Faults of saved views, with paths like `views[0].query.sort`. */
function checkViews(views: readonly SavedView[]): readonly FieldError[] {
  return views.flatMap(({ name, query }, at) => {
    const path = `views[${String(at)}]`;
    const before = views.slice(0, at).map((view) => view.name);
    const values = Object.entries(query).flatMap(([key, value]): readonly FieldError[] => {
      const code = queryFault(key, value);
      return code === undefined ? [] : [{ field: `${path}.query.${key}`, code }];
    });
    return [...checkName(`${path}.name`, name, before), ...values, ...checkSpan(path, query)];
  });
}

/**
 * Returns the fault of one key of a view's query. The schema ensures that values of known keys are texts, and accepts
 * any other key.
 */
function queryFault(key: string, value: string): FieldErrorCode | undefined {
  const check = Object.hasOwn(VIEW_CHECKS, key) ? VIEW_CHECKS[key] : undefined;
  if (check === undefined) return 'unknown-field';
  return value.trim() === '' ? 'required' : check(value);
}

function checkSpan(path: string, { from, to }: SavedView['query']): readonly FieldError[] {
  const isTurned = from !== undefined && to !== undefined && isDay(from) && isDay(to) && to < from;
  return isTurned ? [{ field: `${path}.query.to`, code: 'bad-date' }] : [];
}

/**
 * Faults of tariffs, with paths like `tariffs[0].lines[1].item`. An item becomes ITEM of a charge line, and must fit
 * there.
 */
function checkTariffs(tariffs: readonly Tariff[]): readonly FieldError[] {
  return tariffs.flatMap((tariff, at) => {
    const path = `tariffs[${String(at)}]`;
    const before = tariffs.slice(0, at).map(({ name }) => name);
    const lines = tariff.lines.flatMap(({ item }, line) => checkItem(`${path}.lines[${String(line)}].item`, item));
    return [...checkName(`${path}.name`, tariff.name, before), ...lines, ...checkFilled(path, tariff)];
  });
}

function checkItem(field: string, item: string): readonly FieldError[] {
  return item.trim() === '' ? [{ field, code: 'required' }] : checkText(field, item, CHARGE_PARTS.item);
}

/** A tariff without any price would calculate nothing. */
function checkFilled(path: string, { lines, fee, postage }: Tariff): readonly FieldError[] {
  const isEmpty = lines.length === 0 && fee === undefined && postage === undefined;
  return isEmpty ? [{ field: `${path}.lines`, code: 'required' }] : [];
}

/** A name has at most 60 characters (schema) of at most four bytes each. */
const NAME = { form: 'text', maxBytes: 240 } as const;

/** Faults in the name of a shared item. `before`: existing names of the same kind. */
function checkName(field: string, name: string, before: readonly string[]): readonly FieldError[] {
  if (folded(name) === '') return [{ field, code: 'required' }];
  const form = checkText(field, name, NAME);
  // Readers cannot distinguish names that differ only in case, width or blanks. The message of `duplicate` shows
  // `memberId`.
  const isTaken = before.some((other) => folded(other) === folded(name));
  return isTaken ? [...form, { field, code: 'duplicate', params: { memberId: name } }] : form;
}
