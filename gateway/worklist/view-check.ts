import { SORTS } from '#domain/api-list';
import type { SavedView } from '#domain/api-profile';
import { isDay } from '#domain/dates';
import type { FieldError, FieldErrorCode } from '#domain/errors';
import { checkText } from '#domain/field-text';
import { KINDS, SIDES } from '#domain/kinds';
import { checkName } from '../commands/name-check';

type Check = (value: string) => FieldErrorCode | undefined;

const MAX_STATUSES = 30;
/** Longest status and longest searched text, in characters (the query of the list) and so in bytes. */
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
/** A day, or so many days before that on which the view is chosen. */
const beginning: Check = (value) => (/^-\d{1,3}$/.test(value) ? undefined : day(value));

/** What each key of a saved view may hold: what the query of the list takes, and a beginning that moves with the days. */
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
  from: beginning,
  to: day,
  q: text(SEARCHED),
  sort: oneOf(SORTS),
};

/** What is wrong with saved views, under paths like `views[0].query.sort`. */
export function checkViews(views: readonly SavedView[]): readonly FieldError[] {
  return views.flatMap(({ name, query }, at) => {
    const path = `views[${String(at)}]`;
    const before = views.slice(0, at).map((view) => view.name);
    const values = Object.entries(query).flatMap(([key, value]): readonly FieldError[] => {
      const code = value.trim() === '' ? 'required' : CHECKS[key]?.(value);
      return code === undefined ? [] : [{ field: `${path}.query.${key}`, code }];
    });
    return [...checkName(`${path}.name`, name, before), ...values, ...checkSpan(path, query)];
  });
}

function checkSpan(path: string, { from, to }: SavedView['query']): readonly FieldError[] {
  const isTurned = from !== undefined && to !== undefined && isDay(from) && isDay(to) && to < from;
  return isTurned ? [{ field: `${path}.query.to`, code: 'bad-date' }] : [];
}
