import { openTestAlma, type TestAlma } from '../testing/test-alma';

describe('server side of the host protocol', () => {
  let alma: TestAlma;
  beforeEach(async () => {
    alma = await openTestAlma({ gateway: 'http://127.0.0.1:4000' });
  });

  const message = async (
    name: string,
    payload?: unknown,
    user = 'staff001',
    institution = '81SIM_INST',
  ): Promise<unknown> =>
    (
      await alma.inject({ method: 'POST', url: `/_host/messages/${name}`, payload: { institution, user, payload } })
    ).json<{ payload: unknown }>().payload;

  it('stores any value by user and key; a missing one reads as null', async () => {
    expect(await message('CLOUDAPP_STORE', { key: 'a' })).toEqual({ key: 'a', value: null });
    expect(await message('CLOUDAPP_STORE', { key: 'a', value: { b: ['髙'] } })).toEqual({
      key: 'a',
      value: { b: ['髙'] },
    });
    expect(await message('CLOUDAPP_STORE', { key: 'a' })).toEqual({ key: 'a', value: { b: ['髙'] } });
    expect(await message('CLOUDAPP_STORE', { key: 'a' }, 'staff002')).toEqual({ key: 'a', value: null });
    expect(await message('CLOUDAPP_STORE', { key: 'a', value: null })).toEqual({ key: 'a', value: null });
    expect(await message('CLOUDAPP_STORE', { key: 'a' })).toEqual({ key: 'a', value: null });
    expect(await message('CLOUDAPP_STORE', {})).toEqual({ error: { message: jasmine.any(String) } });
  });

  it('keeps SETTINGS per user as the JSON text it was given', async () => {
    expect(await message('SETTINGS')).toEqual({ settings: null });
    expect(await message('SETTINGS', '{"a": 1}')).toEqual({ success: true });
    expect(await message('SETTINGS')).toEqual({ settings: '{"a": 1}' });
    expect(await message('SETTINGS', undefined, 'staff002')).toEqual({ settings: null });
    expect(await message('SETTINGS', '{')).toEqual({ error: { message: jasmine.any(String) } });
  });

  it('starts CONFIG with the gateway, lets only an administrator change it, and keeps it per institution', async () => {
    expect(await message('CONFIG')).toEqual({ config: '{"gatewayUrl":"http://127.0.0.1:4000"}' });
    expect(await message('CONFIG', '{"x":1}')).toEqual({
      error: { message: jasmine.stringContaining('Administrator') },
    });
    expect(await message('CONFIG', '{"x":1}', 'manager001')).toEqual({ success: true });
    expect(await message('CONFIG')).toEqual({ config: '{"x":1}' });
    expect(await message('CONFIG', undefined, 'staff001', '81SIM2_INST')).toEqual({
      config: '{"gatewayUrl":"http://127.0.0.1:4000"}',
    });
  });

  it('hands a fault for a message to the page, once, and counts the message', async () => {
    await alma.inject({
      method: 'POST',
      url: '/_sim/faults',
      payload: { match: { message: 'CONFIG' }, do: 'drop-after', times: 1 },
    });
    const arrival = async (name: string): Promise<object> =>
      (await alma.inject({ method: 'POST', url: `/_host/arrivals/${name}`, payload: {} })).json<object>();
    expect(await arrival('SETTINGS')).toEqual({});
    expect(await arrival('CONFIG')).toEqual({ fault: { do: 'drop-after', ms: jasmine.any(Number), code: 500 } });
    expect(await arrival('CONFIG')).toEqual({});
    expect((await alma.inject({ url: '/_sim/counters' })).json<object>()).toEqual({
      'message CONFIG': 2,
      'message SETTINGS': 1,
    });
  });

  it('does not answer for a user that is not there', async () => {
    expect(
      (
        await alma.inject({
          method: 'POST',
          url: '/_host/messages/SETTINGS',
          payload: { institution: '81SIM_INST', user: 'x' },
        })
      ).statusCode,
    ).toBe(400);
  });
});
