import { SORTS } from '#domain/api/work-list';
import type { SavedView } from '#domain/api/profile';
import { isDay } from '#domain/ill/dates';
import type { FieldError, FieldErrorCode } from '#domain/errors';
import { checkText } from '#domain/ill/field-text';
import { KINDS, SIDES } from '#domain/ill/kinds';
import { checkName } from './name-check';

type Check = (value: string) => FieldErrorCode | undefined;

const MAX_STATUSES = 30;
/** Longest status and longest search text: characters in the list query, here in bytes. */
const STATUS = { form: 'text', maxBytes: 240 } as const;
const SEARCHED = { form: 'text', maxBytes: 800 } as const;

const oneOf =
  (values: readonly string[]): Check =>
  (value) =>
    values.includes(value) ? undefined : 'unknown-code';
const text =
  (spec: typeof STATUS | typeof SEARCHED): Check =>
  (value) =>
    checkText('', value, spec)[0]?.code;
const flag = oneOf(['true', 'false']);
const day: Check = (value) => (isDay(value) ? undefined : 'bad-date');
/** A day, or a number of days before the day on which the view is opened. */
const beginning: Check = (value) => (/^-\d{1,3}$/.test(value) ? undefined : day(value));

/** Allowed values for each key of a saved view: those of the list query, and a relative start day. */
const CHECKS: Readonly<Record<string, Check>> = {
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
export function checkViews(views: readonly SavedView[]): readonly FieldError[] {
  return views.flatMap(({ name, query }, at) => {
    const path = `views[${String(at)}]`;
    const before = views.slice(0, at).map((view) => view.name);
    const values = Object.entries(query).flatMap(([key, value]): readonly FieldError[] => {
      const code = faultOf(key, value);
      return code === undefined ? [] : [{ field: `${path}.query.${key}`, code }];
    });
    return [...checkName(`${path}.name`, name, before), ...values, ...checkSpan(path, query)];
  });
}

/** The schema ensures that values of known keys are texts, and accepts any other key. */
function faultOf(key: string, value: string): FieldErrorCode | undefined {
  const check = Object.hasOwn(CHECKS, key) ? CHECKS[key] : undefined;
  if (check === undefined) return 'unknown-field';
  return value.trim() === '' ? 'required' : check(value);
}

function checkSpan(path: string, { from, to }: SavedView['query']): readonly FieldError[] {
  const isTurned = from !== undefined && to !== undefined && isDay(from) && isDay(to) && to < from;
  return isTurned ? [{ field: `${path}.query.to`, code: 'bad-date' }] : [];
}
