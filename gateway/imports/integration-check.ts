import type { Integration } from '#domain/api-profile';
import type { FieldError, FieldErrorCode } from '#domain/errors';
import { checkText } from '#domain/field-text';

/** The schema counts characters, each of four bytes at most. */
const TEXT = { form: 'text', maxBytes: 4 * 255 } as const;

/** What a schema cannot say of an integration profile, under paths like `integration.schedule.timeZone`. */
export function checkIntegration(integration: Integration | undefined): readonly FieldError[] {
  if (integration === undefined) return [];
  const { partner, requester, pickupLibrary, schedule } = integration;
  return [
    ...checkCode('partner.code', partner.code),
    ...checkRequester(requester),
    ...checkCode('pickupLibrary', pickupLibrary),
    ...checkSchedule(schedule),
  ];
}

function checkRequester({ patronIdField, patronIdPrefix, collectivePatron }: Integration['requester']) {
  // Between prefix and id stands nothing, and the id ends at a blank: one in the prefix would end it before it begins.
  const hasBlank = patronIdPrefix !== undefined && /\s/u.test(patronIdPrefix);
  return [
    ...(patronIdPrefix !== undefined && patronIdField === undefined
      ? faults('requester.patronIdField', 'required')
      : []),
    ...(hasBlank ? faults('requester.patronIdPrefix', 'bad-format') : []),
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

/** A code or id of Alma: compared letter by letter there, so that a blank around it finds nothing. */
function checkCode(field: string, value: string | undefined): readonly FieldError[] {
  if (value === undefined) return [];
  if (value.trim() === '') return faults(field, 'required');
  const form = checkText(pathOf(field), value, TEXT);
  return form.length === 0 && value !== value.trim() ? faults(field, 'bad-format') : form;
}

/** Newer runtimes take offsets such as +09:00, too, which follow no summer time and which the scheduler does not know. */
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
