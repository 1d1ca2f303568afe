import { today } from '../../domain/ill/dates';
import { AppError } from '../core/app-error';
import { offerOf, requestIn } from '../testing/offers';
import { isAboutFields, mendingForm, newestOf, planOf, waitingKeyOf } from './action-plan';
import { IDLE_RUN, type Failed, type Run } from './action-run.store';
import { doneWording, runningWording, stoppedWording } from './action-wordings';

const SHIPPED = requestIn('SHIPPED', 'borrower', 'copy', { version: 3 });
const ARRIVED = requestIn('ARRIVED', 'borrower', 'copy', { version: 4 });
const plan = planOf(offerOf(SHIPPED, 'accept'), SHIPPED, 'receive');
const failed = (changes: Partial<Failed> = {}): Failed =>
  ({
    state: 'failed',
    plan,
    at: 1,
    request: ARRIVED,
    error: new AppError('invalid-fields'),
    outcome: 'refused',
    ...changes,
  }) as Failed;

describe('planOf', () => {
  it('names each step as it is called where it is done', () => {
    expect(plan.steps.map(({ action, labelKey, params }) => [action, labelKey, params])).toEqual([
      ['accept', 'actionIn.borrower.accept.SHIPPED', { arrivalDate: today() }],
      ['receive', 'actionIn.borrower.receive.copy', {}],
    ]);
  });

  it('has what was filled in', () => {
    const given = planOf(offerOf(SHIPPED, 'accept'), SHIPPED, 'receive', {
      params: { comment: 'a' },
      then: { action: 'receive', params: { comment: 'b' } },
    });
    expect(given.steps.map(({ params }) => params)).toEqual([{ comment: 'a' }, { comment: 'b' }]);
  });
});

describe('waitingKeyOf', () => {
  it('is what an order lacks, before anything else', () => {
    expect([
      waitingKeyOf(requestIn('PREPARING', 'borrower', 'copy', { lacks: ['payment'] })),
      waitingKeyOf(SHIPPED),
    ]).toEqual(['actions.completeFirst', 'actions.waiting']);
  });
});

describe('newestOf', () => {
  it('is what an action left, until something newer comes', () => {
    const done: Run = { state: 'done', plan, at: 0, request: ARRIVED };
    const other = { ...SHIPPED, id: 'LA0000000002' };
    expect([
      newestOf(SHIPPED, done),
      newestOf({ ...SHIPPED, version: 9 }, done).version,
      newestOf(other, done),
      newestOf(SHIPPED, IDLE_RUN),
    ]).toEqual([ARRIVED, 9, other, SHIPPED]);
  });
});

describe('mendingForm', () => {
  it('is of the step that failed, on the request as it is now', () => {
    expect(mendingForm(failed())).toEqual({ offer: offerOf(ARRIVED, 'receive'), request: ARRIVED });
  });

  it('is none where the action is not possible', () => {
    expect([
      mendingForm(failed({ error: new AppError('action-not-allowed') })),
      mendingForm(failed({ request: requestIn('CANCELLED') })),
    ]).toEqual([undefined, undefined]);
  });
});

describe('waitingKeyOf', () => {
  it('says why nothing stands out', () => {
    expect([
      waitingKeyOf(requestIn('UNPROCESSED')),
      waitingKeyOf(requestIn('CONFIRMED')),
      waitingKeyOf({ ...SHIPPED, state: null }),
    ]).toEqual(['actions.waiting', 'refusal.final-state', 'refusal.unknown-state']);
  });
});

describe('isAboutFields', () => {
  it('is what has fields to show it at', () => {
    const fieldErrors = [{ field: 'comment', code: 'required' }] as const;
    expect([
      isAboutFields(new AppError('invalid-fields', { fieldErrors })),
      isAboutFields(new AppError('invalid-fields')),
      isAboutFields(new AppError('forbidden')),
    ]).toEqual([true, false, false]);
  });
});

describe('the words of a run', () => {
  it('name the step that is on its way', () => {
    const run: Run = { state: 'running', plan, at: 1, request: ARRIVED };
    expect(runningWording(run).words).toEqual({ action: 'actionIn.borrower.receive.copy' });
  });

  it('say where the request is, also in a state that the app does not know', () => {
    const done = (request: typeof ARRIVED): Run => ({ state: 'done', plan, at: 1, request });
    expect(doneWording(done(ARRIVED)).words).toEqual({ state: 'state.ARRIVED' });
    expect(doneWording(done({ ...ARRIVED, state: null, externalStatus: '外部依頼中' })).params).toEqual({
      state: '外部依頼中',
    });
  });

  it('say of a chain what is done and what is not, or not known', () => {
    const unknown = { outcome: 'unknown', sent: {} } as Partial<Failed>;
    expect([
      stoppedWording(failed())?.key,
      stoppedWording(failed(unknown))?.key,
      stoppedWording(failed({ at: 0 })),
    ]).toEqual(['actions.stopped', 'actions.stoppedUnknown', undefined]);
    expect(stoppedWording(IDLE_RUN)).toBeUndefined();
  });
});
