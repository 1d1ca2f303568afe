import type { Integration, Writer } from '../../domain/api/profile';
import type { FieldErrorCode } from '../../domain/errors';
import { HOUR_STEPS, PATRON_ID_FIELDS, type Frequency } from '../../domain/imports/import';
import { DEFAULT_INTEGRATION } from '../../domain/imports/integration';

/** The integration profile in the form; '' for unset values. */
export interface IntegrationEdit {
  readonly writer: Writer;
  readonly orderAtOnce: boolean;
  readonly sendPatronName: boolean;
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

export function editOf(integration: Integration): IntegrationEdit {
  const { writer, bridge, partner, requester, pickupLibrary = '', schedule } = integration;
  return {
    writer,
    orderAtOnce: bridge?.orderAtOnce === true,
    sendPatronName: bridge?.sendPatronName === true,
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
  const { writer, orderAtOnce, sendPatronName } = edit;
  return {
    writer,
    ...(writer === 'iso18626' && { bridge: { orderAtOnce, sendPatronName } }),
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

/** True when the import creates requests in Alma, so that partner and requester matter. */
export function isWrittenByImport({ writer }: Pick<IntegrationEdit, 'writer'>): boolean {
  return writer === 'rest';
}

/**
 * Faults of the form. Time and time zone are not checked while the schedule is off, nor partner and requester while the
 * form does not show them.
 */
export function faultsOf(edit: IntegrationEdit): IntegrationFaults {
  const isOn = edit.every !== 'off';
  return {
    ...(isWrittenByImport(edit) && faultsOfImport(edit)),
    ...(isOn && !isTime(edit.at) && { at: 'bad-format' }),
    ...(isOn && !isTimeZone(edit.timeZone.trim()) && { timeZone: 'unknown-code' }),
  };
}

function faultsOfImport({ perMember, partnerCode, patronIdField, patronIdPrefix }: IntegrationEdit): IntegrationFaults {
  return {
    ...(!perMember && partnerCode.trim() === '' && { partnerCode: 'required' }),
    ...(/\s/u.test(patronIdPrefix.trim()) && patronIdField !== '' && { patronIdPrefix: 'bad-format' }),
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
    // The gateway refuses a blank, which the form does not show where the import writes nothing.
    ...(patronIdField !== undefined && patronIdPrefix !== '' && !/\s/u.test(patronIdPrefix) && { patronIdPrefix }),
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
