import { AppErrorHandler } from './app-error-handler';

describe('AppErrorHandler', () => {
  let reported: jasmine.Spy;

  beforeEach(() => {
    reported = spyOn(window, 'reportError');
  });

  it('hands an error to the browser as it is', () => {
    const error = new Error('broken');
    new AppErrorHandler().handleError(error);
    expect(reported).toHaveBeenCalledOnceWith(error);
  });

  it('hands on what is no Error, too', () => {
    new AppErrorHandler().handleError('Timed out while waiting for response');
    expect(reported).toHaveBeenCalledOnceWith('Timed out while waiting for response');
  });

  it("drops the SDK's late time-out, of which the caller knows already", () => {
    new AppErrorHandler().handleError(new Error('Timed out while waiting for response'));
    expect(reported).not.toHaveBeenCalled();
  });
});
