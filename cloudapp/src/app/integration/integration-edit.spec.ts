import type { Integration } from '../../domain/api/profile';
import { DEFAULT_INTEGRATION } from '../../domain/imports/integration';
import { atMinute, editOf, faultsOf, integrationOf, minuteOf, type IntegrationEdit } from './integration-edit';

const EVERYTHING: Integration = {
  writer: 'iso18626',
  bridge: { orderAtOnce: true, sendPatronName: false },
  partner: { code: 'NACSIS', perMember: true },
  requester: { patronIdField: 'permitNumber', patronIdPrefix: 'ID:', collectivePatron: 'ILL' },
  pickupLibrary: 'MAIN',
  schedule: { every: 'hours', hours: 6, at: '05:30', timeZone: 'Asia/Tokyo' },
};
const edit = (changes: Partial<IntegrationEdit> = {}): IntegrationEdit => ({
  ...editOf(DEFAULT_INTEGRATION),
  ...changes,
});

describe('an integration profile that is typed', () => {
  it('is sent as it was read', () => {
    for (const integration of [DEFAULT_INTEGRATION, EVERYTHING])
      expect(integrationOf(editOf(integration))).toEqual(integration);
  });

  it('is sent without blanks around, and without what its choices leave no room for', () => {
    const typed = edit({ partnerCode: ' NACSIS ', patronIdPrefix: 'ID:', collectivePatron: ' ILL ', every: 'day' });
    expect(integrationOf(typed)).toEqual({
      writer: 'rest',
      partner: { code: 'NACSIS', perMember: false },
      requester: { collectivePatron: 'ILL' },
      schedule: { every: 'day', at: '06:00', timeZone: 'Asia/Tokyo' },
    });
  });

  it('needs a code of the partner only where there is one partner', () => {
    expect(faultsOf(edit({ partnerCode: ' ' }))).toEqual({ partnerCode: 'required' });
    expect(integrationOf(edit({ partnerCode: ' ' }))).toBeUndefined();
    const perMember = edit({ partnerCode: '', perMember: true });
    expect(integrationOf(perMember)?.partner).toEqual({ code: 'NACSIS', perMember: true });
  });

  it('needs neither partner nor prefix where the import writes nothing, and has options only of the bridge', () => {
    const hidden = { partnerCode: ' ', patronIdField: 'permitNumber', patronIdPrefix: 'ID 1' };
    for (const writer of ['iso18626', 'alma-nacsis'] as const)
      expect(faultsOf(edit({ ...hidden, writer }))).toEqual({});
    const options = { orderAtOnce: true, sendPatronName: true };
    const bridgeOf = (writer: IntegrationEdit['writer']) => integrationOf(edit({ writer, ...options }))?.bridge;
    expect([bridgeOf('iso18626'), bridgeOf('rest'), bridgeOf('alma-nacsis')]).toEqual([options, undefined, undefined]);
  });

  it('sends no prefix with a blank that the form does not show', () => {
    const typed = edit({ writer: 'iso18626', patronIdField: 'permitNumber', patronIdPrefix: 'ID 1' });
    expect(integrationOf(typed)?.requester).toEqual({ patronIdField: 'permitNumber' });
  });

  it('is wrong with a blank in a prefix that is used', () => {
    expect(faultsOf(edit({ patronIdField: 'permitNumber', patronIdPrefix: 'ID 1' }))).toEqual({
      patronIdPrefix: 'bad-format',
    });
    expect(faultsOf(edit({ patronIdPrefix: 'ID 1' }))).toEqual({});
  });

  it('is wrong with a time or a time zone that there is not, unless it is off', () => {
    const wrong = { at: '24:00', timeZone: 'Asia/Tokio' };
    expect(faultsOf(edit({ ...wrong, every: 'day' }))).toEqual({ at: 'bad-format', timeZone: 'unknown-code' });
    expect(faultsOf(edit({ timeZone: '+09:00', every: 'hour' }))).toEqual({ timeZone: 'unknown-code' });
    expect(integrationOf(edit({ ...wrong, every: 'off' }))?.schedule).toEqual(DEFAULT_INTEGRATION.schedule);
  });

  it('keeps the hour while the minute is typed', () => {
    expect(['5', '59', '', '60', 'x'].map((minute) => atMinute('06:00', minute))).toEqual([
      '06:05',
      '06:59',
      '06:',
      '06:60',
      '06:0x',
    ]);
    expect(['06:05', '06:59', '06:', '06:60'].map(minuteOf)).toEqual(['5', '59', '', '60']);
    for (const minute of ['', '60', 'x'])
      expect(faultsOf(edit({ every: 'hour', at: atMinute('06:00', minute) }))).toEqual({ at: 'bad-format' });
  });
});
