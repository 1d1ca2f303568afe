import { AppError, asAppError, HostError } from './app-error';

describe('AppError', () => {
  it('may be sent again where the catalogue says so', () => {
    expect(new AppError('nacsis-unavailable').retryable).toBeTrue();
    expect(new AppError('forbidden').retryable).toBeFalse();
  });

  it('keeps its code and details, as a HostError too', () => {
    const error = new HostError('host-refused', { alma: { message: 'no' } });
    expect(error).toBeInstanceOf(AppError);
    expect([error.name, error.code, error.details.alma?.message]).toEqual(['HostError', 'host-refused', 'no']);
  });
});

describe('asAppError', () => {
  it('gives an AppError back as it is', () => {
    const error = new AppError('forbidden');
    expect(asAppError(error)).toBe(error);
  });

  it('makes internal of anything else and keeps the cause', () => {
    const cause = new TypeError('x is undefined');
    const error = asAppError(cause);
    expect([error.code, error.cause]).toEqual(['internal', cause]);
  });
});
