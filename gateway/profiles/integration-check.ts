import type { Integration } from '#domain/api/profile';
import type { FieldError, FieldErrorCode } from '#domain/errors';
import { checkText } from '#domain/ill/field-text';

/** Limit in bytes: the schema counts characters, and each takes at most four bytes. */
const TEXT = { form: 'text', maxBytes: 4 * 255 } as const;

/**
 * Checks what a schema cannot express, with field paths like `integration.schedule.timeZone`. `library`: its
 * configuration, because a library without the group `iso18626` cannot exchange messages with Alma.
 */
export function checkIntegration(
  integration: Integration | undefined,
  library: { readonly iso18626?: object },
): readonly FieldError[] {
  if (integration === undefined) return [];
  const { writer, partner, requester, pickupLibrary, schedule } = integration;
  return [
    ...(writer === 'iso18626' && library.iso18626 === undefined ? faults('writer', 'not-configured') : []),
    ...checkCode('partner.code', partner.code),
    ...checkRequester(requester),
    ...checkCode('pickupLibrary', pickupLibrary),
    ...checkSchedule(schedule),
  ];
}

function checkRequester({ patronIdField, patronIdPrefix, collectivePatron }: Integration['requester']) {
  // Refuses blanks in the prefix, because users cannot see their kind or number.
  const hasBlank = patronIdPrefix !== undefined && /\s/u.test(patronIdPrefix);
  return [
    ...(patronIdPrefix !== undefined && patronIdField === undefined
      ? faults('requester.patronIdField', 'required')
      : []),
    ...(hasBlank
      ? faults('requester.patronIdPrefix', 'bad-format')
      : checkText(pathOf('requester.patronIdPrefix'), patronIdPrefix ?? '', TEXT)),
    ...checkCode('requester.collectivePatron', collectivePatron),
  ];
}

function checkSchedule({ every, hours, timeZone }: Integration['schedule']): readonly FieldError[] {
  return [
    ...(every === 'hours' && hours === undefined ? faults('schedule.hours', 'required') : []),
    ...(every !== 'hours' && hours !== undefined ? faults('schedule.hours', 'unknown-field') : []),
    ...(isTimeZone(timeZone) ? [] : faults('schedule.timeZone', 'unknown-code')),
  ];
}

/**
 * Checks a code or id of Alma. Alma compares them exactly, so a blank around one matches nothing; `.` and `..` would
 * change the URL.
 */
function checkCode(field: string, value: string | undefined): readonly FieldError[] {
  if (value === undefined) return [];
  if (value.trim() === '') return faults(field, 'required');
  const form = checkText(pathOf(field), value, TEXT);
  const isOther = value !== value.trim() || /^\.{1,2}$/.test(value);
  return form.length === 0 && isOther ? faults(field, 'bad-format') : form;
}

/**
 * True for the name of a time zone. Newer runtimes also accept offsets such as +09:00, which ignore summer time and
 * which the scheduler does not support.
 */
function isTimeZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }).format() !== '';
  } catch {
    return false;
  }
}

function faults(field: string, code: FieldErrorCode): readonly FieldError[] {
  return [{ field: pathOf(field), code }];
}

function pathOf(field: string): string {
  return `integration.${field}`;
}
