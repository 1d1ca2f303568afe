import type { Integration } from '../../domain/api/profile';
import type { FieldErrorCode } from '../../domain/errors';
import { HOUR_STEPS, PATRON_ID_FIELDS, type Frequency } from '../../domain/imports/import';
import { DEFAULT_INTEGRATION } from '../../domain/imports/integration';

/** The integration profile in the form; '' for unset values. */
export interface IntegrationEdit {
  readonly partnerCode: string;
  readonly perMember: boolean;
  readonly patronIdField: string;
  readonly patronIdPrefix: string;
  readonly collectivePatron: string;
  readonly pickupLibrary: string;
  readonly every: Frequency;
  /** One of HOUR_STEPS; the value stays while another frequency is selected. */
  readonly hours: string;
  /** HH:mm */
  readonly at: string;
  readonly timeZone: string;
}
type IntegrationFaults = Readonly<Partial<Record<keyof IntegrationEdit, FieldErrorCode>>>;

const [FIRST_STEP] = HOUR_STEPS;

export function editOf({ partner, requester, pickupLibrary = '', schedule }: Integration): IntegrationEdit {
  return {
    partnerCode: partner.code,
    perMember: partner.perMember,
    patronIdField: requester.patronIdField ?? '',
    patronIdPrefix: requester.patronIdPrefix ?? '',
    collectivePatron: requester.collectivePatron ?? '',
    pickupLibrary,
    every: schedule.every,
    hours: String(schedule.hours ?? FIRST_STEP),
    at: schedule.at,
    timeZone: schedule.timeZone,
  };
}

/** The profile to save; undefined when there are faults. Omits values that the choices make irrelevant. */
export function integrationOf(edit: IntegrationEdit): Integration | undefined {
  if (Object.keys(faultsOf(edit)).length > 0) return undefined;
  const hours = HOUR_STEPS.find((step) => String(step) === edit.hours);
  const pickupLibrary = edit.pickupLibrary.trim();
  return {
    partner: { code: edit.partnerCode.trim() || DEFAULT_INTEGRATION.partner.code, perMember: edit.perMember },
    requester: requesterOf(edit),
    ...(pickupLibrary !== '' && { pickupLibrary }),
    schedule: {
      every: edit.every,
      ...(edit.every === 'hours' && hours !== undefined && { hours }),
      at: isTime(edit.at) ? edit.at : DEFAULT_INTEGRATION.schedule.at,
      timeZone: isTimeZone(edit.timeZone.trim()) ? edit.timeZone.trim() : DEFAULT_INTEGRATION.schedule.timeZone,
    },
  };
}

/** Faults of the form. Time and time zone are not checked while the schedule is off. */
export function faultsOf(edit: IntegrationEdit): IntegrationFaults {
  const needsCode = !edit.perMember && edit.partnerCode.trim() === '';
  const isOn = edit.every !== 'off';
  return {
    ...(needsCode && { partnerCode: 'required' }),
    ...(/\s/u.test(edit.patronIdPrefix.trim()) && edit.patronIdField !== '' && { patronIdPrefix: 'bad-format' }),
    ...(isOn && !isTime(edit.at) && { at: 'bad-format' }),
    ...(isOn && !isTimeZone(edit.timeZone.trim()) && { timeZone: 'unknown-code' }),
  };
}

/** Replaces the minute; an invalid minute makes the time invalid. */
export function atMinute(at: string, minute: string): string {
  const hour = /^\d\d/.exec(at)?.[0] ?? '00';
  const digits = minute.trim();
  return `${hour}:${digits === '' ? '' : digits.padStart(2, '0')}`;
}

/** The minute without leading zero. */
export function minuteOf(at: string): string {
  const minute = at.split(':')[1] ?? '';
  return /^\d\d$/.test(minute) ? String(Number(minute)) : minute;
}

function requesterOf(edit: IntegrationEdit): Integration['requester'] {
  const patronIdField = PATRON_ID_FIELDS.find((field) => field === edit.patronIdField);
  const [patronIdPrefix, collectivePatron] = [edit.patronIdPrefix.trim(), edit.collectivePatron.trim()];
  return {
    ...(patronIdField !== undefined && { patronIdField }),
    ...(patronIdField !== undefined && patronIdPrefix !== '' && { patronIdPrefix }),
    ...(collectivePatron !== '' && { collectivePatron }),
  };
}

function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/** Accepts IANA names only, like the gateway; newer browsers also accept offsets (+09:00). */
function isTimeZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }).format() !== '';
  } catch {
    return false;
  }
}
