import type { MessageAction } from '#domain/api/bridge';
import { GatewayError } from '../gateway-error';
import { borrowerHeader, lenderHeader, nextTime, type SpecInbound } from '../testing/spec-inbound';
import { useSpecInbound } from '../testing/use-spec-inbound';
import { choicesOf, Decisions } from './decisions';
import { BRIDGE_DEFAULTS } from './settings';

describe('what staff decide about a message', () => {
  let bridge: SpecInbound;
  let start: (options?: Parameters<typeof SpecInbound.start>[1]) => Promise<SpecInbound>;
  useSpecInbound((started) => ({ bridge, start } = started));

  const act = async (externalId: string, action: string) => {
    await bridge.send({ kind: 'requestingAgencyMessage', header: borrowerHeader(externalId), action });
    return (await bridge.messages()).find(({ direction }) => direction === 'in')?.message_id ?? '';
  };
  const expired = async (id: string) => {
    const [header, at] = [lenderHeader(id), nextTime()];
    const messageInfo = { reasonForMessage: 'StatusChange' };
    const statusInfo = { status: 'Unfilled', lastChange: at };
    await bridge.send({ kind: 'supplyingAgencyMessage', header, messageInfo, statusInfo });
    return (await bridge.messages())[0]?.message_id ?? '';
  };
  const refusedAs = async (message: string, action: MessageAction, institution = '81SIM_INST') =>
    bridge.decisions.decide(institution, message, action).then(
      () => 'done',
      (error: unknown) => (error instanceof GatewayError ? error.code : error),
    );

  it('is offered by state and reason', () => {
    const choices = (
      direction: 'in' | 'out',
      state: Parameters<typeof choicesOf>[0]['state'],
      hold: Parameters<typeof choicesOf>[0]['hold'] = null,
      problem: Parameters<typeof choicesOf>[0]['problem'] = null,
    ) => choicesOf({ direction, state, hold, problem });
    expect(choices('in', 'held', 'ask-claim')).toEqual(['apply', 'drop']);
    expect(choices('in', 'held', 'expired')).toEqual(['apply', 'drop']);
    expect(choices('in', 'held', 'partner-first')).toEqual(['drop']);
    expect(choices('in', 'held', 'needs-charge')).toEqual(['drop']);
    expect(choices('out', 'stopped')).toEqual(['retry', 'drop']);
    expect(choices('out', 'refused')).toEqual(['drop']);
    expect(choices('in', 'dropped', 'expired')).toEqual(['undo']);
    for (const state of ['waiting', 'done', 'dropped'] as const) expect(choices('in', state)).toEqual([]);
    const problem = { code: 'nacsis-unavailable' };
    expect(choices('in', 'waiting', null, problem)).toEqual(['drop']);
    expect(choices('out', 'waiting', null, problem)).toEqual([]);
  });

  it('applies what was held for consent, once', async () => {
    const { id } = await bridge.seed('PROCESSING', { side: 'lender' });
    const message = await expired(id);
    expect(await Promise.all([refusedAs(message, 'apply'), refusedAs(message, 'apply')])).toContain(
      'action-not-allowed',
    );
    expect(bridge.kicked.length).toBe(1);
    await bridge.work();
    expect(bridge.commands()).toEqual(['PARDON']);
    expect(await refusedAs(message, 'apply')).toBe('action-not-allowed');
  });

  it('drops what is not wanted', async () => {
    const { id } = await bridge.seed('PROCESSING', { side: 'lender' });
    const message = await expired(id);
    expect(await refusedAs(message, 'drop')).toBe('done');
    await bridge.work();
    expect(await bridge.inbound()).toEqual(['Unfilled dropped expired']);
    expect(bridge.commands()).toEqual([]);
    expect(await bridge.outbound()).toEqual([]);
  });

  it('holds again what was dropped by mistake, and applies it then', async () => {
    const { id } = await bridge.seed('PROCESSING', { side: 'lender' });
    const message = await expired(id);
    await refusedAs(message, 'drop');
    expect(await Promise.all([refusedAs(message, 'undo'), refusedAs(message, 'undo')])).toContain('action-not-allowed');
    await bridge.work();
    expect(await bridge.inbound()).toEqual([jasmine.stringMatching(/^Unfilled held expired/)]);
    expect(bridge.commands()).toEqual([]);
    expect(await refusedAs(message, 'apply')).toBe('done');
    await bridge.work();
    expect(bridge.commands()).toEqual(['PARDON']);
  });

  it('does not undo the answer to a question', async () => {
    bridge = await start({ settings: { askAfterHours: 1 } });
    const { externalId } = await bridge.seed('PREPARING');
    const message = await act(externalId, 'Cancel');
    bridge.pass(7200);
    await bridge.work();
    await refusedAs(message, 'drop');
    expect(await refusedAs(message, 'undo')).toBe('action-not-allowed');
  });

  it('answers a dropped question of Alma with no', async () => {
    bridge = await start({ settings: { askAfterHours: 1 } });
    const { externalId } = await bridge.seed('PREPARING');
    const message = await act(externalId, 'Cancel');
    bridge.pass(7200);
    await bridge.work();
    expect(await bridge.inbound()).toEqual(['Cancel held ask-late CANCEL 0']);
    expect(await refusedAs(message, 'drop')).toBe('done');
    expect(await bridge.outbound()).toEqual(['CancelResponse N']);
    expect(bridge.commands()).toEqual([]);
  });

  it('drops what fails again and again, and tells Alma that its request is not made', async () => {
    await bridge.send({
      ...{ kind: 'request', header: borrowerHeader('81ALMA-FAILS'), bibliographicInfo: { title: '見本の資料' } },
      serviceInfo: { requestType: 'New', serviceType: 'Loan' },
    });
    bridge.nacsis.fates = ['unreachable'];
    await bridge.work();
    expect(await bridge.inbound()).toEqual(['Request waiting SAVE 0']);
    expect(await refusedAs((await bridge.messages())[0]?.message_id ?? '', 'drop')).toBe('done');
    bridge.pass(3600);
    await bridge.work();
    expect(await bridge.inbound()).toEqual(['Request dropped SAVE 0']);
    expect(await bridge.outbound()).toEqual(['Notification']);
    expect(bridge.commands()).toEqual(['SAVE']);
  });

  it('is kept when the worker cannot be called', async () => {
    const { id } = await bridge.seed('PROCESSING', { side: 'lender' });
    const message = await expired(id);
    const failures: unknown[] = [];
    const fault = new Error('no queue');
    const decisions = new Decisions({
      ...{ db: bridge.store.db, settings: BRIDGE_DEFAULTS, now: () => bridge.now() },
      kick: () => Promise.reject(fault),
      failed: (error) => void failures.push(error),
    });
    expect((await decisions.decide('81SIM_INST', message, 'apply')).state).toBe('waiting');
    await bridge.work();
    expect(bridge.commands()).toEqual(['PARDON']);
    expect(failures).toEqual([fault]);
  });

  it('does not consent to what only the other library can do', async () => {
    const { externalId } = await bridge.seed('PROCESSING');
    const message = await act(externalId, 'Received');
    expect(await refusedAs(message, 'apply')).toBe('action-not-allowed');
    expect(await refusedAs(message, 'retry')).toBe('action-not-allowed');
  });

  it('delivers a stopped message again', async () => {
    const { externalId } = await bridge.seed('PROCESSING');
    await act(externalId, 'StatusRequest');
    const stopped = { state: 'stopped', attempts: 12, problem: '{"code":"unreachable"}' } as const;
    await bridge.store.db.updateTable('bridge_messages').set(stopped).where('direction', '=', 'out').execute();
    const message = (await bridge.messages()).find(({ direction }) => direction === 'out')?.message_id ?? '';
    expect(await refusedAs(message, 'retry')).toBe('done');
    const row = (await bridge.messages()).find(({ message_id: id }) => id === message);
    expect([row?.state, row?.attempts, row?.problem]).toEqual(['waiting', 0, null]);
  });

  it('knows the messages of its own institution only', async () => {
    const { externalId } = await bridge.seed('PROCESSING');
    const message = await act(externalId, 'Received');
    expect(await refusedAs(message, 'drop', '81SIM2_INST')).toBe('not-found');
    expect(await refusedAs('999999999', 'drop')).toBe('not-found');
  });
});
