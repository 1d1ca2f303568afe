import type { Integration } from '#domain/api/profile';
import { DEFAULT_INTEGRATION } from '#domain/imports/integration';
import { checkIntegration } from './integration-check';

const faults = (changes: Partial<Integration>) =>
  checkIntegration({ ...DEFAULT_INTEGRATION, ...changes }, {}).map(({ field, code }) => `${field} ${code}`);
const schedule = (changes: Partial<Integration['schedule']>) =>
  faults({ schedule: { ...DEFAULT_INTEGRATION.schedule, ...changes } });

describe('checkIntegration', () => {
  it('takes a profile without one, the usual one, and one with everything', () => {
    expect(checkIntegration(undefined, {})).toEqual([]);
    expect(faults({})).toEqual([]);
    const everything: Integration = {
      writer: 'rest',
      partner: { code: 'NACSIS ILL', perMember: true },
      requester: { patronIdField: 'borrowerLocalData', patronIdPrefix: 'ID:', collectivePatron: 'ILL 団体' },
      pickupLibrary: 'MAIN',
      schedule: { every: 'hours', hours: 6, at: '05:30', timeZone: 'Asia/Tokyo' },
    };
    expect(faults(everything)).toEqual([]);
  });

  it('refuses codes and ids that are blank, have a blank around them or go over a line', () => {
    for (const [value, code] of [
      ['　', 'required'],
      [' NACSIS', 'bad-format'],
      ['NAC\nSIS', 'line-break'],
      ['NAC\u0080', 'line-break'],
      ['..', 'bad-format'],
    ] as const) {
      expect(
        faults({
          partner: { code: value, perMember: false },
          requester: { collectivePatron: value },
          pickupLibrary: value,
        }),
      ).toEqual([
        `integration.partner.code ${code}`,
        `integration.requester.collectivePatron ${code}`,
        `integration.pickupLibrary ${code}`,
      ]);
    }
  });

  it('refuses a prefix with a blank in it, and one for no field', () => {
    expect(faults({ requester: { patronIdField: 'permitNumber', patronIdPrefix: 'ID 1' } })).toEqual([
      'integration.requester.patronIdPrefix bad-format',
    ]);
    for (const patronIdPrefix of ['ID\u0000', '\u009c', '\ud800'])
      expect(faults({ requester: { patronIdField: 'permitNumber', patronIdPrefix } }).length).toBe(1);
    expect(faults({ requester: { patronIdPrefix: 'ID:', collectivePatron: 'ILL' } })).toEqual([
      'integration.requester.patronIdField required',
    ]);
  });

  it('wants a step exactly for every n hours', () => {
    expect(schedule({ every: 'hours' })).toEqual(['integration.schedule.hours required']);
    for (const every of ['off', 'hour', 'day'] as const)
      expect(schedule({ every, hours: 2 })).toEqual(['integration.schedule.hours unknown-field']);
  });

  it('refuses time zones that nobody knows, and offsets', () => {
    for (const timeZone of ['Asia/Tokio', '+09:00', ' Asia/Tokyo', 'Asia/Tokyo; DROP', '東京'])
      expect([timeZone, schedule({ timeZone })]).toEqual([timeZone, ['integration.schedule.timeZone unknown-code']]);
    for (const timeZone of ['Asia/Tokyo', 'UTC', 'Europe/Berlin', 'Pacific/Auckland'])
      expect([timeZone, schedule({ timeZone })]).toEqual([timeZone, []]);
  });
});
